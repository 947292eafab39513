"""What artifacts, data items and models share: bytes in a store, and the states of their upload."""

from __future__ import annotations

import os

from . import _client, _context, _entity, _kinds, _names, _spelling, _stores
from ._entity import Entity
from .utils.exceptions import BackendError, EntityError, EntityErrorFileNotFound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_IN_STATUS = 100
_DECLARED = ("project", "name", "kind", "uuid", "description", "labels", "embedded", "path", "extensions", "version")


class Material(Entity):
    """An entity whose spec points to data."""

    __slots__ = ()

    def as_file(self) -> str:
        """Download into a temporary folder.

        Returns:
            The path of the file, or of the folder when there are several.
        """
        import tempfile

        return self.download(tempfile.mkdtemp(prefix="dhub-"), overwrite=True)

    def download(self, destination: str | None = None, overwrite: bool = False) -> str:
        """Download the data.

        Args:
            destination: A folder (made if need be), or the path of a file; ``<root>/<type>`` unless given.
            overwrite: Replace what is there.

        Returns:
            The path of the file when there is exactly one, else the destination.

        Raises:
            StoreError: The destination exists.
        """
        self._try_refresh()
        path = str(self.spec.path)
        store = _stores.get(path, self.project)
        if destination is None:
            destination = os.path.join(_context.root(self.project), self._type)
        files = store.download(path, destination, overwrite)
        return files[0] if len(files) == 1 else destination

    def upload(self, source: str | list[str], keep_dir_structure: bool = False) -> None:
        """Upload local files as the entity's data; a new upload replaces the list of files.

        The state is UPLOADING meanwhile, READY afterwards, ERROR with a message when it failed.

        Args:
            source: A file, a folder, or a list of files.
            keep_dir_structure: Keep the relative paths of a list's files, instead of their base names.

        Raises:
            ValueError: The source is an address.
            EntityErrorFileNotFound: It does not exist.
            EntityError: The store does not take it.
        """
        check_source(source)
        self._try_refresh()
        self._set_state("UPLOADING")
        try:
            store = _stores.get(str(self.spec.path), self.project)
            files = store.upload(source, str(self.spec.path), keep_dir_structure)
        except Exception as error:
            message = f"Upload failed: {error}. Please verify the source and the access to the store."
            self._set_state("ERROR", message)
            missing = isinstance(error, FileNotFoundError)
            raise (EntityErrorFileNotFound if missing else EntityError)(message) from error
        self._set_files(files)
        self._set_state("READY")

    def _set_files(self, files: list[dict[str, Any]]) -> None:
        status = self._part("status")
        if len(files) <= _MOST_IN_STATUS:
            status["files"] = files
            return
        status["files"] = []
        self._put()
        self._client.call("PUT", self._files_path, body=files)
        self._part("status")["files"] = []

    def _set_state(self, state: str, message: str | None = None) -> None:
        status = self._part("status")
        status["state"] = state
        status.pop("message", None)
        if message is not None:
            status["message"] = message
        self._put()

    def _try_refresh(self) -> None:
        try:
            self.refresh()
        except BackendError:
            pass

    @property
    def _files_path(self) -> str:
        return _client.entity_path(self._type, self.project, self.id) + "/files/info"

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files: path, name, size, hash and so on; one call."""
        kept = self.status.get("files")
        if kept is None:
            return []
        try:
            found = self._client.call("GET", self._files_path)
        except BackendError:
            found = []
        if isinstance(found, dict):
            found = found.get("content")
        return list(found or kept)

    def get_file_paths(self) -> list[str]:
        """The paths of the files, relative to ``spec.path``; one call."""
        return [str(entry.get("path")) for entry in self.files]


def check_source(source: Any) -> None:
    """Refuse a source that is no local path.

    Raises:
        ValueError: It is an address, or nothing.
    """
    entries = source if isinstance(source, (list, tuple)) else [source]
    if not entries or any(not isinstance(entry, (str, os.PathLike)) or "://" in str(entry) for entry in entries):
        raise ValueError("Invalid source path. Source must be a local path.")


def new(
    where: str,
    type_name: str,
    project: str,
    name: str,
    kind: str,
    uuid: str | None,
    description: str | None,
    labels: list[str] | None,
    embedded: bool,
    path: str | None,
    extensions: list[dict[str, Any]] | None,
    version: str | None,
    kwargs: dict[str, Any],
    produced: bool = False,
) -> Any:
    """POST a material entity."""
    _kinds.check(kind, type_name)
    if path is None:
        raise EntityError("Path must be provided.")
    spec, options = _spelling.spec(where, kwargs, _kinds.SPECS[kind][1], _DECLARED)
    _context.ensure(project)
    document = _entity.document(
        type_name, project, name, kind, {"path": path, **spec}, uuid, description, labels, embedded, version
    )
    if extensions is not None:
        document["extensions"] = list(extensions)
    run = _context.attached(project) if produced else None
    if run is not None:
        document["metadata"]["relationships"] = [{"type": "produced_by", "dest": run.key}]
    return _entity.build(type_name, _context.client(project).create(type_name, project, document, options))


def log(
    where: str,
    type_name: str,
    project: str,
    name: str,
    kind: str,
    source: Any,
    drop_existing: bool,
    path: str | None,
    description: str | None,
    labels: list[str] | None,
    kwargs: dict[str, Any],
) -> Any:
    """POST a material entity, upload its bytes, and tie it to the run we are inside of."""
    _kinds.check(kind, type_name)
    if source is None:
        raise TypeError(f"{where}() needs a source: a local file, a folder or a list of files.")
    check_source(source)
    if isinstance(source, (list, tuple)) and len(source) == 1 and (path is None or not path.endswith("/")):
        source = source[0]
    entity = make(where, type_name, project, name, kind, source, drop_existing, path, description, labels, kwargs)
    entity.upload(source)
    joins(entity)
    return entity


def make(
    where: str,
    type_name: str,
    project: str,
    name: str,
    kind: str,
    source: Any,
    drop_existing: bool,
    path: str | None,
    description: str | None,
    labels: list[str] | None,
    kwargs: dict[str, Any],
) -> Any:
    """POST a material entity with the path that its source gets."""
    kwargs = dict(kwargs)
    id = _names.check_id(kwargs.pop("uuid", None))
    _names.check_name(name)
    _context.ensure(project)
    if path is None:
        path = default_path(project, type_name, name, id, source)
    if drop_existing:
        _context.client(project).delete_by_name(type_name, project, name, True)
    embedded, version = bool(kwargs.pop("embedded", False)), kwargs.pop("version", None)
    extensions = kwargs.pop("extensions", None)
    return new(
        where,
        type_name,
        project,
        name,
        kind,
        id,
        description,
        labels,
        embedded,
        path,
        extensions,
        version,
        kwargs,
        True,
    )


def default_path(project: str, type_name: str, name: str, id: str, source: Any) -> str:
    """Compose the path of an upload in the project's default store."""
    base = f"{_stores.default_store(project).rstrip('/')}/{project}/{type_name}/{name}/{id}/"
    if isinstance(source, (list, tuple)) or os.path.isdir(source):
        return base
    file = os.path.basename(str(source))
    return f"zip+{base}{file}" if file.endswith(".zip") and base.startswith("s3") else base + file


def joins(entity: Any) -> None:
    """Add an entity to the outputs of the run we are inside of.

    It joins under its own name, or under that of the function's output that the run's ``outputs`` map to it.
    """
    run = _context.attached(entity.project)
    if run is None:
        return
    renamed = {target: name for name, target in (run.run.spec.get("outputs") or {}).items()}
    name = renamed.get(entity.name, entity.name)
    run.outputs[name] = entity.key
    if run.run.spec.get("local_execution"):
        return
    try:
        run.run.add_output(name, entity.key)
    except BackendError as error:
        from ._log import logger

        logger().warning("The run's outputs do not name %s yet: %s", entity.key, error)
