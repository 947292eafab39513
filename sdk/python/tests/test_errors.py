"""The rows E01 to E58 of the calls that exist: class and decisive text."""

import http.server
import json
import os
import threading

import pytest
from conftest import HELLO, PY

import digitalhub
from digitalhub.utils.exceptions import (
    BackendError,
    BadRequestError,
    BuilderError,
    ClientError,
    ContextError,
    EntityAlreadyExistsError,
    EntityError,
    EntityErrorFileNotFound,
    EntityNotExistsError,
    MissingSpecError,
    StoreError,
    UnauthorizedError,
    ValidationError,
)

VERSION = PY["python_version"]


def write(name, text="hello"):
    with open(name, "w") as stream:
        stream.write(text)
    return name


def raises(kind, match):
    return pytest.raises(kind, match=match)


def test_e01_to_e09_new_function(dh, P):
    def new(**kwargs):
        return dh.new_function(project=P, **{"name": "x", "code": "x=1", "handler": "x", **PY, **kwargs})

    with raises(TypeError, "kind"):
        dh.new_function(project=P, name="x")
    with raises(EntityError, "Handler must be provided."):
        new(handler=None)
    with raises(EntityError, "Source must be provided."):
        new(code=None)
    for wrong in ("PYTHON3_9", None, 3.11):
        with raises(ValidationError, "python_version"):
            new(python_version=wrong)
    with raises(EntityError, r"Source nope\.py does not exist\."):
        new(code=None, code_src="nope.py")
    with raises(BuilderError, "Entity builder for kind 'foobar' not found."):
        new(kind="foobar")
    with raises(ValueError, "does not match expected type 'function'."):
        dh.new_function(project=P, name="x", kind="artifact", path="x")
    for name in ("a b", "", None):
        with pytest.raises(ValidationError):
            new(name=name)
    for wrong in ("AB C", "my-uuid-1", "0" * 32):
        with raises(ValueError, f"Invalid ID: {wrong}."):
            new(uuid=wrong)
    with raises(TypeError, "'handlr'.*Did you mean 'handler'"):
        new(handlr="x")
    with raises(ValidationError, "labels"):
        new(labels="a")
    assert dh.list_functions(P) == []


def test_e10_same_id_twice(p, f):
    with raises(EntityAlreadyExistsError, "Duplicated entity function:"):
        p.new_function(name="other", uuid=f.id, code=HELLO, handler="main", **PY)


def test_e11_unknown_action(dh, P, f):
    with raises(EntityError, "Action foo not allowed."):
        f.run("foo")
    assert dh.list_runs(P) == []
    assert dh.list_tasks(P) == []


def test_e12_list_of_inputs_is_merged_and_refused_when_ambiguous(f):
    with raises(ValidationError, "inputs: 'a' is given twice"):
        f.run("job", inputs=[{"a": "b"}, {"a": "c"}])
    with raises(ValidationError, "inputs"):
        f.run("job", inputs="x")


@pytest.mark.parametrize("parameters", [{"n": "text"}, {"n": 1, "unknown": 2}, {}])
def test_e13_e14_user_errors(p, f, parameters, capsys):
    r = f.run("job", parameters=parameters, wait=True)
    assert r.status.state == "ERROR"
    assert "TypeError" in r.status.message
    assert any("TypeError" in log.text for log in r.logs())
    with raises(RuntimeError, "Something got wrong during function execution.") as caught:
        f.run("job", parameters=parameters, local_execution=True)
    assert isinstance(caught.value.__cause__, TypeError)
    assert "Traceback" in capsys.readouterr().err
    last = f.list_runs()[0]
    assert last.status.state == "ERROR"
    assert last.status.message == "Something got wrong during function execution."
    assert any("Traceback" in log.text for log in last.logs())


def test_e15_to_e18_get_and_delete(dh, P, p, f):
    with raises(BackendError, "No object found."):
        p.get_function("zzz")
    with raises(EntityNotExistsError, "No such"):
        dh.get_function("hello", project=P, entity_id="0" * 32)
    with raises(EntityError, "Specify project if you do not specify entity key."):
        dh.get_function("zzz")
    with raises(ValueError, "If `delete_all_versions` is False, `entity_id` must be provided."):
        p.delete_function("hello")
    with raises(ValueError, "Invalid entity key format"):
        dh.get_function("store://x")
    with raises(ValueError, "is of type 'function'"):
        dh.get_artifact(f.key)


