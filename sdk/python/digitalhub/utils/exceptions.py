"""What the package raises.

    BackendError                    the server refused or failed
     ├ EntityNotExistsError         it does not hold what was asked for
     ├ EntityAlreadyExistsError     it holds that id or unique name already
     ├ MissingSpecError             it knows no spec for the kind
     ├ UnauthorizedError            401: who are you
     ├ ForbiddenError               403: you may not
     └ BadRequestError              400: a field is wrong; see ``fields``
    BuilderError                    no entity can be made of this kind
    StoreError                      a store of files cannot do that
    EntityError                     the entity does not allow the call
     └ EntityErrorFileNotFound
    ContextError                    the project cannot be used
    ReaderError                     a table cannot be read or written
    ClientError                     the client is set up wrongly
    ConfigError                     a store is set up wrongly
    ValidationError (ValueError)    an argument is wrong, found before any call

Network failures are the built-in ``ConnectionError`` and ``TimeoutError``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = [
    "BackendError",
    "BadRequestError",
    "BuilderError",
    "ClientError",
    "ConfigError",
    "ContextError",
    "EntityAlreadyExistsError",
    "EntityError",
    "EntityErrorFileNotFound",
    "EntityNotExistsError",
    "ForbiddenError",
    "MissingSpecError",
    "ReaderError",
    "StoreError",
    "UnauthorizedError",
    "ValidationError",
]


class BackendError(Exception):
    """The server refused a request or failed at it.

    Attributes:
        status: HTTP status, 0 when there was none.
        code: The server's word for the failure, or an empty text.
        fields: The fields that are wrong, each ``{"pointer", "message", "rule"}``.
        request_id: What to look for in the server's log, or an empty text.
    """

    def __init__(
        self,
        message: str = "",
        status: int = 0,
        code: str = "",
        fields: list[dict[str, Any]] | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.fields: list[dict[str, Any]] = fields or []
        self.request_id = request_id


class EntityNotExistsError(BackendError):
    """The server does not hold what was asked for."""


class EntityAlreadyExistsError(BackendError):
    """The server holds an entity of that id or unique name already."""


class MissingSpecError(BackendError):
    """The server knows no spec for the kind."""


class UnauthorizedError(BackendError):
    """The server does not accept the credentials, or wants some."""


class ForbiddenError(BackendError):
    """The credentials do not allow the call."""


class BadRequestError(BackendError):
    """Something in the request is wrong; ``fields`` names what."""


class BuilderError(Exception):
    """No entity can be made of this kind or document."""


class StoreError(Exception):
    """A store of files cannot do what was asked."""


class EntityError(Exception):
    """The entity does not allow the call, or the call lacks something."""


class EntityErrorFileNotFound(EntityError):
    """A local file that should become part of an entity is missing."""


class ContextError(Exception):
    """The project cannot be used."""


class ReaderError(Exception):
    """A table cannot be read or written in that format."""


class ClientError(Exception):
    """The client is set up wrongly."""


class ConfigError(Exception):
    """A store is set up wrongly or gives no access."""


class ValidationError(ValueError):
    """An argument is wrong; found before any request is sent.

    Attributes:
        field: The name of the argument or field.
    """

    def __init__(self, message: str = "", field: str = "") -> None:
        super().__init__(message)
        self.field = field
