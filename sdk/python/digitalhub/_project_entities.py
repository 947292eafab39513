"""The project's methods for entities: the functions of the package without the ``project`` argument."""

from __future__ import annotations

from . import _project_verbs
from ._entity import Entity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._artifacts import Artifact
    from ._containerimages import Containerimage
    from ._dataitems import Dataitem
    from ._extensions import Extension
    from ._functions import Function
    from ._models import Model
    from ._runs import Run
    from ._secrets import Secret
    from ._signatures import (
        DeleteHere,
        GetHere,
        ImportHere,
        ListHere,
        Load,
        LogHere,
        LogKindHere,
        NewExecutableHere,
        NewMaterialHere,
        Update,
        VersionsHere,
    )
    from ._tasks import Task
    from ._triggers import Trigger
    from ._workflows import Workflow


class ProjectEntities(Entity):
    """Methods of a project, by type of entity. Each reads the project again when it is looked at next."""

    __slots__ = ("_old",)
    _old: bool

    def _changed(self) -> None:
        self._old = True

    # -- functions -----------------------------------------------------------------------------------

    new_function: NewExecutableHere[Function] = _project_verbs.executable_creator("function")
    get_function: GetHere[Function] = _project_verbs.getter("function")
    get_function_versions: VersionsHere[Function] = _project_verbs.versions_getter("function")
    list_functions: ListHere[Function] = _project_verbs.lister("function")
    import_function: ImportHere[Function] = _project_verbs.importer("function")
    load_function: Load[Function] = _project_verbs.loader("function")
    update_function: Update[Function] = _project_verbs.updater("function")
    delete_function: DeleteHere = _project_verbs.deleter("function")

    # -- workflows -----------------------------------------------------------------------------------

    new_workflow: NewExecutableHere[Workflow] = _project_verbs.executable_creator("workflow")
    get_workflow: GetHere[Workflow] = _project_verbs.getter("workflow")
    get_workflow_versions: VersionsHere[Workflow] = _project_verbs.versions_getter("workflow")
    list_workflows: ListHere[Workflow] = _project_verbs.lister("workflow")
    import_workflow: ImportHere[Workflow] = _project_verbs.importer("workflow")
    load_workflow: Load[Workflow] = _project_verbs.loader("workflow")
    update_workflow: Update[Workflow] = _project_verbs.updater("workflow")
    delete_workflow: DeleteHere = _project_verbs.deleter("workflow")

    # -- artifacts -----------------------------------------------------------------------------------

    new_artifact: NewMaterialHere[Artifact] = _project_verbs.material_creator("artifact")
    log_artifact: LogHere[Artifact] = _project_verbs.uploader("artifact")
    log_generic_artifact: LogKindHere[Artifact] = _project_verbs.kind_uploader("artifact", "artifact")
    get_artifact: GetHere[Artifact] = _project_verbs.getter("artifact")
    get_artifact_versions: VersionsHere[Artifact] = _project_verbs.versions_getter("artifact")
    list_artifacts: ListHere[Artifact] = _project_verbs.lister("artifact")
    import_artifact: ImportHere[Artifact] = _project_verbs.importer("artifact")
    load_artifact: Load[Artifact] = _project_verbs.loader("artifact")
    update_artifact: Update[Artifact] = _project_verbs.updater("artifact")
    delete_artifact: DeleteHere = _project_verbs.deleter("artifact")

    # -- data items ----------------------------------------------------------------------------------

    new_dataitem: NewMaterialHere[Dataitem] = _project_verbs.material_creator("dataitem")
    log_generic_dataitem: LogKindHere[Dataitem] = _project_verbs.kind_uploader("dataitem", "dataitem")
    log_croissant: LogKindHere[Dataitem] = _project_verbs.kind_uploader("dataitem", "croissant")
    get_dataitem: GetHere[Dataitem] = _project_verbs.getter("dataitem")
    get_dataitem_versions: VersionsHere[Dataitem] = _project_verbs.versions_getter("dataitem")
    list_dataitems: ListHere[Dataitem] = _project_verbs.lister("dataitem")
    import_dataitem: ImportHere[Dataitem] = _project_verbs.importer("dataitem")
    load_dataitem: Load[Dataitem] = _project_verbs.loader("dataitem")
    update_dataitem: Update[Dataitem] = _project_verbs.updater("dataitem")
    delete_dataitem: DeleteHere = _project_verbs.deleter("dataitem")

    def log_dataitem(
        self,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        data: Any = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        file_format: str | None = None,
        read_df_params: dict[str, Any] | None = None,
        engine: str | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Create and upload; as ``digitalhub.log_dataitem``."""
        self._changed()
        from ._dataitems import log_dataitem

        return log_dataitem(
            self.name, name, kind, source, data, drop_existing, path, description, labels, file_format,
            read_df_params, engine, **kwargs,
        )  # fmt: skip

    def log_table(
        self,
        name: str,
        source: str | list[str] | None = None,
        data: Any = None,
        sql: str | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        file_format: str | None = None,
        read_df_params: dict[str, Any] | None = None,
        engine: str | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Create and upload; as ``digitalhub.log_table``."""
        self._changed()
        from ._dataitems import log_table

        return log_table(
            self.name, name, source, data, sql, drop_existing, path, description, labels, file_format,
            read_df_params, engine, **kwargs,
        )  # fmt: skip

    # -- models --------------------------------------------------------------------------------------

    new_model: NewMaterialHere[Model] = _project_verbs.material_creator("model")
    log_model: LogHere[Model] = _project_verbs.uploader("model")
    log_generic_model: LogKindHere[Model] = _project_verbs.kind_uploader("model", "model")
    log_mlflow: LogKindHere[Model] = _project_verbs.kind_uploader("model", "mlflow")
    log_sklearn: LogKindHere[Model] = _project_verbs.kind_uploader("model", "sklearn")
    log_huggingface: LogKindHere[Model] = _project_verbs.kind_uploader("model", "huggingface")
    get_model: GetHere[Model] = _project_verbs.getter("model")
    get_model_versions: VersionsHere[Model] = _project_verbs.versions_getter("model")
    list_models: ListHere[Model] = _project_verbs.lister("model")
    import_model: ImportHere[Model] = _project_verbs.importer("model")
    load_model: Load[Model] = _project_verbs.loader("model")
    update_model: Update[Model] = _project_verbs.updater("model")
    delete_model: DeleteHere = _project_verbs.deleter("model")

    # -- extensions ----------------------------------------------------------------------------------

    get_extension: GetHere[Extension] = _project_verbs.getter("extension")
    get_extension_versions: VersionsHere[Extension] = _project_verbs.versions_getter("extension")
    list_extensions: ListHere[Extension] = _project_verbs.lister("extension")
    import_extension: ImportHere[Extension] = _project_verbs.importer("extension")
    load_extension: Load[Extension] = _project_verbs.loader("extension")
    update_extension: Update[Extension] = _project_verbs.updater("extension")
    delete_extension: DeleteHere = _project_verbs.deleter("extension")

    def new_extension(
        self,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        schema: Any = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> Extension:
        """Create an extension; as ``digitalhub.new_extension``."""
        self._changed()
        from ._extensions import new_extension

        return new_extension(self.name, name, kind, uuid, description, labels, embedded, schema, version, **kwargs)

    # -- container images ----------------------------------------------------------------------------

    get_containerimage: GetHere[Containerimage] = _project_verbs.getter("containerimage")
    get_containerimage_versions: VersionsHere[Containerimage] = _project_verbs.versions_getter("containerimage")
    list_containerimages: ListHere[Containerimage] = _project_verbs.lister("containerimage")
    import_containerimage: ImportHere[Containerimage] = _project_verbs.importer("containerimage")
    load_containerimage: Load[Containerimage] = _project_verbs.loader("containerimage")
    update_containerimage: Update[Containerimage] = _project_verbs.updater("containerimage")
    delete_containerimage: DeleteHere = _project_verbs.deleter("containerimage")

    def new_containerimage(
        self,
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
        """Create a container image; as ``digitalhub.new_containerimage``."""
        self._changed()
        from ._containerimages import new_containerimage

        return new_containerimage(self.name, name, kind, uuid, description, labels, embedded, image, version, **kwargs)

    # -- secrets -------------------------------------------------------------------------------------

    def new_secret(
        self,
        name: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        secret_value: str | None = None,
        **kwargs: Any,
    ) -> Secret:
        """Create a secret and store its value."""
        from ._secrets import new_secret

        return new_secret(self.name, name, uuid, description, labels, embedded, secret_value, **kwargs)

    def get_secret(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Secret:
        """Read a secret, not its value."""
        from ._secrets import get_secret

        return get_secret(identifier, self.name, entity_id, **kwargs)

    def list_secrets(self, **kwargs: Any) -> list[Secret]:
        """List the secrets, without values."""
        from ._secrets import list_secrets

        return list_secrets(self.name, **kwargs)

    import_secret: ImportHere[Secret] = _project_verbs.importer("secret")
    update_secret: Update[Secret] = _project_verbs.updater("secret")

    def delete_secret(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a secret and its value."""
        from ._secrets import delete_secret

        delete_secret(identifier, self.name, entity_id, **kwargs)

    # -- tasks, runs, triggers ------------------------------------------------------------------------

    def new_task(self, kind: str, **kwargs: Any) -> Task:
        """Create a task; as ``digitalhub.new_task``."""
        from ._tasks import new_task

        return new_task(self.name, kind, **kwargs)

    def get_task(self, identifier: str, **kwargs: Any) -> Task:
        """Read a task by id or key."""
        from ._tasks import get_task

        return get_task(identifier, self.name, **kwargs)

    def list_tasks(self, **kwargs: Any) -> list[Task]:
        """List tasks; as ``digitalhub.list_tasks``."""
        from ._tasks import list_tasks

        return list_tasks(self.name, **kwargs)

    def delete_task(self, identifier: str, cascade: bool = True, **kwargs: Any) -> None:
        """Delete a task by id or key, with its runs unless told otherwise."""
        from ._tasks import delete_task

        delete_task(identifier, self.name, None, cascade, **kwargs)

    def new_run(self, kind: str, **kwargs: Any) -> Run:
        """Create a run; as ``digitalhub.new_run``."""
        from ._runs import new_run

        return new_run(self.name, kind, **kwargs)

    def get_run(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Run:
        """Read a run by id or key."""
        from ._runs import get_run

        return get_run(identifier, self.name, entity_id=entity_id, **kwargs)

    def list_runs(self, **kwargs: Any) -> list[Run]:
        """List runs; as ``digitalhub.list_runs``."""
        from ._runs import list_runs

        return list_runs(self.name, **kwargs)

    def delete_run(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a run by id or key; a live one is ended first."""
        from ._runs import delete_run

        delete_run(identifier, self.name, entity_id, **kwargs)

    def new_trigger(self, name: str, kind: str, task: str, **kwargs: Any) -> Trigger:
        """Create a trigger; as ``digitalhub.new_trigger``."""
        from ._triggers import new_trigger

        return new_trigger(self.name, name, kind, task, **kwargs)

    def get_trigger(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Trigger:
        """Read a trigger by name, id or key."""
        from ._triggers import get_trigger

        return get_trigger(identifier, self.name, entity_id, **kwargs)

    def list_triggers(self, **kwargs: Any) -> list[Trigger]:
        """List triggers; as ``digitalhub.list_triggers``."""
        from ._triggers import list_triggers

        return list_triggers(self.name, **kwargs)

    def delete_trigger(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a trigger; as ``digitalhub.delete_trigger``."""
        from ._triggers import delete_trigger

        delete_trigger(identifier, self.name, entity_id, **kwargs)
