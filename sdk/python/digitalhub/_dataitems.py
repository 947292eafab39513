"""Data items: data that functions consume and produce; tables among them."""

from __future__ import annotations

import os

from . import _kinds, _material, _material_verbs, _verbs
from ._material import Material
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Delete, Get, Import, List, Load, LogKind, NewMaterial, Update, Versions


class Dataitem(Material):
    """A data item, one version of it."""

    __slots__ = ()
    _type = "dataitem"

    def as_df(self, file_format: str | None = None, engine: str | None = "pandas", **reader_kwargs: Any) -> Any:
        """Read the data into a data frame.

        Args:
            file_format: ``csv``, ``parquet``, ``json``, ``xls``, ``xlsx``, ``txt``; from the path unless given.
            engine: ``pandas`` or ``polars``, which must be installed.
            **reader_kwargs: Arguments of the engine's reader, such as ``sep=";"``.

        Raises:
            ReaderError: The format or engine is unknown, or a package is missing.
            ValueError: The item is a query on something that is no database.
        """
        from . import _tables

        self._try_refresh()
        return _tables.read(self, file_format, engine or "pandas", reader_kwargs)

    def write_df(self, df: Any, extension: str | None = None, **kwargs: Any) -> str:
        """Write a data frame as the item's data; schema, preview and list of files stay.

        Args:
            df: The data frame.
            extension: ``parquet`` or ``csv``; from the path unless given.
            **kwargs: Arguments of the engine's writer.

        Returns:
            The path written.

        Raises:
            ReaderError: The format is unknown, or a package is missing.
        """
        from . import _tables

        return _tables.write(self, df, extension, kwargs)

    def query(self, sql: str) -> Dataitem:
        """Read through a query; only for ``sql://`` paths.

        Raises:
            ValueError: The item lies elsewhere.
        """
        path = str(self.spec.path)
        if not path.startswith("sql://"):
            raise ValueError(f"A query needs an sql:// path, this item lies at {path}.")
        from ._stores._sql import SQLStore

        SQLStore().download(path, "")
        return self


class Table(Dataitem):
    """A table, one version of it."""

    __slots__ = ()


class Croissant(Dataitem):
    """A Croissant data set, one version of it."""

    __slots__ = ()

    def as_dataset(self) -> Any:
        """Open the data set with mlcroissant, which must be installed."""
        try:
            import mlcroissant
        except ImportError as error:
            raise EntityError("as_dataset needs mlcroissant: pip install mlcroissant") from error
        return mlcroissant.Dataset(os.path.join(self.as_file(), "metadata.json"))


def log_dataitem(
    project: str,
    name: str,
    kind: str | None = None,
    source: str | list[str] | None = None,
    data: Any = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    file_format: str | None = None,
    read_df_params: dict[str, Any] | None = None,
    engine: str | None = "pandas",
    **kwargs: Any,
) -> Dataitem:
    """Create a data item and upload its bytes; kind ``table`` as ``log_table`` does.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        kind: ``dataitem``, ``table`` or ``croissant``; ``dataitem`` when left out.
        source: A local file, a local folder, or a list of files.
        data: A data frame, for tables.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; composed from the default store when absent.
        description: For people.
        labels: For filters.
        file_format: As of ``log_table``.
        read_df_params: As of ``log_table``.
        engine: As of ``log_table``.
        **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.
    """
    kind = kind or "dataitem"
    if kind == "table":
        return log_table(
            project, name, source, data, None, drop_existing, path, description, labels, file_format, read_df_params,
            engine, **kwargs,
        )  # fmt: skip
    _kinds.check(kind, "dataitem")
    if kind == "croissant":
        return log_croissant(project, name, source, drop_existing, path, description, labels, **kwargs)
    return log_generic_dataitem(project, name, source, drop_existing, path, description, labels, **kwargs)


def log_table(
    project: str,
    name: str,
    source: str | list[str] | None = None,
    data: Any = None,
    sql: str | None = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    file_format: str | None = None,
    read_df_params: dict[str, Any] | None = None,
    engine: str | None = "pandas",
    **kwargs: Any,
) -> Dataitem:
    """Create a table and upload it, with its schema and a preview of ten rows.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        source: A local file: CSV and JSON need no further package, Parquet needs pyarrow.
        data: A data frame; it is stored as Parquet and needs pandas or polars.
        sql: A statement for the configured database.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; composed from the default store when absent.
        description: For people.
        labels: For filters.
        file_format: Format of the source; from its name unless given.
        read_df_params: Arguments of the reader, such as ``{"sep": ";"}``.
        engine: ``pandas`` or ``polars``, for ``data``.
        **kwargs: ``schema`` instead of the one found, ``uuid``, ``embedded``, ``version``.

    Returns:
        The table in state READY.

    Raises:
        ValueError: None of source, data and sql.
        FileNotFoundError: The source does not exist; nothing is created.
        EntityError: The upload failed; the table stays in state ERROR.
    """
    if (source is None and data is None and sql is None) or (
        source is not None and data is not None and sql is not None
    ):
        raise ValueError("Either source, data, or sql must be provided.")
    from . import _tables

    if source is not None:
        _material.check_source(source)
        found = _tables.inspect(source, file_format, read_df_params)
        if isinstance(source, (list, tuple)) and len(source) == 1 and (path is None or not path.endswith("/")):
            source = source[0]
    elif data is not None:
        found = _tables.inspect_frame(data)
        source = _slug(name) + ".parquet"
    else:
        from ._stores._sql import SQLStore

        SQLStore().download("sql://", "")
        raise AssertionError("unreachable")
    if found.schema is not None:
        kwargs.setdefault("schema", found.schema)
    table: Dataitem = _material.make(
        "log_table", "dataitem", project, name, "table", source, drop_existing, path, description, labels, kwargs
    )
    if data is not None and not found.from_source:
        _write(table, data)
    else:
        table.upload(source)
    if found.preview is not None:
        table._part("status")["preview"] = found.preview
        table._put()
    _material.joins(table)
    return table


def _write(table: Dataitem, data: Any) -> None:
    """Write a data frame, with the states of an upload."""
    table._set_state("UPLOADING")
    try:
        table.write_df(data)
    except Exception as error:
        message = f"Upload failed: {error}. Please verify the data and the access to the store."
        table._set_state("ERROR", message)
        raise EntityError(message) from error
    table._set_state("READY")


def _slug(name: str) -> str:
    """Lower case letters, digits and dashes."""
    import re

    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "table"


new_dataitem: NewMaterial[Dataitem] = _material_verbs.creator("dataitem", "``dataitem``, ``table`` or ``croissant``")
log_generic_dataitem: LogKind[Dataitem] = _material_verbs.kind_uploader("dataitem", "dataitem", "a data item")
log_croissant: LogKind[Dataitem] = _material_verbs.kind_uploader("dataitem", "croissant", "a Croissant data set")
get_dataitem: Get[Dataitem] = _verbs.getter("dataitem")
get_dataitem_versions: Versions[Dataitem] = _verbs.versions_getter("dataitem")
list_dataitems: List[Dataitem] = _verbs.lister("dataitem")
import_dataitem: Import[Dataitem] = _verbs.importer("dataitem")
load_dataitem: Load[Dataitem] = _verbs.loader("dataitem")
update_dataitem: Update[Dataitem] = _verbs.updater("dataitem")
delete_dataitem: Delete = _verbs.deleter("dataitem", "its files")
