"""Scenarios I07 to I26, A08, A09 and A16 to A18 with a published package: runs, tasks, files that describe them."""

import os
import pickle
import threading
import time

import pytest
from conftest import HELLO, PY, failure, relations, texts, update, wait_for, write

from digitalhub.utils.exceptions import EntityError


def test_i07_dataitem_as_input(p):
    t = p.log_table(name="tab", source=write("t.csv", "c1,c2\n1,a\n2,b\n"))
    code = "def main(di):\n    with open(di.as_file()) as stream:\n        return len(stream.readlines())\n"
    r = p.new_function(name="count", code=code, handler="main", **PY).run("job", inputs={"di": t.key}, wait=True)
    assert r.results() == {"output_0": 3}, failure(r)
    assert relations(r, "consumes") == [t.key]
    assert r.inputs()["di"].key == t.key


FRAMES = """
from digitalhub_runtime_python import handler


@handler(outputs=['clean', 'rows', 'where'])
def main(di):
    import digitalhub
    df = di.as_df()
    return df.dropna(), len(df), digitalhub.__file__
"""


def frames(p, requirements):
    t = p.log_table(name="tab", source=write("t.csv", "c1,c2\n1,a\n2,\n3,c\n"))
    f = p.new_function(name="clean", code=FRAMES, handler="main", requirements=requirements, **PY)
    r = f.run("job", inputs={"di": t.key}, wait=True)
    assert r.status.state == "COMPLETED", failure(r)
    assert r.result("rows") == 3
    clean = r.output("clean")
    assert clean.kind == "table"
    assert relations(clean, "produced_by") == [f"{r.key}:{r.id}"]
    assert list(clean.as_df()["c1"]) == [1, 3]
    assert clean.status.preview["rows"] == 2
    return r.result("where")


def test_i08_function_returning_a_data_frame(p):
    assert "/site-packages/" not in frames(p, ["pandas"])


def test_i08_with_the_published_package_inside_the_job(p):
    """Requirements that name a published digitalhub get it: it wins over the one that jobs have by themselves."""
    import importlib.metadata

    names = ("digitalhub[pandas]", "digitalhub-runtime-python")
    pins = [f"{name}=={importlib.metadata.version(name.partition('[')[0])}" for name in names]
    assert "/site-packages/digitalhub/" in frames(p, pins)


def test_i09_function_logging_by_itself(p):
    code = (
        "def main(project):\n"
        "    with open('a.txt', 'w') as stream:\n        stream.write('hello')\n"
        "    project.log_artifact(name='side', kind='artifact', source='a.txt')\n"
    )
    r = p.new_function(name="side", code=code, handler="main", **PY).run("job", wait=True)
    assert r.status.state == "COMPLETED", failure(r)
    side = r.outputs()["side"]
    assert side.key.endswith(side.id)
    assert r.outputs(as_key=True) == {"side": side.key}
    assert relations(side, "produced_by") == [f"{r.key}:{r.id}"]
    assert side.files[0]["size"] == 5
    with open(side.as_file()) as stream:
        assert stream.read() == "hello"


def test_i10_other_results_are_pickled(p):
    f = p.new_function(name="dict", code="def main():\n    return {'k': 1}\n", handler="main", **PY)
    r = f.run("job", wait=True)
    made = r.output("output_0")
    assert made.kind == "artifact"
    with open(made.as_file(), "rb") as stream:
        assert pickle.load(stream) == {"k": 1}


def test_i12_metrics_from_inside(p):
    f = p.new_function(name="m", code="def main(run):\n    run.log_metric('m', 0.5)\n", handler="main", **PY)
    r = f.run("job", wait=True)
    assert r.status.state == "COMPLETED", failure(r)
    assert r.refresh().metrics == {"m": [0.5]}


def test_i13_task_reuse(dh, P, p, f):
    runs = [f.run("job", parameters={"n": 1}), f.run("job", parameters={"n": 2})]
    runs.append(p.get_function("hello").run("job", parameters={"n": 3}))
    assert [task.kind for task in dh.list_tasks(P)] == ["python+job"]
    assert len({r.id for r in runs}) == len(dh.list_runs(P)) == 3
    for r in runs:
        assert r.wait().status.state == "COMPLETED"


def test_i14_runtime_parameters(p):
    p.new_secret(name="tok", secret_value="secret-value")
    code = "import os\n\n\ndef main():\n    return os.environ['A'], len(os.environ['tok'])\n"
    f = p.new_function(name="env", code=code, handler="main", **PY)
    envs = [{"name": "A", "value": "B"}]
    r = f.run("job", parameters={}, resources={"cpu": "500m", "mem": "256Mi"}, envs=envs, secrets=["tok"],
              profile="std", wait=True)  # fmt: skip
    assert r.results() == {"output_0": "B", "output_1": 12}, failure(r)
    spec = r.spec.to_dict()
    assert spec["resources"] == {"cpu": "500m", "mem": "256Mi"}
    assert spec["envs"] == envs
    assert spec["secrets"] == ["tok"]
    assert spec["profile"] == "std"
    assert any("profile" in str(notice) for notice in r.status.to_dict()["notices"])


