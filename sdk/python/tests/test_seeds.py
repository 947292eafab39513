"""Scenarios S01 to S12, and every call printed in the two documents that the project implements."""

import json
import pickle
import uuid

import pytest
from conftest import HELLO, PY

from digitalhub.utils.exceptions import BackendError


def test_s01_get_by_older_names(dh, P, p, f):
    second = p.new_function(name="hello", code=HELLO + "\n", handler="main", **PY)
    assert dh.get_function(project=P, entity_name="hello").id == second.id
    assert dh.get_function(project=P, entity_id=f.id).id == f.id
    with pytest.raises(ValueError, match="Either entity_name or entity_id must be provided"):
        dh.get_function(project=P)


def test_s02_delete_by_older_name(dh, P, p, f):
    p.new_function(name="hello", code=HELLO + "\n", handler="main", **PY)
    p.new_function(name="hello", code=HELLO + "\n\n", handler="main", **PY)
    dh.delete_function(project=P, entity_name="hello")
    assert len(p.get_function_versions("hello")) == 2
    with pytest.raises(ValueError, match="mutually exclusive"):
        dh.delete_function(project=P, entity_name="hello", entity_id=f.id, delete_all_versions=True)
    dh.delete_function(project=P, entity_name="hello", delete_all_versions=True)
    assert p.list_functions() == []


@pytest.mark.parametrize("cascade", [True, False])
def test_s03_cascade(dh, P, p, f, cascade):
    r = f.run("job", parameters={"n": 1}, wait=True)
    dh.delete_function(project=P, entity_id=f.id, cascade=cascade)
    assert p.list_functions() == []
    assert len(dh.list_tasks(P)) == (0 if cascade else 1)
    assert [x.id for x in dh.list_runs(P)] == ([] if cascade else [r.id])


def test_s04_update_function(dh, p, f):
    calls = (
        lambda: dh.update_function(function=f),
        lambda: dh.update_function(entity=f),
        lambda: dh.update_function(f),
    )
    for number, call in enumerate(calls):
        f.set_description(str(number))
        assert call() is f
        assert p.get_function("hello").metadata.description == str(number)


def test_s05_git_source_and_dashed_uuid(dh, P):
    id = str(uuid.uuid4())
    g = dh.new_function(
        project=P, name="g", uuid=id, git_source="https://example.org/r", code=HELLO, handler="main", **PY
    )
    assert g.id == id
    fresh = dh.get_function(project=P, entity_id=id)
    assert fresh.id == id
    assert fresh.metadata.source == "https://example.org/r"


def test_s06_export_and_import_by_filename(dh, p, f, tmp_path):
    path = f.export(filename="my-function.yaml")
    assert (tmp_path / "work" / "my-function.yaml").is_file()
    assert path.endswith("my-function.yaml")
    p.delete_function("hello", delete_all_versions=True)
    assert dh.import_function(file="my-function.yaml").id == f.id


def test_s07_save_and_save_update(p, f):
    f.save()
    f.save(update=True)
    assert len(p.get_function_versions("hello")) == 1


def test_s07_a_changed_spec_makes_a_version_and_the_object_takes_its_id(p, f):
    old = f.id
    f.spec.source["base64"] = "ZGVmIG1haW4obik6CiAgICByZXR1cm4gbiArIDIK"
    f.save(update=True)
    assert f.id != old
    assert [x.id for x in p.get_function_versions("hello")] == [f.id, old]
    f.save(update=True)
    assert len(p.get_function_versions("hello")) == 2


def test_s08_older_run_call(dh, P, p):
    p.new_secret(name="tok", secret_value="secret-value")
    with open("t.json", "w") as stream:
        json.dump([{"c1": 1}], stream)
    t = p.log_table(name="tab", source="t.json")
    code = (
        "import os\nfrom digitalhub_runtime_python import handler\n\n\n"
        "@handler(outputs=['clean'])\ndef main(di, n):\n"
        "    assert di.key.startswith('store://') and n == 1\n"
        "    return {'A': os.environ['A'], 'tok': len(os.environ['tok'])}\n"
    )
    f = p.new_function(name="old", code=code, handler="main", **PY)
    with pytest.warns(UserWarning) as notices:
        run = f.run(action="job", node_selector=[{"key": "a", "value": "b"}],
                    resources={"cpu": {"requests": "100m", "limits": "1"}}, env=[{"name": "A", "value": "B"}],
                    secrets=["tok"], backoff_limit=2, schedule=None, replicas=1, inputs=[{"di": t.key}],
                    outputs=[{"clean": "clean-data"}], parameters={"n": 1}, values=[],
                    local_execution=False)  # fmt: skip
    assert any("values" in str(notice.message) for notice in notices)
    run.wait()
    assert run.status.state == "COMPLETED", (run.status, [log.text for log in run.logs()])
    made = run.output("clean")
    assert made.name == "clean-data"
    assert run.outputs(as_key=True) == {"clean": made.key}
    with open(made.as_file(), "rb") as stream:
        assert pickle.load(stream) == {"A": "B", "tok": len("secret-value")}


