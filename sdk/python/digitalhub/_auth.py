"""Who we are for the server: basic, bearer, personal access token; refresh after a 401."""

from __future__ import annotations

from . import _transport
from .utils.exceptions import ClientError, UnauthorizedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._config import Config

_STORED_AS = {
    "access_token": "DHCORE_ACCESS_TOKEN",
    "refresh_token": "DHCORE_REFRESH_TOKEN",
    "client_id": "DHCORE_CLIENT_ID",
    "issuer": "DHCORE_ISSUER",
    "id_token": "DHCORE_ID_TOKEN",
    "expires_in": "DHCORE_EXPIRES_IN",
    "token_endpoint": "OAUTH2_TOKEN_ENDPOINT",
}


class Auth:
    """Makes the ``Authorization`` header of one client."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._exchanged = False

    def header(self) -> dict[str, str]:
        """Choose: access token, else user and password, else nothing."""
        if not self._exchanged and self._config.get("DHCORE_PERSONAL_ACCESS_TOKEN"):
            self._exchange()
        token = self._config.get("DHCORE_ACCESS_TOKEN")
        if token:
            return {"Authorization": f"Bearer {token}"}
        user, password = self._config.get("DHCORE_USER"), self._config.get("DHCORE_PASSWORD")
        if user and password is not None:
            from base64 import b64encode

            return {"Authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}
        return {}

    def can_refresh(self) -> bool:
        """Tell whether a refused access token can be exchanged for a new one."""
        return bool(self._config.get("DHCORE_ACCESS_TOKEN") and self._config.get("DHCORE_REFRESH_TOKEN"))

    def refresh(self) -> None:
        """Exchange the refresh token.

        Raises:
            ClientError: There is no refresh token, or no client id.
            UnauthorizedError: The token endpoint refuses.
        """
        token = self._config.get("DHCORE_REFRESH_TOKEN")
        if not token:
            kind = "access_token_only" if self._config.get("DHCORE_ACCESS_TOKEN") else "no_auth"
            if kind == "no_auth" and self._config.get("DHCORE_USER"):
                kind = "basic"
            raise ClientError(f"Auth type {kind} does not support refresh.")
        self._ask({"grant_type": "refresh_token", "refresh_token": token})

    def _exchange(self) -> None:
        self._ask({
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token_type": "urn:ietf:params:oauth:token-type:pat",
            "subject_token": self._config.get("DHCORE_PERSONAL_ACCESS_TOKEN") or "",
        })  # fmt: skip
        self._exchanged = True

    def _ask(self, form: dict[str, str]) -> None:
        from urllib.parse import urlencode

        client_id = self._config.get("DHCORE_CLIENT_ID")
        if not client_id:
            raise ClientError("Client id not set.")
        body = urlencode({**form, "client_id": client_id, "scope": "credentials"}).encode()
        answer = _transport.send(
            "POST", self._token_endpoint(), {"Content-Type": "application/x-www-form-urlencoded"}, body
        )
        if not answer.ok:
            raise UnauthorizedError(
                f"The token endpoint refused with {answer.status_code}: {answer.text[:300]}. Sign in again.",
                answer.status_code,
            )
        values = {}
        for name, value in answer.json().items():
            if isinstance(value, (str, int, float)) and not isinstance(value, bool):
                values[_STORED_AS.get(name, name.upper())] = str(value)
        self._config.remember(values)

    def _token_endpoint(self) -> str:
        named = self._config.get("OAUTH2_TOKEN_ENDPOINT")
        if named:
            return named
        issuer = self._config.get("DHCORE_ISSUER")
        if not issuer:
            raise ClientError("Issuer not set: neither OAUTH2_TOKEN_ENDPOINT nor DHCORE_ISSUER.")
        answer = _transport.send("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        answer.raise_for_status()
        return str(answer.json()["token_endpoint"])
