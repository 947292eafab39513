"""The project's methods for entities: the functions of the package without the ``project`` argument."""

from __future__ import annotations

from . import _entity, _files_yaml
from ._entity import Entity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from . import (
        _artifacts,
        _containerimages,
        _dataitems,
        _extensions,
        _functions,
        _models,
        _runs,
        _secrets,
        _tasks,
        _triggers,
        _workflows,
    )
    from ._artifacts import Artifact
    from ._containerimages import Containerimage
    from ._dataitems import Dataitem
    from ._extensions import Extension
    from ._functions import Function
    from ._models import Model
    from ._runs import Run
    from ._secrets import Secret
    from ._tasks import Task
    from ._triggers import Trigger
    from ._workflows import Workflow
else:

    class _Later:
        """A module of this package, loaded when something in it is asked for."""

        def __init__(self, name):
            self._name = name

        def __getattr__(self, attribute):
            from importlib import import_module

            return getattr(import_module(f"{__package__}.{self._name}"), attribute)

    _artifacts = _Later("_artifacts")
    _containerimages = _Later("_containerimages")
    _dataitems = _Later("_dataitems")
    _extensions = _Later("_extensions")
    _functions = _Later("_functions")
    _models = _Later("_models")
    _runs = _Later("_runs")
    _secrets = _Later("_secrets")
    _tasks = _Later("_tasks")
    _triggers = _Later("_triggers")
    _workflows = _Later("_workflows")


