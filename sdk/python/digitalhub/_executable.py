"""What functions and workflows share: actions, tasks, runs, triggers."""

from __future__ import annotations

from . import _context, _entity, _kinds, _names, _sources, _spelling
from ._entity import build
from ._kinds import ACTIONS, LOCAL_ACTIONS, PLATFORM
from ._parameters import clean
from ._tasked import Tasked
from .utils.exceptions import EntityError, ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._runs import Run
    from ._tasks import Task
    from ._triggers import Trigger

_DECLARED = ("action", "wait", "log_info", "extensions", "local_execution", "labels", "name")


class Executable(Tasked):
    """A function or a workflow: something that actions are performed on."""

    __slots__ = ()

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
            unused = [name for name in PLATFORM if spec.get(name) is not None]
            if unused:
                _notice(f"{', '.join(unused)}: a local run has this process's environment and resources; not applied.")
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


def _at_least(value: Any, least: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= least


def _notice(text: str) -> None:
    import warnings

    warnings.warn(text, UserWarning, stacklevel=3)


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
    git_source: str | None,
    version: str | None,
    kwargs: dict[str, Any],
) -> Any:
    """POST a function or workflow."""
    _kinds.check(kind, type_name)
    _names.check_name(name)
    id = _names.check_id(uuid)
    fields = _kinds.SPECS[kind][1]
    if "git_source" in fields and git_source is not None:
        kwargs["git_source"], git_source = git_source, None
    declared = ("project", "name", "kind", "uuid", "description", "labels", "embedded", "git_source", "version")
    values, options = _spelling.spec(where, kwargs, fields, declared)
    _context.ensure(project)
    spec = _sources.spec(kind, values, project, type_name, name, id)
    document = _entity.document(
        type_name, project, name, kind, spec, id, description, labels, embedded, version, git_source
    )
    return build(type_name, _context.client(project).create(type_name, project, document, options))
