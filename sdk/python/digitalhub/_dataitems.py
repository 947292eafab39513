"""Data items: data that functions consume and produce; tables among them."""

from __future__ import annotations

import os

from . import _entity, _files_yaml, _kinds, _material
from ._material import Material
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


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


def new_dataitem(
    project: str,
    name: str,
    kind: str,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    path: str | None = None,
    extensions: list[dict[str, Any]] | None = None,
    version: str | None = None,
    **kwargs: Any,
) -> Dataitem:
    """Create a data item that refers to data; no bytes move. One call.

    Args:
        project: Name of the project.
        name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
        kind: ``dataitem``, ``table`` or ``croissant``.
        uuid: Id, a UUID of version 4 with or without dashes; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project.
        path: Where the data are, such as ``s3://bucket/key`` or an HTTP address.
        extensions: Extensions of the data item.
        version: Text of the version, the id when absent.
        **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

    Raises:
        EntityError: ``path`` is missing.
        BuilderError: There is no such kind.
        TypeError: An argument that nothing understands.
    """
    made: Dataitem = _material.new(
        "new_dataitem",
        "dataitem",
        project,
        name,
        kind,
        uuid,
        description,
        labels,
        embedded,
        path,
        extensions,
        version,
        kwargs,
    )
    return made


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


def log_generic_dataitem(
    project: str,
    name: str,
    source: str | list[str] | None = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> Dataitem:
    """Create a data item and upload its bytes.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        source: A local file, a local folder, or a list of files.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
            or list it ends in ``/``.
        description: For people.
        labels: For filters.
        **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

    Returns:
        The entity in state READY.

    Raises:
        ValueError: The source is an address, or there is no default store.
        EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
        EntityError: The upload failed; the entity stays in state ERROR.
    """
    made: Dataitem = _material.log(
        "log_generic_dataitem",
        "dataitem",
        project,
        name,
        "dataitem",
        source,
        drop_existing,
        path,
        description,
        labels,
        kwargs,
    )
    return made


def log_croissant(
    project: str,
    name: str,
    source: str | list[str] | None = None,
    drop_existing: bool = False,
    path: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> Dataitem:
    """Create a Croissant data set and upload its bytes.

    Args:
        project: Name of the project.
        name: Name; one that exists gets a new version.
        source: A local file, a local folder, or a list of files.
        drop_existing: Delete all versions of the name first.
        path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
            or list it ends in ``/``.
        description: For people.
        labels: For filters.
        **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

    Returns:
        The entity in state READY.

    Raises:
        ValueError: The source is an address, or there is no default store.
        EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
        EntityError: The upload failed; the entity stays in state ERROR.
    """
    made: Dataitem = _material.log(
        "log_croissant",
        "dataitem",
        project,
        name,
        "croissant",
        source,
        drop_existing,
        path,
        description,
        labels,
        kwargs,
    )
    return made


def get_dataitem(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Dataitem:
    """Read a data item; one call.

    Args:
        identifier: Its key, or its name for the newest version.
        project: Name of the project; not needed with a key.
        entity_id: Id of a version.
        entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: Neither a name nor an id is given.
        EntityError: A name without a project.
        BackendError: There is no such data item.
    """
    found: Dataitem = _entity.get("get_dataitem", "dataitem", identifier, project, entity_id, entity_name, kwargs)
    return found


def get_dataitem_versions(
    identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
) -> list[Dataitem]:
    """Read all versions of a data item, newest first; one call a page.

    Args:
        identifier: Its key or name.
        project: Name of the project; not needed with a key.
        entity_name: Older spelling of ``identifier``.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    return _entity.versions("get_dataitem_versions", "dataitem", identifier, project, entity_name, kwargs)


def list_dataitems(
    project: str,
    q: str | None = None,
    name: str | None = None,
    kind: str | None = None,
    user: str | None = None,
    state: str | None = None,
    created: str | None = None,
    updated: str | None = None,
    versions: str | None = None,
    labels: list[str] | None = None,
    **kwargs: Any,
) -> list[Dataitem]:
    """List data items, newest first; one call a page of 25.

    Args:
        project: Name of the project.
        q: Text in id or name.
        name: Exact name.
        kind: Exact kind.
        user: Who created it.
        state: Exact state.
        created: ``start`` or ``start,end``, ISO-8601.
        updated: As ``created``.
        versions: ``all`` for every version; only the newest of each name without.
        labels: All of these.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    filters = {
        "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
        "versions": versions, "labels": labels,
    }  # fmt: skip
    return _entity.listing("list_dataitems", "dataitem", project, filters, kwargs)


def import_dataitem(
    file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
) -> Dataitem:
    """Create a data item from a YAML file, or as a copy of another one.

    Args:
        file: Path of the YAML.
        key: Key of the entity to copy.
        reset_id: Give it a new id, and so make a new version.
        context: Project to create it in, instead of the file's.

    Raises:
        ValueError: Both or neither of file and key.
        EntityError: An entity of that id exists.
    """
    made: Dataitem = _files_yaml.import_entity("dataitem", file, key, reset_id, context)
    return made


def load_dataitem(file: str) -> Dataitem:
    """Update a data item from a YAML file, or create it when the server does not hold it."""
    made: Dataitem = _files_yaml.load_entity("dataitem", file)
    return made


def update_dataitem(entity: Dataitem | None = None, **kwargs: Any) -> Dataitem:
    """Store the changes of a data item; one call.

    Args:
        entity: The data item; may be given as ``dataitem=`` too.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    made: Dataitem = _entity.update("update_dataitem", "dataitem", entity, kwargs)
    return made


def delete_dataitem(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    cascade: bool = True,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete one version of a data item, or all.

    Args:
        identifier: Its key, or its name together with ``entity_id`` or ``delete_all_versions``.
        project: Name of the project; not needed with a key.
        entity_id: Id of the version.
        delete_all_versions: Delete every version of the name.
        cascade: Delete its files too.
        entity_name: Older spelling of the name; alone it means the newest version.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: It is not said which version, or both one and all.
    """
    return _entity.delete(
        "delete_dataitem", "dataitem", identifier, project, entity_id, delete_all_versions, cascade, entity_name, kwargs
    )