def test_s09_inputs_as_map_and_as_list(p):
    a = p.new_artifact(name="a", kind="artifact", path="s3://bucket/x.txt")
    f = p.new_function(name="name", code="def main(di):\n    return di.name\n", handler="main", **PY)
    for inputs in ({"di": a.key}, [{"di": a.key}], {"di": a}, [{"di": {"key": a.key}}]):
        r = f.run("job", inputs=inputs, wait=True)
        assert r.spec.inputs == {"di": a.key}
        assert r.results() == {"output_0": "a"}, r.status


def test_s10_set_env(dh, server, monkeypatch, P):
    for call in (dh.set_dhcore_env, dh.set_dhub_env):
        for name in ("DHCORE_ENDPOINT", "DHCORE_USER", "DHCORE_PASSWORD"):
            monkeypatch.delenv(name, raising=False)
        call(endpoint=server.address, user="u", password="p")
        assert dh.get_project(P).name == P


def test_s11_http_options(dh, P, f):
    found = dh.list_functions(P, params={"name": "hello"}, headers={"X-Mine": "1"}, timeout=30)
    assert [x.id for x in found] == [f.id]
    assert dh.list_functions(P, params={"name": "other"}) == []
    with pytest.raises(TypeError, match="'nmae'.*Did you mean 'name'"):
        dh.list_functions(P, nmae="hello")


def test_s12_local_project(monkeypatch):
    import digitalhub as dh

    monkeypatch.setenv("DHCORE_ENDPOINT", "http://127.0.0.1:1")
    p = dh.get_or_create_project("x", local=True)
    f = p.new_function(name="hello", code=HELLO, handler="main", **PY)
    assert dh.get_function(f.key).id == f.id
    f.export(filename="hello.yaml")
    r = f.run("job", parameters={"n": 1}, local_execution=True)
    assert r.status.state == "COMPLETED"
    assert r.results() == {"output_0": 2}
    with pytest.raises(BackendError, match="local backend"):
        f.run("job", parameters={"n": 1})
    p.delete_function("hello", delete_all_versions=True)
    assert dh.import_function(file="hello.yaml").id == f.id


def test_printed_calls_of_the_newer_document(dh):
    project = dh.get_or_create_project("my-project")
    kwargs = {"code": "def main():\n    return 1\n", "handler": "main", "python_version": PY["python_version"]}
    try:
        function = dh.new_function(project="my-project",
                                   name="my-function",
                                   kind="python",
                                   **kwargs)  # fmt: skip
        function = project.new_function(name="my-function",
                                        kind="python",
                                        **kwargs)  # fmt: skip
        id = function.id
        function = dh.get_function(project="my-project",
                                   entity_name="my-function")  # fmt: skip
        assert function.id == id
        function = dh.get_function(project="my-project",
                                   entity_id=id)  # fmt: skip
        function.export(filename="my-function.yaml")
        dh.delete_function(project="my-project", entity_id=id)
        function = dh.import_function(file="my-function.yaml")
        assert function.id == id
        function = dh.update_function(function=function,
                                      params={})  # fmt: skip
        function.save()
        functions = dh.list_functions(project="my-project")
        assert [x.id for x in functions] == [id]
        a = project.new_artifact(name="a", kind="artifact", path="s3://bucket/x.txt")
        function = project.new_function(
            name="takes", kind="python", **{**kwargs, "code": "def main(**given):\n    return sorted(given)[0]\n"}
        )
        run = function.run(
            action="job",
            inputs={"input-param": a.key},
            outputs={"output-param": "output-value"}
        )  # fmt: skip
        assert run.wait().status.state == "COMPLETED", run.status
        function = dh.delete_function(project="my-project",
                                      entity_name="my-function")  # fmt: skip
        assert [x.name for x in project.list_functions(versions="all")] == ["takes", "my-function"]
    finally:
        dh.delete_project("my-project")


def test_printed_calls_of_the_older_document(dh):
    project = dh.get_or_create_project("my-project")
    try:
        a = project.new_artifact(name="a", kind="artifact", path="s3://bucket/x.txt")
        code = "def main(**inputs):\n    return sorted(inputs)[0]\n"
        function = dh.new_function(project="my-project", name="my-function", kind="python", code=code, handler="main",
                                   python_version=PY["python_version"])  # fmt: skip
        function.save(update=True)
        run = function.run(
            action="job",
            inputs=[{"input-param": a.key}],
            outputs=[{"output-param": "output-value"}],
        )
        assert run.wait().results() == {"output-param": "input-param"}, run.status
        dh.delete_function(project="my-project", entity_name="my-function", delete_all_versions=True, cascade=True)
        assert dh.list_runs("my-project") == []
    finally:
        dh.delete_project("my-project")
