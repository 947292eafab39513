"""Artifacts: files of any kind."""

from __future__ import annotations

from . import _material_verbs, _verbs
from ._material import Material

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._signatures import Delete, Get, Import, List, Load, Log, LogKind, NewMaterial, Update, Versions


class Artifact(Material):
    """An artifact, one version of it."""

    __slots__ = ()
    _type = "artifact"


new_artifact: NewMaterial[Artifact] = _material_verbs.creator("artifact", "``artifact``")
log_artifact: Log[Artifact] = _material_verbs.uploader("artifact", "``artifact``")
log_generic_artifact: LogKind[Artifact] = _material_verbs.kind_uploader("artifact", "artifact", "an artifact")
get_artifact: Get[Artifact] = _verbs.getter("artifact")
get_artifact_versions: Versions[Artifact] = _verbs.versions_getter("artifact")
list_artifacts: List[Artifact] = _verbs.lister("artifact")
import_artifact: Import[Artifact] = _verbs.importer("artifact")
load_artifact: Load[Artifact] = _verbs.loader("artifact")
update_artifact: Update[Artifact] = _verbs.updater("artifact")
delete_artifact: Delete = _verbs.deleter("artifact", "its files")
