"""The package itself: its surface, what importing loads, which interpreters it runs on; no server."""

import ast
import os
import pathlib
import re
import subprocess
import sys

import pytest
from conftest import HERE, PY, SDK

import digitalhub
from digitalhub import _kinds, _names, _spelling, _tables, _yaml
from digitalhub.utils import exceptions

PACKAGE = SDK / "digitalhub"
SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "_vendor" not in path.parts)

#: What importing the package may load besides itself.
ALLOWED: set[str] = set()


def python(*args, executable=sys.executable, **kwargs):
    return subprocess.run([executable, "-B", *args], capture_output=True, text=True, timeout=120, **kwargs)


def interpreters():
    """Every CPython from 3.10 on that is found, by (major, minor)."""
    found = {sys.version_info[:2]: sys.executable}
    folders = [pathlib.Path(p) for p in os.environ.get("PATH", "").split(os.pathsep)]
    root = pathlib.Path(os.environ.get("PYENV_ROOT") or pathlib.Path.home() / ".pyenv") / "versions"
    folders += sorted(root.glob("*/bin")) if root.is_dir() else []
    for minor in range(10, 16):
        for folder in folders:
            candidate = folder / f"python3.{minor}"
            if candidate.is_file() and "shims" not in folder.parts:
                found.setdefault((3, minor), str(candidate))
    return found


# -- surface -----------------------------------------------------------------------------------------

PLURAL = ("function", "workflow", "artifact", "dataitem", "model", "extension", "containerimage")
OTHERS = """log_artifact log_generic_artifact log_dataitem log_generic_dataitem log_table log_croissant log_model
log_generic_model log_mlflow log_sklearn log_huggingface search_entity create_extension_schema get_credentials_and_config
get_current_profile set_current_profile refresh_token get_k8s_resource_profiles get_s3_client get_sql_engine
get_store_by_entity get_or_create_project set_dhcore_env set_dhub_env""".split()


def expected_names():
    names = set(OTHERS)
    for entity in (*PLURAL, "secret", "trigger", "run", "task", "project"):
        names |= {f"{verb}_{entity}" for verb in ("new", "get", "import", "load", "update", "delete")}
        names.add(f"list_{entity}s")
    return names | {f"get_{entity}_versions" for entity in PLURAL}


def test_public_names():
    assert set(digitalhub.__all__) == expected_names() == set(digitalhub._NAMES)
    assert set(dir(digitalhub)) == {*digitalhub.__all__, "__version__", "__distribution__"}
    for name in digitalhub.__all__:
        assert callable(getattr(digitalhub, name))
        assert getattr(digitalhub, name).__doc__, name
    assert digitalhub.__distribution__ == "dhub"


def test_type_checkers_see_the_same_names():
    tree = ast.parse((PACKAGE / "__init__.py").read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname: node.module for node in block.body for alias in node.names}
    assert seen == digitalhub._NAMES


def test_wrong_names_say_the_right_one():
    with pytest.raises(AttributeError, match="Did you mean 'get_function'"):
        digitalhub.get_funtion  # noqa: B018
    with pytest.raises(AttributeError, match="no 'run_workflow' any more: use Project.run"):
        digitalhub.run_workflow  # noqa: B018


def test_every_public_function_of_a_class_has_a_docstring():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                for member in node.body:
                    if isinstance(member, ast.FunctionDef) and not member.name.startswith("_"):
                        assert ast.get_docstring(member), f"{path.name}: {node.name}.{member.name}"


def test_exceptions_tree():
    assert issubclass(exceptions.ValidationError, ValueError)
    assert set(exceptions.__all__) == {
        name for name, value in vars(exceptions).items() if isinstance(value, type) and issubclass(value, Exception)
    }


# -- importing ---------------------------------------------------------------------------------------


def test_importing_loads_nothing_else():
    code = (
        "import sys\nbefore = set(sys.modules)\nimport digitalhub\n"
        "print(*sorted(set(sys.modules) - before - {'digitalhub'}))"
    )
    done = python("-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(SDK)!r})\n{code}")
    assert done.returncode == 0, done.stderr
    assert set(done.stdout.split()) == ALLOWED


