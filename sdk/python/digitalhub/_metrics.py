"""Metrics of models and runs."""

from __future__ import annotations

from urllib.parse import quote

from . import _client
from ._entity import Entity
from .utils.exceptions import BackendError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Number = float | int
    Series = Number | list[Number]


class Measured(Entity):
    """An entity that numbers are logged to."""

    __slots__ = ()

    @property
    def _metrics_path(self) -> str:
        return _client.entity_path(self._type, self.project, self.id) + "/metrics"

    @property
    def metrics(self) -> dict[str, Any]:
        """Name → number or list of numbers, as stored now; one call."""
        found = self._client.call("GET", self._metrics_path)
        return found if isinstance(found, dict) else {}

    def log_metric(self, key: str, value: Series, overwrite: bool = False, single_value: bool = False) -> None:
        """Store a metric; two calls.

        Args:
            key: Its name.
            value: A number is appended to the series, a list of numbers too.
            overwrite: Replace what is stored.
            single_value: Store the number alone, as no series.

        Raises:
            ValueError: It is neither a number nor a list of numbers.
        """
        if not _number(value) and not (isinstance(value, (list, tuple)) and all(_number(item) for item in value)):
            raise ValueError(
                f"Invalid metric value for '{key}': expected a number or a list of numbers, got {value!r}."
            )
        if single_value and isinstance(value, (list, tuple)):
            raise ValueError(f"Invalid metric value for '{key}': a single value is one number, got a list.")
        if not single_value:
            new = list(value) if isinstance(value, (list, tuple)) else [value]
            stored = [] if overwrite else self._stored(key)
            value = [*stored, *new]
        path = f"{self._metrics_path}/{quote(key, safe='')}"
        self._client.call("PUT", path, body=value)
        status = self._part("status")
        status["metrics"] = {**(status.get("metrics") or {}), key: value}

    def log_metrics(self, metrics: dict[str, Series], overwrite: bool = False) -> None:
        """Store several metrics. A number of a new name stays one number; later ones make it a series."""
        stored = {} if overwrite else self.metrics
        for key, value in metrics.items():
            single = key not in stored and not isinstance(value, (list, tuple))
            self.log_metric(key, value, overwrite, single)

    def _stored(self, key: str) -> list[Any]:
        try:
            found = self._client.call("GET", f"{self._metrics_path}/{quote(key, safe='')}")
        except BackendError as error:
            if error.status in (0, 404):
                return []
            raise
        if found is None or found == {}:
            return []
        return list(found) if isinstance(found, (list, tuple)) else [found]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
