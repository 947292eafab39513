"""Projects in use: which client holds a project, where its local files lie, and the run we are inside of."""

from __future__ import annotations

import os
import threading

from . import _client
from .utils.exceptions import BackendError, ContextError, EntityNotExistsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._client import Client
    from ._offline import Offline

    AnyClient = Client | Offline

_lock = threading.RLock()
_roots: dict[str, str] = {}
_local_projects: set[str] = set()
_offline: Offline | None = None


def offline() -> Offline:
    """Return the process's store of local projects."""
    global _offline
    with _lock:
        if _offline is None:
            from ._offline import Offline

            _offline = Offline()
        return _offline


def everything_local() -> bool:
    """Tell whether the environment asks for no server at all (``DHUB_LOCAL=true``)."""
    return os.environ.get("DHUB_LOCAL", "").lower() in ("1", "true", "yes")


def client(project: str | None = None) -> AnyClient:
    """Choose the client that holds a project."""
    if everything_local() or (project is not None and project in _local_projects):
        return offline()
    return _client.get()


def client_for_new_project(local: bool, name: str) -> AnyClient:
    """Choose where a project is made, and remember it."""
    if local or everything_local():
        with _lock:
            _local_projects.add(name)
        return offline()
    with _lock:
        _local_projects.discard(name)
    return _client.get()


def remember(document: dict[str, Any]) -> None:
    """Note a project's root folder from its document."""
    source = (document.get("spec") or {}).get("source") or "./"
    with _lock:
        _roots[document["name"]] = "./" if "://" in source else source


def ensure(project: str) -> None:
    """Make sure that a project exists, with one GET at its first use in the process.

    Raises:
        ContextError: There is no such project.
    """
    if not isinstance(project, str) or not project:
        raise ContextError("A project is needed: pass its name.")
    if project in _roots:
        return
    try:
        remember(client(project).read("project", project, project))
    except EntityNotExistsError as error:
        raise ContextError(f"Project '{project}' not found.") from error
    except BackendError as error:
        if error.status == 404:
            raise ContextError(f"Project '{project}' not found.") from error
        raise


def root(project: str) -> str:
    """Name the project's local folder, made if need be."""
    ensure(project)
    folder = _roots[project]
    os.makedirs(folder, exist_ok=True)
    return folder


def forget(project: str) -> None:
    """Drop what is known of a project."""
    with _lock:
        _roots.pop(project, None)
        _local_projects.discard(project)


def forget_remote() -> None:
    """Drop what is known of the server's projects."""
    with _lock:
        for project in [name for name in _roots if name not in _local_projects]:
            del _roots[project]


class Attached:
    """The run that this code is a part of: what it logs belongs to that run."""

    __slots__ = ("key", "outputs", "project", "run")

    def __init__(self, project: str, key: str, run: Any) -> None:
        self.project = project
        self.key = key
        self.run = run
        self.outputs: dict[str, str] = {}


_job: Attached | None = None
_here = threading.local()
_active: list[Attached] = []


class executing:
    """Holds a run as the one we are inside of, for this thread and, while it is the only one, for all."""

    def __init__(self, attached: Attached) -> None:
        self._attached = attached

    def __enter__(self) -> Attached:
        self._outer = getattr(_here, "run", None)
        _here.run = self._attached
        with _lock:
            _active.append(self._attached)
        return self._attached

    def __exit__(self, *_: object) -> None:
        _here.run = self._outer
        with _lock:
            _active.remove(self._attached)


def attached(project: str) -> Attached | None:
    """Return the run we are inside of: one executed here, or the job named by ``RUN_ID``."""
    global _job
    current = getattr(_here, "run", None)
    if current is None and len(_active) == 1:
        current = _active[0]
    if current is None and os.environ.get("RUN_ID") and os.environ.get("PROJECT_NAME", project) == project:
        if _job is None or _job.project != project:
            from ._runs import Run

            run = Run(client(project).read("run", project, os.environ["RUN_ID"]))
            _job = Attached(project, f"store://{project}/run/{run.kind}/{run.id}:{run.id}", run)
        current = _job
    return current if current is not None and current.project == project else None
