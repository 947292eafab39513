"""The rows of E01 to E58 that a published package and the server decide together: class and decisive text."""

import http.server
import threading

import pytest
from conftest import HELLO, LINE, PY, forget, texts, write

from digitalhub.utils.exceptions import (
    BackendError,
    BuilderError,
    ClientError,
    ContextError,
    EntityAlreadyExistsError,
    EntityError,
    EntityErrorFileNotFound,
    EntityNotExistsError,
    StoreError,
    UnauthorizedError,
)

raises = pytest.raises


def test_e01_to_e09_new_function(dh, P):
    def new(**kwargs):
        return dh.new_function(project=P, **{"name": "x", "code": "x=1", "handler": "x", **PY, **kwargs})

    with raises(TypeError, match="kind"):
        dh.new_function(project=P, name="x")
    with raises(EntityError, match="Handler must be provided"):
        new(handler=None)
    with raises(EntityError, match="Source must be provided"):
        new(code=None)
    for wrong in ("PYTHON3_9", None):
        with raises(ValueError, match="python_version"):
            new(python_version=wrong)
    with raises(EntityError, match=r"Source nope\.py does not exist\."):
        new(code=None, code_src="nope.py")
    if LINE == 15:  # 0.16 takes a kind that it does not know for a foreign one and sends it: see below
        with raises(BuilderError, match="Entity builder for kind 'foobar' not found."):
            new(kind="foobar")
    with raises(ValueError, match="artifact"):
        dh.new_function(project=P, name="x", kind="artifact", path="x")
    for name in ("a b", ""):
        with raises(ValueError):
            new(name=name)
    with raises(ValueError, match="Invalid ID: AB C."):
        new(uuid="AB C")
    assert dh.list_functions(P) == []


def test_e10_same_id_twice(p, f):
    with raises(EntityAlreadyExistsError, match="Duplicated entity function:"):
        p.new_function(name="other", uuid=f.id, code=HELLO, handler="main", **PY)


def test_e11_unknown_action(dh, P, f):
    with raises(EntityError, match="Action foo not allowed."):
        f.run("foo")
    assert dh.list_runs(P) == []
    assert dh.list_tasks(P) == []


def test_e12_inputs_as_a_list(dh, P, f):
    with raises(ValueError, match="inputs"):
        f.run("job", inputs=[{"a": "b"}])
    assert dh.list_runs(P) == []


@pytest.mark.parametrize("parameters", [{"n": "text"}, {"n": 1, "unknown": 2}, {}])
def test_e13_e14_user_errors(f, parameters):
    r = f.run("job", parameters=parameters, wait=True)
    assert r.status.state == "ERROR"
    assert "TypeError" in r.status.message
    assert "TypeError" in "".join(texts(r))
    with raises(RuntimeError, match="Something got wrong during function execution."):
        f.run("job", parameters=parameters, local_execution=True)
    last = f.list_runs()[0]
    assert last.status.state == "ERROR"
    assert last.status.message == "Something got wrong during function execution."


def test_e15_to_e18_get_and_delete(dh, P, p, f):
    with raises(BackendError, match="No object found"):
        p.get_function("zzz")
    with raises(EntityNotExistsError):
        dh.get_function("hello", project=P, entity_id="0" * 32)
    with raises(EntityError, match="Specify project if you do not specify entity key."):
        dh.get_function("zzz")
    with raises(ValueError):
        p.delete_function("hello")
    assert p.get_function("hello").id == f.id


def test_e19_e20_import(dh, p, f):
    path = f.export()
    with raises(ValueError):
        dh.import_function(file=path, key=f.key)
    with raises(ValueError):
        dh.import_function()
    with raises(EntityError, match="already exists. If you want to update it, use load instead."):
        dh.import_function(file=path)


def artifact(p, name, source, **kwargs):
    return p.log_artifact(name=name, source=source, **({"kind": "artifact"} if LINE == 15 else {}), **kwargs)


