"""HTTP over the standard library: one ``send`` from request to response.

Connections are kept alive per thread, renewed after a fork, and replaced when the server closed them
while they were idle. Proxies and the CA bundle come from the environment.
"""

from __future__ import annotations

import atexit
import http.client
import os
import select
import socket
import threading
from urllib.parse import quote, urlencode, urlsplit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO, Any

TIMEOUT = 60.0


class _Pool(dict):  # type: ignore[type-arg]
    """One thread's connections, closed when the thread ends."""

    def __del__(self) -> None:
        for connection, _ in self.values():
            connection.close()


_local = threading.local()
_IDEMPOTENT = ("GET", "HEAD", "PUT", "DELETE", "OPTIONS")


class Response:
    """An answer, with the names that users of other HTTP libraries know."""

    __slots__ = ("content", "headers", "reason", "status_code", "url")
    status_code: int
    reason: str
    headers: dict[str, str]
    content: bytes
    url: str

    def __init__(self, status_code: int, reason: str, headers: dict[str, str], content: bytes, url: str) -> None:
        self.status_code = status_code
        self.reason = reason
        self.headers = headers
        self.content = content
        self.url = url

    @property
    def ok(self) -> bool:
        """True below 400."""
        return self.status_code < 400

    @property
    def text(self) -> str:
        """The body as UTF-8 text; what is no UTF-8 is replaced."""
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        """Decode the body as JSON."""
        import json

        return json.loads(self.content)

    def raise_for_status(self) -> None:
        """Raise BackendError for a status of 400 and above."""
        if not self.ok:
            from .utils.exceptions import BackendError

            raise BackendError(f"{self.status_code} {self.reason} for {self.url}: {self.text[:500]}", self.status_code)

    def __repr__(self) -> str:
        return f"<Response [{self.status_code}]>"


def build_url(base: str, params: dict[str, Any] | None) -> str:
    """Append query parameters: None is left out, a list repeats the name, booleans are lower case."""
    pairs = []
    for name, value in (params or {}).items():
        for item in value if isinstance(value, (list, tuple)) else (value,):
            if item is not None:
                pairs.append((name, str(item).lower() if isinstance(item, bool) else str(item)))
    if not pairs:
        return base
    return f"{base}{'&' if '?' in base else '?'}{urlencode(pairs, quote_via=quote)}"


def send(
    method: str,
    url: str,
    headers: dict[str, str] | None = None,
    body: bytes | IO[bytes] | None = None,
    timeout: float | None = None,
    into: IO[bytes] | None = None,
) -> Response:
    """Send one request and read the whole answer.

    Args:
        method: Upper case.
        url: Absolute, already quoted.
        headers: Sent as they are; ``Content-Length`` is needed with a stream.
        body: Bytes, or a stream read from its present position.
        timeout: Seconds without any progress before TimeoutError, 60 unless given.
        into: Where the body of a 2xx answer goes, instead of memory.

    Raises:
        ConnectionError: Nobody answers there, or the connection broke.
        TimeoutError: No progress in time.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"Not an HTTP address: {url!r}")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Accept-Encoding": "gzip" if into is None else "identity", "User-Agent": "dhub-python", **(headers or {})}
    wait = TIMEOUT if timeout is None else timeout
    position = None if body is None or isinstance(body, bytes) else body.tell()
    for fresh in (False, True):
        connection, reused, absolute = _connection(parts.scheme, parts.hostname, parts.port, wait, fresh)
        try:
            connection.request(method, url if absolute else target, body=body, headers=sent)
            answer = connection.getresponse()
            return _read(connection, answer, url, into)
        except TimeoutError as error:
            _drop(connection)
            raise TimeoutError(f"No answer from {parts.scheme}://{parts.netloc} within {wait:g} seconds.") from error
        except (http.client.HTTPException, OSError) as error:
            _drop(connection)
            dropped = isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError))
            if reused and dropped and method in _IDEMPOTENT and (into is None or into.tell() == 0):
                if position is not None:
                    body.seek(position)  # type: ignore[union-attr]
                continue
            raise ConnectionError(
                f"Unable to reach {parts.scheme}://{parts.netloc}: {error or type(error).__name__}"
            ) from error
    raise AssertionError("unreachable")


def stream(url: str, headers: dict[str, str] | None = None, timeout: float | None = None) -> Iterable[bytes]:
    """Read an answer piece by piece over a connection of its own."""
    parts = urlsplit(url)
    connection = _open(parts.scheme, parts.hostname or "", parts.port, TIMEOUT if timeout is None else timeout)[0]
    try:
        connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers or {})
        answer = connection.getresponse()
        while piece := answer.read1(65536):
            yield piece
    finally:
        connection.close()


def close_all() -> None:
    """Close this thread's connections."""
    for connection, _ in list(getattr(_local, "pool", {}).values()):
        connection.close()
    _local.pool = _Pool()
    _local.pid = os.getpid()


