"""The small JSON of the wrapper against the real one, and what it does not load."""

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from digitalhub_runtime_python import _main

VALUES = [
    None, True, False, 0, -1, 12345678901234567890, 1.0, 1e300, 0.1, -0.0, "", "a\"\\\n\u00e8\u2028\U0001f600", {}, {"a": {"b": 1}, "c": None},
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_dumps_is_json(value):
    back = json.loads(_main.dumps(value))
    assert back == value and type(back) is type(value)
    if isinstance(value, float):
        assert math.copysign(1, back) == math.copysign(1, value)


@pytest.mark.parametrize("value", [*VALUES, [1, [2.5, {"x": []}]], "\udc80", {"deep": [[[[[[{}]]]]]]}], ids=repr)
def test_loads_is_json(value):
    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False, separators=(",", ":"))):
        assert _main.loads(text) == value


def test_a_very_large_number_survives():
    assert json.loads(_main.dumps({"n": 10**20}))["n"] == 10**20
    assert len(_main.dumps(10**5000)) == 5001


def test_the_wrapper_loads_little(tmp_path):
    """Each module here is paid by every run."""
    (tmp_path / "main.py").write_text("import sys\ndef main(): print(' '.join(sorted(sys.modules)))\n")
    (tmp_path / "request.json").write_text(
        json.dumps({"handler": "main", "key": "k", "project": "p", "run": "r", "file": "main.py"})
    )
    job = Path(_main.__file__).with_name("_job.py")
    base = {*run(["-c", "import sys; print(' '.join(sys.modules))"], tmp_path).split()}
    loaded = {*run([str(job), "request.json"], tmp_path).split()}
    allowed = {
        "_json", "_sitebuiltins", "faulthandler", "builtins", "main", "_dhub_execute", "_dhub_main",
        "os", "os.path", "posixpath", "genericpath", "stat", "_stat", "abc", "_abc", "_collections_abc",
    }  # fmt: skip
    assert loaded - base <= allowed


def run(argv, cwd):
    return subprocess.run(
        [sys.executable, "-I", "-S", "-X", "utf8", *argv], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.parametrize(
    ("error", "module", "requirement"),
    [
        (ModuleNotFoundError("x", name="sklearn.svm"), "sklearn", "scikit-learn"),
        (ModuleNotFoundError("x", name="yaml"), "yaml", "pyyaml"),
        (ModuleNotFoundError("x", name="google.protobuf"), "google", "protobuf"),
        (ModuleNotFoundError("x", name="my_thing"), "my_thing", "my-thing"),
    ],
)
def test_missing_modules_name_their_distribution(error, module, requirement):
    from digitalhub_runtime_python import _execute

    said = _main.describe(error, _execute)
    assert (said["kind"], said["module"], said["requirement"]) == ("missing_module", module, requirement)


def test_a_submodule_that_is_not_there_is_a_mistake_in_the_code():
    from digitalhub_runtime_python import _execute

    assert _main.describe(ModuleNotFoundError("x", name="json.nothing"), _execute)["kind"] == "user_error"
    assert _main.describe(ModuleNotFoundError("x", name="pytest.nothing"), _execute)["kind"] == "user_error"


def test_missing_arguments_are_named_in_the_report():
    from digitalhub_runtime_python import _execute

    error = _execute.ArgumentsMissing("main() lacks the arguments a, b")
    error.names = ["a", "b"]
    said = json.loads(_main.dumps(_main.describe(error, _execute)))
    assert (said["kind"], said["arguments"]) == ("arguments_missing", ["a", "b"])
    assert said["last_line"] == "TypeError: main() lacks the arguments a, b"
    assert _main.describe(TypeError(str(error)), _execute)["kind"] == "user_error"


def test_an_output_that_cannot_be_stored_is_the_functions_own_error():
    from digitalhub_runtime_python import _execute

    error = _execute.OutputFailed("output 'output_0' (coroutine) cannot be stored: TypeError: no")
    error.__cause__ = TypeError("no")
    said = _main.describe(error, _execute)
    assert (said["kind"], said["last_line"]) == ("user_error", str(error))


def test_logger_writes_lines(capsys):
    context = _main.Context()
    context.logger.info("a %s", 1)
    context.logger.warn_with("b", k="v")
    context.logger.error("c", 2)
    context.anything = 5
    assert context.anything == 5
    assert capsys.readouterr().err == "INFO: a 1\nWARNING: b k='v'\nERROR: c 2\n"
    with pytest.raises(AttributeError):
        _ = context.absent