def test_e21_download_twice(p):
    a = artifact(p, "note", write("a.txt"))
    a.download("dl/")
    with raises(StoreError, match=r"Destination .* already exists\."):
        a.download("dl/")


def test_e22_missing_source(p):
    with raises(EntityError if LINE == 15 else EntityErrorFileNotFound, match="Upload failed: .Errno 2. No such file or directory: .*nope.txt"):
        artifact(p, "note", "nope.txt")
    kept = p.get_artifact("note")
    assert kept.status.state == "ERROR"
    assert "Upload failed: [Errno 2]" in kept.status.message


def test_e23_list_to_no_partition(p):
    path = artifact(p, "one", write("a.txt")).spec.path
    write("b.txt")
    with raises(EntityError, match="Upload failed: .*destination must be a partition"):
        artifact(p, "list", ["a.txt", "b.txt"], path=path)
    kept = p.get_artifact("list")
    assert kept.status.state == "ERROR"
    assert "destination must be a partition" in kept.status.message


def test_e24_to_e28_missing_parts(dh, P, p):
    with raises(EntityError, match="Path must be provided"):
        p.new_artifact(name="x", kind="artifact")
    with raises(ValueError, match="secret_value must be provided."):
        p.new_secret(name="x")
    with raises(EntityNotExistsError, match="Secret nope not found."):
        p.get_secret("nope")
    with raises(EntityError, match="Missing task in run spec"):
        dh.new_run(P, kind="python+job:run")
    with raises(ValueError, match="Workflow or function must be provided"):
        dh.new_trigger(project=P, name="t", kind="scheduler", task="python+job://x/y", schedule="@daily")


def test_e30_no_default_store(p, monkeypatch):
    monkeypatch.delenv("DHCORE_DEFAULT_FILES_STORE")
    forget()
    with raises(ValueError, match="No default store found"):
        artifact(p, "note", write("a.txt"))


class Fake:
    """A server that answers as it is told; it counts what it is asked."""

    def __init__(self, answer):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                asked.append((self.command, self.path))
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, text = answer(self.command, self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(text.encode())))
                self.end_headers()
                self.wfile.write(text.encode())

            do_POST = do_PUT = do_DELETE = do_GET

            def log_message(self, *args):
                pass

        self.httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.httpd.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.httpd.server_port}"
        self.thread = threading.Thread(target=self.httpd.serve_forever)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()


def test_e31_to_e33_where_the_server_is(dh, monkeypatch):
    for endpoint, error, text in (
        ("", ClientError, "DHCORE_ENDPOINT|endpoint"),
        ("127.0.0.1:8080", ClientError, "Invalid endpoint scheme"),
        ("http://127.0.0.1:1", ConnectionError, "Unable to connect to DHCore backend."),
    ):
        monkeypatch.setenv("DHCORE_ENDPOINT", endpoint) if endpoint else monkeypatch.delenv("DHCORE_ENDPOINT")
        forget()
        with raises(error, match=text):
            dh.get_or_create_project("x")


def test_a22_e35_api_level(dh, server, monkeypatch):
    import urllib.request

    for path in ("/api/v1/projects", "/.well-known/configuration", "/api/auth"):
        with urllib.request.urlopen(server.address + path) as answer:
            assert answer.headers["X-Api-Level"] == "16"
    for level in ("9", "21", "15"):
        with Fake(lambda *_: (200, {"X-Api-Level": level}, '{"content":[],"totalPages":0}')) as fake:
            monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
            forget()
            if LINE == 15 and level == "15":
                assert dh.list_projects() == []
            else:
                with raises(ClientError, match="Backend API level not supported."):
                    dh.list_projects()


def test_e34_wrong_token(dh, server, monkeypatch):
    """A token that is presented is checked, also where none is needed."""
    monkeypatch.setenv("DHCORE_ACCESS_TOKEN", "wrong")
    forget()
    with raises(UnauthorizedError):
        dh.list_projects()


