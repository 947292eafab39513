"""A real server for the session; for each test a fresh project, folder and keys to the file store.

The tests run with a *published* digitalhub, of the 0.15 or of the 0.16 line: what differs between the two on
the caller's side is below, so that one text says what holds for both.
"""

import importlib
import json
import os
import pathlib
import subprocess
import sys
import time
import types
import urllib.error
import urllib.request
import uuid

import pytest

HERE = pathlib.Path(__file__).resolve().parent
REPO = HERE.parent.parent
sys.dont_write_bytecode = True

#: The interpreter that runs the tests, as functions name it.
PY = {"kind": "python", "python_version": f"PYTHON{sys.version_info[0]}_{sys.version_info[1]}"}
HELLO = "def main(n):\n    print('hello log')\n    return n + 1\n"

_NETWORK = ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONFIG_FILE", "PIP_CERT", "PIP_CACHE_DIR",
            "UV_INDEX_URL", "UV_DEFAULT_INDEX", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy",
            "no_proxy", "SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")  # fmt: skip
_OURS = ("DHCORE_", "DHUB_", "DH_", "AWS_", "S3_", "OAUTH2_", "DB_", "DIGITALHUB_")


def _clean():
    for name in list(os.environ):
        if name != "DHUB_BIN" and (name.startswith(_OURS) or name in ("RUN_ID", "PROJECT_NAME")):
            del os.environ[name]


_clean()  # before the first import of digitalhub, which may read it

LINE = 15 if importlib.metadata.version("digitalhub").startswith("0.15.") else 16
#: Interpreters with each line of published packages, as tools/setup makes them.
LINES = {15: REPO / ".cache/published-0.15/bin/python", 16: REPO / ".cache/published-0.16/bin/python"}


class Server:
    """``dhub serve`` on a free port and a data folder of its own."""

    def __init__(self, base):
        binary = os.environ.get("DHUB_BIN") or str(REPO / "bin" / "dhub")
        if not os.path.exists(binary):
            pytest.exit(f"{binary} is missing: `make build` makes it, DHUB_BIN names another.", 3)
        self.data = base / "data"
        self.out = base / "server.out"
        self.stream = open(self.out, "wb")
        home = base / "home"
        home.mkdir()
        environment = {"PATH": self._path(base), "HOME": str(home), "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in _NETWORK if name in os.environ})
        # What is downloaded once serves all projects and later sessions.
        environment.setdefault("PIP_CACHE_DIR", str(pathlib.Path.home() / ".cache/pip"))
        environment.setdefault("UV_CACHE_DIR", str(REPO / ".cache/uv"))
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--data", str(self.data)],
            stdin=subprocess.DEVNULL,
            stdout=self.stream,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        self.address = self._address()

    @staticmethod
    def _path(base):
        """Environments of jobs are built by pip with the 0.15 line, by uv with the 0.16 line."""
        if LINE == 15:
            return os.environ["PATH"]
        tools = base / "tools"
        tools.mkdir()
        (tools / "uv").symlink_to(REPO / ".cache/own/bin/uv")
        return f"{tools}{os.pathsep}{os.environ['PATH']}"

    def _address(self):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                address = json.loads((self.data / "lock").read_text())["address"]
            except (OSError, ValueError, KeyError):
                address = ""
            if address:
                return address
            time.sleep(0.02)
        pytest.exit("the server did not start:\n" + self.out.read_text(errors="replace"), 3)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.stream.close()

    def call(self, method, path, body=None):
        """One plain request; the answer's JSON."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}", data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def environment(self, project):
        """What a client is told: the server, the file store, keys to one project's part of it."""
        keys = self.call("POST", f"/-/{project}/files/credentials", {})
        with urllib.request.urlopen(f"{self.address}/.well-known/configuration", timeout=60) as answer:
            known = json.load(answer)
        return {
            "DHCORE_ENDPOINT": self.address,
            "DHCORE_DEFAULT_FILES_STORE": known["dhcore_default_files_store"],
            "AWS_ENDPOINT_URL": keys["aws_endpoint_url"],
            "AWS_ACCESS_KEY_ID": keys["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": keys["aws_secret_access_key"],
            "AWS_SESSION_TOKEN": keys["aws_session_token"],
            "AWS_REGION": keys["aws_region"],
            "S3_BUCKET": keys["s3_bucket"],
            "S3_SIGNATURE_VERSION": keys["s3_signature_version"],
        }


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def alone(server, tmp_path, monkeypatch):
    """No test reads this machine's configuration, and each has its own home and working directory."""
    _clean()
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("DHCORE_ENDPOINT", server.address)
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    yield
    _clean()


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """The published wait sleeps five seconds between two looks: here a tenth of one."""
    for module in list(sys.modules.values()):
        if getattr(module, "__name__", "").startswith("digitalhub") and getattr(module, "time", None) is time:
            quick = types.SimpleNamespace(**{name: getattr(time, name) for name in dir(time) if name[0] != "_"})
            quick.sleep = lambda seconds: time.sleep(min(seconds, 0.1))
            monkeypatch.setattr(module, "time", quick)


@pytest.fixture
def dh(server):
    """The published package, as a process would find it that starts now."""
    import digitalhub

    forget()
    yield digitalhub
    forget()


def forget():
    """Makes the published package read its configuration anew: it keeps client, stores and projects for good."""
    from digitalhub.context.builder import context_builder
    from digitalhub.stores.data.builder import store_builder

    factory = "digitalhub.stores.client." + ("base.factory" if LINE == 15 else "factory")
    importlib.import_module(factory).client_factory._client = None
    store_builder._instances.clear()
    context_builder._instances.clear()


@pytest.fixture
def P(dh, server, monkeypatch):
    """Name of a fresh project, deleted afterwards."""
    name = f"t-{uuid.uuid4().hex[:12]}"
    dh.new_project(name)
    for variable, value in server.environment(name).items():
        monkeypatch.setenv(variable, value)
    forget()
    yield name
    try:
        server.call("DELETE", f"/projects/{name}?cascade=true")
    except urllib.error.HTTPError as error:
        assert error.code == 404  # the test deleted it


@pytest.fixture
def p(dh, P):
    """A fresh project."""
    return dh.get_project(P)


@pytest.fixture
def f(p):
    """A function that adds one."""
    return p.new_function(name="hello", code=HELLO, handler="main", **PY)


def update(entity):
    """Saves a changed entity."""
    return entity.save(update=True) if LINE == 15 else entity.update()


def texts(run):
    """The texts of a run's logs."""
    return [log.text for log in run.logs()] if LINE == 15 else run.logs()


def failure(run):
    """What an assertion shows of a run that should have ended well."""
    return run.status.to_dict(), texts(run)


def write(name, text="hello"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as stream:
        stream.write(text)
    return name


def read(name):
    with open(name) as stream:
        return stream.read()


def wait_for(true, seconds=30):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not come true in time"
        time.sleep(0.1)


def relations(entity, kind):
    return [r["dest"] for r in entity.metadata.to_dict().get("relationships", ()) if r.get("type") == kind]
