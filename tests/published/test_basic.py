"""Scenarios B01 to B19 with a published package: projects, functions, versions, runs, secrets."""

import base64
import urllib.error

import pytest
from conftest import HELLO, LINE, PY, failure, relations, texts, update, write

from digitalhub.utils.exceptions import BackendError, BadRequestError, EntityNotExistsError


def test_b01_project_created_once(dh, P):
    p = dh.get_or_create_project(P)
    again = dh.get_or_create_project(P)
    assert p.name == again.name == P
    assert p.metadata.created == again.metadata.created
    assert p.key == f"store://{P}"
    assert p.spec.source == "./"


def test_b02_listed_and_found_beyond_one_page(dh, P, server):
    names = [f"{P}-{number}" for number in range(27)]
    for name in names:
        server.call("POST", "/projects", {"name": name, "kind": "project"})
    try:
        found = [project.name for project in dh.list_projects()]
        assert {P, *names} <= set(found)
        assert len(found) == len(set(found))
    finally:
        for name in names:
            server.call("DELETE", f"/projects/{name}")


def test_b03_function_from_inline_code(P, f):
    assert f.key == f"store://{P}/function/python/hello:{f.id}"
    if LINE == 15:  # 0.16 sends a readable text of its own
        assert f.metadata.version == f.id
    assert base64.b64decode(f.spec.source["base64"]).decode() == HELLO


def test_b04_function_from_file(p):
    write("main.py", HELLO)
    p.new_function(name="hello", code_src="main.py", handler="main", **PY)
    f = p.get_function("hello")
    assert base64.b64decode(f.spec.source["base64"]).decode() == HELLO
    assert f.spec.source["source"] == "main.py"


def test_b05_get_by_name_by_key_by_id(dh, P, p, f):
    assert p.get_function("hello").id == f.id
    assert dh.get_function(f.key).id == f.id
    assert dh.get_function("hello", project=P, entity_id=f.id).id == f.id


def test_b06_versions(p, f):
    second = p.new_function(name="hello", code=HELLO + "\n", handler="main", **PY)
    assert p.get_function("hello").id == second.id
    assert [x.id for x in p.get_function_versions("hello")] == [second.id, f.id]
    assert [x.name for x in p.list_functions()] == ["hello"]
    assert [x.name for x in p.list_functions(versions="all")] == ["hello", "hello"]


def test_b07_remote_job(p, f):
    r = p.get_function("hello").run("job", parameters={"n": 41}, wait=True)
    assert r.status.state == "COMPLETED", failure(r)
    assert r.results() == {"output_0": 42}
    assert r.key == f"store://{p.name}/run/python+job:run/{r.id}"


def test_b08_no_wait_then_refresh(f):
    r = f.run("job", parameters={"n": 1})
    assert r.status.state in ("CREATED", "BUILT", "READY", "PENDING", "RUNNING", "COMPLETED")
    assert r.wait().status.state == "COMPLETED"
    assert r.refresh().status.state == "COMPLETED"


def test_b09_logs(f):
    r = f.run("job", parameters={"n": 1}, wait=True)
    assert texts(r) == ["hello log\n"]


def test_b10_named_outputs(p):
    code = (
        "from digitalhub_runtime_python import handler\n\n\n"
        "@handler(outputs=['total'])\ndef main(a, b):\n    return a + b\n"
    )
    r = p.new_function(name="sum", code=code, handler="main", **PY).run("job", parameters={"a": 2, "b": 3}, wait=True)
    assert r.result("total") == 5, failure(r)
    assert r.result("nope") is None
    assert r.output("nope") is None


def test_b11_update_in_place(p, f):
    f.set_description("new")
    update(f)
    fresh = p.get_function("hello")
    assert fresh.metadata.description == "new"
    assert fresh.id == f.id
    assert len(p.get_function_versions("hello")) == 1


def test_b12_labels(p):
    p.new_function(name="lab", labels=["a", "b"], code="x=1", handler="x", **PY)
    assert p.get_function("lab").metadata.labels == ["a", "b"]


def test_b13_list_filters(p, f):
    assert [x.id for x in p.list_functions(kind="python", name="hello")] == [f.id]
    assert p.list_functions(kind="container") == []
    assert p.list_functions(kind="foo") == []


def test_b14_delete_one_version_then_all(p, f):
    second = p.new_function(name="hello", code=HELLO + "\n", handler="main", **PY)
    p.delete_function("hello", entity_id=f.id)
    assert [x.id for x in p.get_function_versions("hello")] == [second.id]
    p.delete_function("hello", delete_all_versions=True)
    assert p.list_functions() == []
    with pytest.raises(BackendError):
        p.get_function("hello")


def test_b15_secrets(p):
    s = p.new_secret(name="tok", secret_value="v")
    assert s.read_secret_value() == "v"
    assert p.get_secret("tok").key == s.key
    s.set_secret_value("w")
    assert p.get_secret("tok").read_secret_value() == "w"
    assert [x.name for x in p.list_secrets()] == ["tok"]
    p.delete_secret(s.key)
    assert p.list_secrets() == []


def test_b16_artifact_by_reference(p):
    p.new_artifact(name="ref", kind="artifact", path="s3://bucket/x.txt")
    assert p.get_artifact("ref").spec.path == "s3://bucket/x.txt"


def test_b17_delete_project(dh, P, f):
    r = f.run("job", parameters={"n": 1}, wait=True)
    dh.delete_project(P, cascade=True)
    with pytest.raises(BackendError):
        dh.get_project(P)
    dh.new_project(P)
    assert dh.list_functions(P) == []
    assert dh.list_runs(P) == []
    with pytest.raises(BackendError):
        dh.get_run(r.id, project=P)


def test_b18_free_relationships(p, f, server):
    f.add_relationship("weird", "store://x/y/z/n:1")
    f.add_relationship("part_of", "store://x/y/z/n:2")
    update(f)
    fresh = p.get_function("hello")
    assert relations(fresh, "weird") == ["store://x/y/z/n:1"]
    assert relations(fresh, "part_of") == ["store://x/y/z/n:2"]
    assert fresh.id == f.id

    path = f"/-/{p.name}/functions/{f.id}"
    stored = server.call("GET", path)
    stored["metadata"]["relationships"].append({"dest": "store://x/y/z/n:3"})  # without type
    server.call("PUT", path, stored)
    assert relations(p.get_function("hello"), "weird") == ["store://x/y/z/n:1"]


def test_b19_names(p, server):
    for name in ("A.b-C_d+1", "x" * 256):
        p.new_function(name=name, code="x=1", handler="x", **PY)
        assert p.get_function(name).name == name
    before = len(p.list_functions())
    for name in ("a/b", "a:b", "a@b"):
        # 0.15 sends what its regular expression lets through by mistake; 0.16 refuses it itself.
        with pytest.raises(BadRequestError if LINE == 15 else ValueError):
            p.new_function(name=name, code="x=1", handler="x", **PY)
        with pytest.raises(urllib.error.HTTPError) as caught:
            server.call("POST", f"/-/{p.name}/functions", {"kind": "python", "name": name, "spec": {
                "source": {"base64": "eD0x", "handler": "x"}, "python_version": PY["python_version"]}})  # fmt: skip
        assert caught.value.code == 400
    assert len(p.list_functions()) == before


def test_e15_to_e18_get_and_delete(dh, P, p, f):
    with pytest.raises(BackendError, match="No object found"):
        p.get_function("zzz")
    with pytest.raises(EntityNotExistsError):
        dh.get_function("hello", project=P, entity_id="0" * 32)
