"""Definitions of extensions."""

from __future__ import annotations

from . import _context, _entity, _kinds, _spelling, _verbs
from ._entity import Entity
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Delete, Get, Import, List, Load, Update, Versions


class Extension(Entity):
    """The definition of an extension, one version of it."""

    __slots__ = ()
    _type = "extension"


def new_extension(
    project: str,
    name: str,
    kind: str = "extension",
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    schema: Any | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Extension:
    """Create an extension; one call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: Kind of the extension.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        schema: JSON schema of the extension, or a class with ``model_json_schema()``.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``schema`` is missing.
    """
    if schema is None:
        raise EntityError("Schema must be provided.")
    _kinds.check(kind, "extension")
    values, options = _spelling.spec("new_extension", kwargs, _kinds.SPECS[kind][1])
    if hasattr(schema, "model_json_schema"):
        schema = schema.model_json_schema()
    spec = {"schema": schema, **values}
    document = _entity.document("extension", project, name, kind, spec, uuid, description, labels, embedded, version)
    _context.ensure(project)
    return Extension(_context.client(project).create("extension", project, document, options))


get_extension: Get[Extension] = _verbs.getter("extension")
get_extension_versions: Versions[Extension] = _verbs.versions_getter("extension")
list_extensions: List[Extension] = _verbs.lister("extension")
import_extension: Import[Extension] = _verbs.importer("extension")
load_extension: Load[Extension] = _verbs.loader("extension")
update_extension: Update[Extension] = _verbs.updater("extension")
delete_extension: Delete = _verbs.deleter("extension", "what hangs on it")


def create_extension_schema(extension_name: str, kind: str, model: Any) -> dict[str, Any]:
    """Make the schema of an extension from a class with ``model_json_schema()``, or from a map.

    Args:
        extension_name: Name of the extension.
        kind: Kind that the schema describes.
        model: The class or the map.
    """
    schema = model.model_json_schema() if hasattr(model, "model_json_schema") else dict(model)
    return {"name": extension_name, "kind": kind, "schema": schema}
