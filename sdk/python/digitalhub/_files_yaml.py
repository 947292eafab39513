"""Export, import and load of entities as YAML files."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode

from . import _calls, _context, _entity, _names
from ._kinds import PLURALS, type_of
from .utils.exceptions import BackendError, EntityAlreadyExistsError, EntityError, EntityNotExistsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._entity import Entity

_EXECUTABLE = ("function", "workflow")


def export(entity: Entity, filename: str | None) -> str:
    """Write an entity under its project's root; code with a file name goes into that file."""
    root = _context.root(entity.project)
    if filename is None:
        id = entity.name if entity._type == "project" else entity.id
        filename = f"{PLURALS[entity._type]}-{id}.yaml"
    path = os.path.join(root, filename)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    document = entity.to_dict()
    if entity._type in _EXECUTABLE:
        _export_code(document, root)
    from . import _yaml

    with open(path, "w", encoding="utf-8") as stream:
        stream.write(_yaml.dump(document))
    return path


def _export_code(document: dict[str, Any], root: str) -> None:
    source = (document.get("spec") or {}).get("source")
    if not isinstance(source, dict) or not source.get("base64") or not isinstance(source.get("source"), str):
        return
    target = os.path.join(root, source["source"])
    inside = os.path.realpath(target).startswith(os.path.realpath(root) + os.sep)
    if "://" in source["source"] or not inside:
        return
    os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
    with open(target, "wb") as stream:
        stream.write(b64decode(source["base64"]))
    document["spec"] = {**document["spec"], "source": {k: v for k, v in source.items() if k != "base64"}}


def read(file: str) -> list[dict[str, Any]]:
    """Read the documents of a YAML file.

    Raises:
        EntityError: It does not exist, is no YAML, or holds nothing.
    """
    try:
        with open(file, encoding="utf-8") as stream:
            text = stream.read()
    except FileNotFoundError as error:
        raise EntityError(f"File not found: {file}.") from error
    except UnicodeDecodeError as error:
        raise EntityError(f"{file} is no UTF-8 text: {error}.") from error
    from . import _yaml

    documents = _yaml.load_all(text, file)
    if not documents:
        raise EntityError(f"{file} holds no entity.")
    for document in documents:
        _check(document, file)
    return documents


def _check(document: Any, file: str) -> None:
    """Refuse an envelope whose members are of other types than an entity's."""
    if not isinstance(document, dict):
        raise EntityError(f"{file}: an entity is a map, found {type(document).__name__}.")
    for name in ("kind", "id", "name", "project"):
        if not isinstance(document.get(name), (str, type(None))):
            raise EntityError(f"{file}: {name} is text, found {type(document[name]).__name__}.")
    for name in ("metadata", "spec", "status"):
        if not isinstance(document.get(name), (dict, type(None))):
            raise EntityError(f"{file}: {name} is a map, found {type(document[name]).__name__}.")
    project = (document.get("metadata") or {}).get("project")
    if not isinstance(project, (str, type(None))):
        raise EntityError(f"{file}: metadata.project is text, found {type(project).__name__}.")


def import_entity(type_name: str, file: str | None, key: str | None, reset_id: bool, context: str | None) -> Any:
    """Create an entity from a file or as a copy of another one."""
    documents = _documents(type_name, file, key)
    return create(type_name, documents[0], documents[1:], file, reset_id, context)


def _documents(type_name: str, file: str | None, key: str | None) -> list[dict[str, Any]]:
    if (file is None) == (key is None):
        raise ValueError("Provide key or file, not both or none.")
    if file is not None:
        return read(file)
    parsed = _names.parse_key(str(key))
    if parsed.type != type_name:
        raise ValueError(f"Entity key '{key}' is of type '{parsed.type}' and not '{type_name}'.")
    client = _context.client(parsed.project)
    if parsed.id is None:
        return [_calls.newest(type_name, parsed.project, str(parsed.name))]
    return [client.read(type_name, parsed.project, parsed.id)]


