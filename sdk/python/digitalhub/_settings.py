"""Configuration, credentials, profiles; access to stores."""

from __future__ import annotations

import os

from . import _client, _context
from ._spelling import http

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._entity import Entity


def set_dhcore_env(
    endpoint: str | None = None,
    user: str | None = None,
    password: str | None = None,
    access_token: str | None = None,
    refresh_token: str | None = None,
    client_id: str | None = None,
) -> None:
    """Set where the server is and who we are, for this process; the next call uses it.

    Args:
        endpoint: Address, ``http://host:port``.
        user: For basic authentication.
        password: For basic authentication.
        access_token: A bearer token.
        refresh_token: Exchanged when the access token has expired.
        client_id: Client at the token endpoint.
    """
    values = {
        "DHCORE_ENDPOINT": endpoint,
        "DHCORE_USER": user,
        "DHCORE_PASSWORD": password,
        "DHCORE_ACCESS_TOKEN": access_token,
        "DHCORE_REFRESH_TOKEN": refresh_token,
        "DHCORE_CLIENT_ID": client_id,
    }
    for name, value in values.items():
        if value is not None:
            os.environ[name] = value
    _client.reset()


def set_dhub_env(
    endpoint: str | None = None, user: str | None = None, password: str | None = None, token: str | None = None
) -> None:
    """Set where the server is and who we are; the oldest spelling of ``set_dhcore_env``."""
    set_dhcore_env(endpoint, user, password, token)


def get_credentials_and_config() -> dict[str, Any]:
    """Return every known value by its variable's name; one call checks that the server accepts them."""
    client = _client.get()
    client.call("GET", "/api/auth", base="")
    return client.config.all()


def refresh_token() -> None:
    """Exchange the refresh token for new tokens.

    Raises:
        ClientError: There is none.
        UnauthorizedError: The token endpoint refuses.
    """
    _client.get().auth.refresh()


def get_current_profile() -> str:
    """Name the section of the ini file in force."""
    return _client.get().config.profile


def set_current_profile(profile: str) -> None:
    """Use another section of the ini file, now and in later processes.

    Raises:
        ClientError: The file has no such section; nothing changes then.
    """
    config = _client.get().config
    config.select(profile)
    _client.reset()
    _client._client = _client.Client(config)


def get_k8s_resource_profiles(**kwargs: Any) -> list[Any]:
    """List the resource profiles that the server offers; one call."""
    http("get_k8s_resource_profiles", kwargs)
    return list(_client.get().well_known().get("k8s_resource_profiles") or ())


def get_s3_client() -> Any:
    """Return a boto3 client for the store of files.

    Raises:
        StoreError: boto3 is not installed.
    """
    from ._stores import _s3

    return _s3.boto3_client(_context.client())


def get_sql_engine(schema: str | None = None) -> Any:
    """Return a SQLAlchemy engine for the configured database.

    Raises:
        StoreError: SQLAlchemy is not installed, or no database is configured.
    """
    from ._stores import _sql

    return _sql.engine(schema)


def get_store_by_entity(entity: Entity) -> Any:
    """Return the store that holds an entity's data."""
    from . import _stores

    return _stores.get(str(entity.spec.path), entity.project)
