"""Calls a handler: finds it, binds its arguments, names what it returns.

Shared by the wrapper inside a job and by local execution. Imports nothing but built-in modules at load
time, and ``digitalhub`` never: entities come in through the arguments.
"""

import sys


class HandlerNotFound(Exception):
    """The handler or the init function is not in the source."""


class InputUnavailable(Exception):
    """An input, the project or the run cannot be read."""


class OutputFailed(Exception):
    """What the handler returned cannot be stored."""


# The handler demands arguments that nothing gives: ``names``. Printed as the TypeError that the call would end with.
ArgumentsMissing = type("TypeError", (TypeError,), {"__module__": "builtins", "names": ()})

INJECTED = ("project", "run", "context", "event")


def execute(
    source_dir,
    handler,
    init_function=None,
    parameters=None,
    inputs=None,
    init_parameters=None,
    project=None,
    run=None,
    context=None,
    event=None,
    *,
    file=None,
    run_key=None,
    names=None,
):
    """Call a function's handler once and store what it returns.

    Args:
        source_dir: Folder with the code; put first on ``sys.path``.
        handler: ``name`` (in ``file``) or ``module:name``.
        init_function: Name of a function of the same module, called once before with ``context``.
        parameters: Arguments by name.
        inputs: Further arguments by name, entities or calls without argument that give one.
        init_parameters: Arguments of the init function.
        project, run, context, event: Given to the handler where it declares them: the object, or a call
            without argument that makes it, used at most once and only when needed.
        file: The code's file in ``source_dir``, ``main.py`` unless given.
        run_key: Key of the run, noted in what the function produces.
        names: Output of the function to the name under which it is kept: of the entity, or of the plain result.

    Returns:
        Two dicts: results (name to scalar) and outputs (name to entity key).

    Raises:
        HandlerNotFound, InputUnavailable, OutputFailed, ArgumentsMissing: As they say.
        BaseException: Whatever the user's code raises.
    """
    given = {name: _Lazy(value) for name, value in zip(INJECTED, (project, run, context, event), strict=True)}
    function, init = find(source_dir, handler, init_function, file)
    if init is not None:
        call_init(init, given["context"].get(), init_parameters or {})
    arguments = bind(function, parameters or {}, inputs or {}, given)
    lacking = missing(unwrap(function), arguments)
    if lacking:
        plural = "s" if len(lacking) > 1 else ""
        error = ArgumentsMissing(f"{function.__name__}() lacks the argument{plural} " + ", ".join(lacking))
        error.names = lacking
        raise error
    returned = unwrap(function)(**arguments)
    return collect(returned, declared_outputs(function), given["project"], run_key, names or {})


class _Lazy:
    __slots__ = ("made", "value")

    def __init__(self, value):
        self.value = value
        self.made = not callable(value)

    def get(self):
        if not self.made:
            self.value = self.value()
            self.made = True
        return self.value


# --- finding


def find(source_dir, handler, init_function=None, file=None):
    """Return the handler and the init function (or None), importing the code."""
    module_name, _, name = handler.rpartition(":")
    if sys.path[:1] != [source_dir]:
        sys.path.insert(0, source_dir)
    if module_name and not _taken(module_name, source_dir, file):
        module = _import(module_name)
    else:
        module = _load_file(source_dir, file or "main.py")
    function = _attribute(module, name, "handler")
    return function, _attribute(module, init_function, "init function") if init_function else None


def _attribute(module, name, what):
    value = module
    for part in name.split("."):
        value = getattr(value, part, None)
    if callable(value):
        return value
    found = sorted(
        n for n, v in vars(module).items() if callable(v) and getattr(v, "__module__", None) == module.__name__
    )
    have = "it has " + ", ".join(found) if found else "it has no functions"
    kind = "is no function" if value is not None else "does not exist"
    raise HandlerNotFound(f"{what} {name!r} {kind} in {module.__name__}: {have}")


def _taken(name, source_dir, file):
    """Tell whether the function's own module has the name of one that is loaded already."""
    loaded = sys.modules.get(name)
    return (
        loaded is not None
        and file == name.replace(".", "/") + ".py"
        and getattr(loaded, "__file__", None) != source_dir + "/" + file
    )


