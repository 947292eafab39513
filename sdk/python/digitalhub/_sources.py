"""Code and requirements of a function: from the caller's arguments to its spec."""

from __future__ import annotations

import base64
import os
import re
import sys

from ._kinds import PYTHON_VERSIONS, SOURCE, SPECS
from .utils.exceptions import EntityError, ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_REMOTE = (
    "git+http://",
    "git+https://",
    "git://",
    "zip+s3://",
    "zip+http://",
    "zip+https://",
    "http://",
    "https://",
    "s3://",
)
_PYTHON_KINDS = ("python", "openinference", "guardrail")
_LANG = {"dbt": "sql", "servicegraph": "yaml"}
_HANDLER_OPTIONAL = ("container", "dbt", "servicegraph")
_UNVERSIONED = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)(\[[^\]]*\])?\Z")


def spec(kind: str, values: dict[str, Any], project: str, type_name: str, name: str, id: str) -> dict[str, Any]:
    """Make the spec of a new function or workflow out of the caller's arguments.

    Raises:
        EntityError: Handler or source are missing, or the source does not exist.
        ValidationError: ``python_version`` or ``requirements`` are wrong.
    """
    fields = SPECS[kind][1]
    made: dict[str, Any] = {}
    if "source" in fields:
        source = _source(kind, values, project, type_name, name, id)
        if source:
            made["source"] = source
    for field, value in values.items():
        if field in SOURCE or field == "init_function":
            continue
        made[field] = value
    if "requirements" in made:
        made["requirements"] = requirements(made["requirements"])
    if "python_version" in fields:
        made = {"python_version": _python_version(made.get("python_version")), **made}
    return made


def _python_version(value: Any) -> str:
    if value not in PYTHON_VERSIONS:
        here = f"PYTHON{sys.version_info[0]}_{sys.version_info[1]}"
        text = "missing" if value is None else f"got {value!r}"
        raise ValidationError(
            f"python_version: {text}, expected one of {', '.join(PYTHON_VERSIONS)}; this interpreter is {here}.",
            "python_version",
        )
    return str(value)


def _source(kind: str, values: dict[str, Any], project: str, type_name: str, name: str, id: str) -> dict[str, Any]:
    given = values.get("source")
    merged: dict[str, Any] = dict(given) if isinstance(given, dict) else {}
    if given is not None and not isinstance(given, dict):
        if not isinstance(given, str):
            raise ValidationError(f"source: expected a map or an address, got {type(given).__name__}", "source")
        merged["source"] = given
    for field in ("handler", "init_function", "lang", "base64", "code", "code_src"):
        if values.get(field) is not None:
            merged[field] = values[field]
    handler_needed = kind not in _HANDLER_OPTIONAL
    if handler_needed and not merged.get("handler"):
        raise EntityError("Handler must be provided.")
    code, address = merged.pop("code", None), merged.pop("code_src", None)
    address = address if address is not None else merged.get("source")
    made: dict[str, Any] = {}
    if code is not None:
        made["base64"] = base64.b64encode(str(code).encode()).decode()
        if isinstance(merged.get("source"), str):
            made["source"] = merged["source"]
    elif merged.get("base64") is not None:
        made["base64"] = merged["base64"]
        if address is not None:
            made["source"] = address
    elif address is not None:
        made.update(_address(str(address), project, type_name, name, id))
    elif kind != "container":
        raise EntityError("Source must be provided.")
    if not made and not merged:
        return {}
    ordered = {"source": made.get("source"), "handler": merged.get("handler")}
    ordered["init_function"] = merged.get("init_function")
    ordered["base64"] = made.get("base64")
    lang = merged.get("lang") or ("python" if kind in _PYTHON_KINDS or kind in ("hera", "kfp") else _LANG.get(kind))
    ordered["lang"] = lang
    rest = {k: v for k, v in merged.items() if k not in ordered}
    return {field: value for field, value in {**ordered, **rest}.items() if value is not None}


