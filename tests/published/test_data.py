"""Scenarios I01 to I06, I11, I19 and I27 to I30 with a published package: bytes, tables, models; JSON as it came."""

import functools
import http.server
import json
import math
import os
import threading

import pandas
import pytest
from conftest import LINE, PY, read, update, write

from digitalhub.utils.exceptions import EntityErrorFileNotFound


def log_artifact(p, name, source, **kwargs):
    """The 0.16 line takes no kind."""
    return p.log_artifact(name=name, source=source, **({"kind": "artifact"} if LINE == 15 else {}), **kwargs)


def paths(entity):
    return sorted(entry["path"] for entry in entity.files)


def test_i01_log_a_file_and_read_it_back(p):
    a = log_artifact(p, "note", write("a.txt"))
    assert a.status.state == "READY"
    assert a.files[0]["size"] == 5
    assert read(a.download("dl/", overwrite=True)) == "hello"
    assert a.spec.path.endswith(f"/{p.name}/artifact/note/{a.id}/a.txt")
    assert read(p.get_artifact("note").as_file()) == "hello"


def test_i01_names_of_files_that_need_quoting(p):
    for name in ("a b.txt", "ü-é.txt", "per%20cent+plus.txt", "a&b=c.txt", "(1)~'!*.txt"):
        a = log_artifact(p, "odd", write(name, name))
        assert a.files[0]["path"] == name
        assert read(a.as_file()) == name


def test_i02_log_a_directory(p):
    write("d/x.txt", "x")
    write("d/sub/y.txt", "yy")
    a = log_artifact(p, "dir", "d")
    assert a.spec.path.endswith("/")
    assert paths(a) == ["sub/y.txt", "x.txt"]
    a.download("out")
    assert read("out/sub/y.txt") == "yy"


def test_i03_log_a_list(p):
    store = log_artifact(p, "one", write("a.txt")).spec.path.partition(f"/{p.name}/")[0]
    write("b/b.txt")
    a = log_artifact(p, "list", ["a.txt", "b/b.txt"], path=f"{store}/{p.name}/p/")
    assert paths(a) == ["a.txt", "b.txt"]
    a.upload(["a.txt", "b/b.txt"], keep_dir_structure=True)
    a.download("out", overwrite=True)  # the published list of files has base names in any case; the keys have not
    assert read("out/b/b.txt") == "hello"


def test_i03_a_large_file_goes_in_parts(p):
    with open("big.bin", "wb") as stream:  # 0.15 and 0.16 upload in parts above 100 MiB
        stream.truncate(101 << 20)
        stream.seek(50 << 20)
        stream.write(b"middle")
    a = log_artifact(p, "big", "big.bin")
    assert a.status.state == "READY"
    assert a.files[0]["size"] == 101 << 20
    path = a.as_file()
    assert os.path.getsize(path) == 101 << 20
    with open(path, "rb") as stream:
        stream.seek(50 << 20)
        assert stream.read(6) == b"middle"


def test_i04_table_from_csv(p):
    t = p.log_table(name="tab", source=write("t.csv", "c1,c2,c3\n1,a,1.5\n2,b,2\n"))
    assert t.spec.schema["fields"][0] == {"name": "c1", "type": "integer"}
    assert t.status.preview["cols"][0]["name"] == "c1"
    assert p.get_dataitem("tab").as_df().shape == (2, 3)


def test_i05_table_from_data_frame(p):
    df = pandas.DataFrame({"n": [1, 2, 3], "t": ["a", None, "c"], "x": [0.5, float("nan"), 1.0]})
    t = p.log_table(name="df", data=df)
    assert t.spec.path.endswith(".parquet")
    assert t.status.preview["rows"] == len(df)
    pandas.testing.assert_frame_equal(p.get_dataitem("df").as_df(), df)
    assert t.as_df(engine="polars").shape == (3, 3)


def test_i05_write_df(p):
    t = p.log_table(name="df", data=pandas.DataFrame({"n": [1]}))
    t.write_df(pandas.DataFrame({"n": [7, 8]}), extension="parquet")
    assert list(p.get_dataitem("df").as_df()["n"]) == [7, 8]


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
    assert d.as_df(file_format="csv", sep=";").shape == (1, 2)
    assert read(d.as_file()) == "a;b\n1;2\n"


def test_i11_models_and_metrics(p):
    write("m.pkl")
    if LINE == 15:
        m = p.log_model(name="m", kind="sklearn", source="m.pkl", framework="sklearn")
        assert m.spec.framework == "sklearn"
    else:
        m = p.log_model(name="m", source="m.pkl")
    m.log_metric("acc", 0.9)
    m.log_metric("acc", 0.95)
    assert m.metrics["acc"] == [0.9, 0.95]
    m.log_metric("loss", 0.1, single_value=True)
    m.log_metrics({"f1": 0.5})
    assert p.get_model("m").metrics == {"acc": [0.9, 0.95], "loss": 0.1, "f1": 0.5}


