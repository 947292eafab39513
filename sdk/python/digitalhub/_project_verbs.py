"""The functions of the package as methods of a project: the same without ``project``, each written once.

They are made for a type as those of ``_verbs`` are, and call the public function of their name, whose module is
loaded then and not before.
"""

from __future__ import annotations

from . import _calls, _files_yaml
from ._verbs import public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    from ._project_entities import ProjectEntities
    from ._signatures import (
        DeleteHere,
        GetHere,
        ImportHere,
        ListHere,
        Load,
        LogHere,
        LogKindHere,
        NewExecutableHere,
        NewMaterialHere,
        Update,
        VersionsHere,
    )

    R = TypeVar("R")
    #: Stands for the class of the entity; ``public`` writes its name in.
    ENTITY: TypeAlias = Any


def package(name: str) -> Any:
    """The public function of a name."""
    from importlib import import_module

    return getattr(import_module(str(__package__)), name)


def _method(call: Callable[..., R], name: str, type_name: str, **words: str) -> Callable[..., R]:
    """Give a method its public name."""
    public(call, name, type_name, **words)
    call.__qualname__ = f"Project.{name}"
    call.__module__ = f"{__package__}._projects"
    del call.__annotations__["self"]
    return call


def getter(type_name: str) -> GetHere[Any]:
    """Make ``get_<type>``."""
    where = f"get_{type_name}"

    def get(
        self: ProjectEntities,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Read {one}; as ``digitalhub.{name}``."""
        return package(where)(identifier, self.name, entity_id, entity_name=entity_name, **kwargs)

    return _method(get, where, type_name)


def versions_getter(type_name: str) -> VersionsHere[Any]:
    """Make ``get_<type>_versions``."""
    where = f"get_{type_name}_versions"

    def versions(
        self: ProjectEntities, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[ENTITY]:
        """Read all versions of {one}, newest first; as ``digitalhub.{name}``."""
        found: list[ENTITY] = package(where)(identifier, self.name, entity_name=entity_name, **kwargs)
        return found

    return _method(versions, where, type_name)


def lister(type_name: str) -> ListHere[Any]:
    """Make ``list_<type>s``."""
    where = f"list_{type_name}s"

    def entities(
        self: ProjectEntities,
        q: str | None = None,
        name: str | None = None,
        kind: str | None = None,
        user: str | None = None,
        state: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        versions: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> list[ENTITY]:
        """List {many}; as ``digitalhub.{name}``."""
        found: list[ENTITY] = package(where)(
            self.name, q, name, kind, user, state, created, updated, versions, labels, **kwargs
        )
        return found

    return _method(entities, where, type_name)


def importer(type_name: str) -> ImportHere[Any]:
    """Make ``import_<type>``."""
    where = f"import_{type_name}"

    def create(self: ProjectEntities, file: str | None = None, key: str | None = None, reset_id: bool = True) -> ENTITY:
        """Create {one} in this project from a file or as a copy, with a new id unless told otherwise.

        Otherwise as ``digitalhub.{name}``.
        """
        self._changed()
        return package(where)(file, key, reset_id, self.name)

    return _method(create, where, type_name)


def loader(type_name: str) -> Load[Any]:
    """Make ``load_<type>``."""

    def load(self: ProjectEntities, file: str) -> ENTITY:
        """Update {one} of this project from a file, or create it; as ``digitalhub.{name}``."""
        self._changed()
        documents = _files_yaml.read(file)
        return _files_yaml.load(type_name, documents[0], documents[1:], file, self.name)

    return _method(load, f"load_{type_name}", type_name)


def updater(type_name: str) -> Update[Any]:
    """Make ``update_<type>``."""
    where = f"update_{type_name}"

    def update(self: ProjectEntities, entity: ENTITY | None = None, **kwargs: Any) -> ENTITY:
        """Store the changes of {one} of this project; as ``digitalhub.{name}``.

        Raises:
            ValueError: It is of another project.
        """
        self._changed()
        return _calls.update(where, type_name, entity, kwargs, self.name)

    return _method(update, where, type_name)


def deleter(type_name: str) -> DeleteHere:
    """Make ``delete_<type>``."""
    where = f"delete_{type_name}"

    def delete(
        self: ProjectEntities,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Delete one version of {one}, or all; as ``digitalhub.{name}``."""
        self._changed()
        package(where)(
            identifier, self.name, entity_id, delete_all_versions, cascade, entity_name=entity_name, **kwargs
        )

    return _method(delete, where, type_name)


def executable_creator(type_name: str) -> NewExecutableHere[Any]:
    """Make ``new_<type>`` of functions and workflows."""
    where = f"new_{type_name}"

    def new(
        self: ProjectEntities,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        git_source: str | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {one}; as ``digitalhub.{name}``."""
        self._changed()
        return package(where)(self.name, name, kind, uuid, description, labels, embedded, git_source, version, **kwargs)

    return _method(new, where, type_name)


def material_creator(type_name: str) -> NewMaterialHere[Any]:
    """Make ``new_<type>`` of artifacts, data items and models."""
    where = f"new_{type_name}"

    def new(
        self: ProjectEntities,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        path: str | None = None,
        extensions: list[dict[str, Any]] | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {one}; as ``digitalhub.{name}``."""
        self._changed()
        return package(where)(
            self.name, name, kind, uuid, description, labels, embedded, path, extensions, version, **kwargs
        )

    return _method(new, where, type_name)


def uploader(type_name: str) -> LogHere[Any]:
    """Make ``log_<type>``."""
    where = f"log_{type_name}"

    def log(
        self: ProjectEntities,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {one} and upload its bytes; as ``digitalhub.{name}``."""
        self._changed()
        return package(where)(self.name, name, kind, source, drop_existing, path, description, labels, **kwargs)

    return _method(log, where, type_name)


def kind_uploader(type_name: str, kind: str) -> LogKindHere[Any]:
    """Make ``log_<kind>``; ``log_generic_<type>`` of the type's own kind."""
    where = f"log_{kind}" if kind != type_name else f"log_generic_{type_name}"

    def log(
        self: ProjectEntities,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {one} of kind ``{kind}`` and upload its bytes; as ``digitalhub.{name}``."""
        self._changed()
        return package(where)(self.name, name, source, drop_existing, path, description, labels, **kwargs)

    return _method(log, where, type_name, kind=kind)
