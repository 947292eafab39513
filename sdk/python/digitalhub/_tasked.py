"""The tasks of a function or workflow: one for each action, with parameters for the executor."""

from __future__ import annotations

from . import _context, _names, _spelling
from ._entity import Entity, build
from ._kinds import ACTIONS, PLATFORM
from ._parameters import clean
from .utils.exceptions import EntityAlreadyExistsError, EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._tasks import Task


class Tasked(Entity):
    """A function or workflow as what has tasks; those that were read are kept until it is another version."""

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
