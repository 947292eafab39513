# What a job starts: python -I [-S] -X utf8 …/digitalhub_runtime_python/_job.py REQUEST, in its workspace.
# Kept tiny, since a started file is compiled each time; the rest is loaded from cached bytecode, by path,
# because a published package of the same name may come first on sys.path.
if __name__ == "__main__":
    import sys

    def _load(name):
        machinery = sys.modules["_frozen_importlib_external"]
        bootstrap = sys.modules["_frozen_importlib"]
        path = __file__[: -len("_job.py")] + name + ".py"
        loader = machinery.SourceFileLoader("_dhub" + name, path)
        spec = bootstrap.ModuleSpec("_dhub" + name, loader, origin=path)
        spec.has_location = True
        module = bootstrap.module_from_spec(spec)
        sys.modules["_dhub" + name] = module
        loader.exec_module(module)
        return module

    execute = _load("_execute")
    _load("_main").main(execute, __file__)
