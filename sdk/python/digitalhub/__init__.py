"""dhub's Python package: define, run and track data functions.

    import digitalhub as dh

    project = dh.get_or_create_project("my-project")
    function = project.new_function(
        name="hello", kind="python", python_version="PYTHON3_11", handler="main", code="def main(n): return n + 1"
    )
    run = function.run("job", parameters={"n": 41}, wait=True)
    run.results()  # {"output_0": 42}

Importing only prepares names; the first call loads what it needs and looks for the server.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._artifacts import (
        delete_artifact as delete_artifact,
    )
    from ._artifacts import (
        get_artifact as get_artifact,
    )
    from ._artifacts import (
        get_artifact_versions as get_artifact_versions,
    )
    from ._artifacts import (
        import_artifact as import_artifact,
    )
    from ._artifacts import (
        list_artifacts as list_artifacts,
    )
    from ._artifacts import (
        load_artifact as load_artifact,
    )
    from ._artifacts import (
        log_artifact as log_artifact,
    )
    from ._artifacts import (
        log_generic_artifact as log_generic_artifact,
    )
    from ._artifacts import (
        new_artifact as new_artifact,
    )
    from ._artifacts import (
        update_artifact as update_artifact,
    )
    from ._containerimages import (
        delete_containerimage as delete_containerimage,
    )
    from ._containerimages import (
        get_containerimage as get_containerimage,
    )
    from ._containerimages import (
        get_containerimage_versions as get_containerimage_versions,
    )
    from ._containerimages import (
        import_containerimage as import_containerimage,
    )
    from ._containerimages import (
        list_containerimages as list_containerimages,
    )
    from ._containerimages import (
        load_containerimage as load_containerimage,
    )
    from ._containerimages import (
        new_containerimage as new_containerimage,
    )
    from ._containerimages import (
        update_containerimage as update_containerimage,
    )
    from ._dataitems import (
        delete_dataitem as delete_dataitem,
    )
    from ._dataitems import (
        get_dataitem as get_dataitem,
    )
    from ._dataitems import (
        get_dataitem_versions as get_dataitem_versions,
    )
    from ._dataitems import (
        import_dataitem as import_dataitem,
    )
    from ._dataitems import (
        list_dataitems as list_dataitems,
    )
    from ._dataitems import (
        load_dataitem as load_dataitem,
    )
    from ._dataitems import (
        log_croissant as log_croissant,
    )
    from ._dataitems import (
        log_dataitem as log_dataitem,
    )
    from ._dataitems import (
        log_generic_dataitem as log_generic_dataitem,
    )
    from ._dataitems import (
        log_table as log_table,
    )
    from ._dataitems import (
        new_dataitem as new_dataitem,
    )
    from ._dataitems import (
        update_dataitem as update_dataitem,
    )
    from ._extensions import (
        create_extension_schema as create_extension_schema,
    )
    from ._extensions import (
        delete_extension as delete_extension,
    )
    from ._extensions import (
        get_extension as get_extension,
    )
    from ._extensions import (
        get_extension_versions as get_extension_versions,
    )
    from ._extensions import (
        import_extension as import_extension,
    )
    from ._extensions import (
        list_extensions as list_extensions,
    )
    from ._extensions import (
        load_extension as load_extension,
    )
    from ._extensions import (
        new_extension as new_extension,
    )
    from ._extensions import (
        update_extension as update_extension,
    )
    from ._functions import (
        delete_function as delete_function,
    )
    from ._functions import (
        get_function as get_function,
    )
    from ._functions import (
        get_function_versions as get_function_versions,
    )
    from ._functions import (
        import_function as import_function,
    )
    from ._functions import (
        list_functions as list_functions,
    )
    from ._functions import (
        load_function as load_function,
    )
    from ._functions import (
        new_function as new_function,
    )
    from ._functions import (
        update_function as update_function,
    )
    from ._models import (
        delete_model as delete_model,
    )
    from ._models import (
        get_model as get_model,
    )
    from ._models import (
        get_model_versions as get_model_versions,
    )
    from ._models import (
        import_model as import_model,
    )
    from ._models import (
        list_models as list_models,
    )
    from ._models import (
        load_model as load_model,
    )
    from ._models import (
        log_generic_model as log_generic_model,
    )
    from ._models import (
        log_huggingface as log_huggingface,
    )
    from ._models import (
        log_mlflow as log_mlflow,
    )
    from ._models import (
        log_model as log_model,
    )
    from ._models import (
        log_sklearn as log_sklearn,
    )
    from ._models import (
        new_model as new_model,
    )
    from ._models import (
        update_model as update_model,
    )
    from ._projects import (
        delete_project as delete_project,
    )
    from ._projects import (
        get_or_create_project as get_or_create_project,
    )
    from ._projects import (
        get_project as get_project,
    )
    from ._projects import (
        import_project as import_project,
    )
    from ._projects import (
        list_projects as list_projects,
    )
    from ._projects import (
        load_project as load_project,
    )
    from ._projects import (
        new_project as new_project,
    )
    from ._projects import (
        update_project as update_project,
    )
    from ._runs import (
        delete_run as delete_run,
    )
    from ._runs import (
        get_run as get_run,
    )
    from ._runs import (
        import_run as import_run,
    )
    from ._runs import (
        list_runs as list_runs,
    )
    from ._runs import (
        load_run as load_run,
    )
    from ._runs import (
        new_run as new_run,
    )
    from ._runs import (
        update_run as update_run,
    )
    from ._search import (
        search_entity as search_entity,
    )
    from ._secrets import (
        delete_secret as delete_secret,
    )
    from ._secrets import (
        get_secret as get_secret,
    )
    from ._secrets import (
        import_secret as import_secret,
    )
    from ._secrets import (
        list_secrets as list_secrets,
    )
    from ._secrets import (
        load_secret as load_secret,
    )
    from ._secrets import (
        new_secret as new_secret,
    )
    from ._secrets import (
        update_secret as update_secret,
    )
    from ._settings import (
        get_credentials_and_config as get_credentials_and_config,
    )
    from ._settings import (
        get_current_profile as get_current_profile,
    )
    from ._settings import (
        get_k8s_resource_profiles as get_k8s_resource_profiles,
    )
    from ._settings import (
        get_s3_client as get_s3_client,
    )
    from ._settings import (
        get_sql_engine as get_sql_engine,
    )
    from ._settings import (
        get_store_by_entity as get_store_by_entity,
    )
    from ._settings import (
        refresh_token as refresh_token,
    )
    from ._settings import (
        set_current_profile as set_current_profile,
    )
    from ._settings import (
        set_dhcore_env as set_dhcore_env,
    )
    from ._settings import (
        set_dhub_env as set_dhub_env,
    )
    from ._tasks import (
        delete_task as delete_task,
    )
    from ._tasks import (
        get_task as get_task,
    )
    from ._tasks import (
        import_task as import_task,
    )
    from ._tasks import (
        list_tasks as list_tasks,
    )
    from ._tasks import (
        load_task as load_task,
    )
    from ._tasks import (
        new_task as new_task,
    )
    from ._tasks import (
        update_task as update_task,
    )
    from ._triggers import (
        delete_trigger as delete_trigger,
    )
    from ._triggers import (
        get_trigger as get_trigger,
    )
    from ._triggers import (
        import_trigger as import_trigger,
    )
    from ._triggers import (
        list_triggers as list_triggers,
    )
    from ._triggers import (
        load_trigger as load_trigger,
    )
    from ._triggers import (
        new_trigger as new_trigger,
    )
    from ._triggers import (
        update_trigger as update_trigger,
    )
    from ._workflows import (
        delete_workflow as delete_workflow,
    )
    from ._workflows import (
        get_workflow as get_workflow,
    )
    from ._workflows import (
        get_workflow_versions as get_workflow_versions,
    )
    from ._workflows import (
        import_workflow as import_workflow,
    )
    from ._workflows import (
        list_workflows as list_workflows,
    )
    from ._workflows import (
        load_workflow as load_workflow,
    )
    from ._workflows import (
        new_workflow as new_workflow,
    )
    from ._workflows import (
        update_workflow as update_workflow,
    )

__version__ = "0.1.0"
#: Tells this package from others that are imported by the same name.
__distribution__ = "dhub"

#: Public name → module that has it.
_NAMES = {
    "delete_artifact": "_artifacts",
    "get_artifact": "_artifacts",
    "get_artifact_versions": "_artifacts",
    "import_artifact": "_artifacts",
    "list_artifacts": "_artifacts",
    "load_artifact": "_artifacts",
    "log_artifact": "_artifacts",
    "log_generic_artifact": "_artifacts",
    "new_artifact": "_artifacts",
    "update_artifact": "_artifacts",
    "delete_containerimage": "_containerimages",
    "get_containerimage": "_containerimages",
    "get_containerimage_versions": "_containerimages",
    "import_containerimage": "_containerimages",
    "list_containerimages": "_containerimages",
    "load_containerimage": "_containerimages",
    "new_containerimage": "_containerimages",
    "update_containerimage": "_containerimages",
    "delete_dataitem": "_dataitems",
    "get_dataitem": "_dataitems",
    "get_dataitem_versions": "_dataitems",
    "import_dataitem": "_dataitems",
    "list_dataitems": "_dataitems",
    "load_dataitem": "_dataitems",
    "log_croissant": "_dataitems",
    "log_dataitem": "_dataitems",
    "log_generic_dataitem": "_dataitems",
    "log_table": "_dataitems",
    "new_dataitem": "_dataitems",
    "update_dataitem": "_dataitems",
    "create_extension_schema": "_extensions",
    "delete_extension": "_extensions",
    "get_extension": "_extensions",
    "get_extension_versions": "_extensions",
    "import_extension": "_extensions",
    "list_extensions": "_extensions",
    "load_extension": "_extensions",
    "new_extension": "_extensions",
    "update_extension": "_extensions",
    "delete_function": "_functions",
    "get_function": "_functions",
    "get_function_versions": "_functions",
    "import_function": "_functions",
    "list_functions": "_functions",
    "load_function": "_functions",
    "new_function": "_functions",
    "update_function": "_functions",
    "delete_model": "_models",
    "get_model": "_models",
    "get_model_versions": "_models",
    "import_model": "_models",
    "list_models": "_models",
    "load_model": "_models",
    "log_generic_model": "_models",
    "log_huggingface": "_models",
    "log_mlflow": "_models",
    "log_model": "_models",
    "log_sklearn": "_models",
    "new_model": "_models",
    "update_model": "_models",
    "delete_project": "_projects",
    "get_or_create_project": "_projects",
    "get_project": "_projects",
    "import_project": "_projects",
    "list_projects": "_projects",
    "load_project": "_projects",
    "new_project": "_projects",
    "update_project": "_projects",
    "delete_run": "_runs",
    "get_run": "_runs",
    "import_run": "_runs",
    "list_runs": "_runs",
    "load_run": "_runs",
    "new_run": "_runs",
    "update_run": "_runs",
    "search_entity": "_search",
    "delete_secret": "_secrets",
    "get_secret": "_secrets",
    "import_secret": "_secrets",
    "list_secrets": "_secrets",
    "load_secret": "_secrets",
    "new_secret": "_secrets",
    "update_secret": "_secrets",
    "get_credentials_and_config": "_settings",
    "get_current_profile": "_settings",
    "get_k8s_resource_profiles": "_settings",
    "get_s3_client": "_settings",
    "get_sql_engine": "_settings",
    "get_store_by_entity": "_settings",
    "refresh_token": "_settings",
    "set_current_profile": "_settings",
    "set_dhcore_env": "_settings",
    "set_dhub_env": "_settings",
    "delete_task": "_tasks",
    "get_task": "_tasks",
    "import_task": "_tasks",
    "list_tasks": "_tasks",
    "load_task": "_tasks",
    "new_task": "_tasks",
    "update_task": "_tasks",
    "delete_trigger": "_triggers",
    "get_trigger": "_triggers",
    "import_trigger": "_triggers",
    "list_triggers": "_triggers",
    "load_trigger": "_triggers",
    "new_trigger": "_triggers",
    "update_trigger": "_triggers",
    "delete_workflow": "_workflows",
    "get_workflow": "_workflows",
    "get_workflow_versions": "_workflows",
    "import_workflow": "_workflows",
    "list_workflows": "_workflows",
    "load_workflow": "_workflows",
    "new_workflow": "_workflows",
    "update_workflow": "_workflows",
}

#: Names of older releases → what to write instead.
_GONE = {
    "get_artifact_from_key": "get_artifact(key)",
    "get_dataitem_from_key": "get_dataitem(key)",
    "get_function_from_key": "get_function(key)",
    "get_model_from_key": "get_model(key)",
    "get_workflow_from_key": "get_workflow(key)",
    "create_artifact": "new_artifact",
    "create_dataitem": "new_dataitem",
    "create_function": "new_function",
    "create_model": "new_model",
    "create_project": "new_project",
    "create_workflow": "new_workflow",
    "run_workflow": "Project.run(workflow, action=...) or Workflow.run(action)",
}

__all__ = [
    "create_extension_schema",
    "delete_artifact",
    "delete_containerimage",
    "delete_dataitem",
    "delete_extension",
    "delete_function",
    "delete_model",
    "delete_project",
    "delete_run",
    "delete_secret",
    "delete_task",
    "delete_trigger",
    "delete_workflow",
    "get_artifact",
    "get_artifact_versions",
    "get_containerimage",
    "get_containerimage_versions",
    "get_credentials_and_config",
    "get_current_profile",
    "get_dataitem",
    "get_dataitem_versions",
    "get_extension",
    "get_extension_versions",
    "get_function",
    "get_function_versions",
    "get_k8s_resource_profiles",
    "get_model",
    "get_model_versions",
    "get_or_create_project",
    "get_project",
    "get_run",
    "get_s3_client",
    "get_secret",
    "get_sql_engine",
    "get_store_by_entity",
    "get_task",
    "get_trigger",
    "get_workflow",
    "get_workflow_versions",
    "import_artifact",
    "import_containerimage",
    "import_dataitem",
    "import_extension",
    "import_function",
    "import_model",
    "import_project",
    "import_run",
    "import_secret",
    "import_task",
    "import_trigger",
    "import_workflow",
    "list_artifacts",
    "list_containerimages",
    "list_dataitems",
    "list_extensions",
    "list_functions",
    "list_models",
    "list_projects",
    "list_runs",
    "list_secrets",
    "list_tasks",
    "list_triggers",
    "list_workflows",
    "load_artifact",
    "load_containerimage",
    "load_dataitem",
    "load_extension",
    "load_function",
    "load_model",
    "load_project",
    "load_run",
    "load_secret",
    "load_task",
    "load_trigger",
    "load_workflow",
    "log_artifact",
    "log_croissant",
    "log_dataitem",
    "log_generic_artifact",
    "log_generic_dataitem",
    "log_generic_model",
    "log_huggingface",
    "log_mlflow",
    "log_model",
    "log_sklearn",
    "log_table",
    "new_artifact",
    "new_containerimage",
    "new_dataitem",
    "new_extension",
    "new_function",
    "new_model",
    "new_project",
    "new_run",
    "new_secret",
    "new_task",
    "new_trigger",
    "new_workflow",
    "refresh_token",
    "search_entity",
    "set_current_profile",
    "set_dhcore_env",
    "set_dhub_env",
    "update_artifact",
    "update_containerimage",
    "update_dataitem",
    "update_extension",
    "update_function",
    "update_model",
    "update_project",
    "update_run",
    "update_secret",
    "update_task",
    "update_trigger",
    "update_workflow",
]


def __getattr__(name: str) -> object:
    module = _NAMES.get(name)
    if module is not None:
        from importlib import import_module

        value = getattr(import_module(f"{__name__}.{module}"), name)
        globals()[name] = value
        return value
    if name in _GONE:
        raise AttributeError(f"module 'digitalhub' has no '{name}' any more: use {_GONE[name]}.")
    text = f"module 'digitalhub' has no '{name}'."
    if not name.startswith("_"):
        from difflib import get_close_matches

        close = get_close_matches(name, __all__, n=1)
        text += f" Did you mean '{close[0]}'?" if close else ""
    raise AttributeError(text)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "__distribution__"])
