"""Scenarios I01 to I06, I11, I27 to I30: bytes, tables, models."""

import functools
import http.server
import os
import threading

import pytest

from digitalhub.utils.exceptions import EntityErrorFileNotFound, StoreError


def write(name, text="hello"):
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as stream:
        stream.write(text)
    return name


def read(name):
    with open(name) as stream:
        return stream.read()


def test_i01_log_a_file_and_read_it_back(p):
    a = p.log_artifact(name="note", kind="artifact", source=write("a.txt"))
    assert a.status.state == "READY"
    assert a.files[0]["size"] == 5
    assert read(a.download("dl/", overwrite=True)) == "hello"
    assert os.listdir("dl") == ["a.txt"]
    assert a.spec.path.endswith(f"/{p.name}/artifact/note/{a.id}/a.txt")
    assert read(a.as_file()) == "hello"


def test_i02_log_a_directory(p):
    write("d/x.txt", "x")
    write("d/sub/y.txt", "yy")
    a = p.log_artifact(name="dir", kind="artifact", source="d")
    assert a.spec.path.endswith("/")
    assert sorted(a.get_file_paths()) == ["sub/y.txt", "x.txt"]
    assert a.download("out") == "out"
    assert read("out/sub/y.txt") == "yy"


def test_i03_log_a_list(p):
    store = p.log_artifact(name="one", source=write("a.txt")).spec.path.partition(f"/{p.name}/")[0]
    write("b/b.txt")
    a = p.log_artifact(name="list", kind="artifact", source=["a.txt", "b/b.txt"], path=f"{store}/{p.name}/p/")
    assert sorted(a.get_file_paths()) == ["a.txt", "b.txt"]
    a.upload(["a.txt", "b/b.txt"], keep_dir_structure=True)
    assert sorted(a.get_file_paths()) == ["a.txt", "b/b.txt"]


def test_i04_table_from_csv(p):
    t = p.log_table(name="tab", source=write("t.csv", "c1,c2,c3\n1,a,1.5\n2,,2\n"))
    assert t.kind == "table"
    assert t.spec.schema["fields"] == [
        {"name": "c1", "type": "integer"}, {"name": "c2", "type": "string"}, {"name": "c3", "type": "number"},
    ]  # fmt: skip
    fresh = p.get_dataitem("tab")
    assert fresh.status.state == "READY"
    assert fresh.status.preview == {
        "cols": [
            {"name": "c1", "value": [1, 2]},
            {"name": "c2", "value": ["a", None]},
            {"name": "c3", "value": [1.5, 2.0]},
        ],
        "rows": 2,
    }


def test_i04_rows_are_counted_beyond_the_preview(p):
    text = "n;b\n" + "".join(f"{number};true\n" for number in range(500))
    t = p.log_table(name="long", source=write("t.csv", text), read_df_params={"sep": ";"})
    assert t.status.preview["rows"] == 500
    assert t.status.preview["cols"][0]["value"] == list(range(10))
    assert t.spec.schema["fields"][1] == {"name": "b", "type": "boolean"}


def test_i04_table_from_json(p):
    t = p.log_table(name="js", source=write("t.json", '[{"a": 1, "b": {"x": 1}}, {"a": 2.5, "b": null}]'))
    assert t.spec.schema["fields"] == [{"name": "a", "type": "number"}, {"name": "b", "type": "object"}]
    assert t.status.preview["rows"] == 2


@pytest.fixture
def web(tmp_path):
    """A web server over a folder."""
    folder = tmp_path / "web"
    folder.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield folder, f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_i06_dataitem_on_an_address(p, web):
    folder, address = web
    (folder / "x.csv").write_text("a;b\n1;2\n")
    d = p.new_dataitem(name="u", kind="table", path=f"{address}/x.csv")
    assert read(d.as_file()) == "a;b\n1;2\n"
    missing = p.new_dataitem(name="v", kind="table", path=f"{address}/none.csv")
    with pytest.raises(StoreError, match="404"):
        missing.as_file()


def test_i11_models_and_metrics(p):
    m = p.log_model(name="m", kind="sklearn", source=write("m.pkl"), framework="sklearn")
    assert m.kind == "sklearn"
    assert m.spec.framework == "sklearn"
    m.log_metric("acc", 0.9)
    m.log_metric("acc", 0.95)
    assert m.metrics["acc"] == [0.9, 0.95]
    m.log_metric("loss", 0.1, single_value=True)
    m.log_metrics({"f1": 0.5})
    m.log_metrics({"f1": 0.75, "series": [1, 2]})
    m.log_metric("series", [3])
    assert p.get_model("m").metrics == {"acc": [0.9, 0.95], "loss": 0.1, "f1": [0.5, 0.75], "series": [1, 2, 3]}
    m.log_metric("series", [9], overwrite=True)
    assert m.metrics["series"] == [9]


