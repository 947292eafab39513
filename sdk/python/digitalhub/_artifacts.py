"""Artifacts: files of any kind."""

from __future__ import annotations

from . import _entity, _files_yaml, _material
from ._material import Material

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Artifact(Material):
    """An artifact, one version of it."""

    __slots__ = ()
    _type = "artifact"


def new_artifact(
    project: str,
    name: str,
    kind: str,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    path: str | None = None,
    extensions: list[dict[str, Any]] | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Artifact:
    """Create an artifact that refers to data; no bytes move. One call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: ``artifact``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        path: Where the data are, such as ``s3://bucket/key`` or an HTTP address.
        extensions: Extensions of the artifact.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``path`` is missing.
        BuilderError: There is no such kind.
        TypeError: An argument that nothing understands.
    """
    made: Artifact = _material.new(
        "new_artifact",
        "artifact",
        project,
        name,
        kind,
        uuid,
        description,
        labels,
        embedded,
        path,
        extensions,
        version,
        kwargs,
    )
    return made


def log_artifact(
    project: str,
    name: str,
    kind: str | None = None,
    source: str | list[str] | None = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> Artifact:
    """Create an artifact and upload its bytes.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        kind: ``artifact``; may be left out.
        source: A local file, a local folder, or a list of files.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
            or list it ends in ``/``.
        description: For people.
        labels: For filters.
        **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

    Returns:
        The entity in state READY.

    Raises:
        ValueError: The source is an address, or there is no default store.
        EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
        EntityError: The upload failed; the entity stays in state ERROR.
    """
    made: Artifact = _material.log(
        "log_artifact",
        "artifact",
        project,
        name,
        kind or "artifact",
        source,
        drop_existing,
        path,
        description,
        labels,
        kwargs,
    )
    return made


def log_generic_artifact(
    project: str,
    name: str,
    source: str | list[str] | None = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> Artifact:
    """Create an artifact and upload its bytes.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        source: A local file, a local folder, or a list of files.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
            or list it ends in ``/``.
        description: For people.
        labels: For filters.
        **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

    Returns:
        The entity in state READY.

    Raises:
        ValueError: The source is an address, or there is no default store.
        EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
        EntityError: The upload failed; the entity stays in state ERROR.
    """
    made: Artifact = _material.log(
        "log_generic_artifact",
        "artifact",
        project,
        name,
        "artifact",
        source,
        drop_existing,
        path,
        description,
        labels,
        kwargs,
    )
    return made


def get_artifact(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Artifact:
    """Read an artifact; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such artifact.
    """
    found: Artifact = _entity.get("get_artifact", "artifact", identifier, project, entity_id, entity_name, kwargs)
    return found


def get_artifact_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Artifact]:
    """Read all versions of an artifact, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_artifact_versions", "artifact", identifier, project, entity_name, kwargs)


def list_artifacts(
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
) -> list[Artifact]:
    """List artifacts, newest first; one call a page of 25.

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
    return _entity.listing("list_artifacts", "artifact", project, filters, kwargs)


def import_artifact(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Artifact:
    """Create an artifact from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Artifact = _files_yaml.import_entity("artifact", file, key, reset_id, context)
    return made


def load_artifact(file: str) -> Artifact:
    """Update an artifact from a YAML file, or create it when the server does not hold it."""
    made: Artifact = _files_yaml.load_entity("artifact", file)
    return made


def update_artifact(entity: Artifact | None = None, **kwargs: Any) -> Artifact:
    """Store the changes of an artifact; one call.

    Args:
        entity: The artifact; may be given as ``artifact=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Artifact = _entity.update("update_artifact", "artifact", entity, kwargs)
    return made


def delete_artifact(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of an artifact, or all.

    Args:
        identifier: Its key, or its name together with ``entity_id`` or ``delete_all_versions``.
        project: Name of the project; not needed with a key.
        entity_id: Id of the version.
        delete_all_versions: Delete every version of the name.
        cascade: Delete its files too.
        entity_name: Older spelling of the name; alone it means the newest version.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: It is not said which version, or both one and all.
    """
    return _entity.delete(
        "delete_artifact", "artifact", identifier, project, entity_id, delete_all_versions, cascade, entity_name, kwargs
    )