def _read(
    connection: http.client.HTTPConnection, answer: http.client.HTTPResponse, url: str, into: IO[bytes] | None
) -> Response:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    content = b""
    if into is not None and answer.status < 300:
        while piece := answer.read(1 << 20):
            into.write(piece)
    else:
        content = answer.read()
        if headers.get("content-encoding") == "gzip":
            import gzip

            content = gzip.decompress(content)
    if answer.will_close:
        _drop(connection)
    return Response(answer.status, answer.reason, headers, content, url)


def _connection(
    scheme: str, host: str, port: int | None, timeout: float, fresh: bool
) -> tuple[http.client.HTTPConnection, bool, bool]:
    """Take this thread's connection to a host, or open one; tell whether it was used before."""
    if getattr(_local, "pid", None) != os.getpid():
        _local.pid, _local.pool = os.getpid(), _Pool()
    name = (scheme, host, port)
    connection, absolute = _local.pool.get(name, (None, False))
    if connection is not None and (fresh or connection.sock is None or _readable(connection.sock)):
        connection.close()
        connection = None
    if connection is not None:
        connection.sock.settimeout(timeout)
        return connection, True, absolute
    connection, absolute = _open(scheme, host, port, timeout)
    _local.pool[name] = (connection, absolute)
    return connection, False, absolute


def _drop(connection: http.client.HTTPConnection) -> None:
    connection.close()
    for name, (kept, _) in list(_local.pool.items()):
        if kept is connection:
            del _local.pool[name]


def _readable(sock: socket.socket) -> bool:
    """An idle connection that can be read from was closed by the other side."""
    try:
        if hasattr(select, "poll"):
            poll = select.poll()
            poll.register(sock, select.POLLIN)
            return bool(poll.poll(0))
        return bool(select.select([sock], [], [], 0)[0])
    except (OSError, ValueError):
        return True


def _open(scheme: str, host: str, port: int | None, timeout: float) -> tuple[http.client.HTTPConnection, bool]:
    proxy = _proxy(scheme, host)
    if scheme == "https":
        context = _tls()
        if proxy:
            secure = http.client.HTTPSConnection(proxy[0], proxy[1], timeout=timeout, context=context)
            secure.set_tunnel(host, port or 443)
            return secure, False
        return http.client.HTTPSConnection(host, port, timeout=timeout, context=context), False
    if proxy:
        return http.client.HTTPConnection(proxy[0], proxy[1], timeout=timeout), True
    return http.client.HTTPConnection(host, port, timeout=timeout), False


def _tls() -> Any:
    import ssl

    bundle = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE")
    if bundle and os.path.isdir(bundle):
        return ssl.create_default_context(capath=bundle)
    return ssl.create_default_context(cafile=bundle or None)


def _proxy(scheme: str, host: str) -> tuple[str, int] | None:
    """Read ``http_proxy``, ``https_proxy``, ``all_proxy`` and ``no_proxy``."""
    address = ""
    for name in (f"{scheme}_proxy", "all_proxy"):
        upper = "" if name == "http_proxy" and "REQUEST_METHOD" in os.environ else os.environ.get(name.upper(), "")
        address = address or os.environ.get(name) or upper
    if not address:
        return None
    without = os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or ""
    for entry in (item.strip().lstrip(".") for item in without.split(",")):
        if entry and (entry == "*" or host == entry or host.endswith(f".{entry}")):
            return None
    if host in ("localhost", "127.0.0.1", "::1"):
        return None
    parts = urlsplit(address if "://" in address else f"http://{address}")
    return (parts.hostname or "", parts.port or 8080) if parts.hostname else None


atexit.register(close_all)
