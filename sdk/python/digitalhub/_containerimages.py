"""Container images."""

from __future__ import annotations

from . import _context, _entity, _files_yaml, _kinds, _spelling
from ._entity import Entity
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Containerimage(Entity):
    """A container image, one version of it."""

    __slots__ = ()
    _type = "containerimage"


def new_containerimage(
    project: str,
    name: str,
    kind: str = "container-image",
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    image: str | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Containerimage:
    """Create a container image; one call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: Kind of the container image.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        image: Reference of the image.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``image`` is missing.
    """
    if image is None:
        raise EntityError("Image must be provided.")
    _kinds.check(kind, "containerimage")
    values, options = _spelling.spec("new_containerimage", kwargs, _kinds.SPECS[kind][1])
    spec = {"image": image, **values}
    document = _entity.document(
        "containerimage", project, name, kind, spec, uuid, description, labels, embedded, version
    )
    _context.ensure(project)
    return Containerimage(_context.client(project).create("containerimage", project, document, options))


def get_containerimage(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Containerimage:
    """Read a container image; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such container image.
    """
    found: Containerimage = _entity.get(
        "get_containerimage", "containerimage", identifier, project, entity_id, entity_name, kwargs
    )
    return found


def get_containerimage_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Containerimage]:
    """Read all versions of a container image, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_containerimage_versions", "containerimage", identifier, project, entity_name, kwargs)


def list_containerimages(
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
) -> list[Containerimage]:
    """List container images, newest first; one call a page of 25.

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
    return _entity.listing("list_containerimages", "containerimage", project, filters, kwargs)


def import_containerimage(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Containerimage:
    """Create a container image from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Containerimage = _files_yaml.import_entity("containerimage", file, key, reset_id, context)
    return made


def load_containerimage(file: str) -> Containerimage:
    """Update a container image from a YAML file, or create it when the server does not hold it."""
    made: Containerimage = _files_yaml.load_entity("containerimage", file)
    return made


def update_containerimage(entity: Containerimage | None = None, **kwargs: Any) -> Containerimage:
    """Store the changes of a container image; one call.

    Args:
        entity: The container image; may be given as ``containerimage=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Containerimage = _entity.update("update_containerimage", "containerimage", entity, kwargs)
    return made


def delete_containerimage(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of a container image, or all.

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
        "delete_containerimage",
        "containerimage",
        identifier,
        project,
        entity_id,
        delete_all_versions,
        cascade,
        entity_name,
        kwargs,
    )