def test_e36_unknown_project(dh):
    with raises(ContextError, match="Project 'none-such' not found."):
        dh.new_function(project="none-such", name="x", code="x=1", handler="x", **PY)


def test_e37_another_functions_run(p, f):
    other = p.new_function(name="other", code="def main():\n    return 1\n", handler="main", **PY)
    r = other.run("job", wait=True)
    with raises(EntityError, match="does not belong to this executable."):
        f.get_run(r.id)


def test_e38_query_on_a_file(p):
    t = p.log_table(name="tab", source=write("t.csv", "a\n1\n"))
    if LINE == 15:
        with raises(ValueError):
            t.query("select 1")
    else:
        assert not hasattr(t, "query")


def test_e39_e40_parameters_of_a_run(dh, P, f):
    with raises(ValueError, match="cpu"):
        f.run("job", resources={"cpu": "abc"})
    with raises(ValueError, match="cpu"):
        f.run("job", resources={"cpu": {"requests": "1"}})
    with raises(ValueError, match="envs"):
        f.run("job", envs={"A": "B"})
    assert dh.list_runs(P) == []


def test_e41_triggers(dh, P, f):
    with raises(ValueError, match="schedule"):
        f.trigger(action="job", kind="scheduler", name="t")
    with raises(ValueError, match="key"):
        f.trigger(action="job", kind="lifecycle", name="t", key="foo", states=["READY"])
    with raises(BackendError, match="schedule"):  # what only the server can tell
        f.trigger(action="job", kind="scheduler", name="t", schedule="every now and then")
    assert dh.list_triggers(P) == []


def test_e42_an_entity_as_input(dh, P, p, f):
    t = p.log_table(name="tab", source=write("t.csv", "a\n1\n"))
    with raises((BackendError, ValueError, TypeError)):
        f.run("job", inputs={"n": t})
    assert dh.list_runs(P) == []


def test_e43_remote_source(p):
    with raises(ValueError, match="Invalid source path. Source must be a local path."):
        artifact(p, "note", "http://example.org/x")
    assert p.list_artifacts() == []


def test_e44_metrics(p):
    m = p.log_model(name="m", source=write("m.pkl"), **({"kind": "model"} if LINE == 15 else {}))
    with raises(ValueError, match="Invalid metric value"):
        m.log_metric("x", "text")


def test_e45_existing_project(dh, P):
    with raises(EntityAlreadyExistsError):
        dh.new_project(P)


def test_e47_no_service_yet(f):
    r = f.run("job", parameters={"n": 1}, wait=True)
    assert not hasattr(r, "invoke")  # the published package has it on services alone


def test_e48_scheme_of_a_local_path(p):
    with raises(EntityError, match="For local URI, do not use any scheme."):
        artifact(p, "note", write("a.txt"), path="file:///data/x")
    assert p.get_artifact("note").status.state == "ERROR"


def test_e52_upload_of_nothing(p):
    a = artifact(p, "note", write("a.txt"))
    with raises(EntityErrorFileNotFound, match="Upload failed: "):
        a.upload("nope.txt")
    assert a.status.state == "ERROR"


def test_e53_list_of_one_file(p):
    with raises(EntityError, match="destination must be a partition"):
        artifact(p, "note", [write("a.txt")])
    assert p.get_artifact("note").status.state == "ERROR"


def test_e54_table_of_nothing(p):
    with raises(FileNotFoundError):
        p.log_table(name="t", source="nope.csv")
    assert p.list_dataitems() == []


def test_e57_kinds_of_logs(p):
    source = write("t.csv", "a\n1\n")
    if LINE == 15:
        assert p.log_model(name="m", kind="sklearn", source=source).kind == "sklearn"
        assert p.log_dataitem(name="t", kind="table", source=source).kind == "table"
    else:
        with raises(ValueError, match="<log/register>_table"):
            p.log_dataitem(name="t", kind="table", source=source)
