"""Local execution: this process runs the function, the server tracks it like any other run.

States go by PUT: BUILT, READY, RUNNING, COMPLETED or ERROR. What the function prints is shown here and
sent as the run's log; a heartbeat says that this process lives.
"""

from __future__ import annotations

import os
import sys
import threading

from . import _client, _context, _kinds, _local_code, _names
from .utils.exceptions import BackendError, EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType
    from typing import Any, TextIO

    from ._executable import Executable
    from ._runs import Run
    from ._tasks import Task

FAILED = "Something got wrong during function execution."
HEARTBEAT = 30.0
_FLUSH = 0.5
_PATIENCE = 30.0
_PIECE = 256 * 1024


def execute(run: Run, function: Executable, task: Task) -> Run:
    """Build and execute a run of a function in this process; about eight calls.

    Raises:
        RuntimeError: The function raised; the run is ERROR, and the traceback is in its log.
    """
    _compose(run, function.to_dict().get("spec", {}), task.to_dict().get("spec", {}))
    _move(run, "BUILT")
    return _execute(run)


def build(run: Run) -> Run:
    """Compose the spec of a run out of its function's, its task's and its own; state BUILT."""
    from ._entity import build as make

    for type_name in ("function", "workflow"):
        reference = run.spec.get(type_name)
        if reference:
            id = str(reference).rpartition(":")[2]
            executable = make(type_name, _context.client(run.project).read(type_name, run.project, id))
            break
    else:
        raise EntityError("The run names no function.")
    task_id = str(run.spec.task).rpartition("/")[2]
    task = _context.client(run.project).read("task", run.project, task_id)
    _compose(run, executable.to_dict().get("spec", {}), task.get("spec", {}))
    _move(run, "BUILT")
    return run


def _execute(run: Run) -> Run:
    """Execute a built run; see ``execute``."""
    base, action = _kinds.split(run.kind)
    if action not in _kinds.LOCAL_ACTIONS.get(base, ()):
        raise EntityError(f"Runs of kind '{run.kind}' cannot be executed locally.")
    try:
        import digitalhub_runtime_python._execute  # noqa: F401
    except ImportError as error:
        _fail(run, f"digitalhub_runtime_python cannot be imported: {error}")
        raise RuntimeError("Local execution needs digitalhub_runtime_python beside digitalhub.") from error
    _move(run, "READY")
    _move(run, "RUNNING")
    import tempfile
    import traceback

    attached = _context.Attached(run.project, f"{run.key}:{run.id}", run)
    problem: BaseException | None = None
    results: dict[str, Any] = {}
    outputs: dict[str, str] = {}
    with (
        tempfile.TemporaryDirectory(prefix=_local_code.FOLDER) as folder,
        _Log(run) as log,
        _context.executing(attached),
    ):
        try:
            results, outputs = _call(run, os.path.realpath(folder), attached.key)
        except (Exception, SystemExit) as error:
            problem = error
            log.write("".join(traceback.format_exception(type(error), error, _own_frames(error))))
        except BaseException as error:
            log.write(f"{type(error).__name__}: {error}\n")
            _fail(run, f"Interrupted by {type(error).__name__}.")
            raise
    if problem is not None:
        _fail(run, FAILED)
        raise RuntimeError(FAILED) from problem
    run.refresh()
    status = run._part("status")
    status["outputs"] = {**(status.get("outputs") or {}), **attached.outputs, **outputs}
    status["results"] = {**(status.get("results") or {}), **results}
    _move(run, "COMPLETED")
    return run


run = _execute


def _own_frames(error: BaseException) -> TracebackType | None:
    """The traceback from the first frame of the user's code on; whole where there is none."""
    runtime = sys.modules["digitalhub_runtime_python._execute"].__file__ or ""
    ours = {os.path.dirname(__file__), os.path.dirname(runtime)}
    at = error.__traceback__
    while at is not None and os.path.dirname(at.tb_frame.f_code.co_filename) in ours:
        at = at.tb_next
    return at or error.__traceback__


def _compose(run: Run, function: dict[str, Any], task: dict[str, Any]) -> None:
    own = run._part("spec")
    for name, value in task.items():
        own.setdefault(name, value)
    for name, value in function.items():
        own[name] = value
    for key in (own.get("inputs") or {}).values():
        if _names.is_key(key):
            run.add_relationship("consumes", key)


def _move(run: Run, state: str, message: str | None = None) -> None:
    run._part("status")["state"] = state
    if message is not None:
        run._part("status")["message"] = message
    run._put()


def _fail(run: Run, message: str) -> None:
    try:
        run.refresh()
        _move(run, "ERROR", message)
    except (BackendError, OSError) as error:
        from ._log import logger

        logger().error("Run %s failed, and the server could not be told: %s", run.id, error)


