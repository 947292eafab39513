"""Scenarios I20 to I23: export, import and load of YAML files."""

import os

import pytest
from conftest import HELLO, PY

from digitalhub import _yaml
from digitalhub.utils.exceptions import BackendError, EntityError


def write(name, text):
    with open(name, "w") as stream:
        stream.write(text)
    return name


def test_i20_export_import(dh, p, f):
    path = f.export()
    assert os.path.basename(path) == f"functions-{f.id}.yaml"
    p.delete_function("hello", delete_all_versions=True)
    assert dh.import_function(file=path).id == f.id
    second = p.import_function(file=path)
    assert second.id != f.id
    assert dh.get_function(second.key).key.endswith(second.id)
    assert second.metadata.version == second.id
    assert len(p.get_function_versions("hello")) == 2
    copy = dh.import_function(key=f.key, reset_id=True)
    assert copy.spec.source == f.spec.source


def test_i20_code_goes_into_its_file(dh, p):
    write("main.py", HELLO)
    f = p.new_function(name="hello", code_src="main.py", handler="main", **PY)
    path = f.export()
    (document,) = _yaml.load_all(open_text(path))
    assert "base64" not in document["spec"]["source"]
    assert list(document) == ["kind", "metadata", "spec", "status", "user", "project", "name", "id", "key"]
    p.delete_function("hello", delete_all_versions=True)
    assert dh.import_function(file=path).spec.source["base64"] == f.spec.source["base64"]
    p.delete_function("hello", delete_all_versions=True)
    os.unlink("main.py")
    with pytest.raises(EntityError, match=r"Source main\.py does not exist\."):
        dh.import_function(file=path)


def test_i20_code_stays_inside_the_project(p, tmp_path):
    f = p.new_function(name="hello", source={"source": "../../evil.py", "base64": "eA==", "handler": "main"}, **PY)
    path = f.export()
    assert not (tmp_path / "evil.py").exists()
    assert not os.path.exists("../../evil.py")
    (document,) = _yaml.load_all(open_text(path))
    assert document["spec"]["source"]["base64"] == "eA=="


def test_i21_load_as_upsert(dh, p, f):
    f.set_description("from the file")
    path = f.export()
    assert dh.load_function(path).metadata.description == "from the file"
    p.delete_function("hello", delete_all_versions=True)
    assert dh.load_function(path).id == f.id
    assert len(p.get_function_versions("hello")) == 1


FUNCTION_WITH_TASK = """\
kind: python
metadata: {{project: {P}, name: clean}}
spec:
  python_version: {V}
  source: {{handler: main, lang: python, base64: ZGVmIG1haW4oKToKICAgIHJldHVybiAxCg==}}
project: {P}
name: clean
id: 090fe7a08a1d40e9b9a5fc6aef0cb96e
key: store://{P}/{type}/python/clean:090fe7a08a1d40e9b9a5fc6aef0cb96e
---
kind: python+job
project: {P}
id: task-1-{P}
metadata: {{project: {P}, name: task-1}}
spec:
  function: python://{P}/clean:090fe7a08a1d40e9b9a5fc6aef0cb96e
  resources: {{cpu: "1"}}
"""


@pytest.mark.parametrize("type", ["function", "functions"])
def test_i22_function_with_tasks(dh, P, p, type):
    file = write("f.yaml", FUNCTION_WITH_TASK.format(P=P, V=PY["python_version"], type=type))
    f = dh.import_function(file)
    assert f.get_task("job").spec.resources == {"cpu": "1"}
    assert f.get_task("job").id == f"task-1-{P}"
    dh.load_function(file)
    assert len(f.list_task()) == 1
    again = p.import_function(file)
    assert again.id != f.id
    assert again.get_task("job").spec.resources == {"cpu": "1"}


def test_i23_project_export_import(dh, P, p, f):
    p.new_function(name="emb", code="def main():\n    return 1\n", handler="main", embedded=True, **PY)
    p.new_artifact(name="a", kind="artifact", path="s3://bucket/x.txt")
    p.new_dataitem(name="d", kind="table", path="s3://bucket/x.csv")
    p.new_model(name="m", kind="model", path="s3://bucket/x.pkl")
    file = p.export()
    assert os.path.basename(file) == f"projects-{P}.yaml"
    (document,) = _yaml.load_all(open_text(file))
    by_name = {child["name"]: child for child in document["spec"]["functions"]}
    assert by_name["emb"]["spec"]["source"]["handler"] == "main"
    assert os.path.isfile(by_name["hello"]["metadata"]["ref"])
    dh.delete_project(P)
    made = dh.import_project(file)
    assert {x["name"] for x in made.spec.functions} == {"hello", "emb"}
    assert made.get_function("hello").id == f.id
    assert [x.name for x in made.list_artifacts()] == ["a"]
    assert [x.name for x in made.list_dataitems()] == ["d"]
    assert [x.name for x in made.list_models()] == ["m"]
    with pytest.raises(EntityError, match="already exists"):
        dh.import_project(file)
    dh.load_project(file)
    with pytest.warns(UserWarning, match="exists already"):
        dh.import_project(file, reset_id=True)
    assert len(made.get_function_versions("hello")) == 2


def test_missing_ref(dh, P, p, f):
    file = p.export()
    dh.delete_project(P)
    os.unlink(f"functions-{f.id}.yaml")
    with pytest.raises(EntityError, match=r"File not found: functions-.*\.yaml\."):
        dh.import_project(file)


def test_e19_e20_import_errors(dh, f):
    path = f.export()
    with pytest.raises(ValueError, match="Provide key or file, not both or none"):
        dh.import_function(file=path, key=f.key)
    with pytest.raises(ValueError, match="Provide key or file, not both or none"):
        dh.import_function()
    with pytest.raises(EntityError, match="use load instead. To make another one of it, pass reset_id=True."):
        dh.import_function(file=path)
    with pytest.raises(ValueError, match="does not match expected type 'artifact'"):
        dh.import_artifact(file=path)
    with pytest.raises(EntityError, match=r"File not found: none\.yaml"):
        dh.import_function("none.yaml")
    with pytest.raises(EntityError, match="no valid YAML"):
        dh.import_function(write("bad.yaml", "a: [1"))


def test_import_into_another_project(dh, P, p, f):
    path = f.export()
    other = dh.new_project(P + "-2")
    try:
        copy = dh.import_function(path, reset_id=True, context=other.name)
        assert copy.project == other.name
        assert copy.key.startswith(f"store://{other.name}/")
        with pytest.raises(BackendError):
            dh.get_function("hello", project=other.name, entity_id=f.id)
    finally:
        dh.delete_project(other.name)


@pytest.mark.parametrize("text", ['project: "\\uD800"', '"\\uDC00": x', 'a: ["\\uD83D"]'])
def test_half_a_surrogate_pair_is_refused(text):
    with pytest.raises(EntityError, match="half a surrogate pair"):
        _yaml.load_all(text)


def open_text(path):
    with open(path) as stream:
        return stream.read()
