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
        get_artifact as get_artifact,
        get_artifact_versions as get_artifact_versions,
        import_artifact as import_artifact,
        list_artifacts as list_artifacts,
        load_artifact as load_artifact,
        log_artifact as log_artifact,
        log_generic_artifact as log_generic_artifact,
        new_artifact as new_artifact,
        update_artifact as update_artifact,
    )
    from ._containerimages import (
        delete_containerimage as delete_containerimage,
        get_containerimage as get_containerimage,
        get_containerimage_versions as get_containerimage_versions,
        import_containerimage as import_containerimage,
        list_containerimages as list_containerimages,
        load_containerimage as load_containerimage,
        new_containerimage as new_containerimage,
        update_containerimage as update_containerimage,
    )
    from ._dataitems import (
        delete_dataitem as delete_dataitem,
        get_dataitem as get_dataitem,
        get_dataitem_versions as get_dataitem_versions,
        import_dataitem as import_dataitem,
        list_dataitems as list_dataitems,
        load_dataitem as load_dataitem,
        log_croissant as log_croissant,
        log_dataitem as log_dataitem,
        log_generic_dataitem as log_generic_dataitem,
        log_table as log_table,
        new_dataitem as new_dataitem,
        update_dataitem as update_dataitem,
    )
    from ._extensions import (
        create_extension_schema as create_extension_schema,
        delete_extension as delete_extension,
        get_extension as get_extension,
        get_extension_versions as get_extension_versions,
        import_extension as import_extension,
        list_extensions as list_extensions,
        load_extension as load_extension,
        new_extension as new_extension,
        update_extension as update_extension,
    )
    from ._functions import (
        delete_function as delete_function,
        get_function as get_function,
        get_function_versions as get_function_versions,
        import_function as import_function,
        list_functions as list_functions,
        load_function as load_function,
        new_function as new_function,
        update_function as update_function,
    )
    from ._models import (
        delete_model as delete_model,
        get_model as get_model,
        get_model_versions as get_model_versions,
        import_model as import_model,
        list_models as list_models,
        load_model as load_model,
        log_generic_model as log_generic_model,
        log_huggingface as log_huggingface,
        log_mlflow as log_mlflow,
        log_model as log_model,
        log_sklearn as log_sklearn,
        new_model as new_model,
        update_model as update_model,
    )
    from ._projects import (
        delete_project as delete_project,
        get_or_create_project as get_or_create_project,
        get_project as get_project,
        import_project as import_project,
        list_projects as list_projects,
        load_project as load_project,
        new_project as new_project,
        update_project as update_project,
    )
    from ._runs import (
        delete_run as delete_run,
        get_run as get_run,
        import_run as import_run,
        list_runs as list_runs,
        load_run as load_run,
        new_run as new_run,
        update_run as update_run,
    )
    from ._search import (
        search_entity as search_entity,
    )
    from ._secrets import (
        delete_secret as delete_secret,
        get_secret as get_secret,
        import_secret as import_secret,
        list_secrets as list_secrets,
        load_secret as load_secret,
        new_secret as new_secret,
        update_secret as update_secret,
    )
    from ._settings import (
        get_credentials_and_config as get_credentials_and_config,
        get_current_profile as get_current_profile,
        get_k8s_resource_profiles as get_k8s_resource_profiles,
        get_s3_client as get_s3_client,
        get_sql_engine as get_sql_engine,
        get_store_by_entity as get_store_by_entity,
        refresh_token as refresh_token,
        set_current_profile as set_current_profile,
        set_dhcore_env as set_dhcore_env,
        set_dhub_env as set_dhub_env,
    )
    from ._tasks import (
        delete_task as delete_task,
        get_task as get_task,
        import_task as import_task,
        list_tasks as list_tasks,
        load_task as load_task,
        new_task as new_task,
        update_task as update_task,
    )
    from ._triggers import (
        delete_trigger as delete_trigger,
        get_trigger as get_trigger,
        import_trigger as import_trigger,
        list_triggers as list_triggers,
        load_trigger as load_trigger,
        new_trigger as new_trigger,
        update_trigger as update_trigger,
    )
    from ._workflows import (
        delete_workflow as delete_workflow,
        get_workflow as get_workflow,
        get_workflow_versions as get_workflow_versions,
        import_workflow as import_workflow,
        list_workflows as list_workflows,
        load_workflow as load_workflow,
        new_workflow as new_workflow,
        update_workflow as update_workflow,
    )

__version__ = "0.1.0"
#: Tells this package from others that are imported by the same name.
__distribution__ = "dhub"

