"""Databases: not there yet."""

from __future__ import annotations

import os

from ..utils.exceptions import ConfigError, StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_ABSENT = "Tables in databases (sql:// paths) are not supported yet. Use a file: s3://bucket/table.parquet or .csv"


class SQLStore:
    """Answers every call with what to do instead."""

    def upload(self, source: Any, path: str, keep_dir_structure: bool = False) -> list[dict[str, Any]]:
        """Refuse."""
        raise StoreError(_ABSENT)

    def download(self, path: str, destination: str, overwrite: bool = False) -> list[str]:
        """Refuse."""
        raise StoreError(_ABSENT)

    def upload_file(self, source: str, path: str) -> None:
        """Refuse."""
        raise StoreError(_ABSENT)

    def download_file(self, path: str, target: str) -> None:
        """Refuse."""
        raise StoreError(_ABSENT)


def engine(schema: str | None = None) -> Any:
    """Make a SQLAlchemy engine of the ``DB_*`` variables."""
    try:
        from sqlalchemy import create_engine
    except ImportError as error:
        raise StoreError("get_sql_engine needs SQLAlchemy: pip install sqlalchemy psycopg[binary]") from error
    from .. import _client

    config = _client.get().config
    wanted = ("DB_HOST", "DB_PORT", "DB_DATABASE", "DB_USERNAME", "DB_PASSWORD")
    values = {name: config.get(name) for name in wanted}
    missing = [name for name, value in values.items() if not value]
    if missing:
        raise ConfigError(f"Missing required variables for SQL store: {', '.join(missing)}.")
    schema = schema or config.get("DB_SCHEMA") or os.environ.get("DB_SCHEMA") or "public"
    address = "postgresql://{DB_USERNAME}:{DB_PASSWORD}@{DB_HOST}:{DB_PORT}/{DB_DATABASE}".format(**values)
    return create_engine(address, connect_args={"connect_timeout": 30, "options": f"-csearch_path={schema}"})
