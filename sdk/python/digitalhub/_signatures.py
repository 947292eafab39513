"""The signatures of the public functions that are made for a type, for type checkers.

``_verbs``, ``_material_verbs`` and ``_project_verbs`` hold the functions themselves; a type's module says which of
them it has, as ``get_artifact: Get[Artifact] = _verbs.getter("artifact")``. Nothing imports this module when a
program runs: help() and inspect read the functions, and a test compares both.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

E = TypeVar("E")
E_co = TypeVar("E_co", covariant=True)


class Get(Protocol[E_co]):
    """Reads one entity."""

    def __call__(
        self,
        identifier: str | None = None,
        project: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> E_co: ...


class Versions(Protocol[E]):
    """Reads all versions of a name."""

    def __call__(
        self,
        identifier: str | None = None,
        project: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> list[E]: ...


class List(Protocol[E]):
    """Lists the entities of a type."""

    def __call__(
        self,
        project: str,
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
    ) -> list[E]: ...


class Import(Protocol[E_co]):
    """Creates an entity from a file or as a copy."""

    def __call__(
        self, file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
    ) -> E_co: ...


class Load(Protocol[E_co]):
    """Updates an entity from a file, or creates it."""

    def __call__(self, file: str) -> E_co: ...


class Update(Protocol[E]):
    """Stores the changes of an entity."""

    def __call__(self, entity: E | None = None, **kwargs: Any) -> E: ...


class Delete(Protocol):
    """Deletes one version of an entity, or all."""

    def __call__(
        self,
        identifier: str | None = None,
        project: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]: ...


class NewMaterial(Protocol[E_co]):
    """Creates an entity that refers to data."""

    def __call__(
        self,
        project: str,
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
    ) -> E_co: ...


class Log(Protocol[E_co]):
    """Creates an entity of one of several kinds and uploads its bytes."""

    def __call__(
        self,
        project: str,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> E_co: ...


class LogKind(Protocol[E_co]):
    """Creates an entity of one kind and uploads its bytes."""

    def __call__(
        self,
        project: str,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> E_co: ...


# -- the same as methods of a project ----------------------------------------------------------------


class GetHere(Protocol[E_co]):
    """Reads one entity of the project."""

    def __call__(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> E_co: ...


class VersionsHere(Protocol[E]):
    """Reads all versions of a name in the project."""

    def __call__(self, identifier: str | None = None, *, entity_name: str | None = None, **kwargs: Any) -> list[E]: ...


class ListHere(Protocol[E]):
    """Lists the project's entities of a type."""

    def __call__(
        self,
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
    ) -> list[E]: ...


class ImportHere(Protocol[E_co]):
    """Creates an entity in the project from a file or as a copy."""

    def __call__(self, file: str | None = None, key: str | None = None, reset_id: bool = True) -> E_co: ...


class DeleteHere(Protocol):
    """Deletes one version of one of the project's entities, or all."""

    def __call__(
        self,
        identifier: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> None: ...


class NewExecutableHere(Protocol[E_co]):
    """Creates a function or workflow in the project."""

    def __call__(
        self,
        name: str,
        kind: str,
        uuid: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        embedded: bool = False,
        git_source: str | None = None,
        version: str | None = None,
        **kwargs: Any,
    ) -> E_co: ...


class NewMaterialHere(Protocol[E_co]):
    """Creates an entity in the project that refers to data."""

    def __call__(
        self,
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
    ) -> E_co: ...


class LogHere(Protocol[E_co]):
    """Creates an entity of one of several kinds in the project and uploads its bytes."""

    def __call__(
        self,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> E_co: ...


class LogKindHere(Protocol[E_co]):
    """Creates an entity of one kind in the project and uploads its bytes."""

    def __call__(
        self,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> E_co: ...
