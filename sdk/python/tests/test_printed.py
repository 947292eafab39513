"""The calls that the two descriptions of functions print, each copied as it stands there.

``**kwargs`` and the placeholders are bound: `function-kind` to the python kind, `uuid-of-my-function` to an id,
`input-value` to the key of an artifact. Where the older description stops inside a call, the newer one's goes on.
"""

import os

import pytest
from conftest import PY

SPEC = {"handler": "main", "python_version": PY["python_version"]}
CODE = "def main(**inputs):\n    return sorted(inputs)[0] if inputs else 1\n"

NEWER = {
    "project": 'project = dh.get_or_create_project("my-project")',
    "new_from_library": """function = dh.new_function(project="my-project",
    name="my-function",
    kind="function-kind",
    **kwargs)""",
    "new_from_project": """function = project.new_function(name="my-function",
    kind="function-kind",
    **kwargs)""",
    "new_example": """function = dh.new_function(project="my-project",
                           name="my-function",
                           kind="function-kind",
                           **kwargs)""",
    "get_by_name": """function = dh.get_function(project="my-project",
                           entity_name="my-function")""",
    "get_by_id": """function = dh.get_function(project="my-project",
                           entity_id="uuid-of-my-function")""",
    "import": 'function = dh.import_function(file="my-function.yaml")',
    "update": """function = dh.update_function(function=function,
                              **kwargs)""",
    "delete": """function = dh.delete_function(project="my-project",
                              entity_name="my-function")""",
    "list": 'functions = dh.list_functions(project="my-project")',
    "save": "function.save()",
    "export": 'function.export(filename="my-function.yaml")',
    "run": """run = function.run(
    action="job",
    inputs={"input-param": "input-value"},
    outputs={"output-param": "output-value"}
)""",
}
OLDER = {
    "project": 'project = dh.get_or_create_project("my-project")',
    "new_from_library": 'function = dh.new_function(project="my-project",\n'
    '    name="my-function", kind="function-kind", **kwargs)',
    "new_from_project": 'function = project.new_function(name="my-function",\n    kind="function-kind", **kwargs)',
    "get_by_name": 'function = dh.get_function(project="my-project",\n    entity_name="my-function")',
    "get_by_id": 'function = dh.get_function(project="my-project",\n    entity_id="uuid-of-my-function")',
    "import": 'function = dh.import_function(file="my-function.yaml")',
    "update": "function = dh.update_function(function=function,\n    **kwargs)",
    "delete": 'function = dh.delete_function(project="my-project",\n    entity_name="my-function")',
    "list": 'functions = dh.list_functions(project="my-project")',
    "run": """run = function.run(action="job",
    inputs=[{"input-param": "input-value"}],
    outputs=[{"output-param": "output-value"}])""",
}


@pytest.fixture
def names(dh):
    """The names that the printed calls use; the project is gone afterwards."""
    project = dh.get_or_create_project("my-project")
    function = project.new_function(name="my-function", kind="python", code=CODE, **SPEC)
    function.export(filename="my-function.yaml")
    artifact = project.new_artifact(name="a", kind="artifact", path="s3://bucket/x.txt")
    yield {"dh": dh, "project": project, "function": function, "artifact": artifact}
    dh.delete_project("my-project")


def execute(call, names, **kwargs):
    """Execute a printed call with its placeholders bound, and return the names afterwards."""
    values = {
        "function-kind": "python",
        "uuid-of-my-function": names["function"].id,
        "input-value": names["artifact"].key,
    }
    for placeholder, value in values.items():
        call = call.replace(f'"{placeholder}"', repr(value))
    after = {**names, "kwargs": kwargs}
    exec(call, after)
    return after


both = pytest.mark.parametrize("printed", [NEWER, OLDER], ids=["newer", "older"])


@both
def test_project(printed, names):
    project = execute(printed["project"], names)["project"]
    assert project.id == names["project"].id == "my-project"


@pytest.mark.parametrize(
    ("printed", "call"),
    [(NEWER, "new_from_library"), (NEWER, "new_from_project"), (NEWER, "new_example"), (OLDER, "new_from_library"),
     (OLDER, "new_from_project")],
    ids=lambda v: v if isinstance(v, str) else "newer" if v is NEWER else "older",
)  # fmt: skip
def test_new_function(printed, call, names):
    made = execute(printed[call], names, code="def main():\n    return 2\n", **SPEC)["function"]
    assert (made.name, made.kind, made.project) == ("my-function", "python", "my-project")
    assert made.id != names["function"].id
    assert len(names["project"].get_function_versions("my-function")) == 2


@both
def test_get_function(printed, names):
    newer = names["project"].new_function(name="my-function", kind="python", code="x = 1", **SPEC)
    assert execute(printed["get_by_name"], names)["function"].id == newer.id
    assert execute(printed["get_by_id"], names)["function"].id == names["function"].id


@both
def test_import_function(printed, names):
    names["dh"].delete_function(project="my-project", entity_id=names["function"].id)
    made = execute(printed["import"], names)["function"]
    assert made.id == names["function"].id
    assert names["dh"].get_function(made.key).spec.source == names["function"].spec.source


@both
def test_update_function(printed, names):
    names["function"].set_description("another")
    made = execute(printed["update"], names, params={}, headers={"X-Any": "1"}, timeout=30)["function"]
    assert made.id == names["function"].id
    assert names["project"].get_function("my-function").metadata.description == "another"


@both
def test_delete_function(printed, names):
    newer = names["project"].new_function(name="my-function", kind="python", code="x = 1", **SPEC)
    execute(printed["delete"], names)
    left = names["project"].get_function_versions("my-function")
    assert [f.id for f in left] == [names["function"].id] != [newer.id]


@both
def test_list_functions(printed, names):
    assert [f.id for f in execute(printed["list"], names)["functions"]] == [names["function"].id]


def test_save(names):
    execute(NEWER["save"], names)
    assert [f.id for f in names["project"].get_function_versions("my-function")] == [names["function"].id]


def test_export(names):
    os.unlink("my-function.yaml")
    execute(NEWER["export"], names)
    assert os.path.isfile("my-function.yaml")


@both
def test_run(printed, names):
    run = execute(printed["run"], names)["run"]
    assert run.wait(log_info=False).status.state == "COMPLETED", run.status
    assert run.spec.inputs == {"input-param": names["artifact"].key}
    assert run.results() == {"output-param": "input-param"}
