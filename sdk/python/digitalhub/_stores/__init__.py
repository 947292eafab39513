"""Where bytes lie: one module for each scheme of a path."""

from __future__ import annotations

import os

from .. import _context
from ..utils.exceptions import StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Store(Protocol):
        """What entities need of a store."""

        def upload(self, source: Any, path: str, keep_dir_structure: bool = False) -> list[dict[str, Any]]:
            """Upload files and describe them."""
            ...

        def download(self, path: str, destination: str, overwrite: bool = False) -> list[str]:
            """Download everything under a path."""
            ...

        def upload_file(self, source: str, path: str) -> None:
            """Upload one file to exactly that path."""
            ...

        def download_file(self, path: str, target: str) -> None:
            """Download one object to exactly that file."""
            ...


_S3 = ("s3", "s3a", "s3n", "zip+s3")
_HTTP = ("http", "https", "zip+http", "zip+https")
_SQL = ("sql", "postgresql")


def scheme(path: str) -> str:
    """Name the scheme of a path, an empty text for a local one."""
    if "://" in path:
        return path.split("://", 1)[0]
    return path.split(":", 1)[0] if path.startswith(("file:", "local:")) else ""


def get(path: str, project: str) -> Store:
    """Choose the store of a path.

    Raises:
        StoreError: No store has that scheme.
        ValueError: A local path is written with a scheme.
    """
    name = scheme(path)
    if name in _S3:
        from . import _s3

        return _s3.store(_context.client(project), project)
    if name in _HTTP:
        from . import _http

        return _http.HTTPStore()
    if name in _SQL:
        from . import _sql

        return _sql.SQLStore()
    from . import _local

    if name in ("file", "local"):
        raise ValueError("For local URI, do not use any scheme.")
    if name:
        raise StoreError(f"There is no store for '{name}://': {path}")
    return _local.LocalStore()


def default_store(project: str) -> str:
    """Name the store that new bytes of a project go to.

    Order: the project's ``default_files_store``, ``DHCORE_DEFAULT_FILES_STORE``, the server's.

    Raises:
        ValueError: There is none.
    """
    client = _context.client(project)
    config = (client.read("project", project, project).get("spec") or {}).get("config") or {}
    found = config.get("default_files_store")
    if not found:
        config_of = getattr(client, "config", os.environ)
        found = config_of.get("DHCORE_DEFAULT_FILES_STORE")
    if not found:
        found = client.well_known().get("dhcore_default_files_store")
    if not found:
        raise ValueError(
            "No default store found. Set default_files_store in the project's config or DHCORE_DEFAULT_FILES_STORE."
        )
    return str(found)


def check_target(target: str, overwrite: bool) -> None:
    """Refuse to replace a file unless asked to."""
    if os.path.exists(target) and not overwrite:
        raise StoreError(f"Destination {target} already exists.")


def is_folder(destination: str) -> bool:
    """Tell whether a destination is meant as a folder."""
    if destination.endswith((os.sep, "/")) or os.path.isdir(destination):
        return True
    return not os.path.splitext(os.path.basename(destination))[1] and not os.path.isfile(destination)


def inside(folder: str, relative: str) -> str:
    """Join a path from elsewhere to a folder that it must not leave.

    Raises:
        StoreError: It would.
    """
    target = os.path.normpath(os.path.join(folder, relative))
    root = os.path.normpath(folder)
    if (
        os.path.isabs(relative)
        or not (target + os.sep).startswith("" if root == "." else root + os.sep)
        or target.startswith(".." + os.sep)
    ):
        raise StoreError(f"The path {relative!r} leaves the destination.")
    return target


def unpack(path: str, folder: str, project: str) -> None:
    """Download a ``zip+…`` path and extract it."""
    import tempfile
    import zipfile

    with tempfile.TemporaryDirectory() as temporary:
        archive = os.path.join(temporary, "archive.zip")
        get(path, project).download_file(path, archive)
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)