class ProjectEntities(Entity):
    """Methods of a project, by type of entity. Each reads the project again when it is looked at next."""

    __slots__ = ("_old",)

    def _changed(self) -> None:
        self._old = True

    # -- functions --------------------------------------------------------------------------------

    def new_function(
        self,
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
        """Create a function; as ``digitalhub.new_function``."""
        self._changed()
        return _functions.new_function(
            self.name, name, kind, uuid, description, labels, embedded, git_source, version, **kwargs
        )

    def get_function(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Function:
        """Read a function; as ``digitalhub.get_function``."""
        return _functions.get_function(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_function_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Function]:
        """Read all versions of a function, newest first."""
        return _functions.get_function_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_functions(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Function]:
        """List functions; as ``digitalhub.list_functions``."""
        return _functions.list_functions(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_function(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Function:
        """Create a function in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _functions.import_function(file, key, reset_id, self.name)

    def load_function(self, file: str) -> Function:
        """Update a function of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Function = _files_yaml.load("function", documents[0], documents[1:], file, self.name)
        return made

    def update_function(self, entity: Function | None = None, **kwargs: Any) -> Function:
        """Store the changes of a function of this project."""
        self._changed()
        made: Function = _entity.update("update_function", "function", entity, kwargs, self.name)
        return made

    def delete_function(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of a function, or all; as ``digitalhub.delete_function``."""
        self._changed()
        _functions.delete_function(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- workflows --------------------------------------------------------------------------------

    def new_workflow(
        self,
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
        """Create a workflow; as ``digitalhub.new_workflow``."""
        self._changed()
        return _workflows.new_workflow(
            self.name, name, kind, uuid, description, labels, embedded, git_source, version, **kwargs
        )

    def get_workflow(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Workflow:
        """Read a workflow; as ``digitalhub.get_workflow``."""
        return _workflows.get_workflow(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_workflow_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Workflow]:
        """Read all versions of a workflow, newest first."""
        return _workflows.get_workflow_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_workflows(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Workflow]:
        """List workflows; as ``digitalhub.list_workflows``."""
        return _workflows.list_workflows(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_workflow(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Workflow:
        """Create a workflow in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _workflows.import_workflow(file, key, reset_id, self.name)

    def load_workflow(self, file: str) -> Workflow:
        """Update a workflow of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Workflow = _files_yaml.load("workflow", documents[0], documents[1:], file, self.name)
        return made

    def update_workflow(self, entity: Workflow | None = None, **kwargs: Any) -> Workflow:
        """Store the changes of a workflow of this project."""
        self._changed()
        made: Workflow = _entity.update("update_workflow", "workflow", entity, kwargs, self.name)
        return made

    def delete_workflow(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of a workflow, or all; as ``digitalhub.delete_workflow``."""
        self._changed()
        _workflows.delete_workflow(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- artifacts --------------------------------------------------------------------------------

    def new_artifact(
        self,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        path: str | None = None,
        extensions: list[dict[str, Any]] | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> Artifact:
        """Create an artifact; as ``digitalhub.new_artifact``."""
        self._changed()
        return _artifacts.new_artifact(
            self.name, name, kind, uuid, description, labels, embedded, path, extensions, version, **kwargs
        )

    def get_artifact(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Artifact:
        """Read an artifact; as ``digitalhub.get_artifact``."""
        return _artifacts.get_artifact(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_artifact_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Artifact]:
        """Read all versions of an artifact, newest first."""
        return _artifacts.get_artifact_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_artifacts(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Artifact]:
        """List artifacts; as ``digitalhub.list_artifacts``."""
        return _artifacts.list_artifacts(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_artifact(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Artifact:
        """Create an artifact in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _artifacts.import_artifact(file, key, reset_id, self.name)

    def load_artifact(self, file: str) -> Artifact:
        """Update an artifact of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Artifact = _files_yaml.load("artifact", documents[0], documents[1:], file, self.name)
        return made

    def update_artifact(self, entity: Artifact | None = None, **kwargs: Any) -> Artifact:
        """Store the changes of an artifact of this project."""
        self._changed()
        made: Artifact = _entity.update("update_artifact", "artifact", entity, kwargs, self.name)
        return made

    def delete_artifact(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of an artifact, or all; as ``digitalhub.delete_artifact``."""
        self._changed()
        _artifacts.delete_artifact(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- data items -------------------------------------------------------------------------------

    def new_dataitem(
        self,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        path: str | None = None,
        extensions: list[dict[str, Any]] | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Create a data item; as ``digitalhub.new_dataitem``."""
        self._changed()
        return _dataitems.new_dataitem(
            self.name, name, kind, uuid, description, labels, embedded, path, extensions, version, **kwargs
        )

    def get_dataitem(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Read a data item; as ``digitalhub.get_dataitem``."""
        return _dataitems.get_dataitem(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_dataitem_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Dataitem]:
        """Read all versions of a data item, newest first."""
        return _dataitems.get_dataitem_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_dataitems(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Dataitem]:
        """List data items; as ``digitalhub.list_dataitems``."""
        return _dataitems.list_dataitems(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_dataitem(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Dataitem:
        """Create a data item in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _dataitems.import_dataitem(file, key, reset_id, self.name)

    def load_dataitem(self, file: str) -> Dataitem:
        """Update a data item of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Dataitem = _files_yaml.load("dataitem", documents[0], documents[1:], file, self.name)
        return made

    def update_dataitem(self, entity: Dataitem | None = None, **kwargs: Any) -> Dataitem:
        """Store the changes of a data item of this project."""
        self._changed()
        made: Dataitem = _entity.update("update_dataitem", "dataitem", entity, kwargs, self.name)
        return made

    def delete_dataitem(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of a data item, or all; as ``digitalhub.delete_dataitem``."""
        self._changed()
        _dataitems.delete_dataitem(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- models -----------------------------------------------------------------------------------

    def new_model(
        self,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        path: str | None = None,
        extensions: list[dict[str, Any]] | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create a model; as ``digitalhub.new_model``."""
        self._changed()
        return _models.new_model(
            self.name, name, kind, uuid, description, labels, embedded, path, extensions, version, **kwargs
        )

    def get_model(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Model:
        """Read a model; as ``digitalhub.get_model``."""
        return _models.get_model(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_model_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Model]:
        """Read all versions of a model, newest first."""
        return _models.get_model_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_models(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Model]:
        """List models; as ``digitalhub.list_models``."""
        return _models.list_models(self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs)

    def import_model(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Model:
        """Create a model in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _models.import_model(file, key, reset_id, self.name)

    def load_model(self, file: str) -> Model:
        """Update a model of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Model = _files_yaml.load("model", documents[0], documents[1:], file, self.name)
        return made

    def update_model(self, entity: Model | None = None, **kwargs: Any) -> Model:
        """Store the changes of a model of this project."""
        self._changed()
        made: Model = _entity.update("update_model", "model", entity, kwargs, self.name)
        return made

    def delete_model(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of a model, or all; as ``digitalhub.delete_model``."""
        self._changed()
        _models.delete_model(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- extensions -------------------------------------------------------------------------------

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
        return _extensions.new_extension(
            self.name, name, kind, uuid, description, labels, embedded, schema, version, **kwargs
        )

    def get_extension(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Extension:
        """Read an extension; as ``digitalhub.get_extension``."""
        return _extensions.get_extension(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_extension_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Extension]:
        """Read all versions of an extension, newest first."""
        return _extensions.get_extension_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_extensions(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Extension]:
        """List extensions; as ``digitalhub.list_extensions``."""
        return _extensions.list_extensions(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_extension(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Extension:
        """Create an extension in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _extensions.import_extension(file, key, reset_id, self.name)

    def load_extension(self, file: str) -> Extension:
        """Update an extension of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Extension = _files_yaml.load("extension", documents[0], documents[1:], file, self.name)
        return made

    def update_extension(self, entity: Extension | None = None, **kwargs: Any) -> Extension:
        """Store the changes of an extension of this project."""
        self._changed()
        made: Extension = _entity.update("update_extension", "extension", entity, kwargs, self.name)
        return made

    def delete_extension(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of an extension, or all; as ``digitalhub.delete_extension``."""
        self._changed()
        _extensions.delete_extension(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- container images -------------------------------------------------------------------------

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
        return _containerimages.new_containerimage(
            self.name, name, kind, uuid, description, labels, embedded, image, version, **kwargs
        )

    def get_containerimage(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> Containerimage:
        """Read a container image; as ``digitalhub.get_containerimage``."""
        return _containerimages.get_containerimage(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    def get_containerimage_versions(
        self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[Containerimage]:
        """Read all versions of a container image, newest first."""
        return _containerimages.get_containerimage_versions(identifier, self.name, entity_name=entity_name, **kwargs)

    def list_containerimages(
        self,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[Containerimage]:
        """List container images; as ``digitalhub.list_containerimages``."""
        return _containerimages.list_containerimages(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )

    def import_containerimage(
        self, file: str | None = None, key: str | None = None, reset_id: bool = True
    ) -> Containerimage:
        """Create a container image in this project from a file or as a copy, with a new id unless told otherwise."""
        self._changed()
        return _containerimages.import_containerimage(file, key, reset_id, self.name)

    def load_containerimage(self, file: str) -> Containerimage:
        """Update a container image of this project from a file, or create it."""
        self._changed()
        documents = _files_yaml.read(file)
        made: Containerimage = _files_yaml.load("containerimage", documents[0], documents[1:], file, self.name)
        return made

    def update_containerimage(self, entity: Containerimage | None = None, **kwargs: Any) -> Containerimage:
        """Store the changes of a container image of this project."""
        self._changed()
        made: Containerimage = _entity.update("update_containerimage", "containerimage", entity, kwargs, self.name)
        return made

    def delete_containerimage(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of a container image, or all; as ``digitalhub.delete_containerimage``."""
        self._changed()
        _containerimages.delete_containerimage(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    # -- secrets ---------------------------------------------------------------------------------------

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
        return _secrets.new_secret(self.name, name, uuid, description, labels, embedded, secret_value, **kwargs)

    def get_secret(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Secret:
        """Read a secret, not its value."""
        return _secrets.get_secret(identifier, self.name, entity_id, **kwargs)

    def list_secrets(self, **kwargs: Any) -> list[Secret]:
        """List the secrets, without values."""
        return _secrets.list_secrets(self.name, **kwargs)

    def import_secret(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> Secret:
        """Create a secret from a file, without a value."""
        return _secrets.import_secret(file, key, reset_id, self.name)

    def update_secret(self, entity: Secret | None = None, **kwargs: Any) -> Secret:
        """Store the changes of a secret of this project."""
        made: Secret = _entity.update("update_secret", "secret", entity, kwargs, self.name)
        return made

    def delete_secret(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a secret and its value."""
        _secrets.delete_secret(identifier, self.name, entity_id, **kwargs)

    # -- tasks, runs, triggers -------------------------------------------------------------------------

    def new_task(self, kind: str, **kwargs: Any) -> Task:
        """Create a task; as ``digitalhub.new_task``."""
        return _tasks.new_task(self.name, kind, **kwargs)

    def get_task(self, identifier: str, **kwargs: Any) -> Task:
        """Read a task by id or key."""
        return _tasks.get_task(identifier, self.name, **kwargs)

    def list_tasks(self, **kwargs: Any) -> list[Task]:
        """List tasks; as ``digitalhub.list_tasks``."""
        return _tasks.list_tasks(self.name, **kwargs)

    def delete_task(self, identifier: str, cascade: bool = True, **kwargs: Any) -> None:
        """Delete a task by id or key, with its runs unless told otherwise."""
        _tasks.delete_task(identifier, self.name, None, cascade, **kwargs)

    def new_run(self, kind: str, **kwargs: Any) -> Run:
        """Create a run; as ``digitalhub.new_run``."""
        return _runs.new_run(self.name, kind, **kwargs)

    def get_run(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Run:
        """Read a run by id or key."""
        return _runs.get_run(identifier, self.name, entity_id=entity_id, **kwargs)

    def list_runs(self, **kwargs: Any) -> list[Run]:
        """List runs; as ``digitalhub.list_runs``."""
        return _runs.list_runs(self.name, **kwargs)

    def delete_run(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a run by id or key; a live one is ended first."""
        _runs.delete_run(identifier, self.name, entity_id, **kwargs)

    def new_trigger(self, name: str, kind: str, task: str, **kwargs: Any) -> Trigger:
        """Create a trigger; as ``digitalhub.new_trigger``."""
        return _triggers.new_trigger(self.name, name, kind, task, **kwargs)

    def get_trigger(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> Trigger:
        """Read a trigger by name, id or key."""
        return _triggers.get_trigger(identifier, self.name, entity_id, **kwargs)

    def list_triggers(self, **kwargs: Any) -> list[Trigger]:
        """List triggers; as ``digitalhub.list_triggers``."""
        return _triggers.list_triggers(self.name, **kwargs)

    def delete_trigger(self, identifier: str | None = None, entity_id: str | None = None, **kwargs: Any) -> None:
        """Delete a trigger; as ``digitalhub.delete_trigger``."""
        _triggers.delete_trigger(identifier, self.name, entity_id, **kwargs)

    # -- log: create and upload ------------------------------------------------------------------------

    def log_artifact(
        self,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Artifact:
        """Create and upload; as ``digitalhub.log_artifact``."""
        self._changed()
        return _artifacts.log_artifact(
            self.name, name, kind, source, drop_existing, path, description, labels, **kwargs
        )

    def log_generic_artifact(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Artifact:
        """Create and upload; as ``digitalhub.log_generic_artifact``."""
        self._changed()
        return _artifacts.log_generic_artifact(
            self.name, name, source, drop_existing, path, description, labels, **kwargs
        )

    def log_generic_dataitem(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Create and upload; as ``digitalhub.log_generic_dataitem``."""
        self._changed()
        return _dataitems.log_generic_dataitem(
            self.name, name, source, drop_existing, path, description, labels, **kwargs
        )

    def log_croissant(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Dataitem:
        """Create and upload; as ``digitalhub.log_croissant``."""
        self._changed()
        return _dataitems.log_croissant(self.name, name, source, drop_existing, path, description, labels, **kwargs)

    def log_model(
        self,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create and upload; as ``digitalhub.log_model``."""
        self._changed()
        return _models.log_model(self.name, name, kind, source, drop_existing, path, description, labels, **kwargs)

    def log_generic_model(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create and upload; as ``digitalhub.log_generic_model``."""
        self._changed()
        return _models.log_generic_model(self.name, name, source, drop_existing, path, description, labels, **kwargs)

    def log_mlflow(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create and upload; as ``digitalhub.log_mlflow``."""
        self._changed()
        return _models.log_mlflow(self.name, name, source, drop_existing, path, description, labels, **kwargs)

    def log_sklearn(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create and upload; as ``digitalhub.log_sklearn``."""
        self._changed()
        return _models.log_sklearn(self.name, name, source, drop_existing, path, description, labels, **kwargs)

    def log_huggingface(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> Model:
        """Create and upload; as ``digitalhub.log_huggingface``."""
        self._changed()
        return _models.log_huggingface(self.name, name, source, drop_existing, path, description, labels, **kwargs)

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
        return _dataitems.log_dataitem(
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
        return _dataitems.log_table(
            self.name, name, source, data, sql, drop_existing, path, description, labels, file_format,
            read_df_params, engine, **kwargs,
        )  # fmt: skip
