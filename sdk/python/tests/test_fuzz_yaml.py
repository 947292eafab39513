"""The YAML importer under seeded random input: whatever a file holds, only documented errors come out."""

import copy
import os
import random
import time

import pytest

from digitalhub import _yaml
from digitalhub.utils.exceptions import (
    BackendError,
    BuilderError,
    ContextError,
    EntityError,
    EntityNotExistsError,
    ValidationError,
)

SECONDS = float(os.environ.get("DHUB_FUZZ_SECONDS", "2"))
#: One seed unless told otherwise, so that a run of the tests can be repeated; DHUB_FUZZ_SEED=0 takes a new one.
SEED = int(os.environ.get("DHUB_FUZZ_SEED", "1")) or random.SystemRandom().randrange(1, 1 << 31)

#: What import and load are documented to raise; of ValueError no further subclass but ours.
DOCUMENTED = (EntityError, BuilderError, BackendError, ContextError, ValidationError)

TOKENS = (
    *("---\n", "...\n", "- ", ": ", "? ", "| \n", "> \n", "&a ", "*a", "<<: ", "!!", "!!python/object:os.system ", "!!binary "),
    *("!!float ", "!!int ", "!!set ", "!!omap ", "!!timestamp ", "%YAML 1.1\n", "%TAG ! x\n", "{", "}", "[", "]", ",", "#", "'"),
    *('"', "\\", "\t", "\r", "\0", "\x85", "\ufeff", "\U0001f600", "\ud7ff", "~", "null", ".nan", "-.inf", "0x_", "0b", "1:2:3"),
    *("1e400", "9" * 400, "190:20:30", "2001-01-01", "=", "yes", "store://", "../../x", "kind", "metadata", "spec", "source"),
    *("base64", "project", "name", "id", "status", "embedded", "ref", "relationships", "tasks", "functions", "\n", "\n  "),
)  # fmt: skip

VALUES = (
    *(None, True, False, 0, -1, 1.5, float("nan"), float("inf"), 10**400, "", " ", "x" * 300, "\0", "../..", "a/b", "store://p/x/y/z:1"),
    *([], {}, [[]], [None], [{}], {"": ""}, {"a": None}, [1, "two", None], {"source": "x.py"}, {"source": 7}, {"source": {"base64": 1}}),
    *("python", "project", "artifact", "python+job", "python+job:run", "CREATED", "\ud800", b"bytes", {1: 2}, {None: 3}, {(1, 2): 4}),
)  # fmt: skip


def corpus(p, f):
    """Files as export writes them, and a task behind its function."""
    artifact = p.new_artifact(name="a", kind="artifact", path="s3://bucket/a")
    texts = []
    for entity in (f, artifact, p.refresh()):
        with open(entity.export(), encoding="utf-8") as stream:
            texts.append(stream.read())
    task = {"kind": "python+job", "project": p.name, "spec": {"function": f"python://{p.name}/hello:{f.id}"}}
    return [*texts, texts[0] + "---\n" + _yaml.dump(task)]


def mutate(rng, texts):
    """A file that is nearly one of the corpus."""
    text = rng.choice(texts)
    shape = rng.random()
    if shape < 0.45:
        return structure(rng, text)
    if shape < 0.50:
        return nested(rng, text)
    for _ in range(rng.choice((1, 1, 2, 3, 8, 30))):
        at, to = sorted(rng.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + rng.choice((0, 1, 5, 50)))
        kind = rng.randrange(4)
        piece = {0: rng.choice(TOKENS), 1: "", 2: text[at:to] * 2, 3: chr(rng.randrange(1, 0xD7FF))}[kind]
        text = text[:at] + piece + text[to:]
    data = text.encode("utf-8", "surrogatepass")
    if rng.random() < 0.05:
        at = rng.randrange(len(data) + 1)
        data = data[:at] + bytes(rng.randrange(256) for _ in range(4)) + data[at:]
    return data


def structure(rng, text):
    """The document with some of its values replaced, members removed or added."""
    (document, *further) = _yaml.load_all(text)
    for _ in range(rng.choice((1, 1, 2, 4))):
        here = document
        while True:
            key = rng.choice(list(here)) if here else "x"
            inner = here.get(key)
            if not isinstance(inner, dict) or rng.random() < 0.4:
                break
            here = inner
        if rng.random() < 0.2:
            here.pop(key, None)
        elif rng.random() < 0.2:
            here[rng.choice((*VALUES[10:16], 1, None, True))] = copy.deepcopy(rng.choice(VALUES))
        else:
            here[key] = copy.deepcopy(rng.choice(VALUES))
    out = "---\n".join(_yaml.dump(d) for d in (document, *further))
    return out.encode("utf-8", "surrogatepass")


def nested(rng, text):
    """Depth, loops and aliases that multiply."""
    depth = rng.choice((10, 90, 200, 5000))
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, min(depth, 90))]
    tail = rng.choice(
        (
            "spec: " + "[" * depth + "]" * depth,
            "spec: " + "{a: " * depth + "1" + "}" * depth,
            "spec: &a {b: *a}",
            "metadata: &a\n  labels: [*a]",
            "spec:\n" + "".join("  " + line + "\n" for line in lines),
            "\n".join("- " * depth for _ in range(2)),
        )
    )
    kept = [line for line in text.splitlines() if not line.startswith((" ", "spec", "metadata", "-"))]
    return ("\n".join(kept) + "\n" + tail + "\n").encode()


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_fuzz_yaml_import(dh, p, f):
    rng = random.Random(SEED)
    texts = corpus(p, f)
    calls = [dh.import_function, dh.load_function, dh.import_artifact, dh.load_artifact, p.import_function]
    calls += [dh.import_project, dh.load_project]
    rounds = accepted = 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        rounds += 1
        data = mutate(rng, texts)
        call = rng.choice(calls)
        with open("fuzz.yaml", "wb") as stream:
            stream.write(data)
        where = f"seed {SEED}, round {rounds}, {call.__name__}, file:\n{data[:4000]!r}"
        try:
            call("fuzz.yaml")
            accepted += 1
        except DOCUMENTED as error:
            assert str(error), where
            if isinstance(error, BackendError) and not isinstance(error, EntityNotExistsError):
                assert 400 <= error.status < 500, f"{error.status} {error}: {where}"
        except Exception as error:
            assert type(error) is ValueError and str(error), f"{type(error).__name__}: {error}: {where}"
    print(f"{rounds} files, {accepted} accepted")
    assert dh.get_project(p.name).name == p.name
