"""The parameters that every run shares: references to entities, resources, environment, secrets."""

from __future__ import annotations

import re

from . import _spelling
from ._entity import Entity
from .utils.exceptions import ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_QUANTITY = re.compile(r"[0-9]+(\.[0-9]+)?([a-zA-Z]+)?\Z")


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