def create(
    type_name: str,
    document: dict[str, Any],
    further: list[dict[str, Any]],
    file: str | None,
    reset_id: bool,
    context: str | None,
) -> Any:
    """POST a document, and the tasks that follow it."""
    document, project = _prepare(type_name, document, file, context)
    _context.ensure(project)
    old = _reference(document, project)
    if reset_id:
        document["id"] = _names.new_id()
        if type_name in ("run", "task"):
            document["name"] = document["id"]
        document["metadata"]["version"] = document["id"]
    try:
        made = _entity.build(type_name, _context.client(project).create(type_name, project, document))
    except EntityAlreadyExistsError as error:
        raise EntityError(
            f"Entity {document.get('name')} already exists. If you want to update it, use load instead."
            " To make another one of it, pass reset_id=True."
        ) from error
    _tasks(made, further, old, reset_id)
    return made


def load_entity(type_name: str, file: str) -> Any:
    """PUT an entity from a file, or POST it when the server does not hold it."""
    documents = read(file)
    return load(type_name, documents[0], documents[1:], file, None)


def load(
    type_name: str, document: dict[str, Any], further: list[dict[str, Any]], file: str | None, context: str | None
) -> Any:
    """PUT a document, or POST it."""
    document, project = _prepare(type_name, document, file, context)
    _context.ensure(project)
    client = _context.client(project)
    old = _reference(document, project)
    try:
        made = _entity.build(type_name, client.update(type_name, project, document["id"], document))
    except EntityNotExistsError:
        made = _entity.build(type_name, client.create(type_name, project, document))
    _tasks(made, further, old, False)
    return made


def _prepare(
    type_name: str, document: dict[str, Any], file: str | None, context: str | None
) -> tuple[dict[str, Any], str]:
    kind = document.get("kind")
    if not kind:
        from .utils.exceptions import BuilderError

        raise BuilderError("Missing 'kind' parameter.")
    found = type_of(str(kind))
    if found is not None and found != type_name:
        raise ValueError(f"Entity kind '{kind}' does not match expected type '{type_name}'.")
    document = {name: value for name, value in document.items() if name not in ("status", "key", "user")}
    project = context or document.get("project") or (document.get("metadata") or {}).get("project")
    if not project:
        raise EntityError(f"{file or 'The entity'} names no project; pass one in 'context'.")
    metadata = document["metadata"] = dict(document.get("metadata") or {})
    document["project"] = metadata["project"] = project
    document.setdefault("id", _names.new_id())
    document.setdefault("name", document["id"])
    document["status"] = {"state": "CREATED"}
    if type_name in _EXECUTABLE:
        _import_code(document, file)
    return document, str(project)


def _import_code(document: dict[str, Any], file: str | None) -> None:
    """Read the code again from the file that the spec names: here, else beside the YAML."""
    source = (document.get("spec") or {}).get("source")
    if not isinstance(source, dict) or source.get("base64") or not isinstance(source.get("source"), str):
        return
    name = source["source"]
    if "://" in name:
        return
    beside = os.path.join(os.path.dirname(file), name) if file else name
    for candidate in (name, beside):
        if os.path.isfile(candidate):
            with open(candidate, "rb") as stream:
                source = {**source, "base64": b64encode(stream.read()).decode()}
            document["spec"] = {**document["spec"], "source": source}
            return
    raise EntityError(f"Source {name} does not exist.")


def _reference(document: dict[str, Any], project: str) -> str:
    return _names.reference(str(document["kind"]), project, str(document["name"]), str(document["id"]))


def _tasks(made: Any, further: list[dict[str, Any]], old: str, reset_id: bool) -> None:
    if made._type not in _EXECUTABLE:
        return
    fresh = []
    names = {old, made._reference}
    for document in further:
        spec = dict(document.get("spec") or {})
        if spec.get(made._type) not in names and _tail(spec.get(made._type)) != _tail(old):
            continue
        spec[made._type] = made._reference
        task = {**document, "spec": spec}
        if reset_id or made._reference != old:
            task["id"] = _names.new_id()
        fresh.append(task)
    made.import_tasks(fresh)