#: Module → the public names in it.
_MODULES = {
    "_artifacts": (
        "delete_artifact get_artifact get_artifact_versions import_artifact list_artifacts load_artifact "
        "log_artifact log_generic_artifact new_artifact update_artifact "
    ),
    "_containerimages": (
        "delete_containerimage get_containerimage get_containerimage_versions import_containerimage "
        "list_containerimages load_containerimage new_containerimage update_containerimage "
    ),
    "_dataitems": (
        "delete_dataitem get_dataitem get_dataitem_versions import_dataitem list_dataitems load_dataitem "
        "log_croissant log_dataitem log_generic_dataitem log_table new_dataitem update_dataitem "
    ),
    "_extensions": (
        "create_extension_schema delete_extension get_extension get_extension_versions import_extension "
        "list_extensions load_extension new_extension update_extension "
    ),
    "_functions": (
        "delete_function get_function get_function_versions import_function list_functions load_function "
        "new_function update_function "
    ),
    "_models": (
        "delete_model get_model get_model_versions import_model list_models load_model log_generic_model "
        "log_huggingface log_mlflow log_model log_sklearn new_model update_model "
    ),
    "_projects": (
        "delete_project get_or_create_project get_project import_project list_projects load_project new_project "
        "update_project "
    ),
    "_runs": "delete_run get_run import_run list_runs load_run new_run update_run",
    "_search": "search_entity",
    "_secrets": "delete_secret get_secret import_secret list_secrets load_secret new_secret update_secret",
    "_settings": (
        "get_credentials_and_config get_current_profile get_k8s_resource_profiles get_s3_client get_sql_engine "
        "get_store_by_entity refresh_token set_current_profile set_dhcore_env set_dhub_env "
    ),
    "_tasks": "delete_task get_task import_task list_tasks load_task new_task update_task",
    "_triggers": "delete_trigger get_trigger import_trigger list_triggers load_trigger new_trigger update_trigger",
    "_workflows": (
        "delete_workflow get_workflow get_workflow_versions import_workflow list_workflows load_workflow "
        "new_workflow update_workflow "
    ),
}
#: Public name → module that has it.
_NAMES = {name: module for module, names in _MODULES.items() for name in names.split()}

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
    "create_extension_schema", "delete_artifact", "delete_containerimage", "delete_dataitem", "delete_extension",
    "delete_function", "delete_model", "delete_project", "delete_run", "delete_secret", "delete_task",
    "delete_trigger", "delete_workflow", "get_artifact", "get_artifact_versions", "get_containerimage",
    "get_containerimage_versions", "get_credentials_and_config", "get_current_profile", "get_dataitem",
    "get_dataitem_versions", "get_extension", "get_extension_versions", "get_function", "get_function_versions",
    "get_k8s_resource_profiles", "get_model", "get_model_versions", "get_or_create_project", "get_project",
    "get_run", "get_s3_client", "get_secret", "get_sql_engine", "get_store_by_entity", "get_task", "get_trigger",
    "get_workflow", "get_workflow_versions", "import_artifact", "import_containerimage", "import_dataitem",
    "import_extension", "import_function", "import_model", "import_project", "import_run", "import_secret",
    "import_task", "import_trigger", "import_workflow", "list_artifacts", "list_containerimages", "list_dataitems",
    "list_extensions", "list_functions", "list_models", "list_projects", "list_runs", "list_secrets", "list_tasks",
    "list_triggers", "list_workflows", "load_artifact", "load_containerimage", "load_dataitem", "load_extension",
    "load_function", "load_model", "load_project", "load_run", "load_secret", "load_task", "load_trigger",
    "load_workflow", "log_artifact", "log_croissant", "log_dataitem", "log_generic_artifact",
    "log_generic_dataitem", "log_generic_model", "log_huggingface", "log_mlflow", "log_model", "log_sklearn",
    "log_table", "new_artifact", "new_containerimage", "new_dataitem", "new_extension", "new_function", "new_model",
    "new_project", "new_run", "new_secret", "new_task", "new_trigger", "new_workflow", "refresh_token",
    "search_entity", "set_current_profile", "set_dhcore_env", "set_dhub_env", "update_artifact",
    "update_containerimage", "update_dataitem", "update_extension", "update_function", "update_model",
    "update_project", "update_run", "update_secret", "update_task", "update_trigger", "update_workflow",
]  # fmt: skip


if not TYPE_CHECKING:  # or a misspelt name would be right for type checkers

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