def _call(run: Run, folder: str, run_key: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Call the function out of a folder of its own; its modules are forgotten afterwards."""
    from digitalhub_runtime_python import _execute, _main

    source = _local_code.write(run, folder)
    context: Any = _main.Context(folder)
    context.run = run
    file = str(source.get("handler") or "").rpartition(":")[0].replace(".", "/") + ".py"
    hidden = _local_code.hide(folder) if file != ".py" else {}
    try:
        results, outputs = _execute.execute(
            folder,
            source.get("handler") or "",
            source.get("init_function"),
            dict(run.spec.get("parameters") or {}),
            _inputs(run),
            dict(run.spec.get("init_parameters") or {}),
            lambda: _project(run.project),
            run,
            context,
            file=file if os.path.isfile(os.path.join(folder, file)) else None,
            run_key=run_key,
            names=dict(run.spec.get("outputs") or {}),
        )
        return results, outputs
    finally:
        sys.path[:] = [entry for entry in sys.path if entry != folder]
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None) or "").startswith(folder + os.sep):
                del sys.modules[name]
        sys.modules.update(hidden)


def _project(name: str) -> Any:
    from ._projects import get_project

    return get_project(name)


def _inputs(run: Run) -> dict[str, Any]:
    from ._runs import _resolve

    return {name: _resolve(key, False, False) for name, key in (run.spec.get("inputs") or {}).items()}


class _Router:
    """Standard output or error while runs execute here: shown as before, and kept for the run that wrote it.

    One stands for all runs of the process, so that runs in several threads do not take each other's place.
    """

    def __init__(self, shown: TextIO) -> None:
        self.shown = shown

    def write(self, text: str) -> int:
        self.shown.write(text)
        _keep(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def isatty(self) -> bool:
        return False

    @property
    def buffer(self) -> _Bytes:
        return _Bytes(self.shown)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "shown"), name)


class _Bytes:
    """The bytes below a router."""

    def __init__(self, shown: TextIO) -> None:
        self._shown = shown

    def write(self, data: bytes) -> int:
        self._shown.flush()
        self._shown.buffer.write(data)
        _keep(bytes(data))
        return len(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(object.__getattribute__(self, "_shown").buffer, name)


_streams_lock = threading.Lock()
_logs: list[_Log] = []
_thread = threading.local()


def _keep(data: bytes) -> None:
    """Keep output for the run that this thread executes; of the only run, for threads that its function started."""
    log: _Log | None = getattr(_thread, "log", None)
    if log is None and len(_logs) == 1 and not getattr(_thread, "sends", False):
        log = _logs[0]
    if log is not None:
        log.keep(data)


def _listen(log: _Log) -> None:
    with _streams_lock:
        _logs.append(log)
        if not isinstance(sys.stdout, _Router):
            sys.stdout = _Router(sys.stdout)
        if not isinstance(sys.stderr, _Router):
            sys.stderr = _Router(sys.stderr)


def _unlisten(log: _Log) -> None:
    with _streams_lock:
        _logs.remove(log)
        if _logs:
            return
        if isinstance(sys.stdout, _Router):
            sys.stdout = sys.stdout.shown
        if isinstance(sys.stderr, _Router):
            sys.stderr = sys.stderr.shown


class _Log:
    """Sends what is printed, and the heartbeat, from a thread of its own."""

    def __init__(self, run: Run) -> None:
        self._client = _context.client(run.project)
        self._path = _client.entity_path("run", run.project, run.id)
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._waiting = bytearray()
        self._offset = 0
        self._ended = False
        self._deaf = self._client.local
        self._complained = False
        self._thread: threading.Thread | None = None

    def __enter__(self) -> _Log:
        self._outer = getattr(_thread, "log", None)
        _thread.log = self
        _listen(self)
        if not self._deaf:
            self._thread = threading.Thread(target=self._loop, name="dhub-run-log", daemon=True)
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        _unlisten(self)
        _thread.log = self._outer
        self._ended = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def write(self, text: str) -> None:
        """Add text of ours, shown on standard error."""
        sys.stderr.write(text)

    def keep(self, data: bytes) -> None:
        with self._lock:
            if not self._deaf:
                self._waiting += data
                full = len(self._waiting) >= _PIECE
            else:
                full = False
        if full:
            self._wake.set()

    def _loop(self) -> None:
        import time

        _thread.sends = True  # what this thread says of itself is no output of the function
        beat = time.monotonic()
        while True:
            self._wake.wait(_FLUSH)
            self._wake.clear()
            ended = self._ended
            while self._send():
                pass
            if ended:
                self._drain()
                return
            if time.monotonic() - beat >= HEARTBEAT:
                beat = time.monotonic()
                self._post("/heartbeat", {})

    def _drain(self) -> None:
        """Send what is left, for as long as a short absence of the server may last."""
        import time

        deadline = time.monotonic() + _PATIENCE
        while self._waiting and not self._deaf:
            if time.monotonic() > deadline:
                from ._log import logger

                logger().error("The last %d bytes of the run's log could not be sent.", len(self._waiting))
                return
            if not self._send():
                time.sleep(_FLUSH)

    def _send(self) -> bool:
        """Send one piece; tell whether more waits."""
        with self._lock:
            piece = bytes(self._waiting[:_PIECE])
        if not piece or not self._post("/log", {"offset": self._offset}, piece):
            return False
        with self._lock:
            del self._waiting[: len(piece)]
            self._offset += len(piece)
            return bool(self._waiting)

    def _post(self, call: str, params: dict[str, Any], body: bytes | None = None) -> bool:
        try:
            self._client.call("POST", self._path + call, params, body if body is not None else {})
            self._complained = False
            return True
        except BackendError as error:
            if error.status in (404, 405, 501):  # a server without tracked local runs
                with self._lock:
                    self._deaf = True
                    self._waiting.clear()
            else:
                self._warn(error)
        except OSError as error:
            self._warn(error)
        return False

    def _warn(self, error: Exception) -> None:
        """Say once that the server does not answer, until it does again."""
        if self._complained:
            return
        self._complained = True
        from ._log import logger

        logger().warning("The run's log could not be sent yet: %s", error)