def _import(name):
    try:
        __import__(name)
    except ModuleNotFoundError as e:
        if e.name is not None and (name + ".").startswith(e.name + "."):
            raise HandlerNotFound(
                f"module {name!r} does not exist beside the function's code or in its environment"
            ) from None
        raise
    return sys.modules[name]


def _load_file(folder, file):
    path = folder.rstrip("/") + "/" + file
    name = file.rpartition("/")[2].rpartition(".")[0]
    if not name.isidentifier() or name in sys.modules or name in sys.builtin_module_names:
        name = "dhub_function"
    try:
        with open(path, "rb") as f:
            text = f.read()
    except FileNotFoundError:
        raise HandlerNotFound(f"the function's code {file!r} does not exist") from None
    module = type(sys)(name)
    module.__file__ = path
    code = compile(text, path, "exec", dont_inherit=True)
    sys.modules[name] = module
    try:
        exec(code, module.__dict__)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


# --- calling


def unwrap(function):
    """Return the user's function behind a handler decorator, ours or the published one."""
    return function.__wrapped__ if _is_handler(function) else function


def _is_handler(function):
    code = getattr(function, "__code__", None)
    return code is not None and hasattr(function, "__wrapped__") and "digitalhub_runtime_python" in code.co_filename


def declared_outputs(function):
    """Return what the decorator says about outputs, or None."""
    outputs = getattr(function, "__dhub_outputs__", None)
    if outputs is None and _is_handler(function):
        cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
        outputs = {name: cell.cell_contents for name, cell in cells}.get("outputs")
    return list(outputs) if outputs else None


def parameters_of(function):
    """Return the names that may be given by keyword, and whether any further one may."""
    code = getattr(function, "__code__", None)
    if code is not None and not hasattr(function, "__wrapped__") and not hasattr(function, "__signature__"):
        bound = 1 if hasattr(function, "__self__") else 0
        count = code.co_argcount + code.co_kwonlyargcount
        names = code.co_varnames[code.co_posonlyargcount : count]
        return list(names[max(bound - code.co_posonlyargcount, 0) :]), bool(code.co_flags & 0x08)
    import inspect

    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return [], True
    kinds = inspect.Parameter
    names = [
        p.name for p in signature.parameters.values() if p.kind in (kinds.POSITIONAL_OR_KEYWORD, kinds.KEYWORD_ONLY)
    ]
    return names, any(p.kind is kinds.VAR_KEYWORD for p in signature.parameters.values())


def bind(function, parameters, inputs, given):
    """Return the keyword arguments of the call."""
    arguments = dict(parameters)
    for name, value in inputs.items():
        if name in arguments:
            raise TypeError(f"argument {name!r} is given as a parameter and as an input")
        arguments[name] = value() if callable(value) else value
    declared, _ = parameters_of(unwrap(function))
    for name in INJECTED:
        if name in declared and name not in arguments:
            arguments[name] = given[name].get()
    return arguments


def missing(function, arguments):
    """Return the names that a call with these keyword arguments lacks; none where something else is wrong with it.

    Told by the code that is entered first, whatever it says of what it wraps: a decorator may give arguments itself.
    """
    if not isinstance(function, (type(execute), type(_Lazy.get.__get__(INJECTED)))):
        return []
    code = getattr(function, "__code__", None)  # what a method binds need not be a function
    if code is None:
        return []
    first = 1 if hasattr(function, "__self__") else 0
    named = code.co_varnames[: code.co_argcount]
    demanded = list(named[: len(named) - len(function.__defaults__ or ())])
    if code.co_posonlyargcount > first:
        return []  # nothing gives one without a name
    further = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    demanded = demanded[first:] + [name for name in further if name not in (function.__kwdefaults__ or {})]
    known = {*named[first:], *further}
    if not code.co_flags & 0x08 and any(name not in known for name in arguments):
        return []
    return [name for name in demanded if name not in arguments]


