"""The inside of a job: reads the request, calls the handler, leaves the report.

Every import here is paid by every run: built-in modules only, all else where it is needed.
"""

import os
import sys
from _json import encode_basestring_ascii


def main(execute, started):
    with open(sys.argv[1], encoding="utf-8") as f:
        request = loads(f.read())
    work = os.getcwd()
    prepare(work, os.path.dirname(os.path.dirname(os.path.abspath(started))))
    sys.argv[:] = [request.get("file") or "main.py"]
    job = Job(request, work)
    handler = request["handler"]
    if request.get("module"):
        handler = request["module"] + ":" + handler
    try:
        results, outputs = execute.execute(
            work,
            handler,
            request.get("init_function"),
            request.get("parameters"),
            {name: job.input(name, key, execute) for name, key in (request.get("inputs") or {}).items()},
            request.get("init_parameters"),
            lambda: job.project(execute),
            lambda: job.run(execute),
            job.context,
            job.event,
            file=request.get("file"),
            run_key=request["key"],
            names=request.get("outputs"),
        )
    except SystemExit:
        leave({"outputs": logged(request["project"])})
        raise
    except BaseException as e:
        flush()
        error = describe(e, execute)
        show(e, execute, started)
        leave({"outputs": logged(request["project"]), "error": error})
        if isinstance(e, KeyboardInterrupt):
            raise SystemExit(130) from None
        raise SystemExit(1) from None
    leave({"results": results, "outputs": {**logged(request["project"]), **outputs}})


def prepare(work, ours):
    """Lines flushed, sys.path in order, what site would have added."""
    import faulthandler

    faulthandler.enable()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.path.insert(0, work)
    sys.path.append(ours)
    if sys.flags.no_site:
        import _sitebuiltins
        import builtins

        builtins.exit = _sitebuiltins.Quitter("exit", "Ctrl-D (i.e. EOF)")
        builtins.quit = _sitebuiltins.Quitter("quit", "Ctrl-D (i.e. EOF)")
        builtins.help = _sitebuiltins._Helper()
    elif sys.prefix != sys.base_prefix:
        os.environ["PATH"] = os.path.join(sys.prefix, "bin") + os.pathsep + os.environ.get("PATH", os.defpath)


class Job:
    """Project, run and inputs, made when the function asks for them."""

    def __init__(self, request, work):
        self.request = request
        self.work = work
        self._project = self._run = None

    def project(self, execute):
        if self._project is None:
            self._project = self._read(execute, "the project", lambda dh: dh.get_project(self.request["project"]))
        return self._project

    def run(self, execute):
        if self._run is None:
            self._run = self._read(
                execute, "the run", lambda dh: dh.get_run(self.request["run"], project=self.request["project"])
            )
        return self._run

    def input(self, name, key, execute):
        kind = key.split("/", 4)[3] if key.count("/") >= 4 else ""

        def get():
            return self._read(
                execute, f"input {name!r} ({key})", lambda dh: getattr(dh, "get_" + kind.removesuffix("s"))(key)
            )

        return get

    def _read(self, execute, what, get):
        try:
            import digitalhub
        except ModuleNotFoundError:
            raise execute.InputUnavailable(f"{what} cannot be read: the module digitalhub is not there") from None
        try:
            return get(digitalhub)
        except Exception as e:
            raise execute.InputUnavailable(f"{what} cannot be read: {type(e).__name__}: {e}") from e

    def context(self):
        context = Context(self.work)
        context.__dict__["_job"] = self
        return context

    def event(self):
        return Plain(
            body={"parameters": self.request.get("parameters") or {}, "inputs": self.request.get("inputs") or {}},
            id=self.request["run"], content_type="application/json", headers={}, fields={}, method="", path="", url="",
            trigger=_trigger(),
        )  # fmt: skip


class Plain:
    """An object with attributes."""

    def __init__(self, **members):
        self.__dict__.update(members)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(k for k in vars(self) if k[0] != '_')})"


def _trigger():
    return Plain(kind="job", name="job")


class Context(Plain):
    """What init function and handler share: logger, user_data, and any attribute that is set on it."""

    def __init__(self, root=None):
        self.root = root
        self.logger = Logger()
        self.user_data = Plain()
        self.worker_id = 0
        self.trigger = _trigger()

    def __getattr__(self, name):
        job = self.__dict__.get("_job")
        if job is not None and name in ("project", "run"):
            value = getattr(job, name)(sys.modules["_dhub_execute"])
            setattr(self, name, value)
            return value
        raise AttributeError(f"context has no attribute {name!r}")

    class Response:
        """A reply; a job has nobody to send it to."""

        def __init__(self, body=None, headers=None, content_type="text/plain", status_code=200):
            self.body, self.headers, self.content_type, self.status_code = (
                body,
                headers or {},
                content_type,
                status_code,
            )


class Logger:
    """Writes lines to standard error."""

    def _write(self, level, message, args, fields):
        if args:
            try:
                message = str(message) % args
            except (TypeError, ValueError):
                message = " ".join(map(str, (message, *args)))
        more = "".join(f" {k}={v!r}" for k, v in fields.items())
        sys.stderr.write(f"{level}: {message}{more}\n")

    def debug(self, message, *args, **fields):
        self._write("DEBUG", message, args, fields)

    def info(self, message, *args, **fields):
        self._write("INFO", message, args, fields)

    def warning(self, message, *args, **fields):
        self._write("WARNING", message, args, fields)

    def error(self, message, *args, **fields):
        self._write("ERROR", message, args, fields)

    warn = warn_with = warning_with = warning
    debug_with = debug
    info_with = info
    error_with = exception = critical = error