def test_e21_download_twice(p):
    a = p.log_artifact(name="note", source=write("a.txt"))
    a.download("dl/")
    with raises(StoreError, r"Destination .* already exists\."):
        a.download("dl/")


def test_e22_missing_source(p):
    with raises(EntityErrorFileNotFound, r"Upload failed: \[Errno 2\] No such file or directory: 'nope.txt'"):
        p.log_artifact(name="note", kind="artifact", source="nope.txt")
    kept = p.get_artifact("note")
    assert kept.status.state == "ERROR"
    assert kept.status.message.startswith("Upload failed: [Errno 2]")


def test_e23_list_to_no_partition(p):
    path = p.log_artifact(name="one", source=write("a.txt")).spec.path
    write("b.txt")
    with raises(EntityError, "Upload failed: .*destination must be a partition"):
        p.log_artifact(name="list", source=["a.txt", "b.txt"], path=path)
    kept = p.get_artifact("list")
    assert kept.status.state == "ERROR"
    assert "destination must be a partition" in kept.status.message


def test_e24_to_e28_missing_parts(dh, P, p, f):
    with raises(EntityError, "Path must be provided."):
        p.new_artifact(name="x", kind="artifact")
    with raises(ValueError, "secret_value must be provided."):
        p.new_secret(name="x")
    with raises(EntityNotExistsError, "Secret nope not found."):
        p.get_secret("nope")
    with raises(EntityError, "Missing task in run spec"):
        dh.new_run(P, kind="python+job:run")
    with raises(ValueError, "Workflow or function must be provided"):
        dh.new_trigger(P, "t", "scheduler", "python+job://x/y", schedule="@daily")


def test_e29_e47_invoke(f):
    r = f.run("job", parameters={"n": 1}, wait=True)
    with raises(EntityError, "Invalid URL"):
        r.invoke(url="http://evil/")
    with raises(EntityError, "Service is not available"):
        r.invoke()


def test_e30_no_default_store(p, monkeypatch):
    from digitalhub._client import Client

    monkeypatch.setattr(Client, "well_known", lambda self: {})
    with raises(ValueError, "No default store found"):
        p.log_artifact(name="note", source=write("a.txt"))
    assert p.list_artifacts() == []


class Fake:
    """A server that answers as it is told; it counts what it is asked."""

    def __init__(self, answer):
        asked = self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                asked.append((self.command, self.path, self.headers.get("Authorization")))
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                status, headers, text = answer(self.command, self.path, body)
                data = text.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

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
        from digitalhub import _client

        _client.reset()
        self.httpd.shutdown()
        self.thread.join()
        self.httpd.server_close()


def test_e31_no_endpoint(monkeypatch):
    import digitalhub as dh
    from digitalhub import _client, _config

    for address in ("http://127.0.0.1:1",):
        monkeypatch.setattr(_config, "DEFAULT_ENDPOINT", address)
        monkeypatch.setattr(_client, "DEFAULT_ENDPOINT", address)
        with raises(ClientError, "Required configuration key 'DHCORE_ENDPOINT' is missing"):
            dh.list_projects()


def test_e31_a_stranger_on_the_default_port_gets_nothing(monkeypatch):
    import digitalhub as dh
    from digitalhub import _client, _config

    with Fake(lambda *_: (200, {}, "{}")) as stranger:
        monkeypatch.setattr(_config, "DEFAULT_ENDPOINT", stranger.address)
        monkeypatch.setattr(_client, "DEFAULT_ENDPOINT", stranger.address)
        with raises(ClientError, "another program"):
            dh.get_or_create_project("x")
        assert [path for _, path, _ in stranger.asked] == ["/.well-known/configuration"]


def test_the_running_server_is_found_by_its_lock(server, monkeypatch):
    import digitalhub as dh

    monkeypatch.setenv("DHUB_DATA", str(server.data))
    assert isinstance(dh.list_projects(), list)


def test_e32_endpoint_without_scheme(monkeypatch):
    import digitalhub as dh

    monkeypatch.setenv("DHCORE_ENDPOINT", "127.0.0.1:8080")
    with raises(ClientError, "Invalid endpoint scheme"):
        dh.list_projects()


