"""A21 and A25 to A27: two lines of published clients in one project, and what only 0.16 says."""

import json
import os
import subprocess

from conftest import HELLO, HERE, LINE, LINES, PY, texts

def do(line, folder, **request):
    """Runs other.py with one line of packages, in a folder of its own; the environment is the test's."""
    folder.mkdir()
    done = subprocess.run(
        [LINES[line], HERE / "other.py", json.dumps(request)], cwd=folder, env={**os.environ, "HOME": str(folder)},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a21_two_lines_one_project(P, tmp_path):
    """What this line makes, the other lists, runs, waits for, reads logs and files of, and addresses by key."""
    reader = 31 - LINE
    made = do(LINE, tmp_path / "maker", do="make", project=P, name="shared", code=HELLO,
              python_version=PY["python_version"])  # fmt: skip
    seen = do(reader, tmp_path / "reader", do="read", project=P, **made)
    ident = {name: key.rpartition(":" if name != "run" else "/")[2] for name, key in made.items()}
    assert seen["functions"] == [ident["function"]]
    assert [seen["state"], seen["results"], seen["texts"]] == ["COMPLETED", {"output_0": 3}, ["hello log\n"]]
    assert seen["runs"] == sorted([ident["run"], seen["run"]])
    assert seen["first"] == [ident["run"], "COMPLETED", {"output_0": 2}, ["hello log\n"]]
    assert seen["one"] == "0"
    assert seen["files"] == [1, 101]


def test_a25_readable_run_names(dh, P, f, server):
    """0.16 gives a run a name beside its id; 0.15 sends none other than the id."""
    r = f.run("job", parameters={"n": 1}, wait=True, **({} if LINE == 15 else {"name": "nightly"}))
    if LINE == 15:
        stored = server.call("GET", f"/-/{P}/runs/{r.id}")
        assert stored["name"] == r.id
        return
    assert r.name == "nightly"
    assert r.id != "nightly"
    assert r.key.endswith(r.id)
    assert [x.id for x in dh.list_runs(P, name="nightly")] == [r.id]


def test_a26_versions_as_text(p, f):
    if LINE == 15:  # it sends none, the server takes the id
        assert p.get_function("hello").metadata.version == f.id
        return
    assert p.get_function("hello").metadata.version == f.metadata.version != f.id
    p.new_function(name="v", version="2.1", code="x=1", handler="x", **PY)
    assert p.get_function("v").metadata.version == "2.1"


def test_a27_label_filter(dh, P, p, server):
    for name, labels in {"one": ["a"], "both": ["a", "b"], "more": ["a", "b", "c"], "none": []}.items():
        p.new_function(name=name, labels=labels, code="x=1", handler="x", **PY)
    found = server.call("GET", f"/-/{P}/functions?labels=a&labels=b")["content"]
    assert sorted(x["name"] for x in found) == ["both", "more"]
    if LINE == 16:
        assert sorted(x.name for x in dh.list_functions(P, labels=["a", "b"])) == ["both", "more"]


def test_i31_logs_of_several_attempts(p, server):
    """One item for each attempt that wrote something; ids are slugs, content is never null."""
    code = (
        "import os\n\n\ndef main(project, run):\n"
        "    marker = os.path.join(os.environ['XDG_CACHE_HOME'], run.id)\n"
        "    if not os.path.exists(marker):\n"
        "        os.makedirs(os.path.dirname(marker), exist_ok=True)\n"
        "        open(marker, 'w').close()\n"
        "        print('first', flush=True)\n        os._exit(3)\n"
        "    print('second')\n"
    )
    f = p.new_function(name="again", code=code, handler="main", **PY)
    # The published package has no word for it at a run, but keeps what it does not know at a task.
    server.call("POST", f"/-/{p.name}/tasks", {"kind": "python+job", "spec": {
        "function": f"python://{p.name}/again:{f.id}", "backoff_limit": 1}})  # fmt: skip
    r = f.run("job", wait=True)
    assert r.status.state == "COMPLETED", (r.status.to_dict(), texts(r))
    assert sorted(texts(r)) == ["first\n", "second\n"]
