"""The public functions that artifacts, data items and models share, each written once: new and log.

They are made for a type or a kind as those of ``_verbs`` are.
"""

from __future__ import annotations

from . import _material
from ._verbs import public

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from ._signatures import Log, LogKind, NewMaterial

    #: Stands for the class of the entity; ``public`` writes its name in.
    ENTITY: TypeAlias = Any


def creator(type_name: str, kinds: str) -> NewMaterial[Any]:
    """Make ``new_<type>``; ``kinds`` lists its kinds in words."""
    where = f"new_{type_name}"

    def new(
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
    ) -> ENTITY:
        """Create {one} that refers to data; no bytes move. One call.

        Args:
            project: Name of the project.
            name: Letters, digits, ``. _ + -``, at most 256. A name that exists gets a new version.
            kind: {kinds}.
            uuid: Id, a UUID of version 4 with or without dashes; made when absent.
            description: For people.
            labels: For filters.
            embedded: Show it whole inside the project.
            path: Where the data are, such as ``s3://bucket/key`` or an HTTP address.
            extensions: Extensions of the {word}.
            version: Text of the version, the id when absent.
            **kwargs: Further fields of the spec; ``params``, ``headers``, ``timeout`` for the HTTP client.

        Raises:
            EntityError: ``path`` is missing.
            BuilderError: There is no such kind.
            TypeError: An argument that nothing understands.
        """
        return _material.new(
            where,
            type_name,
            project,
            name,
            kind,
            uuid,
            description,
            labels,
            embedded,
            path,
            extensions,
            version,
            kwargs,
        )

    return public(new, where, type_name, kinds=kinds)


def uploader(type_name: str, kinds: str) -> Log[Any]:
    """Make ``log_<type>``, whose kind is the type's own unless given; ``kinds`` lists them in words."""
    where = f"log_{type_name}"

    def log(
        project: str,
        name: str,
        kind: str | None = None,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {one} and upload its bytes.

        Args:
            project: Name of the project.
            name: Name; one that exists gets a new version.
            kind: {kinds}; ``{type}`` when left out.
            source: A local file, a local folder, or a list of files.
            drop_existing: Delete all versions of the name first.
            path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
                or list it ends in ``/``.
            description: For people.
            labels: For filters.
            **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

        Returns:
            The entity in state READY.

        Raises:
            ValueError: The source is an address, or there is no default store.
            EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
            EntityError: The upload failed; the entity stays in state ERROR.
        """
        kind = kind or type_name
        return _material.log(
            where, type_name, project, name, kind, source, drop_existing, path, description, labels, kwargs
        )

    return public(log, where, type_name, kinds=kinds)


def kind_uploader(type_name: str, kind: str, what: str) -> LogKind[Any]:
    """Make ``log_<kind>``, ``log_generic_<type>`` of the type's own kind; ``what`` is one of them in words."""
    where = f"log_{kind}" if kind != type_name else f"log_generic_{type_name}"

    def log(
        project: str,
        name: str,
        source: str | list[str] | None = None,
        drop_existing: bool = False,
        path: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Create {what} and upload its bytes.

        Args:
            project: Name of the project.
            name: Name; one that exists gets a new version.
            source: A local file, a local folder, or a list of files.
            drop_existing: Delete all versions of the name first.
            path: Where the bytes go; ``<store>/<project>/<type>/<name>/<id>/<file>`` when absent. Of a folder
                or list it ends in ``/``.
            description: For people.
            labels: For filters.
            **kwargs: Further fields of the spec, ``uuid``, ``embedded``, ``version``.

        Returns:
            The entity in state READY.

        Raises:
            ValueError: The source is an address, or there is no default store.
            EntityErrorFileNotFound: The source does not exist; the entity stays in state ERROR.
            EntityError: The upload failed; the entity stays in state ERROR.
        """
        return _material.log(
            where, type_name, project, name, kind, source, drop_existing, path, description, labels, kwargs
        )

    return public(log, where, type_name, what=what)