def test_e33_server_down(monkeypatch):
    import digitalhub as dh

    monkeypatch.setenv("DHCORE_ENDPOINT", "http://127.0.0.1:1")
    with raises(ConnectionError, "Unable to connect to DHCore backend."):
        dh.get_or_create_project("x")


@pytest.mark.parametrize("level", ["9", "21", "x"])
def test_e35_api_level(monkeypatch, level):
    import digitalhub as dh

    with Fake(lambda *_: (200, {"X-Api-Level": level}, '{"content":[],"totalPages":0}')) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        with raises(ClientError, "Backend API level not supported."):
            dh.list_projects()


def test_e34_e49_unauthorized_each_time(monkeypatch):
    import digitalhub as dh

    with Fake(lambda *_: (401, {}, "")) as fake:
        dh.set_dhcore_env(fake.address, user="u", password="wrong")
        for _ in range(2):
            with pytest.raises(UnauthorizedError):
                dh.list_projects()
        assert all(auth.startswith("Basic ") for _, _, auth in fake.asked)
        assert len(fake.asked) == 2
        for name in ("DHCORE_ENDPOINT", "DHCORE_USER", "DHCORE_PASSWORD"):
            monkeypatch.setenv(name, "")


def test_a23_one_refresh_per_call(monkeypatch):
    import digitalhub as dh

    def answer(method, path, body):
        if path == "/token":
            return 200, {}, '{"access_token":"new","refresh_token":"r2"}'
        return 401, {}, ""

    with Fake(answer) as fake:
        for name, value in {
            "DHCORE_ENDPOINT": fake.address, "DHCORE_ACCESS_TOKEN": "old", "DHCORE_REFRESH_TOKEN": "r1",
            "DHCORE_CLIENT_ID": "c", "OAUTH2_TOKEN_ENDPOINT": fake.address + "/token",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        with pytest.raises(UnauthorizedError):
            dh.list_projects()
        assert [path.partition("?")[0] for _, path, _ in fake.asked] == [
            "/api/v1/projects",
            "/token",
            "/api/v1/projects",
        ]
        assert fake.asked[2][2] == "Bearer new"


def test_e50_refused_refresh(monkeypatch):
    import digitalhub as dh

    def answer(method, path, body):
        return (400, {}, "refresh token is dead") if path == "/token" else (401, {}, "")

    with Fake(answer) as fake:
        for name, value in {
            "DHCORE_ENDPOINT": fake.address, "DHCORE_ACCESS_TOKEN": "old", "DHCORE_REFRESH_TOKEN": "r1",
            "DHCORE_CLIENT_ID": "c", "OAUTH2_TOKEN_ENDPOINT": fake.address + "/token",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        with raises(UnauthorizedError, "refresh token is dead"):
            dh.list_projects()


def test_a_job_asks_again_while_its_server_shuts_down(monkeypatch):
    import digitalhub as dh

    answers = [(503, {}, '{"message": "The server is shutting down; ask again in a moment."}'), (200, {}, "{}")]

    def answer(*_):
        return answers.pop(0)

    with Fake(answer) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        monkeypatch.setenv("DHUB_ATTEMPT", "a")
        assert dh.list_projects() == []
        assert len(fake.asked) == 2
        monkeypatch.delenv("DHUB_ATTEMPT")
        answers[:] = [(503, {}, '{"message": "The server is shutting down; ask again in a moment."}')]
        with raises(BackendError, "shutting down"):
            dh.list_projects()


def test_e51_timeout(monkeypatch):
    import digitalhub as dh

    gate = threading.Event()

    def answer(*_):
        gate.wait(20)
        return 200, {}, "{}"

    with Fake(answer) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        with raises(TimeoutError, "Request to DHCore backend timed out."):
            dh.list_projects(timeout=0.2)
        gate.set()


def test_e58_empty_answer(monkeypatch):
    import digitalhub as dh

    with Fake(lambda *_: (200, {}, "")) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        with raises(BuilderError, "Missing 'kind' parameter."):
            dh.get_project("x")


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (400, "missing spec", MissingSpecError), (400, "Duplicated entity x:1.", EntityAlreadyExistsError),
        (400, "other", BadRequestError), (401, "", UnauthorizedError), (404, "No such EntityName.X", EntityNotExistsError),
        (404, "other", BackendError), (500, "boom", BackendError), (200, "<html>", BackendError),
    ],
)  # fmt: skip
def test_answers_and_exceptions(monkeypatch, status, text, kind):
    import digitalhub as dh

    with Fake(lambda *_: (status, {}, text)) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        with pytest.raises(BackendError) as caught:
            dh.get_project("x")
        assert type(caught.value) is kind
        assert text in str(caught.value)


