"""Runs: one execution of an action, from its request to its outcome."""

from __future__ import annotations

import time

from . import _calls, _client, _context, _entity, _kinds, _names, _spelling, _verbs
from ._entity import Entity
from ._metrics import Measured
from ._spelling import http
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Import, Load, Update
    from ._transport import Response

_FINAL = ("STOPPED", "ERROR", "COMPLETED", "DELETED")
_SERVING = ("serve", "deploy")
_LONG_POLL = 30.0
_SERVICE_WAIT = 300.0
_SPEC = (
    "task", "function", "workflow", "inputs", "outputs", "parameters", "init_parameters", "local_execution", "source",
    "python_version", "requirements", "image", "base_image", "args", "instructions", *_kinds.PLATFORM, *_kinds.SERVICE,
)  # fmt: skip


class Run(Measured):
    """A run."""

    __slots__ = ()
    _type = "run"
    _spec_fields = _SPEC

    @property
    def action(self) -> str:
        """The action, such as ``job``."""
        return _kinds.split(self.kind)[1]

    @property
    def _serves(self) -> bool:
        return self.action in _SERVING

    # -- life --------------------------------------------------------------------------------------

    def wait(self, log_info: bool = True) -> Run:
        """Wait until the run has ended, a service until it is reachable (300 seconds at most).

        The server answers at each change of state, so this takes no polling.

        Args:
            log_info: Log each state to the logger ``dhcore``.

        Returns:
            The run itself; it does not raise when the run ended in ERROR.
        """
        deadline = time.monotonic() + _SERVICE_WAIT if self._serves else None
        path = _client.entity_path("run", self.project, self.id)
        said = known = since = ""
        pause, patience = 0.1, 1.0
        self.refresh()
        while True:
            state, code = str(self.status.state), _reason_code(self)
            if log_info and f"{state} {code}" != said:
                said, patience = f"{state} {code}", 1.0
                _say(self, state)
            if state in _FINAL or (self._serves and self.status.service):
                return self
            if deadline is not None and time.monotonic() >= deadline:
                return self
            asked = time.monotonic()
            left = _LONG_POLL if deadline is None else max(1.0, min(_LONG_POLL, deadline - asked))
            if state == "PENDING":  # its reason may change meanwhile: an environment is built, an image is fetched
                left, patience = min(left, patience), 2 * patience
            # The first answer comes at once: what changed since the state above must not be waited out.
            answer, since = self._client.poll(path, int(left) if since else 0, since)
            self._take(answer)
            mark = f"{self.status.state} {self.status.get('service')} {self.status.get('reason')}"
            if mark != known:
                known, pause = mark, 0.1
            elif time.monotonic() - asked < 0.5:  # a server that does not know `wait`
                time.sleep(pause)
                pause = min(pause * 1.5, 5.0)

    def logs(self, **kwargs: Any) -> list[Log]:
        """Read the logs, one for each container; one call. The last 2 MiB of each."""
        path = _client.entity_path("run", self.project, self.id) + "/logs"
        found = self._client.call("GET", path, http=http("logs", kwargs))
        return [Log(document) for document in found or ()]

    def stop(self, **kwargs: Any) -> Run:
        """Ask for the run's end; one call. A run that has ended stays as it is."""
        self._act("stop", http("stop", kwargs))
        return self

    def resume(self, **kwargs: Any) -> Run:
        """Start a stopped service again; one call."""
        self._act("resume", http("resume", kwargs))
        return self

    def _act(self, action: str, options: _spelling.Options) -> None:
        found = self._client.action("run", self.project, self.id, action, options)
        if found.get("kind"):
            self._take(found)

    def build(self) -> Run:
        """Compose the spec of a run that this process executes; state BUILT."""
        from . import _execution

        return _execution.build(self)

    def run(self) -> Run:
        """Execute a built run in this process."""
        from . import _execution

        return _execution.run(self)

    # -- what it used and made ---------------------------------------------------------------------

    def inputs(self, as_dict: bool = False) -> dict[str, Any]:
        """Read the inputs; one call each.

        Args:
            as_dict: Return maps instead of entities.
        """
        return {name: _resolve(key, False, as_dict) for name, key in (self.spec.inputs or {}).items()}

    def outputs(self, as_key: bool = False, as_dict: bool = False) -> dict[str, Any]:
        """Read the entities that the run made; one call each.

        Args:
            as_key: Return the keys, without any call.
            as_dict: Return maps instead of entities.
        """
        return {name: _resolve(key, as_key, as_dict) for name, key in (self.status.outputs or {}).items()}

    def output(self, output_name: str, as_key: bool = False, as_dict: bool = False) -> Any:
        """Read one entity that the run made, None when there is none of that name."""
        key = (self.status.outputs or {}).get(output_name)
        return None if key is None else _resolve(key, as_key, as_dict)

    def results(self) -> dict[str, Any]:
        """Return the plain values that the function returned, by name."""
        return dict(self.status.results or {})

    def result(self, result_name: str) -> Any:
        """Return one plain value, None when there is none of that name."""
        return self.results().get(result_name)

    def add_output(self, name: str, key: str) -> None:
        """Add an entity to the run's outputs; two calls."""
        self.refresh()
        status = self._part("status")
        status["outputs"] = {**(status.get("outputs") or {}), name: getattr(key, "key", key)}
        self._put()

    @property
    def image(self) -> str | None:
        """The image that a build made."""
        found = (self.status.outputs or {}).get("image")
        return None if found is None else str(found)

    # -- services ----------------------------------------------------------------------------------

    def invoke(
        self,
        model_name: str | None = None,
        method: str | None = None,
        url: str | None = None,
        data: Any = None,
        json: Any = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response:
        """Call the service of a run.

        Args:
            model_name: Model of a model server; ``model`` unless given.
            method: POST with ``data`` or ``json``, else GET, unless given.
            url: Full address; must begin with the service's.
            data: Body as bytes or text.
            json: Body as JSON.
            params: Query.
            headers: Headers.
            timeout: Seconds, 60 unless given.

        Raises:
            EntityError: The address is another one, or a service is not there yet.
            RuntimeError: A model server is not there yet.
        """
        from . import _transport

        base, serving = _kinds.split(self.kind)[0], ""
        service = self.status.service or {}
        address = service.get("url") or next(iter(service.get("urls") or ()), None)
        models = base in ("sklearnserve", "mlflowserve", "huggingfaceserve")
        if not address:
            text = "Service is not available for this run."
            if models or base.startswith(("vllmserve", "kubeai")):
                raise RuntimeError(text)
            if url is None:
                raise EntityError(text)
            raise EntityError(f"Invalid URL: {url}. {text}")
        prefix = address if "://" in address else f"http://{address}"
        if url is None:
            serving = f"/v2/models/{model_name or 'model'}/infer" if models else ""
            url = prefix + serving
        elif not (url == prefix or url.startswith((prefix + "/", prefix + "?"))):
            raise EntityError(f"Invalid URL: {url}. It must begin with {prefix}.")
        sent = dict(headers or {})
        body: bytes | None = None
        if json is not None:
            import json as encoder

            body = encoder.dumps(json).encode()
            sent.setdefault("Content-Type", "application/json")
        elif data is not None:
            body = data if isinstance(data, bytes) else str(data).encode()
        verb = "GET" if body is None else (method or "POST")
        return _transport.send(verb, _transport.build_url(url, params), sent, body, timeout)

    def list_endpoints(self) -> list[str]:
        """Return the full addresses of the service."""
        service = self.status.service or {}
        return [u if "://" in u else f"http://{u}" for u in service.get("urls") or ()]


class Log(Entity):
    """What one container of a run printed."""

    __slots__ = ()
    _type = "log"

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__({"kind": "log", **document})

    @property
    def content(self) -> str:
        """The text in base64."""
        return str(self._doc.get("content") or "")

    @property
    def text(self) -> str:
        """The text; what is no UTF-8 is replaced."""
        from base64 import b64decode

        return b64decode(self.content).decode("utf-8", "replace")


def _resolve(key: str, as_key: bool, as_dict: bool) -> Any:
    if as_key or not _names.is_key(key):
        return key
    parsed = _names.parse_key(key)
    if parsed.id is None:
        document = _calls.newest(parsed.type, parsed.project, str(parsed.name))
    else:
        document = _context.client(parsed.project).read(parsed.type, parsed.project, parsed.id)
    entity = _entity.build(parsed.type, document)
    return entity.to_dict() if as_dict else entity


def _reason_code(run: Run) -> str:
    reason = run.status.get("reason")
    return str(reason.get("code")) if isinstance(reason, dict) else ""


def _say(run: Run, state: str) -> None:
    from ._log import logger

    reason = run.status.get("reason")
    text = run.status.get("message") or (reason.get("message") if isinstance(reason, dict) else None)
    logger().info("Run %s: %s%s", run.id, state, f" ({text})" if text else "")


def new_run(
    project: str,
    kind: str,
    uuid: str | None = None,
    labels: list[str] | None = None,
    task: str | None = None,
    name: str | None = None,
    **kwargs: Any,
) -> Run:
    """Create a run of a task; one call. The server starts it unless ``local_execution`` is true.

    Args:
        project: Name of the project.
        kind: Kind of the run, such as ``python+job:run``.
        uuid: Id, a UUID of version 4; made when absent.
        labels: For filters.
        task: Reference of the task, ``python+job://<project>/<id>``.
        name: Name, the id unless given.
        **kwargs: The run's spec, as in ``Function.run``.

    Raises:
        EntityError: ``task`` is missing.
        BuilderError: There is no such kind.
    """
    _kinds.check(kind, "run")
    if task is None:
        raise EntityError("Missing task in run spec")
    base, action = _kinds.split(kind)
    fields = (
        *_kinds.PLATFORM,
        *_kinds.ACTIONS.get(base, {}).get(action, ()),
        "function",
        "workflow",
        "local_execution",
    )
    declared = ("project", "kind", "uuid", "labels", "task", "name")
    spec, options = _spelling.spec("new_run", kwargs, fields, declared, take_timeout=True)
    from ._parameters import clean

    _context.ensure(project)
    id = _names.check_id(uuid)
    document = _entity.document("run", project, name or id, kind, {"task": task, **clean(spec)}, id, labels=labels)
    return Run(_context.client(project).create("run", project, document, options))


def get_run(
    identifier: str | None = None, project: str | None = None, *, entity_id: str | None = None, **kwargs: Any
) -> Run:
    """Read a run by id or key; one call.

    Raises:
        BackendError: There is no such run.
    """
    found: Run = _calls.get("get_run", "run", identifier, project, entity_id, None, kwargs)
    return found


def list_runs(
    project: str,
    q: str | None = None,
    name: str | None = None,
    kind: str | None = None,
    user: str | None = None,
    state: str | None = None,
    created: str | None = None,
    updated: str | None = None,
    function: str | None = None,
    workflow: str | None = None,
    task: str | None = None,
    action: str | None = None,
    **kwargs: Any,
) -> list[Run]:
    """List runs, newest first; one call a page of 25.

    Args:
        project: Name of the project.
        q: Text in id, name, function or workflow.
        name: Exact name.
        kind: Exact kind, such as ``python+job:run``.
        user: Who created it.
        state: Exact state.
        created: ``start`` or ``start,end``, ISO-8601.
        updated: As ``created``.
        function: Reference of a function's version; without ``:<id>`` of all its versions.
        workflow: Reference of a workflow's version.
        task: Reference of a task.
        action: The action, such as ``job``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    filters = {
        "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
        "function": function, "workflow": workflow, "task": task, "action": action,
    }  # fmt: skip
    return _calls.listing("list_runs", "run", project, filters, kwargs)


def delete_run(
    identifier: str | None = None, project: str | None = None, entity_id: str | None = None, **kwargs: Any
) -> dict[str, Any]:
    """Delete a run by id or key; a live one is ended first."""
    return _calls.delete("delete_run", "run", identifier, project, entity_id, False, None, None, kwargs)


import_run: Import[Run] = _verbs.importer("run", "The server starts it.")
load_run: Load[Run] = _verbs.loader("run")
update_run: Update[Run] = _verbs.updater("run")
