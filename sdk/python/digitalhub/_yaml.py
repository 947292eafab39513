"""Read and write the YAML files of entities."""

from __future__ import annotations

import io

from ._vendor.yaml.composer import Composer
from ._vendor.yaml.constructor import SafeConstructor
from ._vendor.yaml.emitter import Emitter
from ._vendor.yaml.error import YAMLError
from ._vendor.yaml.parser import Parser
from ._vendor.yaml.reader import Reader
from ._vendor.yaml.representer import SafeRepresenter
from ._vendor.yaml.resolver import Resolver
from ._vendor.yaml.scanner import Scanner
from ._vendor.yaml.serializer import Serializer
from .utils.exceptions import EntityError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _JSONResolver(Resolver):
    """Knows JSON's types only: a timestamp stays the text that was written."""


_JSONResolver.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in Resolver.yaml_implicit_resolvers.items()
}


class _Loader(Reader, Scanner, Parser, Composer, SafeConstructor, _JSONResolver):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)
        SafeConstructor.__init__(self)
        _JSONResolver.__init__(self)


class _Dumper(Emitter, Serializer, SafeRepresenter, Resolver):
    def __init__(self, stream: io.StringIO) -> None:
        Emitter.__init__(self, stream, width=120, allow_unicode=True)
        Serializer.__init__(self)
        SafeRepresenter.__init__(self, default_flow_style=False, sort_keys=False)
        Resolver.__init__(self)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def load_all(text: str, name: str = "file") -> list[dict[str, Any]]:
    """Read every document of a YAML text; empty ones are left out.

    Args:
        text: The YAML.
        name: Where it came from, for the error.

    Raises:
        EntityError: The text is no YAML, or a document is no map.
    """
    found = []
    try:
        loader = _Loader(text)
        while loader.check_data():
            found.append(loader.get_data())
    except YAMLError as error:
        raise EntityError(f"{name} is no valid YAML: {error}") from error
    except RecursionError as error:
        raise EntityError(f"{name} is nested too deeply.") from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # The constructor trusts what a tag such as !!int says of the text behind it.
        raise EntityError(f"{name} is no valid YAML: a value is not what its tag says: {error}") from error
    documents = [document for document in found if document is not None]
    for document in documents:
        if not isinstance(document, dict):
            raise EntityError(f"{name}: an entity is a map, found {type(document).__name__}.")
        _check(document, name)
    return documents


_MAX_DEPTH = 100
_MAX_VALUES = 1_000_000


def _check(document: dict[str, Any], name: str) -> None:
    """Refuse what JSON cannot hold, and aliases that loop or multiply."""
    count = 0
    todo: list[tuple[Any, int]] = [(document, 0)]
    while todo:
        value, depth = todo.pop()
        count += 1
        if depth > _MAX_DEPTH:
            raise EntityError(f"{name} is nested more than {_MAX_DEPTH} levels deep, or an alias names what holds it.")
        if count + len(todo) > _MAX_VALUES:
            raise EntityError(f"{name} holds more than {_MAX_VALUES} values, aliases counted as often as they occur.")
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, (str, int, float, type(None))):
                    raise EntityError(f"{name}: a key is text, found {type(key).__name__}.")
                if isinstance(key, str):
                    _check_text(key, name)
            todo += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            todo += [(inner, depth + 1) for inner in value]
        elif not isinstance(value, (str, int, float, type(None))):
            raise EntityError(f"{name}: JSON has no value of type {type(value).__name__}.")
        elif isinstance(value, int) and value.bit_length() > 4096:
            raise EntityError(f"{name}: a number has more than 1200 digits.")
        elif isinstance(value, str):
            _check_text(value, name)


def _check_text(text: str, name: str) -> None:
    """Refuse half a surrogate pair, which an escape such as \\uD800 can make and no request can carry."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise EntityError(f"{name}: the text {text[:40]!r} holds half a surrogate pair.") from error


def dump(document: dict[str, Any]) -> str:
    """Write one document in block style, keys in the order of the map."""
    stream = io.StringIO()
    dumper = _Dumper(stream)
    dumper.open()
    dumper.represent(document)
    dumper.close()
    return stream.getvalue()
