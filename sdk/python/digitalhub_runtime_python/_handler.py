"""The ``handler`` decorator: names what a function returns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")


def handler(outputs: Sequence[str | dict[str, Any]] | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Name the values that the decorated function returns, by position.

    Args:
        outputs: Names, or mappings with ``name`` and, for entities, ``kind`` and ``spec_kwargs``.

    Returns:
        A decorator. The decorated function may be called directly, as if it were not decorated.

    Raises:
        TypeError: ``outputs`` is no list, or the decorator is used without parentheses.
    """
    if callable(outputs):
        raise TypeError("handler needs parentheses: @handler() or @handler(outputs=[...])")
    names: Any = [] if outputs is None else outputs
    if not isinstance(names, (list, tuple)):
        raise TypeError(f"outputs must be a list of names, got {type(outputs).__name__}")
    for item in names:
        if not isinstance(item, str) and not (isinstance(item, dict) and isinstance(item.get("name"), str)):
            raise TypeError(f"an output is a name or a mapping with a name, got {item!r}")

    def decorate(func: Callable[P, R]) -> Callable[P, R]:
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            return func(*args, **kwargs)

        for name in ("__module__", "__name__", "__qualname__", "__doc__"):
            try:
                setattr(wrapper, name, getattr(func, name))
            except AttributeError:
                pass
        wrapper.__dict__.update(getattr(func, "__dict__", {}))
        wrapper.__dict__["__wrapped__"] = func
        wrapper.__dict__["__dhub_outputs__"] = list(names)
        return wrapper

    return decorate
