"""Argument names: what the documentation of every age calls an argument, and what it is.

An argument that nothing understands is an error that names it and the nearest one that exists.
``params``, ``headers`` and ``timeout`` go to the HTTP client of any call.
"""

from __future__ import annotations

from .utils.exceptions import ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: Old name → today's, for the specs of tasks and runs.
ALIASES = {"env": "envs"}

#: Options of the HTTP client.
HTTP = ("params", "headers", "timeout")


class Options:
    """What a caller passes through to the HTTP client."""

    __slots__ = ("headers", "params", "timeout")

    def __init__(
        self,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        timeout: float | None = None,
    ) -> None:
        self.params = dict(params or {})
        self.headers = dict(headers or {})
        self.timeout = timeout


def nearest(name: str, known: Iterable[str]) -> str:
    """Find the known name closest to a misspelt one; an empty text when none is close."""
    from difflib import get_close_matches

    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def unknown(where: str, name: str, known: Iterable[str]) -> TypeError:
    """Word the error about an argument that nothing understands."""
    known = list(known)
    close = nearest(name, known)
    hint = f" Did you mean '{close}'?" if close else f" Known here: {', '.join(sorted(known))}." if known else ""
    return TypeError(f"{where}() got an argument that nothing understands: '{name}'.{hint}")


def http(where: str, kwargs: dict[str, Any], known: Iterable[str] = ()) -> Options:
    """Take the HTTP options out of a call's further arguments and refuse the rest.

    Args:
        where: Name of the called function, for the error.
        kwargs: Its further arguments.
        known: Names of its declared arguments, among which the nearest match is sought.

    Raises:
        TypeError: An argument is left over.
    """
    for name in kwargs:
        if name not in HTTP:
            raise unknown(where, name, [*known, *HTTP])
    return options(kwargs)


def options(kwargs: dict[str, Any]) -> Options:
    """Make Options of ``params``, ``headers``, ``timeout``, and check their types."""
    for name in ("params", "headers"):
        value = kwargs.get(name)
        if value is not None and not isinstance(value, dict):
            raise ValidationError(f"{name}: expected a map, got {type(value).__name__}", name)
    timeout = kwargs.get("timeout")
    if timeout is not None and (isinstance(timeout, bool) or not isinstance(timeout, (int, float))):
        raise ValidationError(f"timeout: expected seconds as a number, got {timeout!r}", "timeout")
    return Options(kwargs.get("params"), kwargs.get("headers"), timeout)


def spec(
    where: str, kwargs: dict[str, Any], fields: Iterable[str], declared: Iterable[str] = (), take_timeout: bool = False
) -> tuple[dict[str, Any], Options]:
    """Split a call's further arguments into the fields of a spec and HTTP options.

    Args:
        where: Name of the called function, for the error.
        kwargs: Its further arguments.
        fields: Fields that the spec has; aliases are turned into today's names.
        declared: Names of the function's declared arguments.
        take_timeout: ``timeout`` is a field of the spec and not the HTTP client's.

    Raises:
        TypeError: An argument belongs to neither.
        ValidationError: Both spellings of one argument were given.
    """
    fields = tuple(fields)
    values: dict[str, Any] = {}
    rest: dict[str, Any] = {}
    for name, value in kwargs.items():
        if name in HTTP and not (name == "timeout" and take_timeout) and name not in fields:
            rest[name] = value
        elif name in fields or name == "timeout":
            today = ALIASES.get(name, name)
            if today != name and kwargs.get(today) is not None:
                raise ValidationError(f"{name}: the same as '{today}', give one of them", name)
            if value is not None:
                values[today] = value
        else:
            raise unknown(where, name, [*fields, *declared, *HTTP])
    return values, options(rest)


def entity(where: str, entity: Any, kwargs: dict[str, Any], type_name: str) -> tuple[Any, Options]:
    """Resolve ``update_x(x)``, ``update_x(entity=x)`` and ``update_x(x=x)`` to the entity."""
    kwargs = dict(kwargs)
    named = kwargs.pop(type_name, None)
    if entity is not None and named is not None:
        raise ValidationError(f"{type_name}: the same as 'entity', give one of them", type_name)
    entity = entity if entity is not None else named
    if entity is None:
        raise TypeError(f"{where}() needs the {type_name} to update.")
    return entity, http(where, kwargs, ("entity", type_name))


def mapping(name: str, value: Any) -> dict[str, Any]:
    """Turn a map, or a list of maps as older documentation writes it, into one map.

    Raises:
        ValidationError: It is neither, or two maps of the list share a name.
    """
    if value is None:
        return {}
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, (list, tuple)):
        merged: dict[str, Any] = {}
        for item in value:
            if not isinstance(item, dict):
                raise ValidationError(f"{name}: expected a map or a list of maps, found {item!r}", name)
            for key, content in item.items():
                if key in merged:
                    raise ValidationError(f"{name}: '{key}' is given twice", name)
                merged[key] = content
        return merged
    raise ValidationError(f"{name}: expected a map or a list of maps, got {type(value).__name__}", name)