def test_i16_local_execution(dh, P, f):
    r = f.run("job", parameters={"n": 1}, local_execution=True)
    assert r.status.state == "COMPLETED"
    assert r.results() == {"output_0": 2}
    fresh = dh.get_run(r.id, project=P)
    assert fresh.status.state == "COMPLETED"
    assert fresh.results() == {"output_0": 2}
    assert [t["status"] for t in reversed(fresh.status.transitions)] == [
        "CREATED", "BUILT", "READY", "RUNNING", "COMPLETED",
    ]  # fmt: skip


def test_i16_local_execution_with_entities(p):
    t = p.log_table(name="tab", source=write("t.csv", "c1\n1\n2\n"))
    code = (
        "from digitalhub_runtime_python import handler\n\n\n"
        "@handler(outputs=['frame', 'rows'])\n"
        "def main(project, run, di):\n"
        "    with open('side.txt', 'w') as stream:\n        stream.write('x')\n"
        "    project.log_artifact(name='side', kind='artifact', source='side.txt')\n"
        "    run.log_metric('m', 1)\n"
        "    df = di.as_df()\n"
        "    return df, len(df)\n"
    )
    f = p.new_function(name="local", code=code, handler="main", **PY)
    r = f.run("job", inputs={"di": t.key}, local_execution=True)
    assert r.status.state == "COMPLETED", r.status.to_dict()
    assert r.result("rows") == 2
    assert r.refresh().metrics == {"m": [1]}
    assert relations(r.refresh(), "consumes") == [t.key]
    assert set(r.outputs()) == {"frame", "side"}
    assert r.output("frame").as_df().shape == (2, 1)


def test_i17_requirements_in_a_job(p):
    code = "import idna\n\n\ndef main():\n    return idna.__version__\n"
    write("requirements.txt", "idna==3.10\n")
    f = p.new_function(name="req", code=code, handler="main", requirements="requirements.txt", **PY)
    assert f.spec.requirements == ["idna==3.10"]
    r = f.run("job", wait=True)
    assert r.results() == {"output_0": "3.10"}, failure(r)


def test_i20_export_and_import(dh, P, p, f):
    path = f.export()
    p.delete_function("hello", delete_all_versions=True)
    assert dh.import_function(file=path).id == f.id
    with pytest.raises(EntityError, match="already exists"):
        dh.import_function(file=path)
    again = p.import_function(file=path, reset_id=True)
    assert again.id != f.id
    newest = p.get_function("hello")
    assert newest.id == again.id
    assert newest.key.endswith(":" + again.id)
    assert len(p.get_function_versions("hello")) == 2


def test_i21_load_as_upsert(dh, p, f):
    path = f.export()
    assert dh.load_function(path).id == f.id
    p.delete_function("hello", delete_all_versions=True)
    assert dh.load_function(path).id == f.id
    assert [x.id for x in p.get_function_versions("hello")] == [f.id]


FUNCTION = """
kind: python
metadata: {{project: {P}, name: clean}}
spec:
  python_version: {version}
  source: {{handler: main, lang: python, base64: ZGVmIG1haW4oKToKICAgIHJldHVybiAxCg==}}
project: {P}
name: clean
id: 090fe7a08a1d40e9b9a5fc6aef0cb96e
key: store://{P}/function/python/clean:090fe7a08a1d40e9b9a5fc6aef0cb96e
---
kind: python+job
project: {P}
id: task-1
metadata: {{project: {P}, name: task-1}}
spec:
  function: python://{P}/clean:090fe7a08a1d40e9b9a5fc6aef0cb96e
  resources: {{cpu: "1"}}
"""


def test_i22_yaml_with_tasks(dh, P):
    f = dh.import_function(write("f.yaml", FUNCTION.format(P=P, version=PY["python_version"])))
    resources = f.get_task("job").spec.to_dict()["resources"]
    assert resources == {"cpu": "1"}
    assert f.run("job", wait=True).results() == {"output_0": 1}


def test_i23_project_export_and_import(dh, P, server):
    p = dh.get_project(P)
    f = p.new_function(name="hello", code=HELLO, handler="main", **PY)
    emb = p.new_function(name="emb", code=HELLO, handler="main", embedded=True, **PY)
    a = p.new_artifact(name="ref", kind="artifact", path="s3://bucket/x.txt")
    d = p.new_dataitem(name="tab", kind="table", path="s3://bucket/t.csv", embedded=True)
    p.refresh()
    path = p.export()
    dh.delete_project(P, cascade=True)
    again = dh.import_project(path)
    assert {x.name: x.id for x in again.list_functions()} == {"hello": f.id, "emb": emb.id}
    assert [x.id for x in again.list_artifacts()] == [a.id]
    assert [x.id for x in again.list_dataitems()] == [d.id]
    assert again.get_function("hello").run("job", parameters={"n": 1}, wait=True).results() == {"output_0": 2}


