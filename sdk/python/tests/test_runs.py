"""Scenarios I07 to I17, I25, I26, A08, A09, A16 to A18: what runs take, make and tell."""

import json
import logging
import os
import pickle
import sys
import threading
import time
import types

import pytest
from conftest import PY
from test_errors import Fake

import digitalhub
from digitalhub.utils.exceptions import BackendError


def write(name, text):
    with open(name, "w") as stream:
        stream.write(text)


def produced_by(entity):
    return [r["dest"] for r in entity.metadata.relationships or () if r["type"] == "produced_by"]


def read(name):
    with open(name) as stream:
        return stream.read()


def test_i07_dataitem_as_input(p):
    write("t.csv", "c1,c2\n1,a\n2,b\n")
    t = p.log_table(name="tab", source="t.csv")
    code = "def main(di):\n    with open(di.as_file()) as stream:\n        return len(stream.readlines())\n"
    r = p.new_function(name="count", code=code, handler="main", **PY).run("job", inputs={"di": t.key}, wait=True)
    assert r.results() == {"output_0": 3}, (r.status, [log.text for log in r.logs()])
    assert {"type": "consumes", "dest": t.key} in r.metadata.relationships
    assert r.inputs()["di"].key == t.key


def test_i09_function_logging_by_itself(p):
    code = (
        "def main(project):\n"
        "    with open('a.txt', 'w') as stream:\n        stream.write('hello')\n"
        "    project.log_artifact(name='side', kind='artifact', source='a.txt')\n"
    )
    r = p.new_function(name="side", code=code, handler="main", **PY).run("job", wait=True)
    assert r.status.state == "COMPLETED", (r.status, [log.text for log in r.logs()])
    side = r.outputs()["side"]
    assert side.key.endswith(side.id)
    assert r.outputs(as_key=True) == {"side": side.key}
    assert produced_by(side) == [f"{r.key}:{r.id}"]
    assert read(side.as_file()) == "hello"


def test_i10_other_results_are_pickled(p):
    f = p.new_function(name="dict", code="def main():\n    return {'k': 1}\n", handler="main", **PY)
    r = f.run("job", wait=True)
    made = r.output("output_0")
    assert made.kind == "artifact"
    assert produced_by(made) == [f"{r.key}:{r.id}"]
    with open(made.as_file(), "rb") as stream:
        assert pickle.load(stream) == {"k": 1}


def test_i12_metrics_from_inside(p):
    f = p.new_function(name="m", code="def main(run):\n    run.log_metric('m', 0.5)\n", handler="main", **PY)
    r = f.run("job", wait=True)
    assert r.status.state == "COMPLETED", (r.status, [log.text for log in r.logs()])
    assert r.refresh().metrics == {"m": [0.5]}


def test_i13_task_reuse(dh, P, p, f):
    runs = [f.run("job", parameters={"n": 1}), f.run("job", parameters={"n": 2})]
    runs.append(p.get_function("hello").run("job", parameters={"n": 3}))
    assert [task.kind for task in dh.list_tasks(P)] == ["python+job"]
    assert len({r.id for r in runs}) == 3
    for r in runs:
        assert r.wait().status.state == "COMPLETED"


def test_i14_runtime_parameters(p):
    p.new_secret(name="tok", secret_value="secret-value")
    code = "import os\n\n\ndef main():\n    return os.environ['A'], len(os.environ['tok'])\n"
    f = p.new_function(name="env", code=code, handler="main", **PY)
    with pytest.warns(UserWarning, match="cpu"):  # what the local engine does not limit is said, not dropped
        r = f.run("job", parameters={}, resources={"cpu": "500m", "mem": "256Mi"}, envs=[{"name": "A", "value": "B"}],
                  secrets=["tok"], wait=True)  # fmt: skip
    assert r.results() == {"output_0": "B", "output_1": 12}, r.status
    assert r.spec.resources == {"cpu": "500m", "mem": "256Mi"}
    assert r.spec.envs == [{"name": "A", "value": "B"}]
    assert r.spec.secrets == ["tok"]


