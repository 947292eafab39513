"""What type checkers see of the package, as a user's program would; checked by tools/lint-python, never run."""

from __future__ import annotations

from typing import Any, assert_type

import digitalhub as dh
from digitalhub._artifacts import Artifact
from digitalhub._dataitems import Dataitem
from digitalhub._functions import Function
from digitalhub._models import Model
from digitalhub._projects import Project
from digitalhub._runs import Run
from digitalhub_runtime_python import handler

project = dh.get_or_create_project("p")
assert_type(project, Project)

function = project.new_function("f", "python", python_version="PYTHON3_11", handler="main", code="def main(): ...")
assert_type(function, Function)
assert_type(project.get_function("f"), Function)
assert_type(project.get_function_versions("f"), list[Function])
assert_type(project.list_functions(name="f", versions="all"), list[Function])
assert_type(project.import_function(file="f.yaml"), Function)
assert_type(project.update_function(function), Function)
assert_type(dh.get_function(project="p", entity_name="f"), Function)
assert_type(dh.delete_function("f", "p", delete_all_versions=True), dict[str, Any])
assert_type(function.run("job", parameters={"n": 1}, wait=True), Run)

assert_type(dh.log_artifact("p", "a", source="a.txt"), Artifact)
assert_type(project.log_table("t", data=[1]), Dataitem)
assert_type(dh.log_sklearn("p", "m", "m.pkl", framework="sklearn"), Model)
assert_type(project.log_sklearn("m", "m.pkl"), Model)
assert_type(dh.import_run(file="r.yaml"), Run)

dh.get_function(name="f")  # an unknown argument is an error when it is called, with the nearest name
dh.get_function(1)  # type: ignore[arg-type]
dh.list_models()  # type: ignore[call-arg]
project.list_models(versions=1)  # type: ignore[arg-type]
dh.get_functions()  # type: ignore[attr-defined]


@handler(outputs=["total"])
def total(n: int) -> int:
    return n


assert_type(total(1), int)
total("1")  # type: ignore[arg-type]