def test_tasks_by_hand(f):
    f.new_task("job", resources={"cpu": "1"})
    assert f.get_task("job").spec.to_dict()["resources"] == {"cpu": "1"}
    f.update_task("job", resources={"cpu": "2"})
    assert f.get_task("job").spec.to_dict()["resources"] == {"cpu": "2"}
    f.delete_task("job")
    with pytest.raises(EntityError):
        f.get_task("job")


def test_i25_listing(dh, P, p, f):
    other = p.new_function(name="other", code="def main():\n    return 1\n", handler="main", **PY)
    mine = f.run("job", parameters={"n": 1}, wait=True)
    other.run("job", wait=True)
    found = dh.list_runs(P, function=f"python://{P}/hello:{f.id}", state="COMPLETED")
    assert [r.id for r in found] == [mine.id]
    assert [r.id for r in f.list_runs(action="job")] == [mine.id]
    assert f.list_runs(action="build") == []
    assert f.get_run(mine.id).id == mine.id


def test_i26_stop(p):
    code = "import os, time\n\n\ndef main():\n    print(os.getpid(), flush=True)\n    time.sleep(600)\n"
    r = p.new_function(name="long", code=code, handler="main", **PY).run("job")
    wait_for(lambda: any(texts(r)))
    pid = int(texts(r)[0])
    os.kill(pid, 0)
    r.stop()
    assert r.wait().status.state == "STOPPED"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_d4_a_changed_spec_is_one_new_version(p, f):
    """Changed, then saved three times: two versions, not four; the newest has the change."""
    f.spec.requirements = ["idna==3.10"]
    for _ in range(3):
        update(f)
    versions = p.get_function_versions("hello")
    assert len(versions) == 2
    assert versions[0].spec.requirements == ["idna==3.10"]
    assert p.get_function("hello").id == versions[0].id



def test_a08_scheduler_trigger(p, f):
    trigger = f.trigger(action="job", kind="scheduler", name="each", schedule="0/2 * * * * ?",
                        template={"parameters": {"n": 1}})  # fmt: skip
    wait_for(lambda: len(f.list_runs()) >= 1)
    trigger.stop()
    assert trigger.refresh().status.state == "STOPPED"
    for r in f.list_runs():
        assert r.wait().results() == {"output_0": 2}
    count = len(f.list_runs())
    time.sleep(2.5)  # longer than its period
    assert len(f.list_runs()) == count


def test_a09_lifecycle_trigger(P, p):
    f = p.new_function(name="react", code="def main(di):\n    return di.key\n", handler="main", **PY)
    f.trigger(action="job", kind="lifecycle", name="onready", key=f"store://{P}/dataitem/table/tab", states=["READY"],
              template={"inputs": {"di": "{{input.key}}"}})  # fmt: skip
    t = p.log_table(name="tab", source=write("t.csv", "c1\n1\n"))
    wait_for(lambda: len(f.list_runs()) >= 1)
    assert {tuple(r.wait().results().items()) for r in f.list_runs()} == {(("output_0", t.key),)}


def test_a16_secret_in_a_job(p):
    p.new_secret(name="tok", secret_value="canary-value")
    code = (
        "import os\n\n\ndef main():\n    print('it is', os.environ['tok'])\n"
        "    return os.environ['tok'] == 'canary-value'\n"
    )
    r = p.new_function(name="sec", code=code, handler="main", **PY).run("job", secrets=["tok"], wait=True)
    assert r.results() == {"output_0": True}, failure(r)
    assert "canary-value" not in r.to_json()
    assert texts(r) == ["it is ************\n"]


INSIDE = """
import os
import digitalhub as dh


def main():
    p = dh.get_project(os.environ['PROJECT_NAME'])
    r = dh.get_run(os.environ['RUN_ID'], project=p.name)
    with open('a.txt', 'w') as stream:
        stream.write('hello')
    dh.log_artifact(p.name, name='made', source='a.txt')
    return r.id
"""


def test_a17_in_job_sdk(p):
    r = p.new_function(name="inside", code=INSIDE, handler="main", **PY).run("job", wait=True)
    assert r.results() == {"output_0": r.id}, failure(r)
    made = p.get_artifact("made")
    assert relations(made, "produced_by") == [f"{r.key}:{r.id}"]
    assert set(r.outputs()) == {"made"}


def test_a18_concurrency(dh, P, p):
    f = p.new_function(name="many", code="def main(n):\n    return n\n", handler="main", **PY)
    # Of published clients that race for a function's very first run, each makes the task; the second one is refused
    # (it must be: that answer is what tells their import that a task is there), by 0.16 even before it is sent.
    f.new_task("job")
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