def _address(address: str, project: str, type_name: str, name: str, id: str) -> dict[str, str]:
    """Read, upload or keep what ``code_src`` names."""
    if address.startswith(_REMOTE):
        return {"source": address}
    if not os.path.exists(address):
        raise EntityError(f"Source {address} does not exist.")
    if os.path.isdir(address) or address.endswith(".zip"):
        return {"source": _upload(address, project, type_name, name, id)}
    with open(address, "rb") as stream:
        return {"source": address, "base64": base64.b64encode(stream.read()).decode()}


def _upload(path: str, project: str, type_name: str, name: str, id: str) -> str:
    """Put a folder, zipped, or a zip file into the project's store."""
    import tempfile

    from . import _stores

    store_path = _stores.default_store(project)
    target = f"{store_path.rstrip('/')}/{project}/{type_name}/{name}/{id}/archive.zip"
    store = _stores.get(target, project)
    if os.path.isfile(path):
        store.upload_file(path, target)
    else:
        with tempfile.TemporaryDirectory() as folder:
            archive = os.path.join(folder, "archive.zip")
            _zip(path, archive)
            store.upload_file(archive, target)
    return f"zip+{target}"


def _zip(folder: str, archive: str) -> None:
    import zipfile

    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for base, folders, files in os.walk(folder):
            folders[:] = sorted(f for f in folders if f not in ("__pycache__", ".git"))
            for file in sorted(files):
                full = os.path.join(base, file)
                out.write(full, os.path.relpath(full, folder))


def requirements(value: Any) -> list[str]:
    """Take a list of requirements, or read a file that holds them.

    A package without a version is pinned to the version installed here, when it is.

    Args:
        value: A list, or the path of a ``requirements.txt``, ``setup.py``, ``pyproject.toml``, ``conda.yaml``.

    Raises:
        ValidationError: It is neither.
        EntityError: The file does not exist.
    """
    if isinstance(value, str):
        value = _requirements_file(value)
    if not isinstance(value, (list, tuple)) or any(not isinstance(item, str) for item in value):
        raise ValidationError(f"requirements: expected a list of texts or a file, got {value!r}", "requirements")
    return [_pin(item.strip()) for item in value if item.strip()]


def _pin(requirement: str) -> str:
    found = _UNVERSIONED.match(requirement)
    if not found:
        return requirement
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{requirement}=={version(found[1])}"
    except PackageNotFoundError:
        return requirement


def _requirements_file(path: str) -> list[str]:
    if not os.path.isfile(path):
        raise EntityError(f"Requirements file {path} does not exist.")
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    base = os.path.basename(path)
    if base.endswith((".yaml", ".yml")):
        return _conda(text, path)
    if base.endswith(".toml"):
        return _pyproject(text)
    if base.endswith(".py"):
        return _setup(text)
    lines = (re.sub(r"(^|\s)#.*$", "", line).strip() for line in text.replace("\\\n", "").splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def _conda(text: str, path: str) -> list[str]:
    from . import _yaml

    found: list[str] = []
    for document in _yaml.load_all(text, path):
        for entry in document.get("dependencies") or ():
            if isinstance(entry, dict):
                found.extend(entry.get("pip") or ())
            elif not re.match(r"(python|pip)\b", entry):
                found.append(re.sub(r"^([A-Za-z0-9._-]+)=(?!=)([^=]+).*$", r"\1==\2", entry))
    return found


def _pyproject(text: str) -> list[str]:
    try:
        import tomllib
    except ImportError:  # CPython 3.10
        section = re.search(r"^\[project\]$(.*?)(?=^\[|\Z)", text, re.M | re.S)
        listed = re.search(r"^dependencies\s*=\s*(\[.*?\])\s*$", section[1] if section else "", re.M | re.S)
        if not listed:
            return []
        import ast

        return list(ast.literal_eval(listed[1]))
    return list(tomllib.loads(text).get("project", {}).get("dependencies", ()))


def _setup(text: str) -> list[str]:
    import ast

    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg == "install_requires":
            return list(ast.literal_eval(node.value))
    return []
