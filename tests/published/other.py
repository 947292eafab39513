"""What a process with the other line of published packages does in a project; test_lines.py starts it.

Reads one JSON request {"project", "do", …} from its arguments, prints one JSON answer as its last line.
"""

import importlib.metadata
import json
import logging
import os
import sys
import time

import digitalhub as dh

LINE = 15 if importlib.metadata.version("digitalhub").startswith("0.15.") else 16


def texts(run):
    return [log.text for log in run.logs()] if LINE == 15 else run.logs()


def make(request):
    """A function, a run of it, and two artifacts: of one file and of 101."""
    p = dh.get_project(request["project"])
    f = p.new_function(name=request["name"], code=request["code"], handler="main", kind="python",
                       python_version=request["python_version"])  # fmt: skip
    r = f.run("job", parameters={"n": 1}, wait=True)
    os.makedirs("many")
    for number in range(101):
        with open(f"many/{number:03}.txt", "w") as stream:
            stream.write(str(number))
    kind = {"kind": "artifact"} if LINE == 15 else {}
    one = p.log_artifact(name="one", source="many/000.txt", **kind)
    many = p.log_artifact(name="many", source="many", **kind)
    return {"function": f.key, "run": r.key, "one": one.key, "many": many.key}


def read(request):
    """Uses what the other line has made."""
    p = dh.get_project(request["project"])
    f = dh.get_function(request["function"])
    r = f.run("job", parameters={"n": 2}, wait=True)
    first = dh.get_run(request["run"])
    many = dh.get_artifact(request["many"])
    with open(dh.get_artifact(request["one"]).as_file()) as stream:
        one = stream.read()
    return {
        "functions": [x.id for x in p.list_functions()],
        "state": r.status.state,
        "results": r.results(),
        "texts": texts(r),
        "runs": sorted(x.id for x in f.list_runs()),
        "run": r.id,
        "first": [first.id, first.status.state, first.results(), texts(first)],
        "one": one,
        "files": [len(dh.get_artifact(request["one"]).files), len(many.files)],
    }


def main():
    logging.disable()
    sleep = time.sleep
    time.sleep = lambda seconds: sleep(min(seconds, 0.1))
    request = json.loads(sys.argv[1])
    print(json.dumps({"make": make, "read": read}[request["do"]](request)))


if __name__ == "__main__":
    main()
