"""Tables: schema, preview, data frames. The only module that imports pandas, polars or pyarrow.

CSV and JSON are inspected with the standard library, so logging them needs no further package.
"""

from __future__ import annotations

import json
import os

from . import _stores
from .utils.exceptions import ReaderError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ._dataitems import Dataitem

PREVIEW_ROWS = 10
_PREVIEW_BYTES = 64_000
_FORMATS = ("csv", "parquet", "json", "xls", "xlsx", "txt", "file")
_AS_CSV = ("csv", "txt", "file")


class Found:
    """What a look at a table told."""

    __slots__ = ("from_source", "preview", "schema")

    def __init__(self, schema: dict[str, Any] | None, preview: dict[str, Any] | None, from_source: bool) -> None:
        self.schema = schema
        self.preview = preview
        self.from_source = from_source


def format_of(path: str, file_format: str | None) -> str:
    """Name a table's format: as given, else by the path's suffix.

    Raises:
        ReaderError: It is none that can be read.
    """
    found = (file_format or os.path.splitext(path.split("?")[0])[1]).lower().lstrip(".") or "file"
    if found not in _FORMATS:
        raise ReaderError(f"Unsupported extension '{found}' for reading. Known: {', '.join(_FORMATS)}.")
    return found


# -- looking at a source -----------------------------------------------------------------------------


def inspect(source: Any, file_format: str | None, params: dict[str, Any] | None) -> Found:
    """Look at local files before they are uploaded: schema, number of rows, the first ten.

    Raises:
        FileNotFoundError: The source does not exist.
    """
    files = _files(source)
    name = format_of(files[0], file_format)
    if name in _AS_CSV:
        return _from_rows(_csv_rows(files, params or {}), text=True)
    if name == "json":
        return _from_rows(_json_rows(files, params or {}), text=False)
    if name == "parquet":
        return _parquet(files)
    if _has("pandas"):
        import pandas

        return Found(*_frame_parts(pandas.concat([pandas.read_excel(f, **(params or {})) for f in files])), True)
    return Found(None, None, True)


def _files(source: Any) -> list[str]:
    entries = [str(entry) for entry in source] if isinstance(source, (list, tuple)) else [str(source)]
    files: list[str] = []
    for entry in entries:
        if os.path.isdir(entry):
            for base, folders, names in os.walk(entry):
                folders.sort()
                files.extend(os.path.join(base, name) for name in sorted(names))
        else:
            files.append(entry)
    if not files:
        raise FileNotFoundError(f"[Errno 2] No such file or directory: {str(source)!r}")
    for file in files:
        with open(file, "rb"):
            pass
    return files


