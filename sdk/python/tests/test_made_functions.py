"""Public functions that are made for a type look like ones written by hand: to help, inspect, pickle and people."""

import ast
import inspect
import pickle
import re
import sys

import pytest
from conftest import SDK

import digitalhub
from digitalhub import _signatures
from digitalhub._project_entities import ProjectEntities

PACKAGE = SDK / "digitalhub"


def declared(path):
    """Name → (signature's class, class of the entity or None) of each declaration `name: Signature[Entity] = …`."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
            signature, _, entity = ast.unparse(node.annotation).partition("[")
            found[node.target.id] = (signature, entity.rstrip("]") or None)
    return found


FUNCTIONS = {
    name: said
    for path in sorted(PACKAGE.glob("_*s.py"))
    if path.name != "_project_entities.py"
    for name, said in declared(path).items()
    if name in digitalhub.__all__
}
METHODS = {name: said for name, said in declared(PACKAGE / "_project_entities.py").items() if name != "_old"}


def parameters(signature, entity):
    """Name, kind, default and annotation of each parameter but self, with the entity's class written in."""
    return [
        (p.name, p.kind, p.default, re.sub(r"\bE\b", str(entity), p.annotation))
        for p in signature.parameters.values()
        if p.name != "self"
    ]


def check(function, signature, entity):
    wanted = inspect.signature(getattr(_signatures, signature).__call__)
    made = inspect.signature(function)
    assert parameters(made, None) == parameters(wanted, entity)
    assert made.return_annotation == re.sub(r"\bE(_co)?\b", str(entity), wanted.return_annotation)
    assert inspect.isfunction(function)
    assert function.__doc__
    assert not re.search(r"[{}]", function.__doc__)
    assert "ENTITY" not in str(made)


def test_there_are_some():
    assert len(FUNCTIONS) > 60
    assert len(METHODS) > 60


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_functions(name):
    function = getattr(digitalhub, name)
    check(function, *FUNCTIONS[name])
    assert function.__name__ == function.__qualname__ == name
    assert getattr(sys.modules[function.__module__], name) is function
    assert pickle.loads(pickle.dumps(function)) is function
    with pytest.raises(TypeError, match=re.escape(f"{name}()")):
        function(*range(20))


@pytest.mark.parametrize("name", sorted(METHODS))
def test_methods_of_a_project(name):
    method = getattr(ProjectEntities, name)
    check(method, *METHODS[name])
    assert method.__qualname__ == f"Project.{name}"
    assert f"digitalhub.{name}``" in method.__doc__


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_takes_what_its_function_takes(name):
    function = inspect.signature(getattr(digitalhub, name)).parameters
    method = inspect.signature(getattr(ProjectEntities, name)).parameters
    assert [p for p in function if p not in ("project", "context")] == [p for p in method if p != "self"]


def test_help_shows_name_words_and_result():
    import pydoc

    text = pydoc.plain(pydoc.render_doc(digitalhub.get_dataitem))
    assert "function get_dataitem in module digitalhub._dataitems" in text
    assert "-> 'Dataitem'" in text
    assert "Read a data item; one call." in text


def test_without_docstrings(tmp_path):
    import subprocess

    code = (
        f"import sys; sys.path.insert(0, {str(SDK)!r}); sys.dont_write_bytecode = True\n"
        "import digitalhub as dh\nfor name in dh.__all__: getattr(dh, name)\nprint(dh.get_model.__doc__)"
    )
    done = subprocess.run([sys.executable, "-I", "-OO", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "None\n"), done.stderr
