"""What all entities are: a view on the server's JSON, with the methods of every kind."""

from __future__ import annotations

import json

from . import _context, _names
from ._spelling import Options, http, nearest
from .utils.exceptions import BuilderError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_ORDER = ("kind", "metadata", "spec", "status", "user", "project", "name", "id", "key")

_METADATA = (
    "project", "name", "version", "description", "labels", "created", "updated", "created_by", "updated_by", "embedded",
    "ref", "relationships", "openmetadata", "source",
)  # fmt: skip
_STATUS = (
    "state", "message", "transitions", "reason", "notices", "files", "preview", "metrics", "outputs", "results",
    "service", "k8s", "pods", "events", "openai", "inference_v2", "web", "nodes", "dockerfile", "build", "gatewayInfo",
    "trigger", "replicas", "version_number", "flwr_run_id", "attempt", "engine", "pod", "container",
)  # fmt: skip


class View:
    """Attribute access to one JSON object of an entity; unknown fields survive, absent ones are None.

    Attributes are the object's members. A name that is neither there nor a known field is an
    AttributeError that names the nearest one.
    """

    __slots__ = ("_data", "_known")

    def __init__(self, data: dict[str, Any], known: tuple[str, ...] = ()) -> None:
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_known", known)

    def __getattr__(self, name: str) -> Any:
        data = object.__getattribute__(self, "_data")
        if name in data:
            return data[name]
        known = object.__getattribute__(self, "_known")
        if name in known:
            return None
        close = "" if name.startswith("_") else nearest(name, {*data, *known})
        raise AttributeError(f"no field '{name}' here." + (f" Did you mean '{close}'?" if close else ""))

    def __setattr__(self, name: str, value: Any) -> None:
        self._data[name] = value

    def __delattr__(self, name: str) -> None:
        self._data.pop(name, None)

    def __getitem__(self, name: str) -> Any:
        return self._data[name]

    def __setitem__(self, name: str, value: Any) -> None:
        self._data[name] = value

    def __contains__(self, name: object) -> bool:
        return name in self._data

    def __iter__(self) -> Iterator[str]:
        return iter(self._data)

    def __eq__(self, other: object) -> bool:
        return bool(self._data == (other._data if isinstance(other, View) else other))

    def __dir__(self) -> list[str]:
        return sorted({"get", "to_dict", *self._data, *self._known})

    def __repr__(self) -> str:
        return repr(self._data)

    def get(self, name: str, default: Any = None) -> Any:
        """Read a member, or the default when it is absent."""
        return self._data.get(name, default)

    def to_dict(self) -> dict[str, Any]:
        """Return the members as a map of their own."""
        return dict(self._data)