def test_i27_upload_states(dh, P, p, monkeypatch):
    from digitalhub._stores._s3 import S3Store

    seen = []
    real = S3Store.put

    def put(self, *args):
        seen.append(dh.get_artifact("big", project=P).status.state)
        return real(self, *args)

    monkeypatch.setattr(S3Store, "put", put)
    a = p.log_artifact(name="big", source=write("big.bin", "x" * 3_000_000))
    assert seen == ["UPLOADING"]
    fresh = p.get_artifact("big")
    assert fresh.status.state == "READY"
    assert fresh.status.message is None
    (entry,) = fresh.status.files
    assert {"path", "name", "content_type", "size", "hash", "last_modified"} <= set(entry)
    assert entry["path"] == entry["name"] == "big.bin"
    assert entry["size"] == 3_000_000
    assert entry["hash"].startswith("md5:")
    assert a.files == [entry]


def test_i28_i29_file_list_of_100_and_101(p):
    for number in range(101):
        write(f"d/{number:03}.txt", str(number))
    write("two/a.txt")
    write("two/b.txt")
    a = p.log_artifact(name="many", source="d")
    assert len(a.files) == 101
    assert a.status.files == []
    fresh = p.get_artifact("many")
    assert len(fresh.files) == 101
    a.upload("two")
    assert len(a.files) == 2
    assert sorted(p.get_artifact("many").get_file_paths()) == ["a.txt", "b.txt"]
    os.unlink("d/100.txt")
    b = p.log_artifact(name="hundred", source="d")
    assert len(b.files) == len(b.status.files) == 100


def test_i30_failed_upload_then_repaired(p):
    a = p.log_artifact(name="note", source=write("a.txt"))
    with pytest.raises(EntityErrorFileNotFound, match=r"^Upload failed: \[Errno 2\] No such file"):
        a.upload("nope.txt")
    assert a.status.state == "ERROR"
    assert p.get_artifact("note").status.message.startswith("Upload failed: ")
    a.upload("a.txt")
    assert a.status.state == "READY"
    assert a.refresh().status.message is None


def test_drop_existing(p):
    p.log_artifact(name="note", source=write("a.txt"))
    p.log_artifact(name="note", source="a.txt")
    assert len(p.get_artifact_versions("note")) == 2
    last = p.log_artifact(name="note", source="a.txt", drop_existing=True)
    assert [x.id for x in p.get_artifact_versions("note")] == [last.id]


@pytest.mark.parametrize("name", ["a b.txt", "ü-é.txt", "per%20cent+plus.txt", "a&b=c.txt", "(1)~'!*.txt"])
def test_names_of_files_that_need_quoting(p, name):
    a = p.log_artifact(name="odd", source=write(name, name))
    assert a.files[0]["path"] == name
    assert read(a.as_file()) == name
    write(f"d/{name}", name)
    b = p.log_artifact(name="folder", source="d")
    assert read(b.as_file()) == name


def test_an_archive_gets_its_prefix(p):
    import zipfile

    with zipfile.ZipFile("z.zip", "w") as archive:
        archive.writestr("x.txt", "x")
    a = p.log_artifact(name="zip", source="z.zip")
    assert a.spec.path.startswith("zip+s3://")
    with zipfile.ZipFile(a.as_file()) as archive:
        assert archive.namelist() == ["x.txt"]


def test_other_kinds_of_log(dh, P, p):
    write("a.txt")
    assert p.log_generic_artifact("ga", source="a.txt").kind == "artifact"
    assert p.log_dataitem("di", source="a.txt").kind == "dataitem"
    assert p.log_generic_dataitem("gd", source="a.txt").kind == "dataitem"
    assert p.log_croissant("cr", source=write("c/metadata.json", "{}")).kind == "croissant"
    assert p.log_dataitem("tb", kind="table", source=write("t.csv", "a\n1\n")).kind == "table"
    assert p.log_model("mo", source="a.txt").kind == "model"
    assert dh.log_mlflow(P, "ml", source="a.txt").kind == "mlflow"
    assert dh.log_sklearn(P, "sk", source="a.txt").kind == "sklearn"
    assert dh.log_huggingface(P, "hf", source="a.txt").kind == "huggingface"
    assert dh.log_generic_model(P, "gm", source="a.txt").kind == "model"
