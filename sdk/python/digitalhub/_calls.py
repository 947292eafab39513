"""What the public functions of all types do: find what a call names; get, list, update, delete."""

from __future__ import annotations

from . import _context, _names, _spelling
from ._entity import Entity, build
from ._spelling import Options, http
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Target:
    """What a call names: an entity by id, or the newest of a name."""

    __slots__ = ("id", "kind", "name", "project")

    def __init__(self, project: str, name: str | None, id: str | None) -> None:
        self.project = project
        self.name = name
        self.id = id


def target(
    where: str,
    type_name: str,
    identifier: str | None,
    project: str | None,
    entity_id: str | None,
    entity_name: str | None,
) -> Target:
    """Resolve today's (identifier) and the older (entity_name, entity_id) spelling.

    Raises:
        ValueError: Nothing names an entity, or a key is malformed.
        EntityError: A name without a project.
    """
    if identifier is not None and entity_name is not None:
        raise ValueError(f"{where}(): 'identifier' and 'entity_name' are the same, give one of them.")
    if identifier is not None and not isinstance(identifier, str):
        identifier = getattr(identifier, "key", None) or str(identifier)
    name = identifier if identifier is not None else entity_name
    if name is None and entity_id is None:
        raise ValueError("Either entity_name or entity_id must be provided.")
    if name is not None and _names.is_key(name):
        key = _names.parse_key(name)
        if key.type != type_name:
            raise ValueError(f"Entity key '{name}' is of type '{key.type}' and not '{type_name}'.")
        return Target(key.project, key.name, entity_id or key.id)
    if project is None:
        raise EntityError("Specify project if you do not specify entity key.")
    if type_name in ("run", "task"):
        return Target(project, None, entity_id or name)
    return Target(project, name, None if entity_name is not None else entity_id)


def newest(type_name: str, project: str, name: str, options: Options | None = None) -> dict[str, Any]:
    """Read the newest version of a name.

    Raises:
        BackendError: The name does not exist.
    """
    from .utils.exceptions import EntityNotExistsError

    for found in _context.client(project).pages(type_name, project, {"name": name}, options):
        return found
    raise EntityNotExistsError(f"No object found. There is no {type_name} '{name}' in project '{project}'.", 404)


def get(where: str, type_name: str, identifier: str | None, project: str | None, entity_id: str | None,
        entity_name: str | None, kwargs: dict[str, Any]) -> Any:  # fmt: skip
    """Read one entity, by id or the newest of a name."""
    options = http(where, kwargs, ("identifier", "project", "entity_id", "entity_name"))
    wanted = target(where, type_name, identifier, project, entity_id, entity_name)
    _context.ensure(wanted.project)
    if wanted.id is not None:
        found = _context.client(wanted.project).read(type_name, wanted.project, wanted.id, options)
    else:
        found = newest(type_name, wanted.project, str(wanted.name), options)
    return build(type_name, found)


def versions(where: str, type_name: str, identifier: str | None, project: str | None, entity_name: str | None,
             kwargs: dict[str, Any]) -> list[Any]:  # fmt: skip
    """List all versions of a name, newest first."""
    options = http(where, kwargs, ("identifier", "project", "entity_name"))
    wanted = target(where, type_name, identifier, project, None, entity_name)
    _context.ensure(wanted.project)
    params = {"versions": "all", "name": wanted.name}
    found = _context.client(wanted.project).pages(type_name, wanted.project, params, options)
    return [build(type_name, document) for document in found]


def listing(where: str, type_name: str, project: str, filters: dict[str, Any], kwargs: dict[str, Any]) -> list[Any]:
    """List entities, all pages."""
    options = http(where, kwargs, ("project", *filters))
    _context.ensure(project)
    params = {name: value for name, value in filters.items() if value is not None}
    return [build(type_name, d) for d in _context.client(project).pages(type_name, project, params, options)]


def update(where: str, type_name: str, entity: Any, kwargs: dict[str, Any], project: str | None = None) -> Any:
    """Update an entity given by ``entity`` or by the name of its type."""
    entity, options = _spelling.entity(where, entity, kwargs, type_name)
    if not isinstance(entity, Entity) or entity._type != type_name:
        raise TypeError(f"{where}() needs a {type_name} object, got {type(entity).__name__}.")
    if project is not None and entity.project != project:
        raise ValueError(f"{type_name} {entity.name} is of project '{entity.project}' and not '{project}'.")
    return entity._put(options)


def delete(where: str, type_name: str, identifier: str | None, project: str | None, entity_id: str | None,
           delete_all_versions: bool, cascade: bool | None, entity_name: str | None,
           kwargs: dict[str, Any]) -> dict[str, Any]:  # fmt: skip
    """Delete one version, the newest (older spelling), or all versions.

    Raises:
        ValueError: Neither a version nor all versions are named, or both are.
    """
    options = http(
        where, kwargs, ("identifier", "project", "entity_id", "delete_all_versions", "cascade", "entity_name")
    )
    if delete_all_versions and entity_id is not None:
        raise ValueError("entity_id and delete_all_versions are mutually exclusive.")
    wanted = target(where, type_name, identifier, project, entity_id, entity_name)
    _context.ensure(wanted.project)
    backend = _context.client(wanted.project)
    if delete_all_versions:
        return backend.delete_by_name(type_name, wanted.project, str(wanted.name), bool(cascade), options)
    id = entity_id if entity_id is not None else wanted.id
    if id is None:
        if entity_name is None:
            raise ValueError("If `delete_all_versions` is False, `entity_id` must be provided.")
        id = newest(type_name, wanted.project, entity_name, options)["id"]
    params = {} if cascade is None else {"cascade": cascade}
    return backend.delete(type_name, wanted.project, id, params, options)