def test_first_call_loads_no_optional_library():
    code = (
        "import sys, digitalhub as dh\n"
        "p = dh.get_or_create_project('x', local=True)\n"
        f"p.new_function(name='f', code='x=1', handler='x', **{PY!r})\n"
        "heavy = {'pandas', 'polars', 'pyarrow', 'numpy', 'boto3', 'sqlalchemy', 'dataclasses', 'asyncio', 'pydantic',\n"
        "         'typing', 'inspect', 'enum', 'urllib.request', 'requests', 'yaml', 'digitalhub_runtime_python'}\n"
        "print(*sorted(heavy & set(sys.modules) - {'enum'}))"
    )
    done = python("-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(SDK)!r})\n{code}")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize("version", sorted(interpreters()), ids=lambda v: f"{v[0]}.{v[1]}")
def test_every_interpreter_found(version, tmp_path):
    """Importing all modules, and a local project from definition to result, with warnings as errors."""
    code = (
        "import sys\nsys.dont_write_bytecode = True\n"
        f"sys.path.insert(0, {str(SDK)!r})\n"
        "import digitalhub as dh\n"
        "for name in dh.__all__: getattr(dh, name)\n"
        "p = dh.get_or_create_project('x', local=True)\n"
        "f = p.new_function(name='f', code='def main(n): return n + 1', handler='main', kind='python',\n"
        f"                   python_version='PYTHON{version[0]}_{version[1]}')\n"
        "path = f.export()\n"
        "p.delete_function('f', delete_all_versions=True)\n"
        "r = dh.import_function(path).run('job', parameters={'n': 41}, local_execution=True)\n"
        "print(r.status.state, r.results())\n"
    )
    if version > (3, 14):
        pytest.fail(f"CPython {version[0]}.{version[1]} is new: name it in _kinds.PYTHON_VERSIONS")
    done = python("-W", "error", "-c", code, executable=interpreters()[version], cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "COMPLETED {'output_0': 42}"


def test_floor_is_3_10():
    """Every source parses as 3.10 and uses no name of a later standard library."""
    later = re.compile(
        r"\b(ExceptionGroup|BaseExceptionGroup|asyncio\.TaskGroup|datetime\.UTC|from datetime import UTC|typing\.Self"
        r"|enum\.StrEnum|itertools\.batched|hashlib\.file_digest|pathlib\.Path\.walk|warnings\.deprecated)\b"
    )
    for path in [*PACKAGE.rglob("*.py"), *(SDK / "digitalhub_runtime_python").rglob("*.py")]:
        text = path.read_text()
        ast.parse(text, str(path), feature_version=(3, 10))
        assert not later.search(text), path
        for line in text.splitlines():
            assert "import tomllib" not in line or "_sources.py" in str(path), path


# -- house rules -------------------------------------------------------------------------------------


def test_imports_go_one_way():
    """Entity modules, then what they share, then the client, then the transport; pandas in one place."""
    low = {"_transport": {"utils"}, "_names": {"_kinds", "utils"}, "_kinds": {"utils", "_spelling"}, "_spelling": {"utils"},
           "_config": {"utils", "_log"}, "_auth": {"_transport", "utils", "_config"}, "_log": set(),
           "_client": {"_transport", "_auth", "_config", "_kinds", "_spelling", "utils", "_context"}}  # fmt: skip
    for path in SOURCES:
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                modules = [node.module]
            else:
                modules = []
            for module in modules:
                root = module.partition(".")[0]
                if root in ("pandas", "polars", "pyarrow"):
                    assert path.name == "_tables.py", path
                if root == "digitalhub_runtime_python":
                    assert path.name == "_execution.py", path
            if isinstance(node, ast.ImportFrom) and node.level == 1 and path.parent == PACKAGE and path.stem in low:
                wanted = [node.module.partition(".")[0]] if node.module else [alias.name for alias in node.names]
                assert set(wanted) <= low[path.stem], f"{path.name}: {wanted}"


def test_nothing_prints_and_no_file_is_too_long():
    for path in SOURCES:
        text = path.read_text()
        assert not re.search(r"^\s*print\(", text, re.M), path
        assert len(text.splitlines()) <= 400, path


def test_no_bytecode_in_the_tree():
    assert not list(PACKAGE.rglob("*.pyc"))


def test_vendored_code_says_where_it_is_from():
    folder = PACKAGE / "_vendor" / "yaml"
    assert "Kirill Simonov" in (folder / "LICENSE").read_text()
    assert "6.0.3" in (folder / "__init__.py").read_text()


# -- names and keys ----------------------------------------------------------------------------------


def test_ids():
    made = {_names.new_id() for _ in range(200)}
    assert len(made) == 200
    for id in made:
        assert _names.check_id(id) == id
        assert len(id) == 32
    with pytest.raises(exceptions.ValidationError):
        _names.check_id("d338b02a81e4136290741037e2dc61f4")


def test_keys():
    key = _names.parse_key("store://p/functions/python/f:1")
    assert (key.project, key.type, key.kind, key.name, key.id) == ("p", "function", "python", "f", "1")
    assert _names.parse_key("store://p/function/python/f").id is None
    for text in ("store://p/run/python+job:run/9", "store://p/run/python+job:run/9:9"):
        run = _names.parse_key(text)
        assert (run.kind, run.name, run.id) == ("python+job:run", None, "9")
    for wrong in ("store://p", "x", "store://p/nothing/k/n:1", "store://p/function/python/a:b:c"):
        with pytest.raises(ValueError):
            _names.parse_key(wrong)


def test_kinds():
    assert _kinds.type_of("python") == "function"
    assert _kinds.type_of("python+job") == "task"
    assert _kinds.type_of("python+job:run") == "run"
    assert _kinds.type_of("python+fly") is None
    assert set(_kinds.ACTIONS) == {kind for kind, spec in _kinds.SPECS.items() if spec[0] in ("function", "workflow")}


# -- arguments ---------------------------------------------------------------------------------------


def test_unknown_arguments_name_themselves_and_the_nearest():
    with pytest.raises(
        TypeError, match=r"f\(\) got an argument that nothing understands: 'timout'. Did you mean 'timeout'\?"
    ):
        _spelling.http("f", {"timout": 1})
    with pytest.raises(exceptions.ValidationError, match="timeout"):
        _spelling.options({"timeout": "soon"})
    with pytest.raises(exceptions.ValidationError, match="params"):
        _spelling.options({"params": [1]})


def test_lists_of_maps():
    assert _spelling.mapping("inputs", [{"a": 1}, {"b": 2, "c": 3}]) == {"a": 1, "b": 2, "c": 3}
    assert _spelling.mapping("inputs", None) == {}
    with pytest.raises(exceptions.ValidationError, match="given twice"):
        _spelling.mapping("inputs", [{"a": 1}, {"a": 1}])


# -- views -------------------------------------------------------------------------------------------


@pytest.fixture
def p():
    return digitalhub.get_or_create_project("offline", local=True)


def test_views_keep_what_they_do_not_know(p):
    f = p.new_function(name="f", code="x=1", handler="x", **PY)
    f.metadata.mine = {"big": 12345678901234567890}
    f.save(update=True)
    fresh = p.get_function("f")
    assert fresh.metadata.mine == {"big": 12345678901234567890}
    assert fresh.spec.image is None
    assert "mine" in fresh.metadata
    with pytest.raises(AttributeError, match="Did you mean 'requirements'"):
        fresh.spec.requirement  # noqa: B018
    with pytest.raises(AttributeError):
        fresh.speck  # noqa: B018
    with pytest.raises(AttributeError):
        fresh.speck = 1
    assert repr(fresh) == f"<Function {f.key} CREATED>"


def test_offline_projects_answer_like_the_server(p):
    f = p.new_function(name="f", code="x=1", handler="x", labels=["a", "b"], **PY)
    g = p.new_function(name="f", code="x=2", handler="x", **PY)
    assert [x.id for x in p.list_functions()] == [g.id]
    assert [x.id for x in p.list_functions(versions="all")] == [g.id, f.id]
    assert [x.id for x in p.list_functions(versions="all", labels=["a"])] == [f.id]
    with pytest.raises(exceptions.EntityAlreadyExistsError, match="Duplicated entity function"):
        p.new_function(name="h", uuid=f.id, code="x=1", handler="x", **PY)
    with pytest.raises(exceptions.BackendError, match="No object found"):
        p.get_function("none")
    s = p.new_secret(name="s", secret_value="v")
    assert s.read_secret_value() == "v"
    m = p.new_model(name="m", kind="model", path="/x")
    m.log_metric("a", 1)
    m.log_metric("a", 2)
    assert m.metrics == {"a": [1, 2]}
    file = p.export()
    digitalhub.delete_project("offline")
    with pytest.raises(exceptions.BackendError):
        digitalhub.get_project("offline", local=True)
    again = digitalhub.get_or_create_project("offline", local=True)
    assert again.list_functions() == []
    assert os.path.isfile(file)


def test_everything_offline_by_the_environment(monkeypatch):
    monkeypatch.setenv("DHUB_LOCAL", "true")
    project = digitalhub.get_or_create_project("env")
    project.new_function(name="f", code="x=1", handler="x", **PY)
    assert digitalhub.get_function("f", project="env").name == "f"


# -- YAML --------------------------------------------------------------------------------------------

ODD = [
    "", " ", "a: b", "- a", "#x", "yes", "no", "null", "~", "1", "1.0", "1e3", "0x1", "2026-11-22", "2026-11-22T07:06:34.000Z",
    "multi\nline\n", "tab\there", "quote'\"", "\u00e9\u4e2d\U0001f600", "a" * 300, "x\r\ny", "\u2028", "!tag", "&a", "*a", "@x", "%x",
]  # fmt: skip


def test_yaml_round_trip():
    document = {
        "kind": "python", "texts": {text or "empty": text for text in ODD}, "list": ODD, "none": None, "true": True,
        "numbers": [0, -1, 1.0, 1.5, 12345678901234567890, 1e100], "empty": [{}, [], ""], "deep": {"a": {"b": [{"c": [1]}]}},
    }  # fmt: skip
    (again,) = _yaml.load_all(_yaml.dump(document))
    assert again == document
    assert list(again) == list(document)
    assert [type(x) for x in again["numbers"]] == [type(x) for x in document["numbers"]]


def test_yaml_timestamps_stay_text_and_are_quoted():
    assert "'2026-11-22T07:06:34.000Z'" in _yaml.dump({"created": "2026-11-22T07:06:34.000Z"})
    assert _yaml.load_all("created: 2026-11-22T07:06:34.000Z") == [{"created": "2026-11-22T07:06:34.000Z"}]


def test_yaml_makes_no_objects():
    for text in ("!!python/object/apply:os.system ['true']", "a: !!python/name:os.system ''", "- a"):
        with pytest.raises(exceptions.EntityError):
            _yaml.load_all(text)


# -- tables ------------------------------------------------------------------------------------------


def test_types_of_csv_columns(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("i,n,b,s,e,m,u\n1,1.5,true,x,,1,1_000\n,2,False,2,,x,1\n-3,,,y,,2.5,2\n")
    found = _tables.inspect(str(file), None, None)
    assert {field["name"]: field["type"] for field in found.schema["fields"]} == {
        "i": "integer", "n": "number", "b": "boolean", "s": "string", "e": "string", "m": "string", "u": "string",
    }  # fmt: skip
    assert found.preview["cols"][0] == {"name": "i", "value": [1, None, -3]}
    assert found.preview["rows"] == 3


def test_a_long_preview_is_dropped(tmp_path):
    file = tmp_path / "t.csv"
    file.write_text("a\n" + "x" * 70000 + "\n")
    assert _tables.inspect(str(file), None, None).preview is None


def test_unknown_format(tmp_path):
    file = tmp_path / "t.parq"
    file.write_text("x")
    with pytest.raises(exceptions.ReaderError, match="Unsupported extension 'parq'"):
        _tables.inspect(str(file), None, None)


# -- requirements ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("requirements.txt", "a-none>=1\nb-none  # why\n"),
        ("setup.py", "from setuptools import setup\nsetup(install_requires=['a-none>=1', 'b-none'])\n"),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = [\n  "a-none>=1",\n  "b-none",\n]\n[tool.x]\n'),
        ("conda.yaml", "dependencies:\n- python=3.11\n- pip:\n  - a-none>=1\n  - b-none\n"),
    ],
)
def test_requirement_files(tmp_path, name, text):
    from digitalhub import _sources

    (tmp_path / name).write_text(text)
    assert _sources.requirements(str(tmp_path / name)) == ["a-none>=1", "b-none"]
    with pytest.raises(exceptions.EntityError, match="does not exist"):
        _sources.requirements(str(tmp_path / "none.txt"))


def test_here_is_the_tests_folder():
    assert HERE.name == "tests"
