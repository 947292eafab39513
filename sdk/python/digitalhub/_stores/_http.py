"""HTTP addresses: read only."""

from __future__ import annotations

import os
from urllib.parse import unquote, urljoin, urlsplit

from .. import _transport
from ..utils.exceptions import StoreError
from . import check_target, is_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_REDIRECTS = (301, 302, 303, 307, 308)


class HTTPStore:
    """Files behind HTTP addresses."""

    def upload(self, source: Any, path: str, keep_dir_structure: bool = False) -> list[dict[str, Any]]:
        """Refuse: HTTP addresses are read only."""
        raise StoreError("Remote store does not support upload. Use a path such as s3://bucket/key")

    def upload_file(self, source: str, path: str) -> None:
        """Refuse, as ``upload``."""
        self.upload(source, path)

    def download(self, path: str, destination: str, overwrite: bool = False) -> list[str]:
        """Download the file."""
        name = os.path.basename(unquote(urlsplit(path).path)) or "file"
        target = os.path.join(destination, name) if is_folder(destination) else destination
        check_target(target, overwrite)
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        self.download_file(path, target)
        return [target]

    def download_file(self, path: str, target: str) -> None:
        """Download into exactly that file."""
        with open(target, "wb") as stream:
            fetch(path, stream)


def fetch(path: str, into: Any) -> dict[str, str]:
    """Download an address, at most ten redirections away, and return the answer's headers."""
    url = path.removeprefix("zip+")
    for _ in range(10):
        answer = _transport.send("GET", url, into=into)
        if answer.status_code in _REDIRECTS and answer.headers.get("location"):
            url = urljoin(url, answer.headers["location"])
            continue
        if answer.status_code >= 300:
            raise StoreError(f"{url} answered {answer.status_code}.")
        return answer.headers
    raise StoreError(f"{path} redirects too often.")
