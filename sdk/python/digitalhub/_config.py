"""Where the server is and who we are: environment, ini file, the running server of this user.

Configuration: the environment wins over the file. Credentials: the file wins over the environment.
Nothing is written at first use; only a token reply and a change of profile write the file.
"""

from __future__ import annotations

import os

from .utils.exceptions import ClientError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from configparser import RawConfigParser
    from typing import Any

DEFAULT_ENDPOINT = "http://127.0.0.1:8080"

CONFIGURATION = (
    "DHCORE_ENDPOINT", "DHCORE_NAME", "DHCORE_NAMESPACE", "DHCORE_VERSION", "DHCORE_ISSUER", "DHCORE_CLIENT_ID",
    "DHCORE_PROXY", "DHCORE_WORKFLOW_IMAGE", "DHCORE_DEFAULT_FILES_STORE", "DH_PROJECTS", "OAUTH2_TOKEN_ENDPOINT",
    "AWS_ENDPOINT_URL", "AWS_REGION", "S3_BUCKET", "S3_SIGNATURE_VERSION", "S3_PATH_STYLE", "DB_HOST", "DB_PORT",
    "DB_DATABASE", "DB_PLATFORM", "DB_SCHEMA",
)  # fmt: skip
CREDENTIALS = (
    "DHCORE_USER", "DHCORE_PASSWORD", "DHCORE_ACCESS_TOKEN", "DHCORE_REFRESH_TOKEN", "DHCORE_PERSONAL_ACCESS_TOKEN",
    "DHCORE_ID_TOKEN", "DHCORE_EXPIRES_IN", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
    "AWS_CREDENTIALS_EXPIRATION", "DB_USERNAME", "DB_PASSWORD",
)  # fmt: skip

#: Today's name → what older releases called it, in order of preference.
_OLD = {
    "DHCORE_ENDPOINT": ("DHUB_ENDPOINT", "DIGITALHUB_CORE_ENDPOINT"),
    "DHCORE_USER": ("DIGITALHUB_CORE_USER",),
    "DHCORE_PASSWORD": ("DIGITALHUB_CORE_PASSWORD",),
    "DHCORE_ACCESS_TOKEN": ("DIGITALHUB_CORE_TOKEN",),
}


