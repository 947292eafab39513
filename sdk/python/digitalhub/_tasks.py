"""Tasks: a function and an action, with parameters for the executor."""

from __future__ import annotations

from . import _calls, _context, _entity, _kinds, _names, _spelling, _verbs
from ._entity import Entity
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Import, Load, Update

_SPEC = ("function", "workflow", *_kinds.PLATFORM, *_kinds.SERVICE, "instructions")


class Task(Entity):
    """A task: at most one for each version of a function and each action."""

    __slots__ = ()
    _type = "task"
    _spec_fields = _SPEC

    @property
    def _reference(self) -> str:
        return f"{self.kind}://{self.project}/{self.id}"

    @property
    def action(self) -> str:
        """The action, such as ``job``."""
        return _kinds.split(self.kind)[1]


def _create(
    project: str,
    kind: str,
    spec: dict[str, Any],
    uuid: str | None = None,
    labels: list[str] | None = None,
    options: _spelling.Options | None = None,
) -> Task:
    id = _names.check_id(uuid)
    document = _entity.document("task", project, id, kind, spec, id, labels=labels)
    return Task(_context.client(project).create("task", project, document, options))


def new_task(
    project: str,
    kind: str,
    uuid: str | None = None,
    labels: list[str] | None = None,
    function: str | None = None,
    workflow: str | None = None,
    **kwargs: Any,
) -> Task:
    """Create a task; one call.

    Args:
        project: Name of the project.
        kind: Kind of the function and action, such as ``python+job``.
        uuid: Id, a UUID of version 4; made when absent.
        labels: For filters.
        function: Reference of the function, ``python://<project>/<name>:<id>``.
        workflow: Reference of the workflow instead.
        **kwargs: Parameters for the executor.

    Raises:
        EntityError: Neither function nor workflow.
        BuilderError: There is no such kind.
    """
    _kinds.check(kind, "task")
    if function is None and workflow is None:
        raise EntityError("Function or workflow must be provided.")
    base, action = _kinds.split(kind)
    fields = (*_kinds.PLATFORM, *_kinds.ACTIONS.get(base, {}).get(action, ()))
    declared = ("project", "kind", "uuid", "labels", "function", "workflow")
    spec, options = _spelling.spec("new_task", kwargs, fields, declared, take_timeout=True)
    from ._parameters import clean

    _context.ensure(project)
    own = {"function": function} if function is not None else {"workflow": workflow}
    return _create(project, kind, {**own, **clean(spec)}, uuid, labels, options)


def get_task(
    identifier: str | None = None, project: str | None = None, *, entity_id: str | None = None, **kwargs: Any
) -> Task:
    """Read a task by id or key; one call."""
    found: Task = _calls.get("get_task", "task", identifier, project, entity_id, None, kwargs)
    return found


def list_tasks(
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
    **kwargs: Any,
) -> list[Task]:
    """List tasks; one call a page of 25.

    Args:
        project: Name of the project.
        q: Text in id or name.
        name: Exact name.
        kind: Exact kind, such as ``python+job``.
        user: Who created it.
        state: Exact state.
        created: ``start`` or ``start,end``, ISO-8601.
        updated: As ``created``.
        function: Reference of a function's version.
        workflow: Reference of a workflow's version.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    filters = {
        "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
        "function": function, "workflow": workflow,
    }  # fmt: skip
    return _calls.listing("list_tasks", "task", project, filters, kwargs)


def delete_task(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    cascade: bool = True,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete a task by id or key, with its runs unless told otherwise."""
    return _calls.delete("delete_task", "task", identifier, project, entity_id, False, cascade, None, kwargs)


import_task: Import[Task] = _verbs.importer("task")
load_task: Load[Task] = _verbs.loader("task")
update_task: Update[Task] = _verbs.updater("task")
