"""What functions and workflows share: actions, tasks, runs, triggers."""

from __future__ import annotations

import re

from . import _context, _names, _spelling
from ._entity import Entity, build
from ._kinds import ACTIONS, LOCAL_ACTIONS, PLATFORM
from .utils.exceptions import EntityAlreadyExistsError, EntityError, ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._runs import Run
    from ._tasks import Task
    from ._triggers import Trigger

_QUANTITY = re.compile(r"[0-9]+(\.[0-9]+)?([a-zA-Z]+)?\Z")
_DECLARED = ("action", "wait", "log_info", "extensions", "local_execution", "labels", "name")


class Executable(Entity):
    """A function or a workflow: something that actions are performed on."""

    __slots__ = ("_tasks",)

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(document)
        self._tasks: dict[str, Task] = {}

    def _take(self, document: dict[str, Any]) -> None:
        if document.get("id") != self._doc.get("id"):
            self._tasks = {}
        super()._take(document)

    @property
    def _reference(self) -> str:
        return _names.reference(self.kind, self.project, self.name, self.id)

    def _check_action(self, action: str) -> None:
        known = ACTIONS.get(self.kind)
        if not isinstance(action, str) or not action or (known is not None and action not in known):
            hint = f" Kind '{self.kind}' has: {', '.join(known)}." if known else ""
            raise EntityError(f"Action {action} not allowed.{hint}")

    def _fields(self, action: str) -> tuple[str, ...]:
        return (*PLATFORM, *ACTIONS.get(self.kind, {}).get(action, ()))

    # -- runs --------------------------------------------------------------------------------------

    def run(
        self,
        action: str,
        wait: bool = False,
        log_info: bool = True,
        extensions: list[dict[str, Any]] | None = None,
        local_execution: bool = False,
        labels: list[str] | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> Run:
        """Perform an action: make the task if it is missing, make a run of it.

        Two calls at the first run of an object (three when the task is missing), one from then on.

        Args:
            action: What to do, such as ``job``; which actions exist depends on the kind.
            wait: Return when the run has ended.
            log_info: Log the run's states to the logger ``dhcore`` while waiting.
            extensions: Extensions of the run.
            local_execution: Execute in this process; the run is tracked all the same, its log and results
                are on the server.
            labels: Labels of the run.
            name: Name of the run, its id unless given.
            **kwargs: For the run: ``inputs`` (name → key or entity, or a list of such maps), ``outputs``
                (name → name of the entity it becomes), ``parameters``, ``init_parameters``; for the
                executor: ``resources`` ({"cpu": "500m", "mem": "512Mi"}), ``envs`` or ``env``
                ([{"name", "value"}]), ``secrets``, ``volumes``, ``profile``, ``node_selector``,
                ``affinity``, ``tolerations``, ``backoff_limit``, ``schedule``, ``replicas``,
                ``timeout`` (seconds of the job); ``params``, ``headers`` for the HTTP client.

        Returns:
            The run. It does not raise when the run ends in ERROR: look at ``status.state``.

        Raises:
            EntityError: The kind has no such action.
            TypeError: An argument that nothing understands.
            ValidationError: An argument has the wrong form.
            RuntimeError: With ``local_execution``, the function raised.
        """
        from ._runs import Run

        self._check_action(action)
        spec, options = self._run_spec(action, kwargs)
        can_local = action in LOCAL_ACTIONS.get(self.kind, ())
        if local_execution and not can_local:
            _notice(f"local_execution: kind '{self.kind}' has no local {action}; the run is a remote one.")
            local_execution = False
        task = self._ensure_task(action)
        document = self._run_document(task, spec, labels, name, extensions)
        if can_local:
            document["spec"]["local_execution"] = local_execution
        run = Run(_context.client(self.project).create("run", self.project, document, options))
        if local_execution:
            from . import _execution

            return _execution.execute(run, self, task)
        if wait:
            return run.wait(log_info=log_info)
        return run

    def _run_spec(self, action: str, kwargs: dict[str, Any]) -> tuple[dict[str, Any], _spelling.Options]:
        kwargs = dict(kwargs)
        fields = self._fields(action)
        if kwargs.pop("values", None) is not None and self.kind != "kfp":
            _notice(f"values: kind '{self.kind}' has no use for it; it is not sent.")
        if "replicas" in kwargs and kwargs["replicas"] is not None and not _at_least(kwargs["replicas"], 0):
            raise ValidationError(f"replicas: expected a whole number, got {kwargs['replicas']!r}", "replicas")
        if self.kind not in ACTIONS:
            fields = tuple({*fields, *kwargs})
        spec, options = _spelling.spec("run", kwargs, fields, (*_DECLARED, "values"), take_timeout=True)
        return clean(spec), options

    def _run_document(
        self,
        task: Task,
        spec: dict[str, Any],
        labels: list[str] | None = None,
        name: str | None = None,
        extensions: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        id, now = _names.new_id(), _names.now()
        name = id if name is None else _names.check_name(name)
        metadata: dict[str, Any] = {"project": self.project, "name": name, "created": now, "updated": now}
        if labels:
            metadata["labels"] = list(labels)
        metadata["relationships"] = [{"type": "run_of", "dest": self.key}]
        kind = f"{task.kind}:run"
        return {
            "kind": kind,
            "metadata": metadata,
            "spec": {"task": task._reference, self._type: self._reference, **spec},
            "status": {"state": "CREATED"},
            "project": self.project,
            "name": name,
            "id": id,
            "key": _names.make_key("run", self.project, kind, name, id),
            "extensions": list(extensions or ()),
        }

    def get_run(self, identifier: str, **kwargs: Any) -> Run:
        """Read a run of this executable by id or key.

        Raises:
            EntityError: The run is another executable's.
        """
        from . import _runs

        run = _runs.get_run(identifier, project=self.project, **kwargs)
        if run.spec.get(self._type) != self._reference:
            raise EntityError(f"Run {identifier} does not belong to this executable.")
        return run

    def list_runs(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        task: str | None = None,
        action: str | None = None,
        **kwargs: Any,
    ) -> list[Run]:
        """List the runs of this version, newest first."""
        from . import _runs

        own: dict[str, Any] = {self._type: self._reference}
        return _runs.list_runs(
            self.project, q=q, name=name, kind=kind, user=user, state=state, created=created, updated=updated,
            task=task, action=action, **own, **kwargs,
        )  # fmt: skip

    # -- tasks -------------------------------------------------------------------------------------

    def _find_task(self, action: str) -> Task | None:
        if action in self._tasks:
            return self._tasks[action]
        params = {"kind": f"{self.kind}+{action}", self._type: self._reference}
        for document in _context.client(self.project).pages("task", self.project, params):
            task: Task = build("task", document)
            self._tasks[action] = task
            return task
        return None

    def _ensure_task(self, action: str) -> Task:
        task = self._find_task(action)
        if task is not None:
            return task
        try:
            return self._create_task(action, {})
        except EntityAlreadyExistsError:  # made at the same moment by somebody else
            task = self._find_task(action)
            if task is None:
                raise
            return task

    def _create_task(self, action: str, spec: dict[str, Any]) -> Task:
        from . import _tasks

        own: dict[str, Any] = {self._type: self._reference}
        task = _tasks._create(self.project, f"{self.kind}+{action}", {**own, **spec})
        self._tasks[action] = task
        return task

    def _task_spec(self, action: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        self._check_action(action)
        fields = tuple({*self._fields(action), *kwargs}) if self.kind not in ACTIONS else self._fields(action)
        spec, _ = _spelling.spec("task", kwargs, fields, ("action",), take_timeout=True)
        return clean(spec)

    def new_task(self, action: str, **kwargs: Any) -> Task:
        """Create the task of an action.

        Args:
            action: The action.
            **kwargs: Parameters of the task, as those of the executor in ``run``.

        Raises:
            EntityError: There is one already.
        """
        spec = self._task_spec(action, kwargs)
        self._tasks.pop(action, None)
        if self._find_task(action) is not None:
            raise EntityError(f"Task '{action}' already exists. Use update_task or set_task.")
        return self._create_task(action, spec)

    def set_task(self, action: str, **kwargs: Any) -> Task:
        """Create the task of an action, or replace its parameters."""
        self._check_action(action)
        self._tasks.pop(action, None)
        if self._find_task(action) is None:
            return self.new_task(action, **kwargs)
        return self.update_task(action, **kwargs)

    def get_task(self, action: str) -> Task:
        """Read the task of an action.

        Raises:
            EntityError: There is none yet.
        """
        self._check_action(action)
        self._tasks.pop(action, None)
        task = self._find_task(action)
        if task is None:
            raise EntityError(f"Task '{action}' does not exist.")
        return task

    def list_task(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        **kwargs: Any,
    ) -> list[Task]:
        """List the tasks of this version."""
        from . import _tasks

        own: dict[str, Any] = {self._type: self._reference}
        return _tasks.list_tasks(
            self.project, q=q, name=name, kind=kind, user=user, state=state, created=created, updated=updated,
            **own, **kwargs,
        )  # fmt: skip

    def update_task(self, action: str, **kwargs: Any) -> Task:
        """Replace all parameters of the task of an action."""
        spec = self._task_spec(action, kwargs)
        task = self.get_task(action)
        own = {self._type: self._reference}
        task._doc["spec"] = {**own, **spec}
        task.save(update=True)
        self._tasks[action] = task
        return task

    def delete_task(self, action: str, cascade: bool = True) -> dict[str, Any]:
        """Delete the task of an action, with its runs unless told otherwise."""
        task = self.get_task(action)
        self._tasks.pop(action, None)
        return _context.client(self.project).delete("task", self.project, task.id, {"cascade": cascade})

    def import_tasks(self, tasks: list[dict[str, Any]]) -> None:
        """Create the tasks of these documents that belong to this version; existing ones stay."""
        for document in tasks:
            if (document.get("spec") or {}).get(self._type) != self._reference:
                continue
            fresh = {name: value for name, value in document.items() if name not in ("status", "key", "user")}
            fresh["project"] = self.project
            fresh.setdefault("id", _names.new_id())
            fresh["name"] = fresh["id"]
            fresh.setdefault("metadata", {})
            try:
                _context.client(self.project).create("task", self.project, fresh)
            except EntityAlreadyExistsError:
                continue

    # -- triggers ----------------------------------------------------------------------------------

    def trigger(
        self, action: str, kind: str, name: str, template: dict[str, Any] | None = None, **kwargs: Any
    ) -> Trigger:
        """Create a trigger that makes runs of an action.

        Args:
            action: The action.
            kind: ``scheduler`` or ``lifecycle``.
            name: Name of the trigger.
            template: The spec of each run: ``parameters``, ``inputs`` and so on; ``{{input.key}}`` in a
                lifecycle template is the key of the entity that fired it.
            **kwargs: ``schedule`` (cron) for a scheduler; ``key`` and ``states`` for lifecycle; further
                arguments of ``new_trigger``.
        """
        from . import _triggers

        self._check_action(action)
        task = self._ensure_task(action)
        own: dict[str, Any] = {self._type: self._reference}
        return _triggers.new_trigger(self.project, name, kind, task._reference, template=template, **own, **kwargs)

    def get_trigger(self, identifier: str, **kwargs: Any) -> Trigger:
        """Read a trigger of this executable by name, id or key.

        Raises:
            EntityError: The trigger is another executable's.
        """
        from . import _triggers

        trigger = _triggers.get_trigger(identifier, project=self.project, **kwargs)
        if trigger.spec.get(self._type) != self._reference:
            raise EntityError(f"Trigger {identifier} does not belong to this executable.")
        return trigger

    def list_triggers(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        **kwargs: Any,
    ) -> list[Trigger]:
        """List the triggers of this version."""
        from . import _triggers

        found = _triggers.list_triggers(
            self.project, q=q, name=name, kind=kind, user=user, state=state, created=created, updated=updated, **kwargs
        )
        return [trigger for trigger in found if trigger.spec.get(self._type) == self._reference]


def clean(spec: dict[str, Any]) -> dict[str, Any]:
    """Check and fold the parameters that every run shares.

    Raises:
        ValidationError: One of them has the wrong form.
    """
    made = dict(spec)
    made.pop("env", None)
    for name in ("inputs", "outputs"):
        if name in made:
            made[name] = {key: _as_key(name, key, value) for key, value in _spelling.mapping(name, made[name]).items()}
    for name in ("parameters", "init_parameters"):
        if name in made and not isinstance(made[name], dict):
            raise ValidationError(f"{name}: expected a map, got {type(made[name]).__name__}", name)
    if not made.get("outputs", True):
        del made["outputs"]
    _check_resources(made.get("resources"))
    _check_envs(made.get("envs"))
    secrets = made.get("secrets")
    if secrets is not None and (not isinstance(secrets, (list, tuple)) or any(not isinstance(s, str) for s in secrets)):
        raise ValidationError(f"secrets: expected a list of names, got {secrets!r}", "secrets")
    return made


def _as_key(field: str, name: str, value: Any) -> str:
    """Turn an entity, or a map with a key, into the key."""
    if isinstance(value, Entity):
        return value.key
    if isinstance(value, dict) and isinstance(value.get("key"), str):
        return str(value["key"])
    if isinstance(value, str):
        return value
    raise ValidationError(f"{field}: '{name}' must be a key or an entity, got {type(value).__name__}", field)


def _check_resources(value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, dict):
        raise ValidationError(f"resources: expected a map, got {type(value).__name__}", "resources")
    for name, amount in value.items():
        if name not in ("cpu", "mem", "gpu", "disk"):
            raise ValidationError(f"resources: '{name}' is none of cpu, mem, gpu, disk", f"resources.{name}")
        amounts = [amount.get("requests"), amount.get("limits")] if isinstance(amount, dict) else [amount]
        given = [item for item in amounts if item is not None]
        if isinstance(amount, dict) and (not given or set(amount) - {"requests", "limits"}):
            raise ValidationError(f"resources: '{name}' takes requests and limits, got {amount!r}", f"resources.{name}")
        for item in given or [amount]:
            if isinstance(item, bool) or not isinstance(item, (str, int, float)) or not _QUANTITY.match(str(item)):
                raise ValidationError(
                    f"resources: '{name}' is an amount such as 2, '500m' or '512Mi', got {item!r}", f"resources.{name}"
                )


def _check_envs(value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, (list, tuple)):
        raise ValidationError(f"envs: expected a list of {{'name', 'value'}}, got {type(value).__name__}", "envs")
    for item in value:
        if not isinstance(item, dict) or not isinstance(item.get("name"), str) or "value" not in item:
            raise ValidationError(f"envs: expected {{'name', 'value'}}, got {item!r}", "envs")


def _at_least(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _notice(text: str) -> None:
    import warnings

    warnings.warn(text, UserWarning, stacklevel=3)
