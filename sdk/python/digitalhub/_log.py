"""The logger ``dhcore``: progress of waiting, and what a call could not do but went on without."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from logging import Logger


def logger() -> Logger:
    """Return the logger; it writes to standard error unless the program set up logging itself."""
    import logging

    log = logging.getLogger("dhcore")
    if log.level == logging.NOTSET:
        level = os.environ.get("DHCORE_LOG_LEVEL", "INFO").upper()
        log.setLevel(level if level in ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL") else "INFO")
        if not log.hasHandlers():
            handler = logging.StreamHandler()
            default = "%(asctime)s - %(levelname)s - %(message)s"
            handler.setFormatter(logging.Formatter(os.environ.get("DHCORE_LOG_FORMAT", default)))
            log.addHandler(handler)
    return log
