"""What a Python function says about itself: the ``handler`` decorator."""

from ._handler import handler

__all__ = ["handler"]
