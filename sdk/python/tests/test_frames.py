"""Scenarios I04 to I06 and I08 with data frames; needs the extra ``tables``."""

import pathlib

import pytest
from conftest import PY

from digitalhub.utils.exceptions import ReaderError

try:
    import pandas
    import pyarrow  # noqa: F401
except ImportError:
    pandas = None


@pytest.fixture(autouse=True)
def extra():
    if pandas is None:
        pytest.fail("data frames need the extra: pip install 'sdk/python[tables]'")


def test_i04_csv_as_a_frame(p):
    pathlib.Path("t.csv").write_text("c1,c2,c3\n1,a,1.5\n2,b,2.5\n")
    t = p.log_table(name="tab", source="t.csv")
    assert t.as_df().shape == (2, 3)
    assert p.get_dataitem("tab").as_df(usecols=["c1"])["c1"].tolist() == [1, 2]


def test_i05_table_from_a_frame(p):
    df = pandas.DataFrame(
        {
            "i": range(20),
            "f": [0.5] * 20,
            "s": ["x"] * 20,
            "t": pandas.to_datetime(["2026-01-01"] * 20).astype("datetime64[ms]"),
            "n": None,
        }
    )
    t = p.log_table(name="My Df".replace(" ", "-"), data=df)
    assert t.spec.path.endswith("/my-df.parquet")
    pandas.testing.assert_frame_equal(t.as_df(), df)
    fresh = p.get_dataitem("My-Df")
    assert fresh.status.state == "READY"
    assert fresh.status.preview["rows"] == len(df)
    assert len(fresh.status.preview["cols"][0]["value"]) == 10
    assert [field["type"] for field in fresh.spec.schema["fields"]] == [
        "integer",
        "number",
        "string",
        "datetime",
        "string",
    ]


def test_i05_parquet_file(p):
    pandas.DataFrame({"a": [1, 2], "b": ["x", None]}).to_parquet("t.parquet")
    t = p.log_table(name="pq", source="t.parquet")
    assert t.spec.schema["fields"] == [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    assert t.status.preview == {
        "cols": [{"name": "a", "value": [1, 2]}, {"name": "b", "value": ["x", None]}],
        "rows": 2,
    }
    assert t.as_df().shape == (2, 2)


def test_i05_write_df_takes_the_format_of_the_path(p):
    df = pandas.DataFrame({"a": [1]})
    t = p.log_table(name="w", data=df)
    assert t.write_df(pandas.DataFrame({"a": [1, 2]})) == t.spec.path
    assert len(t.as_df()) == 2
    odd = p.new_dataitem(name="odd", kind="table", path=t.spec.path.replace(".parquet", ".x"))
    with pytest.raises(ReaderError, match="Unsupported extension 'x' for writing"):
        odd.write_df(df)


def test_partition_is_read_whole(p):
    pathlib.Path("d").mkdir()
    for number in range(3):
        pathlib.Path(f"d/{number}.csv").write_text(f"a\n{number}\n")
    t = p.log_table(name="parts", source="d")
    assert t.as_df()["a"].tolist() == [0, 1, 2]
    assert t.status.preview["rows"] == 3


def test_local_path_is_read(p):
    pathlib.Path("t.csv").write_text("a;b\n1;2\n")
    t = p.new_dataitem(name="loc", kind="table", path="t.csv")
    assert t.as_df(sep=";").shape == (1, 2)
    with pytest.raises(ReaderError, match="Unknown engine"):
        t.as_df(engine="spark")


def test_i08_function_returning_a_frame(p):
    code = (
        "import pandas\nfrom digitalhub_runtime_python import handler\n\n\n"
        "@handler(outputs=['clean'])\ndef main(di):\n    return di.as_df().dropna()\n"
    )
    pathlib.Path("t.csv").write_text("a,b\n1,x\n,y\n")
    t = p.log_table(name="tab", source="t.csv")
    f = p.new_function(name="frame", code=code, handler="main", requirements=["pandas"], **PY)
    r = f.run("job", inputs={"di": t.key}, wait=True)
    assert r.status.state == "COMPLETED", (r.status, [log.text for log in r.logs()])
    clean = r.output("clean")
    assert clean.kind == "table"
    assert clean.as_df().to_dict("list") == {"a": [1.0], "b": ["x"]}
    assert {"type": "produced_by", "dest": f"{r.key}:{r.id}"} in clean.metadata.relationships
    local = f.run("job", inputs={"di": t.key}, local_execution=True)
    assert local.output("clean").as_df().to_dict("list") == {"a": [1.0], "b": ["x"]}