def test_i16_local_execution(dh, P, f, capsys):
    r = f.run("job", parameters={"n": 1}, local_execution=True)
    assert r.status.state == "COMPLETED"
    assert r.results() == {"output_0": 2}
    assert "hello log" in capsys.readouterr().out
    fresh = dh.get_run(r.id, project=P)
    assert fresh.status.state == "COMPLETED"
    assert fresh.results() == {"output_0": 2}
    assert [t["status"] for t in reversed(fresh.status.transitions)] == [
        "CREATED", "BUILT", "READY", "RUNNING", "COMPLETED",
    ]  # fmt: skip
    assert [log.text for log in fresh.logs()] == ["hello log\n"]


def test_i16_local_execution_while_the_server_is_away(p, monkeypatch, capsys):
    from digitalhub import _client

    tries, enough, call = [], threading.Event(), _client.Client.call

    def away(self, method, path, *args, **kwargs):
        if path.endswith("/log") and not enough.is_set():
            tries.append(path)
            if len(tries) == 3:
                enough.set()
            raise OSError("the server is away")
        return call(self, method, path, *args, **kwargs)

    monkeypatch.setattr(_client.Client, "call", away)
    monkeypatch.setattr(sys.modules[__name__], "ENOUGH", enough, raising=False)
    log = logging.getLogger("dhcore")
    monkeypatch.setattr(log, "level", logging.NOTSET)
    monkeypatch.setattr(log, "handlers", [])
    monkeypatch.setattr(log, "propagate", False)  # as in a program that set up no logging
    code = f"import sys\n\ndef main():\n    print('first')\n    sys.modules[{__name__!r}].ENOUGH.wait(30)\n    print('last')\n"
    f = p.new_function(name="away", code=code, handler="main", **PY)
    r = f.run("job", local_execution=True)
    assert len(tries) == 3
    assert r.logs()[0].text == "first\nlast\n"
    assert capsys.readouterr().err.count("could not be sent yet") == 1


def test_i16_local_execution_with_entities(p):
    write("t.csv", "c1\n1\n2\n")
    t = p.log_table(name="tab", source="t.csv")
    write("main.py", (
        "import pathlib\nimport helper\nfrom digitalhub_runtime_python import handler\n\n\n"
        "@handler(outputs=['made', 'rows'])\n"
        "def main(project, run, di):\n"
        "    with open('side.txt', 'w') as stream:\n        stream.write('x')\n"
        "    project.log_artifact(name='side', source='side.txt')\n"
        "    run.log_metric('m', 1)\n"
        "    return {'k': helper.ONE}, len(pathlib.Path(di.as_file()).read_text().splitlines())\n"
    ))  # fmt: skip
    write("helper.py", "ONE = 1\n")
    sys.path.insert(0, os.getcwd())
    try:
        f = p.new_function(name="local", code_src="main.py", handler="main", **PY)
        r = f.run("job", inputs={"di": t.key}, outputs={"made": "renamed"}, local_execution=True)
    finally:
        sys.path.remove(os.getcwd())
        sys.modules.pop("helper", None)
    assert r.status.state == "COMPLETED"
    assert r.result("rows") == 3
    assert r.refresh().metrics == {"m": [1]}
    assert {"type": "consumes", "dest": t.key} in r.metadata.relationships
    outputs = r.outputs()
    assert set(outputs) == {"made", "side"}
    assert outputs["made"].name == "renamed"
    for made in outputs.values():
        assert produced_by(made) == [f"{r.key}:{r.id}"]


def test_i16_local_runs_at_once(p):
    code = "def main(n, run):\n    for _ in range(200):\n        print(f'this is {n}')\n    return n, run.id\n"
    f = p.new_function(name="both", code=code, handler="main", **PY)
    f.new_task("job")
    streams = sys.stdout, sys.stderr
    done, problems = {}, []

    def go(n):
        try:
            done[n] = f.run("job", parameters={"n": n}, local_execution=True)
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert (sys.stdout, sys.stderr) == streams
    for n, run in done.items():
        assert run.results() == {"output_0": n, "output_1": run.id}
        assert run.logs()[0].text == f"this is {n}\n" * 200


