"""Each scenario of the contract for Python clients has a test, and tests/README.md names it."""

import ast
import re

from conftest import HERE

#: The scenarios of the calls that exist: basic, intermediate, advanced, seeds, errors.
NUMBERS = {
    "B": range(1, 20),
    "I": [*range(1, 15), 16, 17, *range(20, 24), *range(25, 31)],
    "A": [8, 9, 15, 16, 17, 18, 23, 24],
    "S": range(1, 13),
    "E": range(1, 59),
}


def test_each_scenario_has_a_test():
    written = {}
    for path in HERE.glob("test_*.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                written[f"{path.stem[5:]}::{node.name[5:]}"] = node
    rows = re.findall(r"^\| ([A-Z]\d\d) \| [^|]+ \| ([^|]*) \|$", (HERE / "README.md").read_text(), re.M)
    named = {number: re.findall(r"`([^`]+)`", tests) for number, tests in rows}
    assert sorted(named) == sorted(f"{letter}{n:02}" for letter, numbers in NUMBERS.items() for n in numbers)
    for number, tests in named.items():
        assert tests, f"{number} has no test"
        assert set(tests) <= set(written), number


def test_no_scenario_is_missing_from_the_table():
    """A test that carries a number in its name stands in the row of that number."""
    table = (HERE / "README.md").read_text()
    for path in HERE.glob("test_*.py"):
        for name in re.findall(r"^def test_([biase]\d\d_\w+)\(", path.read_text(), re.M):
            number = name[:3].upper()
            row = re.search(rf"^\| {number} \|.*$", table, re.M)
            assert row, f"{path.name}: {name}"
            assert f"`{path.stem[5:]}::{name}`" in row.group(), f"{number}: {name}"