def test_i19_directory_as_source(p):
    write("d/mod.py", "def fn():\n    return 3\n")
    f = p.new_function(name="zip", code_src="d", handler="mod:fn", **PY)
    assert f.spec.source["source"].startswith("zip+s3://")
    assert f.spec.source["source"].endswith("archive.zip")


def test_i27_upload_states(dh, P, p, monkeypatch, server):
    from digitalhub.stores.data.s3.store import S3Store

    seen = []
    real = S3Store.upload

    def upload(self, *args, **kwargs):
        (found,) = server.call("GET", f"/-/{P}/artifacts?name=big")["content"]
        seen.append(found["status"]["state"])
        return real(self, *args, **kwargs)

    monkeypatch.setattr(S3Store, "upload", upload)
    a = log_artifact(p, "big", write("big.bin", "x" * 3_000_000))
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
    a = log_artifact(p, "many", "d")
    assert len(a.files) == 101
    assert a.status.files == []
    fresh = p.get_artifact("many")
    assert len(fresh.files) == 101
    assert fresh.status.files == []
    a.upload("two")
    assert len(a.files) == 2
    assert paths(p.get_artifact("many")) == ["a.txt", "b.txt"]
    os.unlink("d/100.txt")
    log_artifact(p, "hundred", "d")
    b = p.get_artifact("hundred")
    assert len(b.files) == len(b.status.files) == 100


def test_i30_failed_upload_then_repaired(p):
    a = log_artifact(p, "note", write("a.txt"))
    with pytest.raises(EntityErrorFileNotFound, match=r"^Upload failed: "):
        a.upload("nope.txt")
    assert a.status.state == "ERROR"
    assert p.get_artifact("note").status.message.startswith("Upload failed: ")
    a.upload("a.txt")
    assert a.status.state == "READY"
    assert a.refresh().status.message is None


def test_drop_existing(p):
    log_artifact(p, "note", write("a.txt"))
    log_artifact(p, "note", "a.txt")
    assert len(p.get_artifact_versions("note")) == 2
    last = log_artifact(p, "note", "a.txt", drop_existing=True)
    assert [x.id for x in p.get_artifact_versions("note")] == [last.id]


def test_another_project_is_out_of_reach(dh, p, server):
    """Keys to one project's files open no other project's."""
    from botocore.exceptions import ClientError

    other = f"{p.name}-other"
    server.call("POST", "/projects", {"name": other, "kind": "project"})
    try:
        a = log_artifact(p, "note", write("a.txt"))
        bucket, _, key = a.spec.path.removeprefix("s3://").partition("/")
        s3 = dh.get_s3_client()
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"hello"
        with pytest.raises(ClientError):
            s3.put_object(Bucket=bucket, Key=f"{other}/x.txt", Body=b"x")
        with pytest.raises(ClientError):
            s3.get_object(Bucket=bucket, Key=f"{other}/x.txt")
    finally:
        server.call("DELETE", f"/projects/{other}")


VALUES = {
    "one": 1.0,
    "large": 12345678901234567,
    "larger": 123456789012345678901234567890,
    "tiny": 1e-300,
    "flag": True,
    "none": None,
    "text": "ü \u2028 \x7f \"quoted\" \\ /",
    "nested": {"list": [1, 2.0, [3, {"deep": [[], {}]}]], "": "empty key"},
    "long": ["x" * 1000] * 300,
}


def test_json_round_trip(p, f, server):
    """What a client sends comes back with its digits: 1.0 stays 1.0, a large integer stays whole."""
    f.run("job", parameters={"n": 1})
    f.metadata.openmetadata = None
    r = f.run("job", parameters={"n": VALUES})
    sent = {k: v for k, v in VALUES.items() if v is not None}  # the client itself leaves None out
    for got in (r.spec.parameters["n"], p.get_run(r.id).spec.parameters["n"]):
        assert json.dumps({k: v for k, v in got.items() if v is not None}) == json.dumps(sent)


def test_json_not_a_number(p, f):
    """Python sends NaN and infinities as bare words, which JSON does not have: they are kept as strings."""
    r = f.run("job", parameters={"n": math.nan, "m": [math.inf, -math.inf]})
    got = p.get_run(r.id)
    assert got.spec.parameters == {"n": "NaN", "m": ["Infinity", "-Infinity"]}
    assert "NaN" in json.dumps(got.status.to_dict()["notices"])


def test_json_of_metadata_stays(p, f):
    f.metadata.custom = {"ratio": 1.0, "big": 12345678901234567}
    update(f)
    assert json.dumps(p.get_function("hello").metadata.custom) == '{"ratio": 1.0, "big": 12345678901234567}'
