"""Models, with their metrics."""

from __future__ import annotations

from . import _material_verbs, _verbs
from ._material import Material
from ._metrics import Measured

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._signatures import Delete, Get, Import, List, Load, Log, LogKind, NewMaterial, Update, Versions


class Model(Measured, Material):
    """A model, one version of it."""

    __slots__ = ()
    _type = "model"


_KINDS = "``model``, ``sklearn``, ``mlflow`` or ``huggingface``"

new_model: NewMaterial[Model] = _material_verbs.creator("model", _KINDS)
log_model: Log[Model] = _material_verbs.uploader("model", _KINDS)
log_generic_model: LogKind[Model] = _material_verbs.kind_uploader("model", "model", "a generic model")
log_mlflow: LogKind[Model] = _material_verbs.kind_uploader("model", "mlflow", "an MLflow model")
log_sklearn: LogKind[Model] = _material_verbs.kind_uploader("model", "sklearn", "a scikit-learn model")
log_huggingface: LogKind[Model] = _material_verbs.kind_uploader("model", "huggingface", "a Hugging Face model")
get_model: Get[Model] = _verbs.getter("model")
get_model_versions: Versions[Model] = _verbs.versions_getter("model")
list_models: List[Model] = _verbs.lister("model")
import_model: Import[Model] = _verbs.importer("model")
load_model: Load[Model] = _verbs.loader("model")
update_model: Update[Model] = _verbs.updater("model")
delete_model: Delete = _verbs.deleter("model", "its files")
