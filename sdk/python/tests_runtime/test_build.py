"""What the builder of environments makes of pip's configuration."""

import sys

from digitalhub_runtime_python import _build


def test_pips_configuration_reaches_uv(tmp_path):
    config = tmp_path / "pip.conf"
    config.write_text(
        "[global]\nindex-url = https://one/simple\ncert = /ca.pem\n[install]\nextra-index-url = https://two\n  https://three\n[freeze]\ntimeout = 1\n"
    )
    settings = _build.uv_settings(
        sys.executable, {"PIP_CONFIG_FILE": str(config), "HOME": str(tmp_path), "PIP_FIND_LINKS": "/a /b"}
    )
    assert settings["UV_DEFAULT_INDEX"] == "https://one/simple"
    assert settings["UV_INDEX"] == "https://two https://three"
    assert settings["SSL_CERT_FILE"] == "/ca.pem"
    assert settings["UV_FIND_LINKS"] == "/a,/b"


def test_without_pip_only_the_systems_certificates(tmp_path):
    absent = str(tmp_path / "python")
    assert set(_build.uv_settings(absent, {})) == {"UV_SYSTEM_CERTS", "UV_NATIVE_TLS"}


def test_programs_are_relocated(tmp_path):
    scripts = tmp_path / "bin"
    scripts.mkdir()
    python = f"{scripts}/python"
    (scripts / "plain").write_text(f"#!{python}3\nprint(1)\n")
    (scripts / "long").write_text(f"#!/bin/sh\n'''exec' {python}3 \"$0\" \"$@\"\n' '''\nprint(2)\n")
    (scripts / "other").write_text("#!/bin/sh\necho 3\n")
    _build.relocate(str(tmp_path))
    for name, line in (("plain", "print(1)\n"), ("long", "print(2)\n")):
        text = (scripts / name).read_text()
        assert text.startswith("#!/bin/sh\n") and str(tmp_path) not in text and text.endswith("' '''\n" + line)
    assert (scripts / "other").read_text() == "#!/bin/sh\necho 3\n"


def test_releases():
    assert _build.release("22.3.1") >= (22, 3) > _build.release("21.2") > _build.release("")
