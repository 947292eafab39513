"""Definitions of extensions."""

from __future__ import annotations

from . import _context, _entity, _files_yaml, _kinds, _spelling
from ._entity import Entity
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Extension(Entity):
    """The definition of an extension, one version of it."""

    __slots__ = ()
    _type = "extension"


def new_extension(
    project: str,
    name: str,
    kind: str = "extension",
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    schema: Any | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Extension:
    """Create an extension; one call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: Kind of the extension.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        schema: JSON schema of the extension, or a class with ``model_json_schema()``.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``schema`` is missing.
    """
    if schema is None:
        raise EntityError("Schema must be provided.")
    _kinds.check(kind, "extension")
    values, options = _spelling.spec("new_extension", kwargs, _kinds.SPECS[kind][1])
    if hasattr(schema, "model_json_schema"):
        schema = schema.model_json_schema()
    spec = {"schema": schema, **values}
    document = _entity.document("extension", project, name, kind, spec, uuid, description, labels, embedded, version)
    _context.ensure(project)
    return Extension(_context.client(project).create("extension", project, document, options))


def get_extension(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Extension:
    """Read an extension; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such extension.
    """
    found: Extension = _entity.get("get_extension", "extension", identifier, project, entity_id, entity_name, kwargs)
    return found


def get_extension_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Extension]:
    """Read all versions of an extension, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_extension_versions", "extension", identifier, project, entity_name, kwargs)


def list_extensions(
    project: str,
    q: str | None = None,
    name: str | None = None,
    kind: str | None = None,
    user: str | None = None,
    state: str | None = None,
    created: str | None = None,
    updated: str | None = None,
    versions: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> list[Extension]:
    """List extensions, newest first; one call a page of 25.

    Args:
        project: Name of the project.
        q: Text in id or name.
        name: Exact name.
        kind: Exact kind.
        user: Who created it.
        state: Exact state.
        created: ``start`` or ``start,end``, ISO-8601.
        updated: As ``created``.
        versions: ``all`` for every version; only the newest of each name without.
        labels: All of these.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    filters = {
        "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
        "versions": versions, "labels": labels,
    }  # fmt: skip
    return _entity.listing("list_extensions", "extension", project, filters, kwargs)


def import_extension(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Extension:
    """Create an extension from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Extension = _files_yaml.import_entity("extension", file, key, reset_id, context)
    return made


def load_extension(file: str) -> Extension:
    """Update an extension from a YAML file, or create it when the server does not hold it."""
    made: Extension = _files_yaml.load_entity("extension", file)
    return made


def update_extension(entity: Extension | None = None, **kwargs: Any) -> Extension:
    """Store the changes of an extension; one call.

    Args:
        entity: The extension; may be given as ``extension=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Extension = _entity.update("update_extension", "extension", entity, kwargs)
    return made


def delete_extension(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of an extension, or all.

    Args:
        identifier: Its key, or its name together with ``entity_id`` or ``delete_all_versions``.
        project: Name of the project; not needed with a key.
        entity_id: Id of the version.
        delete_all_versions: Delete every version of the name.
        cascade: Delete what hangs on it too.
        entity_name: Older spelling of the name; alone it means the newest version.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: It is not said which version, or both one and all.
    """
    return _entity.delete(
        "delete_extension",
        "extension",
        identifier,
        project,
        entity_id,
        delete_all_versions,
        cascade,
        entity_name,
        kwargs,
    )


def create_extension_schema(extension_name: str, kind: str, model: Any) -> dict[str, Any]:
    """Make the schema of an extension from a class with ``model_json_schema()``, or from a map.

    Args:
        extension_name: Name of the extension.
        kind: Kind that the schema describes.
        model: The class or the map.
    """
    schema = model.model_json_schema() if hasattr(model, "model_json_schema") else dict(model)
    return {"name": extension_name, "kind": kind, "schema": schema}
