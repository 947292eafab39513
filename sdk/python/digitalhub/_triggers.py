"""Triggers: runs that start by the clock or when an entity changes its state."""

from __future__ import annotations

from . import _calls, _context, _entity, _kinds, _names, _spelling, _verbs
from ._entity import Entity
from ._spelling import http
from .utils.exceptions import EntityError, EntityNotExistsError, ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Import, Load, Update


class Trigger(Entity):
    """A trigger."""

    __slots__ = ()
    _type = "trigger"
    _spec_fields = ("task", "function", "workflow", "template", "schedule", "key", "states")

    def stop(self, **kwargs: Any) -> Trigger:
        """End the trigger; it starts no further run. One call."""
        found = self._client.action("trigger", self.project, self.id, "stop", http("stop", kwargs))
        if found.get("kind"):
            self._take(found)
        return self


def new_trigger(
    project: str,
    name: str,
    kind: str,
    task: str,
    function: str | None = None,
    workflow: str | None = None,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    template: dict[str, Any] | None = None,
    **kwargs: Any,
) -> Trigger:
    """Create a trigger; one call.

    Args:
        project: Name of the project.
        name: Name.
        kind: ``scheduler`` or ``lifecycle``.
        task: Reference of the task that each run is of.
        function: Reference of the function.
        workflow: Reference of the workflow instead.
        uuid: Id, a UUID of version 4; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        template: The spec of each run.
        **kwargs: ``schedule``: cron of five fields, of six or seven with seconds first, or ``@daily`` and
            such. ``key``: ``store://<project>/<type>/<kind>/<name>``, ``states``: list. ``params``,
            ``headers``, ``timeout`` for the HTTP client.

    Raises:
        ValueError: Neither function nor workflow.
        ValidationError: ``schedule``, or ``key`` and ``states``, are missing or malformed.
    """
    _kinds.check(kind, "trigger")
    if function is None and workflow is None:
        raise ValueError("Workflow or function must be provided.")
    declared = ("project", "name", "kind", "task", "function", "workflow", "uuid", "description", "labels", "template")
    values, options = _spelling.spec("new_trigger", kwargs, _kinds.SPECS[kind][1], declared)
    if kind == "scheduler" and not isinstance(values.get("schedule"), str):
        raise ValidationError("schedule: missing, expected a cron expression such as '0 */2 * * *'", "schedule")
    if kind == "lifecycle":
        _check_lifecycle(values)
    own: dict[str, Any] = {"task": task}
    own.update({"function": function} if function is not None else {"workflow": workflow})
    from ._parameters import clean

    if template is not None and not isinstance(template, dict):
        raise ValidationError(f"template: expected a map, got {type(template).__name__}", "template")
    spec = {**own, **values, "template": {**own, **clean(dict(template or {})), "local_execution": False}}
    document = _entity.document("trigger", project, name, kind, spec, uuid, description, labels, embedded)
    _context.ensure(project)
    return Trigger(_context.client(project).create("trigger", project, document, options))


def _check_lifecycle(values: dict[str, Any]) -> None:
    key, states = values.get("key"), values.get("states")
    tail = key.removeprefix("store://") if isinstance(key, str) else ""
    if not isinstance(key, str) or not key.startswith("store://") or "/" not in tail or tail.endswith("/"):
        raise ValidationError(f"key: expected store://<project>/<type>/<kind>/<name>, got {key!r}", "key")
    if not isinstance(states, (list, tuple)) or not states or any(not isinstance(s, str) for s in states):
        raise ValidationError(f"states: expected a list of states such as ['READY'], got {states!r}", "states")


def get_trigger(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Trigger:
    """Read a trigger by name, key or id.

    Raises:
        BackendError: There is no such trigger.
    """
    found: Trigger = _calls.get("get_trigger", "trigger", identifier, project, entity_id, entity_name, kwargs)
    return found


def list_triggers(
    project: str,
    q: str | None = None,
    name: str | None = None,
    kind: str | None = None,
    user: str | None = None,
    state: str | None = None,
    created: str | None = None,
    updated: str | None = None,
    versions: str | None = None,
    task: str | None = None,
    **kwargs: Any,
) -> list[Trigger]:
    """List triggers, newest first; the filters are those of other lists, ``task`` is a reference."""
    filters = {
        "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
        "versions": versions, "task": task,
    }  # fmt: skip
    return _calls.listing("list_triggers", "trigger", project, filters, kwargs)


def delete_trigger(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete a trigger by key, by id, or all triggers of a name.

    Raises:
        ValueError: A name alone without ``delete_all_versions``.
    """
    options = http(
        "delete_trigger", kwargs, ("identifier", "project", "entity_id", "delete_all_versions", "entity_name")
    )
    if not delete_all_versions:
        return _calls.delete(
            "delete_trigger", "trigger", identifier, project, entity_id, False, None, entity_name, kwargs
        )
    if entity_id is not None:
        raise ValueError("entity_id and delete_all_versions are mutually exclusive.")
    name = identifier if identifier is not None else entity_name
    if name is not None and _names.is_key(name):
        key = _names.parse_key(name)
        project, name = key.project, key.name
    if project is None:
        raise EntityError("Specify project if you do not specify entity key.")
    _context.ensure(project)
    client = _context.client(project)
    found = [d for d in client.pages("trigger", project, {"name": name}, options) if d.get("name") == name]
    if not found:
        raise EntityNotExistsError(f"Trigger {name} not found.", 404)
    for document in found:
        client.delete("trigger", project, document["id"], None, options)
    return {}


import_trigger: Import[Trigger] = _verbs.importer("trigger")
load_trigger: Load[Trigger] = _verbs.loader("trigger")
update_trigger: Update[Trigger] = _verbs.updater("trigger")