def test_i17_requirements_file_and_pins(p):
    write("requirements.txt", "# ours\npytest\nnot-installed-anywhere>=1  # why\n\n-e .\n")
    f = p.new_function(name="req", code="x=1", handler="x", requirements="requirements.txt", **PY)
    assert f.spec.requirements == [f"pytest=={pytest.__version__}", "not-installed-anywhere>=1"]


def test_i17_requirements_in_a_job(p):
    code = "import idna\n\n\ndef main():\n    return idna.__version__\n"
    f = p.new_function(name="req", code=code, handler="main", requirements=["idna==3.10"], **PY)
    r = f.run("job", wait=True)
    assert r.results() == {"output_0": "3.10"}, (r.status, [log.text for log in r.logs()])


def test_i25_listing(dh, P, p, f):
    other = p.new_function(name="other", code="def main():\n    return 1\n", handler="main", **PY)
    mine = f.run("job", parameters={"n": 1}, wait=True)
    other.run("job", wait=True)
    found = dh.list_runs(P, function=f"python://{P}/hello:{f.id}", state="COMPLETED")
    assert [r.id for r in found] == [mine.id]
    assert [r.id for r in f.list_runs(action="job")] == [mine.id]
    assert f.list_runs(action="build") == []
    assert f.get_run(mine.id).id == mine.id
    assert len(f.list_task()) == 1


def test_i26_stop(p):
    code = "import os, time\n\n\ndef main():\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"
    r = p.new_function(name="long", code=code, handler="main", **PY).run("job")
    deadline = time.monotonic() + 60
    while not any(log.text for log in r.logs()):
        assert time.monotonic() < deadline, r.refresh().status
        r._client.call("GET", f"/-/{p.name}/runs/{r.id}", {"wait": "1s"})
    pid = int(r.logs()[0].text)
    r.stop()
    assert r.wait().status.state == "STOPPED"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a08_scheduler_trigger(f):
    trigger = f.trigger(action="job", kind="scheduler", name="each", schedule="0/2 * * * * ?",
                        template={"parameters": {"n": 1}})  # fmt: skip
    wait_for(lambda: len(f.list_runs()) >= 1)
    trigger.stop()
    assert trigger.refresh().status.state == "STOPPED"
    assert [t.id for t in f.list_triggers()] == [trigger.id]
    assert f.get_trigger("each").id == trigger.id
    for r in f.list_runs():
        assert r.wait().results() == {"output_0": 2}


def test_a09_lifecycle_trigger(P, p):
    f = p.new_function(name="react", code="def main(di):\n    return di.key\n", handler="main", **PY)
    f.trigger(action="job", kind="lifecycle", name="onready", key=f"store://{P}/dataitem/table/tab", states=["READY"],
              template={"inputs": {"di": "{{input.key}}"}})  # fmt: skip
    write("t.csv", "c1\n1\n")
    t = p.log_table(name="tab", source="t.csv")
    wait_for(lambda: len(f.list_runs()) == 1)
    assert f.list_runs()[0].wait().results() == {"output_0": t.key}


def wait_for(true):
    deadline = time.monotonic() + 30
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a16_secret_in_a_job(p):
    p.new_secret(name="tok", secret_value="canary-value")
    code = "import os\n\n\ndef main():\n    print('it is', os.environ['tok'])\n    return os.environ['tok'] == 'canary-value'\n"
    r = p.new_function(name="sec", code=code, handler="main", **PY).run("job", secrets=["tok"], wait=True)
    assert r.results() == {"output_0": True}
    assert "canary-value" not in r.to_json()
    assert all("canary-value" not in log.text for log in r.logs())


