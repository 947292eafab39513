"""A server in memory: ``local=True`` projects live here until the process ends.

It answers the same calls as ``Client``, so that everything above is the same code. It stores, versions,
lists and deletes; it executes nothing, so only runs with ``local_execution=True`` work.
"""

from __future__ import annotations

import copy
import threading

from . import _names
from ._kinds import VERSIONED
from .utils.exceptions import BackendError, BadRequestError, EntityAlreadyExistsError, EntityNotExistsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ._spelling import Options

_KEPT = ("created", "created_by")
_EMBEDDED = ("functions", "artifacts", "workflows", "dataitems", "models")


class Offline:
    """Entities of local projects."""

    local = True

    def __init__(self) -> None:
        self._entities: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._secrets: dict[tuple[str, str], str] = {}
        self._lock = threading.RLock()

    def create(
        self, type_name: str, project: str, document: dict[str, Any], http: Options | None = None
    ) -> dict[str, Any]:
        """Store a new entity."""
        with self._lock:
            document = copy.deepcopy(document)
            id = document["name"] if type_name == "project" else document["id"]
            project = id if type_name == "project" else project
            if type_name != "project":
                self._get("project", project, project)
            if (type_name, project, id) in self._entities or any(
                key[0] == type_name and key[2] == id for key in self._entities
            ):
                raise EntityAlreadyExistsError(f"Duplicated entity {type_name}:{id}.", 400)
            if type_name == "task":
                self._only_task(project, document)
            if type_name == "run" and not document.get("spec", {}).get("local_execution"):
                raise BackendError("Cannot run remote function with local backend.")
            now = _names.now()
            metadata = document.setdefault("metadata", {})
            metadata.update(project=project, created=now, updated=now)
            metadata.setdefault("name", document.get("name"))
            metadata["version"] = metadata.get("version") or id
            document.setdefault("status", {}).setdefault("state", "CREATED")
            self._finish(type_name, project, document)
            self._entities[type_name, project, id] = document
            return copy.deepcopy(document)

    def read(
        self,
        type_name: str,
        project: str,
        id: str,
        http: Options | None = None,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Read an entity by id, a project with its lists by name."""
        with self._lock:
            document = copy.deepcopy(self._get(type_name, id if type_name == "project" else project, id))
            if type_name == "project":
                for plural in _EMBEDDED:
                    document["spec"][plural] = [self._embed(child) for child in self.pages(plural[:-1], id)]
            return document

    def update(
        self, type_name: str, project: str, id: str, document: dict[str, Any], http: Options | None = None
    ) -> dict[str, Any]:
        """Replace an entity; a changed spec of a function or workflow makes a version."""
        with self._lock:
            stored = self._get(type_name, id if type_name == "project" else project, id)
            changed = copy.deepcopy(document)
            if type_name in ("function", "workflow") and changed.get("spec") != stored.get("spec"):
                changed["id"] = _names.new_id()
                changed.get("metadata", {}).pop("version", None)
                return self.create(type_name, project, changed)
            for name in ("id", "name", "kind", "project"):
                changed[name] = stored.get(name)
            metadata = changed.setdefault("metadata", {})
            metadata.update({name: stored["metadata"][name] for name in _KEPT if name in stored["metadata"]})
            metadata["updated"] = _names.now()
            if type_name == "project":
                for plural in _EMBEDDED:
                    changed.get("spec", {}).pop(plural, None)
            self._finish(type_name, stored["project"], changed)
            self._entities[type_name, stored["project"], id] = changed
            return copy.deepcopy(changed)

    def delete(
        self, type_name: str, project: str, id: str, params: dict[str, Any] | None = None, http: Options | None = None
    ) -> dict[str, Any]:
        """Remove an entity and, with cascade, what hangs on it."""
        with self._lock:
            document = self._get(type_name, id if type_name == "project" else project, id)
            cascade = bool((params or {}).get("cascade"))
            if type_name == "project":
                for key in [key for key in self._entities if key[1] == id]:
                    del self._entities[key]
                return {}
            del self._entities[type_name, project, id]
            if cascade and type_name in ("function", "workflow"):
                ref = _names.reference(document["kind"], project, document["name"], id)
                for key, child in list(self._entities.items()):
                    if key[0] in ("task", "run") and child.get("spec", {}).get(type_name) == ref:
                        del self._entities[key]
            if cascade and type_name == "task":
                ref = f"{document['kind']}://{project}/{id}"
                for key, child in list(self._entities.items()):
                    if key[0] == "run" and child.get("spec", {}).get("task") == ref:
                        del self._entities[key]
            return {}

    def delete_by_name(
        self, type_name: str, project: str, name: str, cascade: bool, http: Options | None = None
    ) -> dict[str, Any]:
        """Remove every version of a name."""
        for document in list(self.pages(type_name, project, {"name": name, "versions": "all"})):
            self.delete(type_name, project, document["id"], {"cascade": True})
        return {}

    def pages(
        self, type_name: str, project: str, params: dict[str, Any] | None = None, http: Options | None = None
    ) -> Iterator[dict[str, Any]]:
        """List entities, newest first, the newest version of each name unless asked for all."""
        params = params or {}
        with self._lock:
            rows = [copy.deepcopy(d) for k, d in self._entities.items() if k[0] == type_name
                    and (type_name == "project" or k[1] == project)]  # fmt: skip
        rows.reverse()
        seen: set[str] = set()
        for document in rows:
            if type_name in VERSIONED and params.get("versions") != "all":
                if document["name"] in seen:
                    continue
                seen.add(document["name"])
            if self._fits(document, params):
                yield document

    def action(self, type_name: str, project: str, id: str, action: str, http: Options | None = None) -> dict[str, Any]:
        """Nothing runs here, so no action changes anything."""
        return self.read(type_name, project, id)

    def poll(self, path: str, seconds: int, since: str) -> tuple[Any, str]:
        """Nothing runs here, so there is nothing to wait for."""
        _, project, plural, id = path.strip("/").split("/")
        return self._get(plural.rstrip("s"), project, id), ""

    def call(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        body: Any = None,
        http: Options | None = None,
        base: str = "",
    ) -> Any:
        """Answer the calls on parts of entities: logs, metrics, file lists, secret values."""
        parts = path.strip("/").split("/")
        if parts[-2:] == ["secrets", "data"]:
            project = parts[1]
            if method == "PUT":
                self._secrets.update({(project, name): value for name, value in (body or {}).items()})
                return {}
            names = str((params or {}).get("keys", "")).split(",")
            return {name: self._secrets[project, name] for name in names if (project, name) in self._secrets}
        if parts[-1] == "logs" and method == "GET":
            return []
        if len(parts) >= 5 and parts[4] == "metrics":
            stored = self._get(parts[2].rstrip("s"), parts[1], parts[3])
            metrics = stored.setdefault("status", {}).setdefault("metrics", {})
            if method == "PUT":
                metrics[parts[5]] = body
                return {}
            return copy.deepcopy(metrics) if len(parts) == 5 else metrics.get(parts[5])
        if parts[-2:] == ["files", "info"]:
            stored = self._get(parts[2].rstrip("s"), parts[1], parts[3])
            if method == "PUT":
                stored.setdefault("status", {})["files"] = body
                return {}
            return copy.deepcopy(stored.get("status", {}).get("files") or [])
        raise BackendError(f"A local project has no server that could answer {method} {path}.")

    def well_known(self) -> dict[str, Any]:
        """Nothing is published here."""
        return {}

    # ----------------------------------------------------------------------------------------------

    def _get(self, type_name: str, project: str, id: str) -> dict[str, Any]:
        try:
            return self._entities[type_name, project, id]
        except KeyError:
            text = f"Not found. Response: No such {type_name}. (No such EntityName.{type_name.upper()}(value={id}))"
            raise EntityNotExistsError(text, 404) from None

    def _finish(self, type_name: str, project: str, document: dict[str, Any]) -> None:
        name = document.get("name") or document["id"]
        document["project"] = project
        document["user"] = "anonymous"
        document["key"] = _names.make_key(type_name, project, document["kind"], name, document["id"])

    def _only_task(self, project: str, document: dict[str, Any]) -> None:
        spec = document.get("spec", {})
        for other in self.pages("task", project, {"kind": document["kind"]}):
            if other["spec"].get("function", other["spec"].get("workflow")) == spec.get(
                "function", spec.get("workflow")
            ):
                raise EntityAlreadyExistsError(f"Duplicated entity task:{other['id']}.", 400)

    def _fits(self, document: dict[str, Any], params: dict[str, Any]) -> bool:
        spec, status = document.get("spec", {}), document.get("status", {})
        for name, wanted in params.items():
            if wanted is None or name in ("versions", "page", "size"):
                continue
            if name == "q":
                fits = wanted.lower() in document["name"].lower() or wanted.lower() in document["id"].lower()
            elif name in ("name", "kind", "user"):
                fits = document.get(name) == wanted
            elif name == "state":
                fits = status.get("state") == wanted
            elif name == "labels":
                labels = wanted if isinstance(wanted, (list, tuple)) else [wanted]
                fits = set(labels) <= set(document["metadata"].get("labels") or ())
            elif name == "action":
                fits = f"+{wanted}" in document["kind"]
            elif name in ("function", "workflow", "task"):
                fits = spec.get(name) == wanted
            else:
                raise BadRequestError(f"{name}: a local project cannot filter by it", 400)
            if not fits:
                return False
        return True

    def _embed(self, child: dict[str, Any]) -> dict[str, Any]:
        if child.get("metadata", {}).get("embedded"):
            return child
        short = {name: value for name, value in child.items() if name not in ("spec", "status")}
        wanted = ("project", "name", "description", "created", "updated", "labels")
        short["metadata"] = {name: child["metadata"][name] for name in wanted if name in child["metadata"]}
        return short