def _tail(reference: Any) -> str:
    """The ``<name>:<id>`` of a reference, whatever its project is."""
    return str(reference).rpartition("/")[2]


# -- projects ----------------------------------------------------------------------------------------

_CHILDREN = ("functions", "artifacts", "workflows", "dataitems", "models")


def import_project(file: str, reset_id: bool = False) -> Any:
    """Create a project and its children from a file."""
    documents = read(file)
    document = documents[0]
    name = _project_name(document)
    client = _context.client_for_new_project(False, name) if not _context.everything_local() else _context.offline()
    try:
        made = _entity.build("project", client.create("project", name, _project_body(document)))
    except EntityAlreadyExistsError as error:
        if not reset_id:
            raise EntityError(f"Entity {name} already exists. If you want to update it, use load instead.") from error
        import warnings

        warnings.warn(
            f"Project {name} exists already; its children are imported with new ids.", UserWarning, stacklevel=3
        )
        made = _entity.build("project", client.read("project", name, name))
    _context.remember(made._doc)
    for type_name, child, path in _children(document, file):
        try:
            if path is None:
                create(type_name, child, [], file, reset_id, name)
            else:
                found = read(path)
                create(type_name, found[0], found[1:], path, reset_id, name)
        except EntityError as error:
            if not isinstance(error.__cause__, EntityAlreadyExistsError):
                raise
    return made.refresh()


def load_project(file: str) -> Any:
    """Update a project and its children from a file, or create them."""
    document = read(file)[0]
    name = _project_name(document)
    client = _context.client(name)
    body = _project_body(document)
    try:
        made = _entity.build("project", client.update("project", name, name, body))
    except EntityNotExistsError:
        made = _entity.build("project", client.create("project", name, body))
    except BackendError as error:
        if error.status != 404:
            raise
        made = _entity.build("project", client.create("project", name, body))
    _context.remember(made._doc)
    for type_name, child, path in _children(document, file):
        if path is None:
            load(type_name, child, [], file, name)
        else:
            found = read(path)
            load(type_name, found[0], found[1:], path, name)
    return made.refresh()


def _project_name(document: dict[str, Any]) -> str:
    if document.get("kind") != "project":
        raise ValueError(f"Entity kind '{document.get('kind')}' does not match expected type 'project'.")
    return _names.check_name(document.get("name") or document.get("id"))


def _project_body(document: dict[str, Any]) -> dict[str, Any]:
    body = {name: value for name, value in document.items() if name not in ("status", "key", "user")}
    body["spec"] = {name: value for name, value in (document.get("spec") or {}).items() if name not in _CHILDREN}
    body["id"] = body["name"] = _project_name(document)
    body["metadata"] = dict(document.get("metadata") or {})
    body["status"] = {"state": "CREATED"}
    return body


def _children(document: dict[str, Any], file: str) -> list[tuple[str, dict[str, Any], str | None]]:
    """List (type, document, file or None for embedded ones); remote references are left out."""
    found: list[tuple[str, dict[str, Any], str | None]] = []
    for plural in _CHILDREN:
        children = (document.get("spec") or {}).get(plural) or []
        if not isinstance(children, list):
            raise EntityError(f"{file}: spec.{plural} is a list, found {type(children).__name__}.")
        for child in children:
            _check(child, file)
            type_name = plural[:-1]
            metadata = child.get("metadata") or {}
            if metadata.get("embedded") or child.get("spec") or child.get("status"):
                found.append((type_name, child, None))
                continue
            ref = metadata.get("ref")
            if isinstance(ref, str) and "://" not in ref:
                beside = os.path.join(os.path.dirname(file), os.path.basename(ref))
                found.append((type_name, child, ref if os.path.isfile(ref) or not os.path.isfile(beside) else beside))
    return found