class Entity:
    """An entity as the server holds it; changes are local until ``save``."""

    __slots__ = ("__weakref__", "_doc")

    #: As it stands in keys; set by each class.
    _type = ""
    #: Fields of the spec that read as None when absent.
    _spec_fields: tuple[str, ...] = ()

    def __init__(self, document: dict[str, Any]) -> None:
        if not document.get("kind"):
            raise BuilderError("Missing 'kind' parameter.")
        self._doc = document

    # -- views -------------------------------------------------------------------------------------

    @property
    def kind(self) -> str:
        """The kind, such as ``python``."""
        return str(self._doc["kind"])

    @property
    def id(self) -> str:
        """The id; of a versioned entity it names one version."""
        return str(self._doc.get("id", ""))

    @property
    def name(self) -> str:
        """The name; of runs and tasks mostly the id."""
        return str(self._doc.get("name") or self.id)

    @property
    def project(self) -> str:
        """Name of the project."""
        return str(self._doc.get("project") or self.name)

    @property
    def user(self) -> str | None:
        """Who created it."""
        return self._doc.get("user")

    @property
    def key(self) -> str:
        """The key, ``store://<project>/<type>/<kind>/<name>:<id>``; of runs and tasks without a name."""
        return _names.make_key(self._type, self.project, self.kind, self.name, self.id)

    @property
    def metadata(self) -> View:
        """Name, version, description, labels, times, relationships."""
        return View(self._part("metadata"), _METADATA)

    @property
    def spec(self) -> View:
        """What it is; the fields depend on the kind."""
        from ._kinds import SPECS

        fields = SPECS[self.kind][1] if self.kind in SPECS else ()
        return View(self._part("spec"), (*self._spec_fields, *fields))

    @property
    def status(self) -> View:
        """What happened to it; ``state`` is always there."""
        return View(self._part("status"), _STATUS)

    def _part(self, name: str) -> dict[str, Any]:
        part = self._doc.get(name)
        if not isinstance(part, dict):
            part = self._doc[name] = {}
        return part

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.key} {self.status.get('state') or ''}>".replace(" >", ">")

    def __str__(self) -> str:
        return self.to_json()

    # -- server ------------------------------------------------------------------------------------

    @property
    def _client(self) -> _context.AnyClient:
        return _context.client(self.project)

    def _take(self, document: dict[str, Any]) -> None:
        self._doc = document

    def _body(self) -> dict[str, Any]:
        return self.to_dict()

    def save(self, update: bool = False, **kwargs: Any) -> Any:
        """Store the entity; one call.

        An entity that the server does not hold yet is created. With ``update`` it is updated. Saving one
        that is stored already updates it too. A changed spec of a function or workflow makes a new
        version, whose id the object takes over.

        Args:
            update: Update the stored entity.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

        Returns:
            The entity itself.

        Raises:
            EntityNotExistsError: ``update`` of an entity that is not stored.
        """
        options = http("save", kwargs, ("update",))
        stored = bool(self._doc.get("user")) or bool(self.metadata.get("created_by"))
        if not update and not stored:
            self._take(self._client.create(self._type, self.project, self._body(), options))
            return self
        return self._put(options)

    def update(self, **kwargs: Any) -> Any:
        """Update the stored entity; the same as ``save(update=True)``."""
        return self.save(update=True, **kwargs)

    def _put(self, options: Options | None = None) -> Any:
        self.metadata.updated = _names.now()
        self._take(self._client.update(self._type, self.project, self.id, self._body(), options))
        return self

    def refresh(self, **kwargs: Any) -> Any:
        """Read the entity again; one call. Local changes are lost.

        Returns:
            The entity itself.
        """
        self._take(self._client.read(self._type, self.project, self.id, http("refresh", kwargs)))
        return self

    # -- local -------------------------------------------------------------------------------------

    def export(self, filename: str | None = None) -> str:
        """Write the entity as YAML under the project's root folder.

        Args:
            filename: Name of the file; ``<type>s-<id>.yaml`` unless given.

        Returns:
            The file's path.
        """
        from . import _files_yaml

        return _files_yaml.export(self, filename)

    def to_dict(self) -> dict[str, Any]:
        """Return the entity as a map, empty parts and None left out."""
        document: dict[str, Any] = {}
        for name in (*_ORDER, *(name for name in self._doc if name not in _ORDER)):
            value = self.key if name == "key" else self._doc.get(name)
            if isinstance(value, dict):
                value = {member: content for member, content in value.items() if content is not None}
            if value is not None and value != {}:
                document[name] = value
        return document

    def to_json(self) -> str:
        """Return the entity as JSON text."""
        return json.dumps(self.to_dict())

    def set_name(self, value: str) -> None:
        """Set the name in the metadata; kept locally until ``save(update=True)``."""
        self.metadata.name = _names.check_name(value)

    def set_version(self, value: str) -> None:
        """Set the version's text; kept locally until ``save(update=True)``."""
        self.metadata.version = value

    def set_description(self, value: str) -> None:
        """Set the description; kept locally until ``save(update=True)``."""
        self.metadata.description = value

    def add_label(self, value: str) -> None:
        """Add a label; kept locally until ``save(update=True)``."""
        self.add_labels([value])

    def add_labels(self, values: list[str]) -> None:
        """Add labels; kept locally until ``save(update=True)``."""
        self.metadata.labels = [
            *(self.metadata.labels or ()),
            *(v for v in values if v not in (self.metadata.labels or ())),
        ]

    def add_relationship(self, relation: str, dest: str, source: str | None = None) -> None:
        """Add a relationship; kept locally until ``save(update=True)``.

        Args:
            relation: ``consumes``, ``produced_by``, ``run_of``, ``step_of``, ``part_of`` or any other text.
            dest: Key of the other entity.
            source: Key of this end; the entity itself unless given.
        """
        entry = {"type": relation, "dest": dest}
        if source is not None:
            entry["source"] = source
        entries = self.metadata.get("relationships") or []
        if entry not in entries:
            self.metadata.relationships = [*entries, entry]


# -- classes by type and kind ------------------------------------------------------------------------

_CLASSES = {
    "function": ("_functions", "Function"),
    "workflow": ("_workflows", "Workflow"),
    "artifact": ("_artifacts", "Artifact"),
    "dataitem": ("_dataitems", "Dataitem"),
    "model": ("_models", "Model"),
    "run": ("_runs", "Run"),
    "task": ("_tasks", "Task"),
    "secret": ("_secrets", "Secret"),
    "trigger": ("_triggers", "Trigger"),
    "extension": ("_extensions", "Extension"),
    "containerimage": ("_containerimages", "Containerimage"),
    "project": ("_projects", "Project"),
}
_KIND_CLASSES = {"table": ("_dataitems", "Table"), "croissant": ("_dataitems", "Croissant")}


def build(type_name: str, document: dict[str, Any]) -> Any:
    """Make the object of a document; a kind that this package does not know is a plain one of its type."""
    from importlib import import_module

    where = _KIND_CLASSES.get(str(document.get("kind"))) if type_name == "dataitem" else None
    module, name = where or _CLASSES[type_name]
    return getattr(import_module(f"{__package__}.{module}"), name)(document)


def document(
    type_name: str,
    project: str,
    name: str,
    kind: str,
    spec: dict[str, Any],
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool | None = None,
    version: str | None = None,
    git_source: str | None = None,
) -> dict[str, Any]:
    """Compose the document of a new entity and check its names.

    Raises:
        ValidationError: Name, id or labels are wrong.
    """
    from .utils.exceptions import ValidationError

    now = _names.now()
    if labels is not None and (not isinstance(labels, (list, tuple)) or any(not isinstance(i, str) for i in labels)):
        raise ValidationError(f"labels: expected a list of texts, got {labels!r}", "labels")
    metadata: dict[str, Any] = {"project": project, "name": _names.check_name(name), "version": version}
    metadata.update(description=description, labels=list(labels) if labels else None, created=now, updated=now)
    metadata.update(embedded=embedded, source=git_source)
    id = _names.check_id(uuid)
    return {
        "kind": kind,
        "metadata": {field: value for field, value in metadata.items() if value is not None},
        "spec": spec,
        "status": {"state": "CREATED"},
        "project": project,
        "name": name,
        "id": id,
        "key": _names.make_key(type_name, project, kind, name, id),
    }