def test_a17_in_job_sdk(p):
    code = (
        "import os\nimport digitalhub as dh\n\n\ndef main():\n"
        "    p = dh.get_project(os.environ['PROJECT_NAME'])\n"
        "    r = dh.get_run(os.environ['RUN_ID'], project=p.name)\n"
        "    with open('a.txt', 'w') as stream:\n        stream.write('hello')\n"
        "    dh.log_artifact(p.name, 'made', 'artifact', 'a.txt')\n"
        "    dh.new_artifact(p.name, 'ref', 'artifact', path='s3://b/x')\n"
        "    return r.id\n"
    )
    r = p.new_function(name="inside", code=code, handler="main", **PY).run("job", wait=True)
    assert r.results() == {"output_0": r.id}, (r.status, [log.text for log in r.logs()])
    assert produced_by(p.get_artifact("made")) == [f"{r.key}:{r.id}"]
    assert produced_by(p.get_artifact("ref")) == []
    assert set(r.outputs()) == {"made"}


def test_a18_concurrency(dh, P, p):
    f = p.new_function(name="many", code="def main(n):\n    return n\n", handler="main", **PY)
    runs, problems = {}, []

    def go(n):
        try:
            runs[n] = dh.get_function(f.key).run("job", parameters={"n": n})
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=go, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len({r.id for r in runs.values()}) == 20
    assert len(dh.list_tasks(P)) == 1
    for n, r in runs.items():
        assert r.wait(log_info=False).results() == {"output_0": n}


def test_tasks_by_hand(f):
    f.new_task("job", resources={"cpu": "1"})
    assert f.get_task("job").spec.resources == {"cpu": "1"}
    assert f.update_task("job", backoff_limit=2).spec.get("resources") is None
    assert f.get_task("job").spec.backoff_limit == 2
    f.set_task("job", timeout=30)
    assert f.get_task("job").spec.timeout == 30
    f.delete_task("job")
    assert f.list_task() == []


def test_unreachable_run_is_an_error(dh, P):
    with pytest.raises(BackendError):
        dh.get_run("0" * 32, project=P)


def test_wait_goes_without_polling(p):
    code = "import time\n\n\ndef main():\n    time.sleep(1)\n"
    f = p.new_function(name="second", code=code, handler="main", **PY)
    r = f.run("job")
    calls = []
    real = type(r._client).send

    def counted(self, *args, **kwargs):
        calls.append(args)
        return real(self, *args, **kwargs)

    type(r._client).send = counted
    try:
        r.wait()
    finally:
        type(r._client).send = real
    assert len(calls) <= 8


def test_wait_says_what_a_run_waits_on(monkeypatch, caplog):
    """Each state and each reason is logged once, also a state that was over before the next question."""
    states = [("READY", "queued"), ("PENDING", "starting"), ("PENDING", "preparing_environment"), ("RUNNING", "executing"),
              ("COMPLETED", "completed")]  # fmt: skip
    asked = []

    def answer(method, path, body):
        if "/runs/" not in path:
            return 200, {}, json.dumps({"kind": "project", "id": "p", "name": "p"})
        asked.append(path.partition("?")[2])
        state, code = states[min(max(len(asked) - 2, 0), len(states) - 1)]
        status = {"state": state, "reason": {"code": code, "message": f"it is {code}"}}
        run = {"kind": "python+job:run", "id": "r", "name": "r", "project": "p", "status": status}
        return 200, {"ETag": f'"{len(asked)}"'}, json.dumps(run)

    with Fake(answer) as fake, caplog.at_level("INFO", "dhcore"):
        monkeypatch.setenv("DHCORE_ENDPOINT", fake.address)
        r = digitalhub.get_run("store://p/run/python+job:run/r").wait()
    assert r.status.state == "COMPLETED"
    assert [m.partition("r: ")[2] for m in caplog.messages] == [f"{state} (it is {code})" for state, code in states]
    waits = [query for query in asked if query.startswith("wait=")]
    assert waits[0] == "wait=0s"
    assert all("since=" in query for query in waits[1:])


