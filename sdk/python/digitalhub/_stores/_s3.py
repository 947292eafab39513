"""S3: as much of it as entities need, signed with version 4, over the standard library.

Addresses are path style. Without keys in environment or ini file the server is asked for some, which
are asked for again shortly before they expire.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import threading
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlsplit

from .. import _transport
from ..utils.exceptions import BackendError, ConfigError, StoreError
from . import check_target, inside, is_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO, Any

    from .._client import Client

_LARGE = 20 * 1024 * 1024
_EMPTY = hashlib.sha256(b"").hexdigest()
_EARLY = timedelta(minutes=2)


class Keys:
    """Where an S3 service is, and the keys to it."""

    __slots__ = ("access", "endpoint", "expires", "region", "secret", "token")

    def __init__(
        self, endpoint: str, access: str, secret: str, token: str | None, region: str | None, expires: datetime | None
    ) -> None:
        self.endpoint = endpoint.rstrip("/")
        self.access = access
        self.secret = secret
        self.token = token
        self.region = region or "us-east-1"
        self.expires = expires

    def __repr__(self) -> str:
        return f"<Keys for {self.endpoint}>"


_lock = threading.RLock()
_asked: dict[tuple[str, str], Keys] = {}


def keys(client: Client, project: str) -> Keys:
    """Take the keys of the configuration, else ask the server for some.

    Raises:
        ConfigError: There are none.
    """
    if client.local:
        raise StoreError("A local project has no store for s3:// paths.")
    config = client.config
    access, secret = config.get("AWS_ACCESS_KEY_ID"), config.get("AWS_SECRET_ACCESS_KEY")
    endpoint = config.get("AWS_ENDPOINT_URL")
    if access and secret and endpoint:
        return Keys(endpoint, access, secret, config.get("AWS_SESSION_TOKEN"), config.get("AWS_REGION"), None)
    with _lock:
        name = (client.endpoint, project)
        kept = _asked.get(name)
        if kept is not None and (kept.expires is None or kept.expires - _EARLY > datetime.now(timezone.utc)):
            return kept
        try:
            found = client.call("POST", f"/-/{quote(project, safe='')}/files/credentials", body={})
        except BackendError as error:
            missing = "AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY"
            raise ConfigError(
                f"Missing required variables for S3 store: {missing}; the server gives none: {error}"
            ) from error
        made = Keys(
            found["aws_endpoint_url"],
            found["aws_access_key_id"],
            found["aws_secret_access_key"],
            found.get("aws_session_token"),
            found.get("aws_region"),
            _time(found.get("aws_credentials_expiration")),
        )
        if len(_asked) >= 64:
            _asked.clear()
        _asked[name] = made
        return made


def _time(value: Any) -> datetime | None:
    if isinstance(value, (int, float)):
        return datetime.fromtimestamp(value, timezone.utc)
    if not isinstance(value, str) or not value:
        return None
    if value.isdigit():
        return datetime.fromtimestamp(int(value), timezone.utc)
    try:
        made = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return made if made.tzinfo else made.replace(tzinfo=timezone.utc)


def split(path: str) -> tuple[str, str]:
    """Take a path apart into bucket and key."""
    parts = path.split("://", 1)[1].split("/", 1)
    if not parts[0]:
        raise ValueError(f"Invalid S3 path {path!r}: expected s3://bucket/key.")
    return parts[0], parts[1] if len(parts) > 1 else ""


class S3Store:
    """Objects of one S3 service."""

    def __init__(self, client: Client, project: str) -> None:
        self._client = client
        self._project = project

    # -- requests ----------------------------------------------------------------------------------

    def _request(
        self,
        method: str,
        bucket: str,
        key: str,
        query: dict[str, str] | None = None,
        body: IO[bytes] | None = None,
        length: int = 0,
        digest: str = _EMPTY,
        headers: dict[str, str] | None = None,
        into: IO[bytes] | None = None,
    ) -> _transport.Response:
        used = keys(self._client, self._project)
        base = urlsplit(used.endpoint)
        path = f"{base.path}/{quote(bucket, safe='')}" + (f"/{quote(key, safe='/~')}" if key else "")
        line = "&".join(f"{quote(n, safe='~')}={quote(v, safe='~')}" for n, v in sorted((query or {}).items()))
        sent = {"Host": base.netloc, **(headers or {})}
        if body is not None:
            sent["Content-Length"] = str(length)
        self._sign(used, method, path, line, sent, digest)
        url = f"{base.scheme}://{base.netloc}{path}" + (f"?{line}" if line else "")
        return _transport.send(method, url, sent, body, into=into)

    def _sign(self, used: Keys, method: str, path: str, query: str, headers: dict[str, str], digest: str) -> None:
        now = datetime.now(timezone.utc)
        stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        headers["x-amz-date"] = stamp
        headers["x-amz-content-sha256"] = digest
        if used.token:
            headers["x-amz-security-token"] = used.token
        signed = {n.lower(): " ".join(v.split()) for n, v in headers.items()
                  if n.lower().startswith("x-amz-") or n.lower() == "host"}  # fmt: skip
        names = ";".join(sorted(signed))
        canonical = "\n".join([method, path, query, *(f"{n}:{signed[n]}" for n in sorted(signed)), "", names, digest])
        scope = f"{day}/{used.region}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = b"AWS4" + used.secret.encode()
        for part in (day, used.region, "s3", "aws4_request", text):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={used.access}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
        )

    def _check(self, answer: _transport.Response, what: str) -> _transport.Response:
        if answer.status_code == 404:
            raise StoreError(f"{what}: there is no such object.")
        if answer.status_code in (401, 403):
            raise ConfigError(f"{what}: no access to the store ({answer.status_code}). {_message(answer)}")
        if not answer.ok:
            raise StoreError(f"{what}: the store answered {answer.status_code}. {_message(answer)}")
        return answer

    # -- objects -----------------------------------------------------------------------------------

    def put(self, source: str, bucket: str, key: str) -> dict[str, Any]:
        """Upload one file, streamed, and describe the object."""
        import mimetypes

        size, sha, md5 = _digests(source)
        kind = mimetypes.guess_type(source)[0] or "application/octet-stream"
        headers = {"Content-Type": kind}
        with open(source, "rb") as stream:
            sent = self._request("PUT", bucket, key, None, stream, size, sha, headers)
        self._check(sent, f"PUT s3://{bucket}/{key}")
        head = self.head(bucket, key)
        tag = (head.get("etag") or sent.headers.get("etag") or "").strip('"')
        from email.utils import parsedate_to_datetime

        changed = head.get("last-modified")
        return {
            "name": os.path.basename(key),
            "content_type": head.get("content-type") or kind,
            "size": size,
            "hash": f"md5:{md5}" if size < _LARGE else f"ETag:{tag}",
            "last_modified": parsedate_to_datetime(changed).isoformat() if changed else None,
        }

    def head(self, bucket: str, key: str) -> dict[str, str]:
        """Read an object's headers."""
        return self._check(self._request("HEAD", bucket, key), f"HEAD s3://{bucket}/{key}").headers

    def get(self, bucket: str, key: str, target: str) -> None:
        """Download one object into a file, whole or not at all."""
        temporary = f"{target}.part"
        try:
            with open(temporary, "wb") as stream:
                answer = self._request("GET", bucket, key, into=stream)
            self._check(answer, f"GET s3://{bucket}/{key}")
            os.replace(temporary, target)
        finally:
            if os.path.exists(temporary):
                os.unlink(temporary)

    def keys_under(self, bucket: str, prefix: str) -> list[str]:
        """List the keys that begin with a prefix."""
        import xml.etree.ElementTree as tree

        found: list[str] = []
        query = {"list-type": "2", "prefix": prefix}
        while True:
            answer = self._check(self._request("GET", bucket, "", query), f"LIST s3://{bucket}/{prefix}")
            root = tree.fromstring(answer.content)
            space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
            found.extend(str(item.text) for item in root.iterfind(f"{space}Contents/{space}Key"))
            token = root.findtext(f"{space}NextContinuationToken")
            if root.findtext(f"{space}IsTruncated") != "true" or not token:
                return found
            query["continuation-token"] = token

    # -- what entities need ------------------------------------------------------------------------

    def upload(self, source: Any, path: str, keep_dir_structure: bool = False) -> list[dict[str, Any]]:
        """Upload a file, a folder or a list of files, and describe them.

        Raises:
            FileNotFoundError: A file does not exist; nothing is uploaded then.
            StoreError: A folder or list to a path that does not end in ``/``.
        """
        bucket, key = split(path)
        pairs = _pairs(source, path, key, keep_dir_structure)
        files = []
        for local, target in pairs:
            entry = self.put(local, bucket, target)
            relative = target[len(key) :] if key.endswith("/") or not key else entry["name"]
            files.append({"path": relative, **entry})
        return files

    def upload_file(self, source: str, path: str) -> None:
        """Upload one file to exactly that path."""
        self.put(source, *split(path))

    def download(self, path: str, destination: str, overwrite: bool = False) -> list[str]:
        """Download an object, or everything under a path that ends in ``/``."""
        bucket, key = split(path)
        if not key.endswith("/"):
            target = os.path.join(destination, os.path.basename(key)) if is_folder(destination) else destination
            check_target(target, overwrite)
            os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
            self.get(bucket, key, target)
            return [target]
        found = [name for name in self.keys_under(bucket, key) if not name.endswith("/")]
        if not found:
            raise StoreError(f"There is nothing under {path}.")
        targets = [inside(destination, name[len(key) :]) for name in found]
        for target in targets:
            check_target(target, overwrite)
        for name, target in zip(found, targets, strict=False):
            os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
            self.get(bucket, name, target)
        return targets

    def download_file(self, path: str, target: str) -> None:
        """Download one object to exactly that file."""
        self.get(*split(path), target)


