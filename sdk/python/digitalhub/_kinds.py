"""The kinds of entities: which type they are of, what they can do, which fields their specs have.

The server decides about values. This table exists so that a misspelt argument is an error before any
request, and so that an action or a kind that does not exist is named without asking the server.
"""

from __future__ import annotations

from .utils.exceptions import BuilderError, ValidationError

#: Fields that every task and run understands, whatever the function is.
PLATFORM = (
    "volumes", "resources", "envs", "secrets", "profile", "node_selector", "affinity", "tolerations",
    "runtime_class", "priority_class", "backoff_limit", "schedule", "timezone", "timeout", "engine",
    "image_pull_policy", "run_as_user", "run_as_group", "fs_group", "replicas", "env",
)  # fmt: skip
SERVICE = ("service_type", "service_name", "service_ports")

#: Arguments of a function made from source, which become ``spec.source``.
SOURCE = ("source", "code", "code_src", "base64", "handler", "lang")

_PYTHON = (*SOURCE, "init_function", "python_version", "requirements", "image", "base_image")
_MODEL = ("path", "framework", "algorithm", "parameters", "src_path")
_FLOWER = ("image", "base_image", "requirements")

#: kind → (entity type, fields of the spec)
SPECS: dict[str, tuple[str, tuple[str, ...]]] = {
    "python": ("function", _PYTHON),
    "openinference": ("function", (*_PYTHON, "model_name", "inputs", "outputs")),
    "guardrail": ("function", (*_PYTHON, "processing_mode")),
    "container": ("function", (*SOURCE, "image", "base_image", "command", "image_pull_policy")),
    "dbt": ("function", SOURCE),
    "sklearnserve": ("function", ("path", "model_name", "image")),
    "mlflowserve": ("function", ("path", "model_name", "image")),
    "huggingfaceserve": ("function", ("path", "model_name", "image")),
    "vllmserve-text": ("function", ("url", "path", "model_name", "image", "adapters")),
    "vllmserve-speech": ("function", ("url", "path", "model_name", "image", "adapters")),
    "vllmserve-pooling": ("function", ("url", "path", "model_name", "image", "adapters")),
    "kubeai-text": ("function", ("url", "model_name", "image", "adapters", "features", "engine")),
    "kubeai-speech": ("function", ("url", "model_name", "image", "adapters")),
    "flower-server": ("function", _FLOWER),
    "flower-client": ("function", _FLOWER),
    "flower-app": ("function", (*_FLOWER, "fab_source", "git_source", "client_src", "client_code", "client_app",
                                "server_src", "server_code", "server_app")),
    "servicegraph": ("function", SOURCE),
    "nefertem": ("function", ("constraints", "error_report", "metrics")),
    "hera": ("workflow", (*SOURCE, "image", "tag")),
    "kfp": ("workflow", (*SOURCE, "image", "tag")),
    "artifact": ("artifact", ("path", "src_path")),
    "dataitem": ("dataitem", ("path",)),
    "table": ("dataitem", ("path", "schema")),
    "croissant": ("dataitem", ("path",)),
    "model": ("model", _MODEL),
    "sklearn": ("model", _MODEL),
    "mlflow": ("model", (*_MODEL, "flavor", "model_config", "input_datasets", "signature")),
    "huggingface": ("model", (*_MODEL, "base_model", "model_id", "model_revision")),
    "container-image": ("containerimage", ("image",)),
    "secret": ("secret", ("path", "provider")),
    "scheduler": ("trigger", ("schedule", "timezone", "concurrency_policy", "misfire_policy", "start", "end")),
    "lifecycle": ("trigger", ("key", "states")),
    "automl": ("trigger", ()),
    "extension": ("extension", ("schema",)),
    "project": ("project", ("source", "config")),
    "log": ("log", ("run", "timestamp")),
}  # fmt: skip

_PYTHON_RUN = ("inputs", "outputs", "parameters", "init_parameters", "local_execution")
_DATA_RUN = ("inputs", "outputs", "parameters", "local_execution")
_VLLM_RUN = ("url", "args", "enable_telemetry", "use_cpu_image", "storage_space", *SERVICE)
_KUBEAI_RUN = ("url", "args", "files", "cache_profile", "processors", "scaling")

