"""Workflows: several functions as one."""

from __future__ import annotations

from . import _executable, _verbs
from ._executable import Executable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Delete, Get, Import, List, Load, Update, Versions


class Workflow(Executable):
    """A workflow, one version of it."""

    __slots__ = ()
    _type = "workflow"


def new_workflow(
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
) -> Workflow:
    """Create a workflow; one call. A name that exists gets a new version.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256.
        kind: Kind of the workflow, such as ``hera``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        git_source: Address of the repository it comes from; kept in the metadata.
        version: Text of the version, the id when absent.
        **kwargs: Fields of the spec. Code: one of ``code_src`` (file, folder, zip, git or HTTP address),
            ``code`` (text), ``base64``, ``source`` (map), with ``handler`` (``name`` or
            ``module:name``).
            ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        BuilderError: There is no such kind.
        EntityError: Handler or source are missing.
        ValidationError: An argument has the wrong form.
        TypeError: An argument that nothing understands.
        EntityAlreadyExistsError: The id exists.
    """
    made: Workflow = _executable.new(
        "new_workflow",
        "workflow",
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


get_workflow: Get[Workflow] = _verbs.getter("workflow")
get_workflow_versions: Versions[Workflow] = _verbs.versions_getter("workflow")
list_workflows: List[Workflow] = _verbs.lister("workflow")
import_workflow: Import[Workflow] = _verbs.importer("workflow", "Tasks that follow it in the file are made too.")
load_workflow: Load[Workflow] = _verbs.loader("workflow")
update_workflow: Update[Workflow] = _verbs.updater("workflow")
delete_workflow: Delete = _verbs.deleter("workflow", "its tasks and runs")
