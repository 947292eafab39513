"""What a handler is called with, and what becomes of what it returns."""

import pickle
import sys
import types

import pytest

from digitalhub_runtime_python import _execute, handler
from digitalhub_runtime_python._execute import ArgumentsMissing, HandlerNotFound, OutputFailed, execute


class Entity:
    """Stands for a data item, an artifact or a model."""

    def __init__(self, name, kind="table", data=None):
        self.name, self.kind, self.data = name, kind, data
        self.key = f"store://p/dataitem/{kind}/{name}:1"
        self.metadata = types.SimpleNamespace(relationships=[])
        self.saved = 0

    def add_relationship(self, type, dest):
        self.metadata.relationships.append({"type": type, "dest": dest})

    def save(self, update=False):
        self.saved += 1


class Project:
    """Keeps what is logged."""

    def __init__(self):
        self.logged = []

    def log_table(self, name, data, **spec):
        return self.log_dataitem(name, "table", data, **spec)

    def log_dataitem(self, name, kind, data, **spec):
        self.logged.append((name, kind, data, spec))
        return Entity(name, kind, data)

    def log_artifact(self, name, kind, source, **spec):
        with open(source, "rb") as f:
            self.logged.append((name, kind, pickle.load(f), spec))
        return Entity(name, kind)


@pytest.fixture(autouse=True)
def _clean():
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        del sys.modules[name]


@pytest.fixture
def run(tmp_path):
    def call(code, name="main", **kwargs):
        (tmp_path / "main.py").write_text(code)
        return execute(str(tmp_path), name, **kwargs)

    return call


def test_parameters_and_inputs_are_keywords(run):
    entity = Entity("t")
    code = "def main(n, di, *, k=3):\n    return n, di.name, k\n"
    assert run(code, parameters={"n": 1}, inputs={"di": entity})[0] == {"output_0": 1, "output_1": "t", "output_2": 3}
    assert run(code, parameters={"n": 1}, inputs={"di": lambda: entity})[0]["output_1"] == "t"


def test_a_name_given_twice_is_refused(run):
    with pytest.raises(TypeError, match="given as a parameter and as an input"):
        run("def main(n): pass\n", parameters={"n": 1}, inputs={"n": Entity("t")})


@pytest.mark.parametrize("name", ["project", "run", "context", "event"])
def test_injected_only_when_declared(run, name):
    made = []

    def make():
        made.append(name)
        return "it"

    assert run("def main(): return 1\n", **{name: make}) == ({"output_0": 1}, {})
    assert made == []
    assert run(f"def main({name}): return {name}\n", **{name: make})[0] == {"output_0": "it"}
    assert made == [name]
    assert run(f"def main({name}): return {name}\n", parameters={name: "mine"}, **{name: make})[0] == {
        "output_0": "mine"
    }


def test_undeclared_and_missing_arguments_fail(run):
    with pytest.raises(TypeError, match="unexpected keyword argument 'x'"):
        run("def main(): pass\n", parameters={"x": 1})
    with pytest.raises(TypeError, match=r"^main\(\) lacks the argument x$"):
        run("def main(x): pass\n")


@pytest.mark.parametrize(
    ("code", "parameters", "lacks"),
    [
        ("def main(a, b=1, *, c, d=2): pass", {}, ["a", "c"]),
        ("def main(a, b): pass", {"b": 1}, ["a"]),
        ("def main(a, context): pass", {}, ["a"]),
        ("def main(a, **more): pass", {"x": 1}, ["a"]),
        ("class C:\n  def m(self, a): pass\nmain = C().m", {}, ["a"]),
        ("from digitalhub_runtime_python import handler\n@handler()\ndef main(a): pass", {}, ["a"]),
    ],
)
def test_arguments_that_are_missing_are_named(run, code, parameters, lacks):
    with pytest.raises(ArgumentsMissing) as caught:
        run(code, parameters=parameters)
    assert caught.value.names == lacks
    assert f"{type(caught.value).__module__}.{type(caught.value).__qualname__}" == "builtins.TypeError"


