"""Calls to the server: paths, paging, and which answer is which exception.

One client lives in the process, built at the first call; ``reset`` forgets it.
"""

from __future__ import annotations

import json
import os
import threading
import time
from urllib.parse import quote

from . import _transport
from ._auth import Auth
from ._config import DEFAULT_ENDPOINT, Config
from ._kinds import PLURALS
from ._spelling import Options
from .utils.exceptions import (
    BackendError,
    BadRequestError,
    ClientError,
    EntityAlreadyExistsError,
    EntityNotExistsError,
    ForbiddenError,
    MissingSpecError,
    UnauthorizedError,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

API = "/api/v1"
LOWEST_LEVEL, HIGHEST_LEVEL = 15, 20
_JOB_PATIENCE = 120.0  #: seconds for which a job asks again when its server is away

#: (status or 0 for any, text in the body) → exception; the first row that fits.
_ERRORS: tuple[tuple[int, str, type[BackendError]], ...] = (
    (400, "missing spec", MissingSpecError),
    (400, "Duplicated entity", EntityAlreadyExistsError),
    (400, "", BadRequestError),
    (401, "", UnauthorizedError),
    (403, "", ForbiddenError),
    (404, "No such EntityName", EntityNotExistsError),
    (409, "Duplicated entity", EntityAlreadyExistsError),
    (0, "", BackendError),
)


def error_of(status: int, text: str) -> BackendError:
    """Make the exception that an answer of 400 and above stands for."""
    message, code, request_id = text.strip(), "", ""
    fields: list[dict[str, Any]] = []
    try:
        body = json.loads(text)
    except ValueError:
        body = None
    if isinstance(body, dict):
        message = str(body.get("message") or body.get("error") or message)
        code, request_id = str(body.get("errorCode") or ""), str(body.get("requestId") or "")
        errors = body.get("errors")
        fields = errors if isinstance(errors, list) else []
    for row_status, needle, kind in _ERRORS:
        if row_status in (0, status) and needle in text:
            words = "Not found. Response: " + message if status == 404 else message
            return kind(words or f"HTTP {status}", status, code, fields, request_id)
    raise AssertionError("the last row fits everything")


class Client:
    """Speaks to one server."""

    local = False

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self.auth = Auth(self.config)
        self.endpoint, self._named = self.config.endpoint()
        self._checked = self._named
        self._well_known: dict[str, Any] | None = None
        self._shown: set[tuple[str, str]] = set()

    # -- requests ----------------------------------------------------------------------------------

    def call(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        body: Any = None,
        http: Options | None = None,
        base: str = API,
    ) -> Any:
        """Send one request and decode its answer.

        Args:
            method: GET, POST, PUT or DELETE.
            path: Below ``base``, quoted.
            params: Query.
            body: Sent as JSON, or as it is when it is bytes; None sends no body.
            http: What the caller passes through.
            base: ``/api/v1`` or an empty text.

        Returns:
            The decoded JSON; ``{}`` for an empty body.
        """
        answer = self.send(method, path, params, body, http, base)
        if not answer.content.strip():
            return {}
        try:
            return json.loads(answer.content)
        except ValueError as error:
            raise BackendError(f"The answer to {method} {path} is no JSON: {answer.text[:200]!r}") from error

    def poll(self, path: str, seconds: int, since: str) -> tuple[Any, str]:
        """Read a document, at once when it has changed since a mark, else when it does or the time is over.

        Returns:
            The document and its mark, an empty text from a server that gives none.
        """
        answer = self.send("GET", path, {"wait": f"{seconds}s", "since": since or None})
        return json.loads(answer.content), answer.headers.get("etag", "").strip('"')

    def send(
        self,
        method: str,
        path: str,
        params: dict[str, Any] | None = None,
        body: Any = None,
        http: Options | None = None,
        base: str = API,
        timeout: float | None = None,
    ) -> _transport.Response:
        """Send one request; a refused access token is refreshed once and the request repeated once."""
        options = http or Options()
        if not self._checked:
            self._check_stranger()
        url = _transport.build_url(self.endpoint + base + path, {**(params or {}), **options.params})
        headers = {"Accept": "*/*", "Dhub-Strict": "1", **self.auth.header(), **options.headers}
        data: bytes | None = None
        if isinstance(body, bytes):
            data = body
            headers.setdefault("Content-Type", "application/octet-stream")
        elif body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        wait = options.timeout if options.timeout is not None else timeout
        answer = self._reach(method, url, headers, data, wait)
        if answer.status_code == 401 and self.auth.can_refresh() and "Authorization" not in options.headers:
            self.auth.refresh()
            answer = self._reach(method, url, {**headers, **self.auth.header()}, data, wait)
        self._check_level(answer)
        if not answer.ok:
            raise error_of(answer.status_code, answer.text)
        return answer

    def _reach(
        self, method: str, url: str, headers: dict[str, str], data: bytes | None, timeout: float | None
    ) -> _transport.Response:
        patience = time.monotonic() + (_JOB_PATIENCE if "DHUB_ATTEMPT" in os.environ else 0)
        pause = 0.05
        while True:
            try:
                answer = _transport.send(method, url, headers, data, timeout)
                if answer.status_code != 503 or method != "GET" or time.monotonic() >= patience:
                    return answer
            except TimeoutError as error:
                raise TimeoutError(f"Request to DHCore backend timed out. {error}") from error
            except ConnectionError as error:
                # A job outlives its server, which may be about to come back. What was refused was not sent;
                # above, what was only read may be read again.
                if not isinstance(error.__cause__, ConnectionRefusedError) or time.monotonic() >= patience:
                    raise ConnectionError(f"Unable to connect to DHCore backend. {error}") from error
            time.sleep(pause)
            pause = min(2 * pause, 1.0)

    def _check_stranger(self) -> None:
        """Nobody named the server: post nothing to whatever sits on the default port."""
        how = "Name a server in DHCORE_ENDPOINT, or start one with `dhub serve`."
        missing = "Required configuration key 'DHCORE_ENDPOINT' is missing"
        try:
            answer = _transport.send("GET", self.endpoint + "/.well-known/configuration", timeout=5)
        except (ConnectionError, TimeoutError) as error:
            raise ClientError(f"{missing}, and no server answers at {DEFAULT_ENDPOINT}. {how}") from error
        try:
            known = answer.ok and any(name.startswith("dhcore_") for name in answer.json())
        except (ValueError, TypeError):
            known = False
        if not known:
            raise ClientError(f"{missing}, and what answers at {DEFAULT_ENDPOINT} is another program. {how}")
        self._checked = True

    def _check_level(self, answer: _transport.Response) -> None:
        level = answer.headers.get("x-api-level")
        if level is None:
            return
        if not level.isdigit() or not LOWEST_LEVEL <= int(level) <= HIGHEST_LEVEL:
            raise ClientError(
                f"Backend API level not supported. The server announces {level}, "
                f"this package speaks {LOWEST_LEVEL} to {HIGHEST_LEVEL}."
            )

    def well_known(self) -> dict[str, Any]:
        """Read the server's published configuration, once."""
        if self._well_known is None:
            found = self.call("GET", "/.well-known/configuration", base="")
            self._well_known = found if isinstance(found, dict) else {}
        return self._well_known

    # -- entities ----------------------------------------------------------------------------------

    def create(
        self, type_name: str, project: str, document: dict[str, Any], http: Options | None = None
    ) -> dict[str, Any]:
        """POST a new entity."""
        return self._noticed(self.call("POST", entity_path(type_name, project), body=document, http=http))

    def read(
        self,
        type_name: str,
        project: str,
        id: str,
        http: Options | None = None,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """GET an entity by id, a project by name."""
        return _document(self.call("GET", entity_path(type_name, project, id), params=params, http=http))

    def update(
        self, type_name: str, project: str, id: str, document: dict[str, Any], http: Options | None = None
    ) -> dict[str, Any]:
        """PUT an entity."""
        return self._noticed(self.call("PUT", entity_path(type_name, project, id), body=document, http=http))

    def delete(
        self, type_name: str, project: str, id: str, params: dict[str, Any] | None = None, http: Options | None = None
    ) -> dict[str, Any]:
        """DELETE an entity by id."""
        return _deleted(self.call("DELETE", entity_path(type_name, project, id), params=params, http=http))

    def delete_by_name(
        self, type_name: str, project: str, name: str, cascade: bool, http: Options | None = None
    ) -> dict[str, Any]:
        """DELETE every version of a name."""
        params = {"cascade": cascade, "name": name}
        return _deleted(self.call("DELETE", entity_path(type_name, project), params=params, http=http))

    def pages(
        self, type_name: str, project: str, params: dict[str, Any] | None = None, http: Options | None = None
    ) -> Iterator[dict[str, Any]]:
        """List entities, page after page."""
        number = 0
        while True:
            page = self.call("GET", entity_path(type_name, project), {**(params or {}), "page": number}, http=http)
            content = page.get("content") or []
            yield from content
            number += 1
            if not content or number >= int(page.get("totalPages") or 0):
                return

    def action(self, type_name: str, project: str, id: str, action: str, http: Options | None = None) -> dict[str, Any]:
        """POST an action such as stop."""
        found = self.call(
            "POST", entity_path(type_name, project, id) + "/" + quote(action, safe=""), body={}, http=http
        )
        return found if isinstance(found, dict) else {}

    def _noticed(self, answer: Any) -> dict[str, Any]:
        """Turn the server's notices into warnings, each once."""
        document = _document(answer)
        status = document.get("status")
        for notice in (status.get("notices") if isinstance(status, dict) else None) or ():
            if isinstance(notice, dict) and notice.get("message"):
                text = str(notice["message"])
                if (str(document.get("key")), text) not in self._shown:
                    self._shown.add((str(document.get("key")), text))
                    import warnings

                    warnings.warn(f"{document.get('key')}: {text}", UserWarning, stacklevel=5)
        return document


def entity_path(type_name: str, project: str, id: str | None = None) -> str:
    """Build the path of a collection, or of one entity in it."""
    if type_name == "project":
        return "/projects" + (f"/{quote(id, safe='')}" if id is not None else "")
    path = f"/-/{quote(project, safe='')}/{PLURALS[type_name]}"
    return path + (f"/{quote(id, safe='')}" if id is not None else "")


def _document(answer: Any) -> dict[str, Any]:
    if not isinstance(answer, dict) or not answer.get("kind"):
        from .utils.exceptions import BuilderError

        raise BuilderError("Missing 'kind' parameter. The server's answer is no entity.")
    return answer


def _deleted(answer: Any) -> dict[str, Any]:
    if isinstance(answer, bool):
        return {"deleted": answer}
    return answer if isinstance(answer, dict) else {}


_lock = threading.RLock()
_client: Client | None = None


def get() -> Client:
    """Return the process's client, made at the first call."""
    global _client
    with _lock:
        if _client is None:
            _client = Client()
        return _client


def reset() -> None:
    """Forget the client, so that the next call reads the configuration again."""
    global _client
    with _lock:
        _client = None
        _transport.close_all()
    from . import _context

    _context.forget_remote()
