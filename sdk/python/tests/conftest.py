"""A real server for the session, a fresh project and folder for each test."""

import json
import os
import pathlib
import subprocess
import sys
import time
import uuid

import pytest

HERE = pathlib.Path(__file__).resolve().parent
SDK = HERE.parent
REPO = SDK.parent.parent
sys.path.insert(0, str(SDK))
sys.dont_write_bytecode = True

#: The interpreter that runs the tests, as functions name it.
PY = {"kind": "python", "python_version": f"PYTHON{sys.version_info[0]}_{sys.version_info[1]}"}
HELLO = "def main(n):\n    print('hello log')\n    return n + 1\n"

_NETWORK = ("PIP_INDEX_URL", "PIP_CONFIG_FILE", "PIP_CERT", "UV_INDEX_URL", "UV_DEFAULT_INDEX", "HTTPS_PROXY",
            "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy", "SSL_CERT_FILE",
            "REQUESTS_CA_BUNDLE")  # fmt: skip
_OURS = ("DHCORE_", "DHUB_", "DH_", "AWS_", "S3_", "OAUTH2_", "DB_", "DIGITALHUB_")


class Server:
    """``dhub serve`` on a free port and a data folder of its own."""

    def __init__(self, data):
        binary = os.environ.get("DHUB_BIN") or str(REPO / "bin" / "dhub")
        if not os.path.exists(binary):
            pytest.exit(f"{binary} is missing: `make build` makes it, DHUB_BIN names another.", 3)
        self.data = data
        self.out = data.parent / "server.out"
        self.stream = open(self.out, "wb")
        home = data.parent / "home"
        home.mkdir()
        here = os.path.join(sys.base_prefix, "bin")  # jobs run on the interpreter that runs the tests
        environment = {"PATH": here + os.pathsep + os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in _NETWORK if name in os.environ})
        self.process = subprocess.Popen(
            [binary, "serve", "--listen", "127.0.0.1:0", "--data", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=self.stream,
            stderr=subprocess.STDOUT,
            env=environment,
        )
        self.address = self._address()

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


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    base = tmp_path_factory.mktemp("server")
    (base / "data").mkdir()
    running = Server(base / "data")
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """No test reads this machine's configuration, and each has its own working directory."""
    for name in list(os.environ):
        if name != "DHUB_BIN" and (name.startswith(_OURS) or name in ("RUN_ID", "PROJECT_NAME")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DH_CONFIG", str(tmp_path / "dhcore.ini"))
    monkeypatch.setenv("DHUB_DATA", str(tmp_path / "no-data"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    from digitalhub import _client, _context

    _client.reset()
    yield
    _client.reset()
    _context._offline = None
    _context._local_projects.clear()
    _context._roots.clear()


@pytest.fixture
def dh(server, monkeypatch):
    """The package, set up for the server."""
    monkeypatch.setenv("DHCORE_ENDPOINT", server.address)
    import digitalhub
    from digitalhub import _client

    _client.reset()
    return digitalhub


@pytest.fixture
def P(dh):
    """Name of a fresh project, deleted afterwards."""
    from digitalhub import _client
    from digitalhub.utils.exceptions import BackendError

    name = f"t-{uuid.uuid4().hex[:12]}"
    dh.new_project(name)
    endpoint = os.environ["DHCORE_ENDPOINT"]
    yield name
    os.environ["DHCORE_ENDPOINT"] = endpoint
    _client.reset()
    try:
        dh.delete_project(name, cascade=True)
    except BackendError:  # the test deleted it
        pass


@pytest.fixture
def p(dh, P):
    """A fresh project."""
    return dh.get_project(P)


@pytest.fixture
def f(p):
    """A function that adds one."""
    return p.new_function(name="hello", code=HELLO, handler="main", **PY)