#: kind → action → fields of a run besides PLATFORM
ACTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "python": {
        "job": _PYTHON_RUN,
        "serve": ("init_parameters", "inputs", "parameters", *SERVICE),
        "build": ("instructions",),
    },
    "openinference": {"serve": ("init_parameters", *SERVICE), "build": ("instructions",)},
    "guardrail": {"serve": ("init_parameters", *SERVICE), "build": ("instructions",)},
    "container": {
        "job": ("args",),
        "deploy": ("args",),
        "serve": ("args", *SERVICE),
        "build": ("instructions",),
    },
    "dbt": {"transform": _DATA_RUN},
    "sklearnserve": {"serve": ("path", *SERVICE)},
    "mlflowserve": {"serve": ("path", *SERVICE), "build": ("instructions",)},
    "huggingfaceserve": {"serve": (
        "path", "args", "huggingface_task", "backend", "dtype", "tokenizer_revision", "max_length", "max_log_len",
        "tensor_input_names", "disable_lower_case", "disable_special_tokens", "disable_log_requests",
        "return_token_type_ids", "return_probabilities", "trust_remote_code", *SERVICE)},
    "vllmserve-text": {"serve": _VLLM_RUN},
    "vllmserve-speech": {"serve": _VLLM_RUN},
    "vllmserve-pooling": {"serve": _VLLM_RUN},
    "kubeai-text": {"serve": _KUBEAI_RUN},
    "kubeai-speech": {"serve": _KUBEAI_RUN},
    "flower-server": {"deploy": ("auth_public_keys", "insecure"), "build": ("instructions",)},
    "flower-client": {
        "deploy": ("superlink", "root_certificates", "isolation", "node_config", "private_key_secret",
                   "public_key_secret"),
        "build": ("instructions",),
    },
    "flower-app": {"train": ("superlink", "root_certificates", "federation", "parameters", "local_execution")},
    "servicegraph": {"serve": ("parameters", *SERVICE)},
    "nefertem": {
        "infer": ("framework", "exec_args", "parallel", "num_worker", *_DATA_RUN),
        "profile": ("framework", "exec_args", "parallel", "num_worker", *_DATA_RUN),
        "validate": ("framework", "exec_args", "parallel", "num_worker", *_DATA_RUN),
        "metric": ("framework", "exec_args", "parallel", "num_worker", *_DATA_RUN),
    },
    "hera": {"pipeline": ("parameters",), "build": ()},
    "kfp": {"pipeline": _DATA_RUN, "build": ()},
}  # fmt: skip

#: Actions that the client itself can execute.
LOCAL_ACTIONS = {"python": ("job",)}

PYTHON_VERSIONS = ("PYTHON3_10", "PYTHON3_11", "PYTHON3_12", "PYTHON3_13", "PYTHON3_14")

#: Entity types as they stand in keys → as they stand in paths.
PLURALS = {
    "function": "functions",
    "workflow": "workflows",
    "artifact": "artifacts",
    "dataitem": "dataitems",
    "model": "models",
    "run": "runs",
    "task": "tasks",
    "secret": "secrets",
    "trigger": "triggers",
    "extension": "extensions",
    "containerimage": "containerimages",
    "project": "projects",
    "log": "logs",
}

VERSIONED = ("function", "workflow", "artifact", "dataitem", "model", "extension", "containerimage")
MATERIAL = ("artifact", "dataitem", "model")


def type_of(kind: str) -> str | None:
    """Name the entity type of a kind, task and run kinds included; None when it is unknown."""
    if kind in SPECS:
        return SPECS[kind][0]
    base, plus, action = kind.partition("+")
    if not plus:
        return None
    action, colon, word = action.partition(":")
    if base in ACTIONS and action in ACTIONS[base] and (not colon or word == "run"):
        return "run" if colon else "task"
    return None


def check(kind: str, entity_type: str) -> None:
    """Refuse a kind that does not exist or belongs to another entity type.

    Raises:
        BuilderError: No such kind.
        ValueError: The kind is one of another entity type.
    """
    if not isinstance(kind, str) or not kind:
        raise ValidationError(f"kind: expected the name of a kind, got {kind!r}", "kind")
    found = type_of(kind)
    if found is None:
        raise BuilderError(f"Entity builder for kind '{kind}' not found.{_did_you_mean(kind, entity_type)}")
    if found != entity_type:
        raise ValueError(f"Entity kind '{kind}' does not match expected type '{entity_type}'.")


def _did_you_mean(kind: str, entity_type: str) -> str:
    from ._spelling import nearest

    known = [name for name, spec in SPECS.items() if spec[0] == entity_type]
    close = nearest(kind, known)
    if close:
        return f" Did you mean '{close}'?"
    return f" Kinds of type '{entity_type}': {', '.join(known)}." if known else ""


def split(kind: str) -> tuple[str, str]:
    """Split a task or run kind into the kind of its function and its action."""
    base, _, rest = kind.partition("+")
    return base, rest.partition(":")[0]
