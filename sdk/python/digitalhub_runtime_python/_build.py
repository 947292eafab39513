"""Builds an environment: _build.py FOLDER [--uv=PATH] [--pip=VERSION] [--env=FILE].

The requirements lie in FOLDER/requirements.txt. The folder is renamed when all is done, so nothing in it
may hold its path. Output goes to the log of the run that waits for the environment.
"""

import os
import subprocess
import sys

KEEP = ("PATH", "LANG", "TMPDIR", "XDG_CACHE_HOME", "HOME", "DHUB_ATTEMPT")


def main():
    folder = sys.argv[1]
    options = {name: value for name, _, value in (a[2:].partition("=") for a in sys.argv[2:])}
    environ = {name: os.environ[name] for name in KEEP if name in os.environ}
    if "env" in options:
        try:
            with open(options["env"], encoding="utf-8", errors="surrogateescape") as f:
                for line in filter(None, f.read().split("\0")):
                    name, _, value = line.partition("=")
                    environ[name] = value
        except OSError as e:
            print(f"the builder's environment cannot be read: {e}", file=sys.stderr)
    environ.update(PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_PROGRESS_BAR="off")
    for name in (
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "UV_PYTHON",
        "UV_PROJECT_ENVIRONMENT",
    ):
        environ.pop(name, None)
    requirements = os.path.join(folder, "requirements.txt")
    python = os.path.join(folder, "bin", "python")
    base = sys.executable
    if "uv" in options:
        uv = options["uv"]
        for name, value in uv_settings(base, environ).items():
            environ.setdefault(name, value)
        run(environ, uv, "venv", "--allow-existing", "--relocatable", "--no-project", "--python", base, folder)
        run(environ, uv, "pip", "install", "--compile-bytecode", "--python", python, "--requirements", requirements)
    elif release(options.get("pip", "")) >= (22, 3):
        run(environ, base, "-I", "-m", "venv", "--without-pip", folder)
        run(
            environ,
            base,
            "-I",
            "-m",
            "pip",
            "--python",
            python,
            "install",
            "--no-warn-script-location",
            "-r",
            requirements,
        )
    else:
        run(environ, base, "-I", "-m", "venv", folder)
        run(environ, python, "-I", "-m", "pip", "install", "--no-warn-script-location", "-r", requirements)
    relocate(folder)


def run(environ, *command):
    print("+", *command, flush=True)
    try:
        code = subprocess.call(command, env=environ, stdin=subprocess.DEVNULL)
    except OSError as e:
        sys.exit(f"{command[0]}: {e}")
    if code != 0:
        sys.exit(code if 0 < code < 126 else 1)


# What pip's configuration says and uv reads from variables only.
UV_NAMES = {
    "cert": "SSL_CERT_FILE",
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "proxy": "ALL_PROXY",
}


def uv_settings(base, environ):
    """Translate pip's configuration, files and variables, for uv; certificates of the system count too."""
    settings = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"}
    try:
        listed = subprocess.run(
            [base, "-I", "-m", "pip", "config", "list"],
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    except OSError:
        return settings
    from ast import literal_eval

    for line in listed.stdout.splitlines() if listed.returncode == 0 else ():
        section, _, rest = line.partition(".")
        name, _, value = rest.lstrip(".").partition("=")
        if section in ("global", "install", ":env:") and name in UV_NAMES:
            try:
                settings[UV_NAMES[name]] = " ".join(str(literal_eval(value)).split())
            except (ValueError, SyntaxError):
                continue
    if settings.get("UV_INDEX"):
        settings.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")  # as pip looks at all indexes
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = ",".join(settings["UV_FIND_LINKS"].split())
    return settings


def release(version):
    numbers = []
    for part in version.split("."):
        if not part.isdigit():
            break
        numbers.append(int(part))
    return tuple(numbers)


def relocate(folder):
    """Let installed programs find the interpreter beside them, wherever the folder is moved."""
    scripts = os.path.join(folder, "bin")
    start = b"#!" + os.fsencode(os.path.join(scripts, "python"))
    quoted = b"#!/bin/sh\n'''exec' " + os.fsencode(os.path.join(scripts, "python"))
    head = b"#!/bin/sh\n'''exec' \"$(dirname -- \"$(realpath -- \"$0\")\")\"/'python' \"$0\" \"$@\"\n' '''\n"
    for name in os.listdir(scripts):
        path = os.path.join(scripts, name)
        if os.path.islink(path) or not os.path.isfile(path):
            continue
        with open(path, "rb") as f:
            text = f.read()
        if text.startswith(start):
            rest = text.split(b"\n", 1)[1]
        elif text.startswith(quoted):
            rest = text.split(b"\n", 3)[3]
        else:
            continue
        with open(path, "wb") as f:
            f.write(head + rest)


if __name__ == "__main__":
    main()