@pytest.mark.parametrize(
    "code",
    [
        "def main():\n  def main(x): pass\n  main()",  # within the function
        "def main(a): pass",  # and one too many
        "def main(a, /): pass",
        "class C:\n  def __call__(self, a): pass\nmain = C()",
        "import functools\ndef inner(a): pass\n@functools.wraps(inner)\ndef main(*args, **kwargs): inner(*args)",
    ],
)
def test_what_else_a_call_ends_with_is_pythons_own(run, code):
    with pytest.raises(TypeError) as caught:
        run(code, parameters={"x": 1} if "def main(a): " in code else {})
    assert type(caught.value) is TypeError


def test_a_decorator_may_give_what_its_function_demands(run):
    code = (
        "import functools\n"
        "def gives(f):\n    @functools.wraps(f)\n    def wrapper(**k): return f(a=1, **k)\n    return wrapper\n"
        "@gives\ndef main(a, b): return a + b\n"
    )
    assert run(code, parameters={"b": 2})[0] == {"output_0": 3}


def test_a_method_that_binds_no_function_is_called_as_it_is(run):
    code = "import functools\nclass C:\n  @functools.lru_cache\n  def m(self, a): return a\nmain = C().m\n"
    assert run(code, parameters={"a": 2})[0] == {"output_0": 2}


def test_init_function_comes_first_with_the_same_context(run):
    context = types.SimpleNamespace()
    code = "def init(context, a):\n    context.a = a\ndef main(context):\n    return context.a\n"
    assert run(code, init_function="init", init_parameters={"a": 5}, context=context)[0] == {"output_0": 5}
    with pytest.raises(RuntimeError, match=r"takes \['a'\], init_parameters gives \[\]"):
        run(code, init_function="init", context=context)
    with pytest.raises(RuntimeError, match="must take context"):
        run("def init(): pass\ndef main(): pass\n", init_function="init")


def test_module_handlers(tmp_path):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "mod.py").write_text("class C:\n    @staticmethod\n    def f(): return __name__\n")
    assert execute(str(tmp_path), "pkg.mod:C.f")[0] == {"output_0": "pkg.mod"}
    with pytest.raises(HandlerNotFound, match="handler 'g' does not exist in pkg.mod"):
        execute(str(tmp_path), "pkg.mod:g")
    with pytest.raises(HandlerNotFound, match="module 'pkg.absent' does not exist"):
        execute(str(tmp_path), "pkg.absent:g")


def test_a_module_named_like_a_loaded_one(tmp_path):
    (tmp_path / "json.py").write_text("def f(): return 'mine'\n")
    import json

    assert execute(str(tmp_path), "json:f", file="json.py")[0] == {"output_0": "mine"}
    assert sys.modules["json"] is json


def test_failing_code_leaves_no_half_module(run):
    with pytest.raises(ZeroDivisionError):
        run("1/0\n")
    assert "main" not in sys.modules


def test_decorated_functions_can_be_called_directly():
    @handler(outputs=["a"])
    def f(x, y=2):
        """Doc."""
        return x + y

    assert f(1) == 3 and f(1, y=5) == 6
    assert f.__wrapped__(1) == 3 and f.__name__ == "f" and f.__doc__ == "Doc."


@pytest.mark.parametrize("bad", [len, "a", [1], [{"kind": "table"}]])
def test_the_decorator_names_its_mistakes(bad):
    with pytest.raises(TypeError):
        handler(bad)


def test_plain_results_take_the_names_that_a_run_asks_for(tmp_path):
    (tmp_path / "two.py").write_text("def one(): return 1\ndef two(): return 1, 2\n")

    def results(handler, names):
        return execute(str(tmp_path), handler, file="two.py", names=names)[0]

    assert results("one", {"output_0": "count"}) == {"count": 1}
    assert results("one", {"whatever": "kept"}) == {"whatever": 1}  # the only output may be called anything
    assert results("two", {"output_1": "second"}) == {"output_0": 1, "second": 2}


def test_names_by_decorator_and_position(run):
    code = "from digitalhub_runtime_python import handler\n@handler(outputs=['a', {'name': 'b', 'kind': 'x'}])\ndef main():\n    return 1, 2, 3\n"
    assert run(code)[0] == {"a": 1, "b": 2, "output_2": 3}
    assert run(code.replace("(outputs=['a', {'name': 'b', 'kind': 'x'}])", "()"))[0] == {
        "output_0": 1,
        "output_1": 2,
        "output_2": 3,
    }