def test_e36_unknown_project(dh):
    with raises(ContextError, "Project 'none-such' not found."):
        dh.new_function(project="none-such", name="x", code="x=1", handler="x", **PY)


def test_e37_another_functions_run(p, f):
    other = p.new_function(name="other", code="def main():\n    return 1\n", handler="main", **PY)
    r = other.run("job", wait=True)
    with raises(EntityError, "does not belong to this executable."):
        f.get_run(r.id)


def test_e38_query_on_a_file(p):
    t = p.log_table(name="tab", source=write("t.csv", "a\n1\n"))
    with pytest.raises(ValueError):
        t.query("select 1")
    d = p.new_dataitem(name="sql", kind="table", path="sql://db/public/t")
    for call in (lambda: d.query("select 1"), d.as_file):
        with raises(StoreError, "not supported yet"):
            call()


def test_e39_resources(f):
    with raises(ValidationError, "cpu"):
        f.run("job", resources={"cpu": "abc"})
    with raises(ValidationError, "none of cpu, mem, gpu, disk"):
        f.run("job", resources={"memory": "1Gi"})
    with pytest.warns(UserWarning):
        r = f.run("job", parameters={"n": 1}, resources={"cpu": {"requests": "1"}}, wait=True)
    assert r.status.state == "COMPLETED"


def test_e40_envs(f):
    with raises(ValidationError, "envs"):
        f.run("job", envs={"A": "B"})
    with raises(ValidationError, "env: the same as 'envs'"):
        f.run("job", env=[{"name": "A", "value": "B"}], envs=[{"name": "A", "value": "B"}])
    with raises(TypeError, "'enviroment'|'envss'"):
        f.run("job", envss=[])


def test_e41_triggers(f):
    with raises(ValidationError, "schedule"):
        f.trigger("job", "scheduler", "t")
    with raises(ValidationError, "key"):
        f.trigger("job", "lifecycle", "t", key="foo", states=["READY"])
    with raises(ValidationError, "states"):
        f.trigger("job", "lifecycle", "t", key="store://p/dataitem/table/x")
    assert f.list_triggers() == []


def test_e43_remote_source(p):
    with raises(ValueError, "Invalid source path. Source must be a local path."):
        p.log_artifact(name="note", kind="artifact", source="http://example.org/x")
    assert p.list_artifacts() == []


def test_e44_metrics(p):
    m = p.log_model(name="m", kind="model", source=write("m.pkl"))
    for wrong in ("text", None, ["a"], True):
        with raises(ValueError, "Invalid metric value"):
            m.log_metric("x", wrong)


def test_e45_existing_project(dh, P):
    with pytest.raises(EntityAlreadyExistsError):
        dh.new_project(P)


def test_e48_scheme_of_a_local_path(p):
    with raises(EntityError, "For local URI, do not use any scheme."):
        p.log_artifact(name="note", source=write("a.txt"), path="file:///data/x")
    with raises(EntityError, "Upload failed: "):
        p.log_artifact(name="note", source="a.txt", path="/data/x")
    with raises(EntityError, "Upload failed: "):
        p.log_artifact(name="note", source="a.txt", path="http://127.0.0.1:1/x")


def test_e52_upload_of_nothing(p):
    a = p.log_artifact(name="note", source=write("a.txt"))
    with raises(EntityErrorFileNotFound, "Upload failed: "):
        a.upload("nope.txt")
    assert a.status.state == "ERROR"


def test_e53_list_of_one_file(p):
    a = p.log_artifact(name="note", source=[write("a.txt")])
    assert a.status.state == "READY"
    assert a.spec.path.endswith("/a.txt")


def test_e54_table_of_nothing(p):
    with pytest.raises(FileNotFoundError):
        p.log_table(name="t", source="nope.csv")
    with raises(ValueError, "Either source, data, or sql must be provided."):
        p.log_table(name="t")
    assert p.list_dataitems() == []