# --- the report


def logged(project):
    """Outputs that the SDK noted while the function ran, name to key: ours, or the published one's."""
    job = getattr(sys.modules.get("digitalhub._context"), "_job", None)
    noted = getattr(job, "outputs", None)
    published = sys.modules.get("digitalhub.context.api")
    if published is not None:
        try:
            noted = published.get_context(project).logged
        except Exception:
            noted = None
    return dict(noted or {})


def leave(report):
    """Write the report whole or not at all."""
    path = os.environ.get("DHUB_REPORT")
    flush()
    if not path:
        return
    text = dumps(report)
    with open(path + ".new", "w", encoding="ascii") as f:
        f.write(text)
    os.replace(path + ".new", path)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def loads(text):
    """Read JSON without loading the json package, which costs as much as a bare start."""
    try:
        from _json import make_scanner

        return make_scanner(_Scan)(text, 0)[0]  # type: ignore[arg-type]
    except (ImportError, AttributeError, TypeError):
        import json

        return json.loads(text)


class _Scan:
    strict = False
    object_hook = object_pairs_hook = array_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


def dumps(value):
    """Write None, scalars, and lists and dicts of them as JSON."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        try:
            return int.__repr__(value)
        except ValueError:
            sys.set_int_max_str_digits(0)  # novermin: there is a limit only where this is
            return int.__repr__(value)
    if isinstance(value, float):
        return float.__repr__(value)
    if isinstance(value, list):
        return "[" + ",".join(map(dumps, value)) + "]"
    return "{" + ",".join(encode_basestring_ascii(k) + ":" + dumps(v) for k, v in value.items()) + "}"


# --- errors


def show(error, execute, started):
    """Print the traceback as Python does, without our own frames."""
    ours = os.path.dirname(os.path.abspath(started))
    own = (execute.HandlerNotFound, execute.InputUnavailable, execute.OutputFailed)
    line = ""
    while isinstance(error, own):
        line = line or f"{type(error).__name__}: {error}\n"
        error = error.__cause__
    if error is not None:
        at = error.__traceback__
        while at is not None and os.path.dirname(at.tb_frame.f_code.co_filename) == ours:
            at = at.tb_next
        sys.__excepthook__(type(error), error.with_traceback(at), at)
    sys.stderr.write(line)
    flush()


def describe(error, execute):
    name = type(error).__qualname__
    module = type(error).__module__
    if module not in ("builtins", "__main__", "_dhub_execute"):
        name = module + "." + name
    message = _text(error)
    out = {"kind": "user_error", "type": name, "message": message[:4000]}
    line = " ".join(message.split())
    out["last_line"] = (name + ": " + line if line else name)[:1000]
    if isinstance(error, execute.HandlerNotFound):
        out.update(kind="handler_not_found", last_line=line[:1000])
    elif isinstance(error, execute.InputUnavailable):
        out.update(kind="input_unavailable", last_line=line[:1000])
    elif isinstance(error, execute.ArgumentsMissing):
        out.update(kind="arguments_missing", arguments=error.names)
    elif isinstance(error, execute.OutputFailed):
        out.update(last_line=line[:1000])
        error = error.__cause__ or error
    while error.__cause__ is not None and not isinstance(error, ModuleNotFoundError):
        error = error.__cause__
    if isinstance(error, ModuleNotFoundError) and error.name:
        root = error.name.partition(".")[0]
        if root not in sys.stdlib_module_names and root not in sys.modules:
            out.update(kind="missing_module", module=root, requirement=DISTRIBUTIONS.get(root, root.replace("_", "-")))
            if "." in error.name and error.name in DISTRIBUTIONS:
                out["requirement"] = DISTRIBUTIONS[error.name]
    return out


def _text(error):
    try:
        return str(error)
    except Exception:
        return "<the exception's text cannot be made>"


# Distributions whose import name is another one.
DISTRIBUTIONS = {
    "attr": "attrs",
    "Bio": "biopython",
    "Crypto": "pycryptodome",
    "cv2": "opencv-python-headless",
    "PIL": "pillow",
    "OpenSSL": "pyopenssl",
    "bs4": "beautifulsoup4",
    "community": "python-louvain",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "fitz": "pymupdf",
    "git": "gitpython",
    "github": "pygithub",
    "google.protobuf": "protobuf",
    "google.cloud": "google-cloud-core",
    "google.cloud.storage": "google-cloud-storage",
    "google.cloud.bigquery": "google-cloud-bigquery",
    "jose": "python-jose",
    "jwt": "pyjwt",
    "kafka": "kafka-python",
    "ldap": "python-ldap",
    "Levenshtein": "levenshtein",
    "lxml": "lxml",
    "magic": "python-magic",
    "MySQLdb": "mysqlclient",
    "mpl_toolkits": "matplotlib",
    "osgeo": "gdal",
    "pkg_resources": "setuptools",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pythoncom": "pywin32",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "slugify": "python-slugify",
    "socks": "pysocks",
    "telegram": "python-telegram-bot",
    "umap": "umap-learn",
    "usb": "pyusb",
    "win32api": "pywin32",
    "xdg": "pyxdg",
    "yaml": "pyyaml",
    "zmq": "pyzmq",
}