def call_init(init, context, init_parameters):
    """Call the init function; its parameters besides context must be exactly the given ones."""
    names, further = parameters_of(init)
    if "context" not in names:
        raise RuntimeError("the init function must take context")
    expected = set(names) - {"context"}
    if set(init_parameters) != expected and not further:
        raise RuntimeError(
            f"the init function takes {sorted(expected)}, init_parameters gives {sorted(init_parameters)}"
        )
    init(context, **init_parameters)


# --- what comes back


def as_list(returned):
    """None is no value, a tuple or list several, anything else one."""
    if returned is None:
        return []
    if isinstance(returned, (tuple, list)):
        return list(returned)
    return [returned]


def collect(returned, declared, project, run_key, names):
    """Name and store the returned values; see ``execute`` for what comes back."""
    values = as_list(returned)
    asked = names  # names for plain values, which no entity keeps
    if not declared and len(values) == 1 and len(names) == 1 and "output_0" not in names:
        declared, asked = list(names), {}
    results, outputs = {}, {}
    for position, value in enumerate(values):
        said = declared[position] if declared and position < len(declared) else f"output_{position}"
        about = said if isinstance(said, dict) else {"name": said}
        name = about["name"]
        ok, scalar = as_scalar(value)
        if ok:
            results[asked.get(name, name)] = scalar
            continue
        try:
            entity = value if is_entity(value) else _log(value, names.get(name, name), about, project.get())
            if run_key:
                _mark(entity, run_key)
        except Exception as e:
            raise OutputFailed(
                f"output {name!r} ({type(value).__name__}) cannot be stored: {type(e).__name__}: {e}"
            ) from e
        outputs[name] = entity.key
    return results, outputs


def as_scalar(value):
    """Return whether a value is one that results hold, and its form in JSON."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return True, _plain(value)
    if isinstance(value, (bytes, bytearray)):
        try:
            return True, _plain(bytes(value).decode())
        except UnicodeDecodeError:
            import binascii

            return True, binascii.b2a_base64(value, newline=False).decode()
    if type(value).__module__ == "numpy" and getattr(value, "shape", None) == ():
        value = value.item()
        if value is None or isinstance(value, (str, bool, int, float)):
            return True, _plain(value)
    return False, None


def _plain(value):
    if isinstance(value, float):
        value = float(value)
        if value != value:
            return "NaN"
        if value in (float("inf"), float("-inf")):
            return "Infinity" if value > 0 else "-Infinity"
        return value
    if isinstance(value, str):
        return str.__str__(value).replace("\0", "\ufffd")
    return value


def is_entity(value):
    """Tell whether a value is a data item, an artifact or a model."""
    return (
        isinstance(getattr(value, "key", None), str)
        and value.key.startswith("store://")
        and callable(getattr(value, "save", None))
    )


def is_table(value):
    """Tell whether a value is a DataFrame of pandas or polars."""
    return any(
        c.__name__ == "DataFrame" and c.__module__.partition(".")[0] in ("pandas", "polars")
        for c in type(value).__mro__
    )


def _log(value, name, about, project):
    if project is None:
        raise RuntimeError("there is no project to keep it in")
    extra = dict(about.get("spec_kwargs") or {})
    if is_table(value):
        if about.get("kind", "table") == "table":
            return project.log_table(name=name, data=value, **extra)
        return project.log_dataitem(name=name, kind=about["kind"], data=value, **extra)
    import os
    import pickle
    import tempfile

    with tempfile.TemporaryDirectory(prefix="dhub-output-") as folder:
        path = os.path.join(folder, name + ".pickle")
        with open(path, "wb") as f:
            pickle.dump(value, f)
        return project.log_artifact(name=name, kind=about.get("kind", "artifact"), source=path, **extra)


def _mark(entity, run_key):
    """Note the run in an entity that does not say so yet."""
    relations = getattr(getattr(entity, "metadata", None), "relationships", None) or []
    for r in relations:
        read = r.get if isinstance(r, dict) else lambda n, r=r: getattr(r, n, None)
        if read("type") == "produced_by" and read("dest") == run_key:
            return
    entity.add_relationship("produced_by", run_key)
    update = getattr(entity, "update", None)  # the published 0.16 line knows no save(update=True), 0.15 no update()
    if update is not None:
        update()
    else:
        entity.save(update=True)
