"""Names, ids, keys and references of entities."""

from __future__ import annotations

import os
import re
from datetime import datetime, timezone

from ._kinds import PLURALS
from .utils.exceptions import ValidationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NAME = re.compile(r"[a-zA-Z0-9._+-]{1,256}\Z")
_UUID4 = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\Z|[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}\Z"
)
_KEY = re.compile(r"store://([^/]+)/([^/]+)/([^/]+)/([^/:]+)(?::([^/:]+))?\Z")
_SINGULAR = {plural: singular for singular, plural in PLURALS.items()}


class Key:
    """A key taken apart: ``store://<project>/<type>/<kind>/<name>:<id>``.

    Runs and tasks have no name in their key: ``name`` is None and ``id`` is set. A key without id
    names the newest version: ``id`` is None.
    """

    __slots__ = ("id", "kind", "name", "project", "type")

    def __init__(self, project: str, type: str, kind: str, name: str | None, id: str | None) -> None:
        self.project = project
        self.type = type
        self.kind = kind
        self.name = name
        self.id = id


def is_key(value: Any) -> bool:
    """Tell whether a value is written as a key."""
    return isinstance(value, str) and value.startswith("store://")


def parse_key(key: str) -> Key:
    """Take a key apart; the plural types of older releases are read too.

    Raises:
        ValueError: It is no key of an entity.
    """
    found = _KEY.match(key)
    if not found:
        raise ValueError(f"Invalid entity key format: {key!r}. Expected store://<project>/<type>/<kind>/<name>:<id>.")
    project, type_name, kind, name, id = found.groups()
    type_name = _SINGULAR.get(type_name, type_name)
    if type_name not in PLURALS:
        raise ValueError(f"Invalid entity key format: {key!r} names the unknown entity type '{type_name}'.")
    if type_name in ("run", "task"):
        return Key(project, type_name, kind, None, id or name)
    return Key(project, type_name, kind, name, id)


def make_key(type_name: str, project: str, kind: str, name: str, id: str) -> str:
    """Build the key of an entity."""
    if type_name == "project":
        return f"store://{name}"
    if type_name in ("run", "task", "log"):
        return f"store://{project}/{type_name}/{kind}/{id}"
    if type_name == "secret":
        return f"store://{project}/secret/{kind}/{name}"
    return f"store://{project}/{type_name}/{kind}/{name}:{id}"


def reference(kind: str, project: str, name: str, id: str) -> str:
    """Build the reference of a function or workflow as specs and filters hold it."""
    return f"{kind}://{project}/{name}:{id}"


def new_id() -> str:
    """Make a UUID of version 4 as 32 hexadecimal digits."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()


def check_id(uuid: str | None) -> str:
    """Take the caller's id, or make one.

    Raises:
        ValidationError: It is no UUID of version 4, with or without dashes.
    """
    if uuid is None:
        return new_id()
    if not isinstance(uuid, str) or not _UUID4.match(uuid):
        raise ValidationError(
            f"Invalid ID: {uuid}. Must pass a UUID of version 4 in lower case, with or without dashes.", "uuid"
        )
    return uuid


def check_name(name: Any, field: str = "name") -> str:
    """Take a name that keys and paths can hold.

    Raises:
        ValidationError: It is empty, too long, or holds another character than letters, digits, . _ + -
    """
    if not isinstance(name, str):
        raise ValidationError(f"{field}: expected a text, got {type(name).__name__}", field)
    if not name:
        raise ValidationError(f"{field}: too short, expected 1 to 256 characters", field)
    if not _NAME.match(name):
        raise ValidationError(
            f"{field}: {name!r} does not match the pattern ^[a-zA-Z0-9._+-]+$ of 1 to 256 characters", field
        )
    return name


def now() -> str:
    """The present time, ISO-8601 in UTC."""
    return datetime.now(timezone.utc).isoformat()
