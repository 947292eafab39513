"""Workflows: several functions as one."""

from __future__ import annotations

from . import _context, _entity, _files_yaml, _kinds, _names, _sources, _spelling
from ._executable import Executable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Workflow(Executable):
    """A workflow, one version of it."""

    __slots__ = ()
    _type = "workflow"


def new_workflow(
    project: str,
    name: str,
    kind: str,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    git_source: str | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Workflow:
    """Create a workflow; one call. A name that exists gets a new version.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256.
        kind: Kind of the workflow, such as ``hera``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        git_source: Address of the repository it comes from; kept in the metadata.
        version: Text of the version, the id when absent.
        **kwargs: Fields of the spec. Code: one of ``code_src`` (file, folder, zip, git or HTTP address),
            ``code`` (text), ``base64``, ``source`` (map), with ``handler`` (``name`` or
            ``module:name``).
            ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        BuilderError: There is no such kind.
        EntityError: Handler or source are missing.
        ValidationError: An argument has the wrong form.
        TypeError: An argument that nothing understands.
        EntityAlreadyExistsError: The id exists.
    """
    _kinds.check(kind, "workflow")
    _names.check_name(name)
    id = _names.check_id(uuid)
    fields = _kinds.SPECS[kind][1]
    if "git_source" in fields and git_source is not None:
        kwargs["git_source"], git_source = git_source, None
    declared = ("project", "name", "kind", "uuid", "description", "labels", "embedded", "git_source", "version")
    values, options = _spelling.spec("new_workflow", kwargs, fields, declared)
    _context.ensure(project)
    spec = _sources.spec(kind, values, project, "workflow", name, id)
    document = _entity.document(
        "workflow", project, name, kind, spec, id, description, labels, embedded, version, git_source
    )
    return Workflow(_context.client(project).create("workflow", project, document, options))


def get_workflow(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Workflow:
    """Read a workflow; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such workflow.
    """
    found: Workflow = _entity.get("get_workflow", "workflow", identifier, project, entity_id, entity_name, kwargs)
    return found


def get_workflow_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Workflow]:
    """Read all versions of a workflow, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_workflow_versions", "workflow", identifier, project, entity_name, kwargs)


def list_workflows(
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
) -> list[Workflow]:
    """List workflows, newest first; one call a page of 25.

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
    return _entity.listing("list_workflows", "workflow", project, filters, kwargs)


def import_workflow(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Workflow:
    """Create a workflow from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML. Tasks that follow the function in it are made too.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Workflow = _files_yaml.import_entity("workflow", file, key, reset_id, context)
    return made


def load_workflow(file: str) -> Workflow:
    """Update a workflow from a YAML file, or create it when the server does not hold it."""
    made: Workflow = _files_yaml.load_entity("workflow", file)
    return made


def update_workflow(entity: Workflow | None = None, **kwargs: Any) -> Workflow:
    """Store the changes of a workflow; one call.

    Args:
        entity: The workflow; may be given as ``workflow=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Workflow = _entity.update("update_workflow", "workflow", entity, kwargs)
    return made


def delete_workflow(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of a workflow, or all.

    Args:
        identifier: Its key, or its name together with ``entity_id`` or ``delete_all_versions``.
        project: Name of the project; not needed with a key.
        entity_id: Id of the version.
        delete_all_versions: Delete every version of the name.
        cascade: Delete its tasks and runs too.
        entity_name: Older spelling of the name; alone it means the newest version.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: It is not said which version, or both one and all.
    """
    return _entity.delete(
        "delete_workflow", "workflow", identifier, project, entity_id, delete_all_versions, cascade, entity_name, kwargs
    )