class Config:
    """The values in force; a token reply changes them while the process lives."""

    def __init__(self) -> None:
        self._memory: dict[str, str] = {}
        self._profile: str | None = None
        self._file: RawConfigParser | None = None
        self.reload()

    def reload(self) -> None:
        """Read the ini file again and forget values kept in memory."""
        self._memory.clear()
        self._file = _read(path())

    @property
    def profile(self) -> str:
        """The section of the ini file in force."""
        if self._profile:
            return self._profile
        if os.environ.get("DH_NAME"):
            return os.environ["DH_NAME"]
        if self._file is not None:
            return self._file.defaults().get("current_environment", "__default")
        return "__default"

    def get(self, name: str) -> str | None:
        """Read a value by its variable's name; an empty one counts as absent."""
        if name in self._memory:
            return self._memory[name] or None
        environment = os.environ.get(name)
        if not environment:
            for old in _OLD.get(name, ()):
                environment = environment or os.environ.get(old)
        kept = self._from_file(name)
        first, second = (kept, environment) if name in CREDENTIALS else (environment, kept)
        return first or second or None

    def _from_file(self, name: str) -> str | None:
        if self._file is None or not self._file.has_section(self.profile):
            return None
        return self._file.get(self.profile, name.lower(), fallback=None)

    def endpoint(self) -> tuple[str, bool]:
        """Find the server's address and whether somebody named it.

        Order: ``DHCORE_ENDPOINT`` or ``DHUB_ENDPOINT``, the ini file, the server that holds this user's
        data folder, ``http://127.0.0.1:8080``.

        Raises:
            ClientError: The named address has no scheme.
        """
        named = self.get("DHCORE_ENDPOINT")
        if named:
            named = named.strip().rstrip("/")
            if not named.startswith(("http://", "https://")):
                raise ClientError(f"Invalid endpoint scheme: {named!r} must begin with http:// or https://.")
            return named, True
        running = _running_server()
        if running:
            return running, True
        return DEFAULT_ENDPOINT, False

    def all(self) -> dict[str, str | None]:
        """List every known value by its variable's name, absent ones as None."""
        values = {name: self.get(name) for name in (*CONFIGURATION, *CREDENTIALS)}
        values["DHCORE_ENDPOINT"] = self.endpoint()[0]
        return values

    def remember(self, values: dict[str, str], write: bool = True) -> None:
        """Take over new values, in memory and, when asked, in the ini file's section in force."""
        self._memory.update(values)
        if not write:
            return
        try:
            parser = self._file or _parser()
            if not parser.has_section(self.profile):
                parser.add_section(self.profile)
            if "current_environment" not in parser.defaults():
                parser.set("DEFAULT", "current_environment", self.profile)
            for name, value in values.items():
                parser.set(self.profile, name.lower(), value)
            _write(parser, path())
            self._file = parser
        except OSError as error:
            from ._log import logger

            logger().warning("Tokens are kept in memory only, %s cannot be written: %s", path(), error)

    def select(self, name: str) -> None:
        """Switch to another section and make it the file's current one.

        Raises:
            ClientError: The file has no such section; nothing changes then.
        """
        parser = _read(path())
        if parser is None or not parser.has_section(name):
            known = ", ".join(parser.sections()) if parser is not None else ""
            raise ClientError(f"Profile '{name}' is not in {path()}." + (f" It has: {known}." if known else ""))
        parser.set("DEFAULT", "current_environment", name)
        try:
            _write(parser, path())
        except OSError as error:
            from ._log import logger

            logger().warning("The profile holds for this process only, %s cannot be written: %s", path(), error)
        self._memory.clear()
        self._file = parser
        self._profile = name


def path() -> str:
    """Name the ini file: ``DH_CONFIG``, else ``~/.dhcore.ini``."""
    return os.environ.get("DH_CONFIG") or os.path.join(os.path.expanduser("~"), ".dhcore.ini")


def _parser() -> RawConfigParser:
    from configparser import RawConfigParser

    return RawConfigParser()


def _read(file: str) -> RawConfigParser | None:
    if not os.path.isfile(file):
        return None
    from configparser import Error

    parser = _parser()
    try:
        parser.read(file, encoding="utf-8")
    except (Error, OSError, UnicodeDecodeError) as error:
        raise ClientError(f"{file} cannot be read: {error}") from error
    return parser


def _write(parser: RawConfigParser, file: str) -> None:
    """Write the file whole or not at all, readable by its owner only."""
    temporary = f"{file}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            parser.write(stream)
        os.replace(temporary, file)
    except BaseException:
        os.unlink(temporary)
        raise


def data_folder() -> str:
    """Name this user's data folder: ``DHUB_DATA``, ``$XDG_DATA_HOME/dhub``, ``~/.local/share/dhub``."""
    if os.environ.get("DHUB_DATA"):
        return os.environ["DHUB_DATA"]
    base = os.environ.get("XDG_DATA_HOME") or os.path.join(os.path.expanduser("~"), ".local", "share")
    return os.path.join(base, "dhub")


def _running_server() -> str | None:
    """Read the address of the server that holds the data folder, when that process still lives."""
    import json

    try:
        with open(os.path.join(data_folder(), "lock"), encoding="utf-8") as stream:
            lock: dict[str, Any] = json.load(stream)
        address, pid = str(lock["address"]), int(lock["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if os.name == "posix" and pid > 0:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return None
        except OSError:
            pass
    if not address:
        return None
    return address.rstrip("/") if "://" in address else f"http://{address}"
