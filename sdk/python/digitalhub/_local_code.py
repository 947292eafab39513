"""The code of a function that this process executes: written into the run's folder, apart from the program's own."""

from __future__ import annotations

import os
import sys

from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from ._runs import Run

#: How the folder of a local run begins.
FOLDER = "dhub-run-"
_NEVER_HIDDEN = {"__main__", "digitalhub", "digitalhub_runtime_python", ""}


def write(run: Run, folder: str) -> dict[str, Any]:
    """Write the function's code where it is executed from."""
    from base64 import b64decode

    source: dict[str, Any] = dict(run.spec.get("source") or {})
    address = source.get("source") or ""
    if source.get("base64"):
        module = str(source.get("handler") or "").rpartition(":")[0]
        name = os.path.join(*module.split(".")) + ".py" if module else "main.py"
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as stream:
            stream.write(b64decode(source["base64"]))
    elif address.startswith("zip+"):
        from . import _stores

        _stores.unpack(address, folder, run.project)
    elif address.startswith(("http://", "https://")):
        from . import _stores

        _stores.get(address, run.project).download_file(address, os.path.join(folder, "main.py"))
    elif address.startswith("git"):
        _clone(address, folder)
    else:
        raise EntityError(f"The source {address!r} cannot be executed locally.")
    return source


def _clone(address: str, folder: str) -> None:
    import subprocess

    url, _, ref = address.removeprefix("git+").partition("#")
    subprocess.run(["git", "clone", "--quiet", url, folder], check=True)
    if ref:
        subprocess.run(["git", "-C", folder, "checkout", "--quiet", ref], check=True)


def hide(folder: str) -> dict[str, ModuleType]:
    """Take away modules of this process that have the names of the function's own, or it would get the wrong ones.

    Those of other local runs stay: the handler's file is loaded under another name then.
    """
    own = {entry.partition(".")[0] for entry in os.listdir(folder)} - set(sys.stdlib_module_names) - _NEVER_HIDDEN
    others = os.path.join(os.path.dirname(folder), FOLDER)
    hidden = {}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in own and not str(getattr(module, "__file__", None)).startswith(others):
            hidden[name] = sys.modules.pop(name)
    return hidden