def test_an_outer_decorator_is_kept(run):
    code = """
import functools
from digitalhub_runtime_python import handler
def outer(f):
    @functools.wraps(f)
    def g(*a, **k):
        return f(*a, **k) + 1
    return g
@outer
@handler(outputs=['a'])
def main(n): return n
"""
    assert run(code, parameters={"n": 1})[0] == {"a": 2}


def test_entities_are_marked_and_saved_once(run):
    entity = Entity("t")
    results, outputs = run("def main(e): return e\n", inputs={"e": entity}, run_key="store://p/run/python+job:run/r:r")
    assert (results, outputs) == ({}, {"output_0": entity.key})
    assert entity.metadata.relationships == [{"type": "produced_by", "dest": "store://p/run/python+job:run/r:r"}]
    assert entity.saved == 1
    run("def main(e): return e\n", inputs={"e": entity}, run_key="store://p/run/python+job:run/r:r")
    assert entity.saved == 1


def test_other_values_are_pickled_under_their_name(run):
    project = Project()
    code = "def main(): return {'k': 1}\n"
    assert run(code, project=lambda: project) == ({}, {"output_0": "store://p/dataitem/artifact/output_0:1"})
    assert project.logged == [("output_0", "artifact", {"k": 1}, {})]


def test_a_rename_names_the_entity(run):
    project = Project()
    code = "from digitalhub_runtime_python import handler\n@handler(outputs=['clean'])\ndef main(): return {'k': 1}\n"
    assert run(code, project=project, names={"clean": "clean-data"})[1] == {
        "clean": "store://p/dataitem/artifact/clean-data:1"
    }
    undecorated = "def main(): return {'k': 1}\n"
    assert run(undecorated, project=project, names={"clean": "clean-data"})[1] == {
        "clean": "store://p/dataitem/artifact/clean-data:1"
    }


def test_tables_are_logged(run):
    project = Project()
    code = """
from digitalhub_runtime_python import handler
class DataFrame: pass
DataFrame.__module__ = "pandas.core.frame"
class Sub(DataFrame): pass
@handler(outputs=['a', {'name': 'b', 'kind': 'x', 'spec_kwargs': {'z': 1}}])
def main(): return DataFrame(), Sub()
"""
    _, outputs = run(code, project=project)
    assert outputs == {"a": "store://p/dataitem/table/a:1", "b": "store://p/dataitem/x/b:1"}
    assert [(name, kind, spec) for name, kind, _, spec in project.logged] == [("a", "table", {}), ("b", "x", {"z": 1})]


def test_what_cannot_be_stored_says_which(run):
    with pytest.raises(OutputFailed, match=r"output 'output_0' \(function\) cannot be stored"):
        run("def main(): return lambda: 1\n", project=Project())


def test_published_decorator(tmp_path, monkeypatch):
    """The published wrapper takes project and run key first; its function and outputs are taken out of it."""
    package = tmp_path / "digitalhub_runtime_python"
    package.mkdir()
    source = package / "published.py"
    source.write_text(
        "import functools\n"
        "def handler(outputs=None):\n"
        "    def decorator(func):\n"
        "        def wrapper(*args, **kwargs):\n"
        "            nonlocal outputs\n"
        "            project, key, args = args[0], args[1], args[2:]\n"
        "            return {'unused': (outputs, func(*args, **kwargs))}\n"
        "        return functools.wraps(func)(wrapper)\n"
        "    return decorator\n"
    )
    module = types.ModuleType("published")
    exec(compile(source.read_text(), str(source), "exec"), module.__dict__)
    function = module.handler(outputs=["a"])(lambda n: n + 1)
    assert _execute.declared_outputs(function) == ["a"]
    assert _execute.unwrap(function)(1) == 2
    assert _execute.bind(function, {"n": 1}, {}, {}) == {"n": 1}


def test_callables_of_other_kinds(run):
    code = """
import functools
class Model:
    def __call__(self, n, context): return n + context
    def method(self, context, n=1): return n + context
main = Model()
bound = main.method
part = functools.partial(main.method, n=10)
"""
    assert run(code, parameters={"n": 1}, context=lambda: 2)[0] == {"output_0": 3}
    assert run(code, "bound", context=lambda: 2)[0] == {"output_0": 3}
    assert run(code, "part", context=lambda: 2)[0] == {"output_0": 12}
