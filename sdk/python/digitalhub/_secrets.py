"""Secrets: names whose values only runs and their owners read."""

from __future__ import annotations

from urllib.parse import quote

from . import _calls, _context, _entity, _names, _spelling, _verbs
from ._entity import Entity
from ._spelling import http
from .utils.exceptions import EntityAlreadyExistsError, EntityError, EntityNotExistsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._signatures import Import, Load, Update


class Secret(Entity):
    """A secret; its value is never part of the entity."""

    __slots__ = ()
    _type = "secret"

    @property
    def _data_path(self) -> str:
        return f"/-/{quote(self.project, safe='')}/secrets/data"

    def set_secret_value(self, value: str) -> None:
        """Store the value; one call."""
        if not isinstance(value, str):
            raise ValueError(f"secret_value must be a text, got {type(value).__name__}.")
        self._client.call("PUT", self._data_path, body={self.name: value})

    def read_secret_value(self) -> str:
        """Read the value; one call.

        Raises:
            EntityNotExistsError: No value is stored.
        """
        found = self._client.call("GET", self._data_path, {"keys": self.name})
        if self.name not in found:
            raise EntityNotExistsError(f"Secret {self.name} has no value.", 404)
        return str(found[self.name])


def new_secret(
    project: str,
    name: str,
    uuid: str | None = None,
    description: str | None = None,
    labels: list[str] | None = None,
    embedded: bool = False,
    secret_value: str | None = None,
    **kwargs: Any,
) -> Secret:
    """Create a secret and store its value; two calls.

    Args:
        project: Name of the project.
        name: Name, one in the project; runs see it as the environment variable of that name.
        uuid: Id, a UUID of version 4; made when absent.
        description: For people.
        labels: For filters.
        embedded: Show it whole inside the project; its value never.
        secret_value: The value.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ValueError: ``secret_value`` is missing.
        EntityAlreadyExistsError: The project has a secret of that name.
    """
    if secret_value is None:
        raise ValueError("secret_value must be provided.")
    options = http(
        "new_secret", kwargs, ("project", "name", "uuid", "description", "labels", "embedded", "secret_value")
    )
    spec = {"path": f"secret://{name}", "provider": "kubernetes"}
    document = _entity.document("secret", project, name, "secret", spec, uuid, description, labels, embedded)
    _context.ensure(project)
    try:
        secret = Secret(_context.client(project).create("secret", project, document, options))
    except EntityAlreadyExistsError as error:
        hint = f"If project '{project}' has a secret '{name}', get_secret(...).set_secret_value(...) changes its value."
        text = f"{error} {hint}"
        raise EntityAlreadyExistsError(text, error.status, error.code, error.fields, error.request_id) from None
    secret.set_secret_value(secret_value)
    return secret


def get_secret(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> Secret:
    """Read a secret by name, key or id; not its value.

    Raises:
        EntityNotExistsError: There is no such secret.
    """
    options = http("get_secret", kwargs, ("identifier", "project", "entity_id", "entity_name"))
    identifier = identifier if identifier is not None else entity_name
    if identifier is None and entity_id is None:
        raise ValueError("Either entity_name or entity_id must be provided.")
    if identifier is not None and _names.is_key(identifier):
        key = _names.parse_key(identifier)
        project, identifier = key.project, key.name
    if project is None:
        raise EntityError("Specify project if you do not specify entity key.")
    _context.ensure(project)
    if entity_id is not None:
        return Secret(_context.client(project).read("secret", project, entity_id, options))
    for document in _context.client(project).pages("secret", project, {"name": identifier}, options):
        if document.get("name") == identifier:
            return Secret(document)
    raise EntityNotExistsError(f"Secret {identifier} not found.", 404)


def list_secrets(project: str, **kwargs: Any) -> list[Secret]:
    """List the secrets of a project, without values."""
    return _calls.listing("list_secrets", "secret", project, {}, kwargs)


def delete_secret(
    identifier: str | None = None,
    project: str | None = None,
    entity_id: str | None = None,
    delete_all_versions: bool = False,
    *,
    entity_name: str | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """Delete a secret and its value, by name, key or id. A name has one secret, so no version is needed."""
    options = _spelling.http("delete_secret", kwargs, ("identifier", "project", "entity_id", "entity_name"))
    secret = get_secret(identifier, project, entity_id, entity_name=entity_name)
    return _context.client(secret.project).delete("secret", secret.project, secret.id, None, options)


import_secret: Import[Secret] = _verbs.importer("secret", "It has no value yet.")
load_secret: Load[Secret] = _verbs.loader("secret")
update_secret: Update[Secret] = _verbs.updater("secret")