def _csv_rows(files: list[str], params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    import csv

    separator = params.get("sep") or params.get("delimiter") or ","
    for file in files:
        with open(file, encoding=params.get("encoding") or "utf-8-sig", newline="", errors="replace") as stream:
            reader = csv.DictReader(stream, delimiter=separator, restkey="__rest__", restval="")
            for row in reader:
                row.pop("__rest__", None)
                yield row


def _json_rows(files: list[str], params: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for file in files:
        with open(file, encoding="utf-8") as stream:
            if params.get("lines"):
                rows: Iterable[Any] = [json.loads(line) for line in stream if line.strip()]
            else:
                text = stream.read()
                try:
                    found = json.loads(text)
                except ValueError:
                    found = [json.loads(line) for line in text.splitlines() if line.strip()]
                rows = _records(found)
        for row in rows:
            yield row if isinstance(row, dict) else {"value": row}


def _records(found: Any) -> Iterable[Any]:
    """Read a list of rows, or a map of columns as pandas writes it."""
    if isinstance(found, dict) and found and all(isinstance(column, dict) for column in found.values()):
        index = list(dict.fromkeys(key for column in found.values() for key in column))
        return [{name: column.get(key) for name, column in found.items()} for key in index]
    return found if isinstance(found, list) else [found]


def _from_rows(rows: Iterator[dict[str, Any]], text: bool) -> Found:
    kinds: dict[str, str] = {}
    head: list[dict[str, Any]] = []
    count = 0
    for row in rows:
        count += 1
        if count <= PREVIEW_ROWS:
            head.append(row)
        for name, value in row.items():
            if name is None or kinds.get(name) == "string":
                continue
            kinds[name] = _widest(kinds.get(name), _text_kind(value) if text else _json_kind(value))
    schema = {"fields": [{"name": name, "type": kind or "string"} for name, kind in kinds.items()]}
    columns = []
    for name, kind in kinds.items():
        values = [row.get(name) for row in head]
        columns.append({"name": name, "value": [_parse(value, kind) if text else _plain(value) for value in values]})
    return Found(schema, _bounded({"cols": columns, "rows": count}), True)


def _text_kind(text: Any) -> str:
    """Guess the type of a CSV value; empty ones say nothing."""
    if text is None or text == "" or text.lower() in ("na", "nan", "null", "none"):
        return ""
    if text.lower() in ("true", "false"):
        return "boolean"
    try:
        int(text)
        return "integer" if "_" not in text else "string"
    except ValueError:
        pass
    try:
        float(text)
        return "number" if "_" not in text else "string"
    except ValueError:
        return "string"


def _json_kind(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "boolean"
    for kind, name in ((int, "integer"), (float, "number"), (str, "string"), (dict, "object"), (list, "array")):
        if isinstance(value, kind):
            return name
    return "any"


def _widest(known: str | None, new: str) -> str:
    """Unite two types: nothing with x is x, integer with number is number, all else is text or any."""
    if not known or not new or known == new:
        return known or new
    if {known, new} == {"integer", "number"}:
        return "number"
    return "string" if {known, new} <= {"integer", "number", "boolean", "string"} else "any"


def _parse(text: Any, kind: str) -> Any:
    if text is None or text == "" or (kind in ("integer", "number", "boolean") and not _text_kind(text)):
        return None
    try:
        if kind == "integer":
            return int(text)
        if kind == "number":
            return _plain(float(text))
        if kind == "boolean":
            return text.lower() == "true"
    except ValueError:
        return text
    return text


def _parquet(files: list[str]) -> Found:
    if not _has("pyarrow"):
        import warnings

        warnings.warn(
            "The table is stored without schema and preview: Parquet needs pyarrow (pip install pyarrow).",
            UserWarning,
            stacklevel=4,
        )
        return Found(None, None, True)
    import pyarrow.parquet as parquet

    schema = parquet.read_schema(files[0])
    fields = [{"name": field.name, "type": _arrow_kind(str(field.type))} for field in schema]
    rows = sum(parquet.read_metadata(file).num_rows for file in files)
    head: list[dict[str, Any]] = []
    for file in files:
        for batch in parquet.ParquetFile(file).iter_batches(batch_size=PREVIEW_ROWS):
            head.extend(batch.to_pylist())
            break
        if len(head) >= PREVIEW_ROWS:
            break
    columns = [{"name": f["name"], "value": [_plain(r.get(f["name"])) for r in head[:PREVIEW_ROWS]]} for f in fields]
    return Found({"fields": fields}, _bounded({"cols": columns, "rows": rows}), True)


def _arrow_kind(name: str) -> str:
    for prefix, kind in (
        ("int", "integer"), ("uint", "integer"), ("float", "number"), ("double", "number"), ("half", "number"),
        ("decimal", "number"), ("bool", "boolean"), ("string", "string"), ("large_string", "string"),
        ("timestamp", "datetime"), ("date", "datetime"), ("dictionary", "string"),
    ):  # fmt: skip
        if name.startswith(prefix):
            return kind
    return "any"


# -- data frames -------------------------------------------------------------------------------------


def inspect_frame(df: Any) -> Found:
    """Look at a data frame: schema, number of rows, the first ten."""
    return Found(*_frame_parts(df), False)


def _frame_parts(df: Any) -> tuple[dict[str, Any], dict[str, Any] | None]:
    if not hasattr(df, "columns") or not hasattr(df, "head"):
        raise ReaderError(f"data: expected a pandas or polars data frame, got {type(df).__name__}.")
    names = list(df.columns)
    polars = hasattr(df, "to_dicts")
    fields, columns = [], []
    head = df.head(PREVIEW_ROWS)
    for position, name in enumerate(names):
        column = head[name] if polars else head.iloc[:, position]
        dtype = str(df[name].dtype if polars else df.dtypes.iloc[position])
        fields.append({"name": str(name), "type": _dtype_kind(dtype.lower())})
        values = column.to_list() if polars else column.tolist()
        columns.append({"name": str(name), "value": [_plain(value) for value in values]})
    return {"fields": fields}, _bounded({"cols": columns, "rows": len(df)})


def _dtype_kind(dtype: str) -> str:
    for prefix, kind in (
        ("int", "integer"), ("uint", "integer"), ("float", "number"), ("double", "number"), ("decimal", "number"),
        ("bool", "boolean"), ("datetime", "datetime"), ("date", "datetime"), ("string", "string"), ("str", "string"),
        ("utf8", "string"), ("category", "string"), ("object", "string"), ("categorical", "string"),
    ):  # fmt: skip
        if dtype.startswith(prefix):
            return kind
    return "any"


def _plain(value: Any) -> Any:
    """Make a value JSON: no number is null, what JSON has not is text."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value == value and value not in (float("inf"), float("-inf")) else None
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item) for name, item in value.items()}
    if hasattr(value, "isoformat"):
        text = value.isoformat()
        return None if text == "NaT" else text
    if hasattr(value, "item"):
        return _plain(value.item())
    return None if str(value) in ("<NA>", "NaT") else str(value)


def _bounded(preview: dict[str, Any]) -> dict[str, Any] | None:
    """Drop a preview that is too long to carry around."""
    return preview if len(json.dumps(preview)) < _PREVIEW_BYTES else None


def read(item: Dataitem, file_format: str | None, engine: str, params: dict[str, Any]) -> Any:
    """Read an item's data into a data frame; all files of a folder one after another."""
    import tempfile

    library = _engine(engine)
    path = str(item.spec.path)
    store = _stores.get(path, item.project)
    if not _stores.scheme(path):
        return _frame(library, engine, _files(path), file_format, params)
    with tempfile.TemporaryDirectory(prefix="dhub-table-") as folder:
        files = store.download(path, folder + os.sep, overwrite=True)
        if file_format is None and len(files) == 1 and not os.path.splitext(files[0])[1]:
            file_format = "csv"
        return _frame(library, engine, sorted(files), file_format, params)


def _frame(library: Any, engine: str, files: list[str], file_format: str | None, params: dict[str, Any]) -> Any:
    frames = []
    for file in files:
        name = format_of(file, file_format)
        name = "csv" if name in _AS_CSV else "excel" if name in ("xls", "xlsx") else name
        if engine == "pandas" and name == "parquet" and not (_has("pyarrow") or _has("fastparquet")):
            raise ReaderError("Parquet needs pyarrow: pip install pyarrow")
        given = dict(params)
        if engine == "polars" and "sep" in given:
            given["separator"] = given.pop("sep")
        frames.append(getattr(library, f"read_{name}")(file, **given))
    if not frames:
        raise ReaderError("There are no files to read.")
    if len(frames) == 1:
        return frames[0]
    return library.concat(frames, ignore_index=True) if engine == "pandas" else library.concat(frames)


def write(item: Dataitem, df: Any, extension: str | None, params: dict[str, Any]) -> str:
    """Write a data frame to an item's path."""
    import tempfile

    path = str(item.spec.path)
    suffix = (extension or os.path.splitext(path)[1]).lower().lstrip(".")
    if path.endswith("/"):
        suffix = suffix or "parquet"
        path = f"{path}data.{suffix}"
    if suffix not in ("parquet", "csv"):
        raise ReaderError(f"Unsupported extension '{suffix or None}' for writing. Known: parquet, csv.")
    polars = hasattr(df, "write_csv")
    if suffix == "parquet" and not polars and not (_has("pyarrow") or _has("fastparquet")):
        raise ReaderError("Parquet needs pyarrow: pip install pyarrow")
    store = _stores.get(path, item.project)
    with tempfile.TemporaryDirectory(prefix="dhub-table-") as folder:
        file = os.path.join(folder, os.path.basename(path))
        if polars:
            getattr(df, f"write_{suffix}")(file, **params)
        else:
            getattr(df, f"to_{suffix}")(file, **{"index": False, **params})
        if _stores.scheme(path):
            store.upload_file(file, path)
        else:
            os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
            os.replace(file, path)
    return path


def _engine(name: str) -> Any:
    if name not in ("pandas", "polars"):
        raise ReaderError(f"Unknown engine '{name}'. Known: pandas, polars.")
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise ReaderError(f"Data frames need {name}: pip install {name} pyarrow") from error


def _has(module: str) -> bool:
    from importlib.util import find_spec

    return find_spec(module) is not None
