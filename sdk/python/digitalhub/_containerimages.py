"""Container images."""

from __future__ import annotations

from . import _context, _entity, _kinds, _spelling, _verbs
from ._entity import Entity
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Delete, Get, Import, List, Load, Update, Versions


class Containerimage(Entity):
    """A container image, one version of it."""

    __slots__ = ()
    _type = "containerimage"


def new_containerimage(
    project: str,
    name: str,
    kind: str = "container-image",
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    image: str | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Containerimage:
    """Create a container image; one call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: Kind of the container image.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        image: Reference of the image.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``image`` is missing.
    """
    if image is None:
        raise EntityError("Image must be provided.")
    _kinds.check(kind, "containerimage")
    values, options = _spelling.spec("new_containerimage", kwargs, _kinds.SPECS[kind][1])
    spec = {"image": image, **values}
    document = _entity.document(
        "containerimage", project, name, kind, spec, uuid, description, labels, embedded, version
    )
    _context.ensure(project)
    return Containerimage(_context.client(project).create("containerimage", project, document, options))


get_containerimage: Get[Containerimage] = _verbs.getter("containerimage")
get_containerimage_versions: Versions[Containerimage] = _verbs.versions_getter("containerimage")
list_containerimages: List[Containerimage] = _verbs.lister("containerimage")
import_containerimage: Import[Containerimage] = _verbs.importer("containerimage")
load_containerimage: Load[Containerimage] = _verbs.loader("containerimage")
update_containerimage: Update[Containerimage] = _verbs.updater("containerimage")
delete_containerimage: Delete = _verbs.deleter("containerimage", "what hangs on it")
