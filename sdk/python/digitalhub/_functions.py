"""Functions: code that the platform executes and tracks."""

from __future__ import annotations

from . import _executable, _verbs
from ._executable import Executable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Delete, Get, Import, List, Load, Update, Versions


class Function(Executable):
    """A function, one version of it."""

    __slots__ = ()
    _type = "function"


def new_function(
    project: str,
    name: str,
    kind: str,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    git_source: str | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Function:
    """Create a function; one call. A name that exists gets a new version.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256.
        kind: Kind of the function, such as ``python``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        git_source: Address of the repository it comes from; kept in the metadata.
        version: Text of the version, the id when absent.
        **kwargs: Fields of the spec. Code: one of ``code_src`` (file, folder, zip, git or HTTP address),
            ``code`` (text), ``base64``, ``source`` (map), with ``handler`` (``name`` or
            ``module:name``), ``init_function``. For python also
            ``python_version`` (``PYTHON3_10`` and later), ``requirements`` (a list, or a file that holds
            them), ``image``, ``base_image``. ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        BuilderError: There is no such kind.
        EntityError: Handler or source are missing.
        ValidationError: An argument has the wrong form.
        TypeError: An argument that nothing understands.
        EntityAlreadyExistsError: The id exists.
    """
    made: Function = _executable.new(
        "new_function",
        "function",
        project,
        name,
        kind,
        uuid,
        description,
        labels,
        embedded,
        git_source,
        version,
        kwargs,
    )
    return made


get_function: Get[Function] = _verbs.getter("function")
get_function_versions: Versions[Function] = _verbs.versions_getter("function")
list_functions: List[Function] = _verbs.lister("function")
import_function: Import[Function] = _verbs.importer("function", "Tasks that follow it in the file are made too.")
load_function: Load[Function] = _verbs.loader("function")
update_function: Update[Function] = _verbs.updater("function")
delete_function: Delete = _verbs.deleter("function", "its tasks and runs")
