"""Search over all entities of a project."""

from __future__ import annotations

from urllib.parse import quote

from . import _context, _names, _runs
from ._spelling import http
from .utils.exceptions import BackendError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def search_entity(
    project_name: str,
    query: str | None = None,
    entity_types: list[str] | None = None,
    name: str | None = None,
    kind: str | None = None,
    created: str | None = None,
    updated: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> tuple[list[Any], list[dict[str, Any]]]:
    """Search; one call, and one for each hit.

    Args:
        project_name: Name of the project.
        query: Words.
        entity_types: Such as ``["function", "run"]``.
        name: Exact name.
        kind: Exact kind.
        created: ``start,end``, either may be left out; ISO-8601.
        updated: As ``created``.
        description: Text of the description.
        labels: All of these.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Returns:
        The entities found, and the hits that could not be read.
    """
    options = http("search_entity", kwargs)
    _context.ensure(project_name)
    filters = []
    if entity_types:
        filters.append(f"type:({' OR '.join(entity_types)})")
    for field, value in (("metadata.name", name), ("kind", kind)):
        if value is not None:
            filters.append(f'{field}:"{value}"')
    for field, value in (("metadata.created", created), ("metadata.updated", updated)):
        if value is not None:
            start, _, end = value.partition(",")
            filters.append(f"{field}:[{start.strip() or '*'} TO {end.strip() or '*'}]")
    if description is not None:
        filters.append(f'metadata.description:"{description}"')
    if labels:
        filters.append(f"metadata.labels:({' AND '.join(labels)})")
    path = f"/-/{quote(project_name, safe='')}/solr/search/item"
    page = _context.client(project_name).call("GET", path, {"q": query, "fq": filters}, http=options)
    found, dead = [], []
    for hit in page.get("content") or ():
        key = hit.get("key")
        try:
            if not _names.is_key(key):
                raise ValueError("no key")
            found.append(_runs._resolve(key, False, False))
        except (BackendError, ValueError):
            dead.append(hit)
    return found, dead
