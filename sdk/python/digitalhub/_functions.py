"""Functions: code that the platform executes and tracks."""

from __future__ import annotations

from . import _context, _entity, _files_yaml, _kinds, _names, _sources, _spelling
from ._executable import Executable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Function(Executable):
    """A function, one version of it."""

    __slots__ = ()
    _type = "function"


def new_function(
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
) -> Function:
    """Create a function; one call. A name that exists gets a new version.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256.
        kind: Kind of the function, such as ``python``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        git_source: Address of the repository it comes from; kept in the metadata.
        version: Text of the version, the id when absent.
        **kwargs: Fields of the spec. Code: one of ``code_src`` (file, folder, zip, git or HTTP address),
            ``code`` (text), ``base64``, ``source`` (map), with ``handler`` (``name`` or
            ``module:name``), ``init_function``. For python also
            ``python_version`` (``PYTHON3_10`` and later), ``requirements`` (a list, or a file that holds
            them), ``image``, ``base_image``. ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        BuilderError: There is no such kind.
        EntityError: Handler or source are missing.
        ValidationError: An argument has the wrong form.
        TypeError: An argument that nothing understands.
        EntityAlreadyExistsError: The id exists.
    """
    _kinds.check(kind, "function")
    _names.check_name(name)
    id = _names.check_id(uuid)
    fields = _kinds.SPECS[kind][1]
    if "git_source" in fields and git_source is not None:
        kwargs["git_source"], git_source = git_source, None
    declared = ("project", "name", "kind", "uuid", "description", "labels", "embedded", "git_source", "version")
    values, options = _spelling.spec("new_function", kwargs, fields, declared)
    _context.ensure(project)
    spec = _sources.spec(kind, values, project, "function", name, id)
    document = _entity.document(
        "function", project, name, kind, spec, id, description, labels, embedded, version, git_source
    )
    return Function(_context.client(project).create("function", project, document, options))


def get_function(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Function:
    """Read a function; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such function.
    """
    found: Function = _entity.get("get_function", "function", identifier, project, entity_id, entity_name, kwargs)
    return found


def get_function_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Function]:
    """Read all versions of a function, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_function_versions", "function", identifier, project, entity_name, kwargs)


def list_functions(
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
) -> list[Function]:
    """List functions, newest first; one call a page of 25.

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
    return _entity.listing("list_functions", "function", project, filters, kwargs)


def import_function(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Function:
    """Create a function from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML. Tasks that follow the function in it are made too.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Function = _files_yaml.import_entity("function", file, key, reset_id, context)
    return made


def load_function(file: str) -> Function:
    """Update a function from a YAML file, or create it when the server does not hold it."""
    made: Function = _files_yaml.load_entity("function", file)
    return made


def update_function(entity: Function | None = None, **kwargs: Any) -> Function:
    """Store the changes of a function; one call.

    Args:
        entity: The function; may be given as ``function=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Function = _entity.update("update_function", "function", entity, kwargs)
    return made


def delete_function(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of a function, or all.

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
        "delete_function", "function", identifier, project, entity_id, delete_all_versions, cascade, entity_name, kwargs
    )