def _pairs(source: Any, path: str, key: str, keep: bool) -> list[tuple[str, str]]:
    """List (local file, key) of an upload."""
    if not isinstance(source, (list, tuple)) and not os.path.isdir(source):
        _must_exist(str(source))
        return [(str(source), key + os.path.basename(str(source)) if key.endswith("/") or not key else key)]
    if key and not key.endswith("/"):
        raise StoreError(f"the destination must be a partition, so {path!r} must end with '/'")
    pairs: list[tuple[str, str]] = []
    if isinstance(source, (list, tuple)):
        for file in map(str, source):
            _must_exist(file)
            relative = os.path.normpath(file).replace(os.sep, "/").lstrip("./") if keep else os.path.basename(file)
            pairs.append((file, key + relative))
        if len({target for _, target in pairs}) != len(pairs):
            raise StoreError("two files of the list have the same name; use keep_dir_structure=True")
        return pairs
    for base, folders, files in os.walk(source):
        folders.sort()
        for file in sorted(files):
            full = os.path.join(base, file)
            pairs.append((full, key + os.path.relpath(full, source).replace(os.sep, "/")))
    if not pairs:
        raise StoreError(f"the folder {source} is empty")
    return pairs


def _must_exist(file: str) -> None:
    if not os.path.isfile(file):
        import errno

        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), file)


def _digests(file: str) -> tuple[int, str, str]:
    """Read a file once for its size, SHA-256 and MD5."""
    size, sha, md5 = 0, hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with open(file, "rb") as stream:
        while piece := stream.read(1 << 20):
            size += len(piece)
            sha.update(piece)
            md5.update(piece)
    return size, sha.hexdigest(), md5.hexdigest()


def _message(answer: _transport.Response) -> str:
    text = answer.text
    if "<Message>" in text:
        return text.partition("<Message>")[2].partition("</Message>")[0]
    return text[:200]


def store(client: Any, project: str) -> S3Store:
    """Make the store of a project."""
    return S3Store(client, project)


def boto3_client(client: Any) -> Any:
    """Make a boto3 client with the same keys.

    Raises:
        StoreError: boto3 is not installed.
    """
    try:
        import boto3
        from botocore.config import Config
    except ImportError as error:
        raise StoreError("get_s3_client needs boto3: pip install boto3") from error
    used = keys(client, "")
    return boto3.client(
        "s3",
        endpoint_url=used.endpoint,
        aws_access_key_id=used.access,
        aws_secret_access_key=used.secret,
        aws_session_token=used.token,
        region_name=used.region,
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
