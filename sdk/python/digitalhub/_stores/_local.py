"""Local paths: read only, as tables and files that are there already."""

from __future__ import annotations

import os
import shutil

from ..utils.exceptions import StoreError
from . import check_target, is_folder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class LocalStore:
    """Files of this machine."""

    def upload(self, source: Any, path: str, keep_dir_structure: bool = False) -> list[dict[str, Any]]:
        """Refuse: a local path is where data are, not where they go."""
        raise StoreError("Local store does not support upload. Use a path such as s3://bucket/key")

    def upload_file(self, source: str, path: str) -> None:
        """Refuse, as ``upload``."""
        self.upload(source, path)

    def download(self, path: str, destination: str, overwrite: bool = False) -> list[str]:
        """Copy a file or folder."""
        if os.path.isdir(path):
            check_target(destination, overwrite)
            shutil.copytree(path, destination, dirs_exist_ok=True)
            return [os.path.join(base, f) for base, _, files in os.walk(destination) for f in files]
        target = os.path.join(destination, os.path.basename(path)) if is_folder(destination) else destination
        check_target(target, overwrite)
        os.makedirs(os.path.dirname(target) or ".", exist_ok=True)
        self.download_file(path, target)
        return [target]

    def download_file(self, path: str, target: str) -> None:
        """Copy one file."""
        shutil.copyfile(path, target)