def test_a_package_that_a_library_asks_for_is_a_missing_module(p):
    code = (
        "def main():\n    try:\n        import nothing_of_this_name\n"
        "    except ImportError as error:\n        raise RuntimeError('needs nothing') from error\n"
    )
    r = p.new_function(name="wants", code=code, handler="main", **PY).run("job", wait=True)
    assert r.status.reason["code"] == "missing_module"
    assert "nothing_of_this_name" in str(r.status.reason)


def test_a_local_run_gets_its_own_modules_not_those_of_this_process(p, monkeypatch):
    """Code of a function wins over what this process loaded under the same name, which is back afterwards."""
    other = types.ModuleType("etl")
    other.main = lambda: "the wrong one"
    monkeypatch.setitem(sys.modules, "etl", other)
    f = p.new_function(name="f", code="def main():\n    return 'mine'\n", handler="etl:main", **PY)
    assert f.run("job", local_execution=True).results() == {"output_0": "mine"}
    assert sys.modules["etl"] is other


def test_a_local_run_says_what_it_does_not_apply(p):
    f = p.new_function(name="f", code="def main():\n    return 1\n", handler="main", **PY)
    with pytest.warns(UserWarning, match="envs, secrets: a local run has this process's environment"):
        f.run("job", envs=[{"name": "A", "value": "B"}], secrets=["tok"], local_execution=True)


def test_a_local_traceback_begins_in_the_users_code(p, capsys):
    f = p.new_function(name="f", code="def main():\n    return 1 / 0\n", handler="main", **PY)
    with pytest.raises(RuntimeError):
        f.run("job", local_execution=True)
    shown = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in shown
    assert "main.py" in shown
    assert "_execut" not in shown


def test_a_client_run_sends_its_log_in_pieces_and_its_heartbeat(dh, P, p, monkeypatch):
    from digitalhub import _execution
    from digitalhub._client import Client

    monkeypatch.setattr(_execution, "HEARTBEAT", 0.1)
    monkeypatch.setattr(_execution, "_FLUSH", 0.05)
    monkeypatch.setattr(_execution, "_PIECE", 1000)
    calls = []
    beaten = threading.Event()  # the job goes on when two were sent
    monkeypatch.setattr(_execution, "beaten", beaten, raising=False)
    real = Client.send

    def send(self, method, path, *args, **kwargs):
        calls.append(path.rpartition("/")[2])
        if calls.count("heartbeat") >= 2:
            beaten.set()
        return real(self, method, path, *args, **kwargs)

    monkeypatch.setattr(Client, "send", send)
    code = (
        "import sys\n\nfrom digitalhub import _execution\n\n\ndef main():\n    for number in range(500):\n        print(number, '\u00e9\u4e2d')\n"
        "    print('to stderr', file=sys.stderr)\n    _execution.beaten.wait(30)\n    sys.stdout.buffer.write(b'no final ')\n    sys.stdout.writelines(['new', 'line'])\n"
    )
    r = p.new_function(name="long", code=code, handler="main", **PY).run("job", local_execution=True)
    expected = "".join(f"{number} \u00e9\u4e2d\n" for number in range(500)) + "to stderr\nno final newline"
    assert dh.get_run(r.id, project=P).logs()[0].text == expected
    assert calls.count("log") > 3
    assert beaten.is_set()


def test_a_log_goes_on_after_the_server_was_away(dh, P, p, monkeypatch):
    from digitalhub._client import Client

    real = Client.send
    failures = [ConnectionError("away"), ConnectionError("away")]

    def send(self, method, path, *args, **kwargs):
        if path.endswith("/log") and failures:
            raise failures.pop()
        return real(self, method, path, *args, **kwargs)

    monkeypatch.setattr(Client, "send", send)
    code = "import time\n\n\ndef main():\n    for number in range(4):\n        print(number)\n        time.sleep(0.5)\n"
    r = p.new_function(name="slow", code=code, handler="main", **PY).run("job", local_execution=True)
    assert r.status.state == "COMPLETED"
    assert dh.get_run(r.id, project=P).logs()[0].text == "0\n1\n2\n3\n"