def test_a15_e55_profiles(server, monkeypatch, tmp_path):
    import digitalhub as dh

    ini = tmp_path / "dhcore.ini"
    ini.write_text(
        f"[DEFAULT]\ncurrent_environment = one\n\n[one]\ndhcore_endpoint = http://127.0.0.1:1\n\n"
        f"[two]\ndhcore_endpoint = {server.address}/\ndhcore_password = 100%\n"
    )
    assert dh.get_current_profile() == "one"
    with pytest.raises(ConnectionError):
        dh.list_projects()
    with raises(ClientError, "Profile 'nope' is not in"):
        dh.set_current_profile("nope")
    assert dh.get_current_profile() == "one"
    dh.set_current_profile("two")
    assert dh.get_current_profile() == "two"
    assert isinstance(dh.list_projects(), list)
    assert "current_environment = two" in ini.read_text()
    assert oct(os.stat(ini).st_mode & 0o777) == "0o600"


def test_e57_dispatch(p):
    write("a.txt")
    assert p.log_model(name="m", kind="sklearn", source="a.txt").kind == "sklearn"
    assert p.log_dataitem(name="t", kind="table", source=write("t.csv", "a\n1\n")).kind == "table"
    with raises(ValueError, "does not match expected type 'model'"):
        p.log_model(name="m", kind="table", source="a.txt")


def test_e42_an_entity_as_input_is_its_key(p):
    t = p.new_dataitem(name="t", kind="table", path="s3://bucket/t.csv")
    f = p.new_function(name="takes", code="def main(di):\n    return di.key\n", handler="main", **PY)
    r = f.run("job", inputs={"di": t}, wait=True)
    assert r.spec.inputs == {"di": t.key}
    assert r.results() == {"output_0": t.key}
    with raises(ValidationError, "inputs: 'di' must be a key or an entity, got int"):
        f.run("job", inputs={"di": 1})


def test_e46_unshare_nobody(p):
    with raises(ValueError, "User 'nobody' does not have access to project."):
        p.unshare("nobody")


def test_e46_unshare_looks_at_every_share(monkeypatch):
    def answer(method, path, body):
        if path.partition("?")[0].endswith("/share"):
            return 200, {}, json.dumps([{"id": "1", "user": "alice"}, {"id": "2", "user": "bob"}])
        return 200, {}, json.dumps({"kind": "project", "name": "shared", "id": "shared"})

    with Fake(answer) as fake:
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        project = digitalhub.get_project("shared")
        with raises(ValueError, "User 'nobody' does not have access to project."):
            project.unshare("nobody")
        assert [method for method, _, _ in fake.asked].count("DELETE") == 0
        project.unshare("bob")
        assert fake.asked[-1][:2] == ("DELETE", "/api/v1/projects/shared/share?user=bob&id=2")


def test_share_without_sharing_says_so(p):
    with raises(BackendError, "This server does not share projects."):
        p.share("bob")


def test_e56_the_credential_check_is_not_needed_to_upload(dh, p, monkeypatch):
    from digitalhub._client import Client

    real, asked = Client.call, []

    def call(self, method, path, *args, **kwargs):
        asked.append(path)
        if path == "/api/auth":
            raise BackendError("Not found. Response: no such call", 404)
        return real(self, method, path, *args, **kwargs)

    monkeypatch.setattr(Client, "call", call)
    assert p.log_artifact(name="note", source=write("a.txt")).status.state == "READY"
    assert "/api/auth" not in asked
    with raises(BackendError, "no such call"):
        dh.get_credentials_and_config()


def test_a_second_secret_of_a_name_says_how_to_change_the_first(p):
    p.new_secret(name="tok", secret_value="v")
    with raises(EntityAlreadyExistsError, r"Duplicated entity secret:.*get_secret\(\.\.\.\)\.set_secret_value"):
        p.new_secret(name="tok", secret_value="w")


def test_an_unknown_kind_lists_the_known_ones(p):
    with raises(BuilderError, "Entity builder for kind 'pytorch' not found. Kinds of type 'model': model, .*sklearn"):
        p.new_model(name="m", kind="pytorch", path="s3://b/m")
