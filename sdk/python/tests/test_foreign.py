"""Scenario A24: kinds that this package does not know are plain entities."""

import sqlite3

import pytest
from conftest import HELLO, PY

from digitalhub.utils.exceptions import EntityError


def rename_kind(server, id, kind):
    """Put a kind in through the store, as an older or newer server would have."""
    with sqlite3.connect(server.data / "dhub.db", timeout=10) as db:
        assert db.execute("UPDATE entities SET kind = ? WHERE id = ?", (kind, id)).rowcount == 1
    db.close()


def test_a24_foreign_kinds(dh, server, p):
    f = p.new_function(name="alien", code=HELLO, handler="main", **PY)
    m = p.new_model(name="net", kind="model", path="s3://bucket/x", framework="tvm")
    p.new_function(name="hello", code=HELLO, handler="main", **PY)
    rename_kind(server, f.id, "nosuch")
    rename_kind(server, m.id, "tvm-ir")
    found = {x.name: x for x in p.list_functions()}
    assert found["alien"].kind == "nosuch"
    assert found["alien"].spec.source["handler"] == "main"
    assert found["hello"].kind == "python"
    assert [x.kind for x in p.list_models()] == ["tvm-ir"]
    assert p.get_model("net").spec.framework == "tvm"
    alien = p.get_function("alien")
    assert alien.key == f"store://{p.name}/function/nosuch/alien:{f.id}"
    assert dh.get_function(alien.key).id == f.id
    assert alien.to_dict()["spec"]["source"]["base64"]
    with pytest.raises(EntityError):
        found["hello"].run("nosuch")
