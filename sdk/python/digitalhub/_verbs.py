"""The public functions that every type of entity has, each written once: get, list, import, load, update, delete.

A type's module makes its own, as ``get_artifact: Get[Artifact] = _verbs.getter("artifact")``. What comes back is a
plain function with the name, the words and the return type of its entity, so that help(), inspect and pickle see
what they would see of one written by hand; type checkers read the declaration.
"""

from __future__ import annotations

from . import _calls, _files_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias, TypeVar

    from ._signatures import Delete, Get, Import, List, Load, Update, Versions

    F = TypeVar("F", bound=Callable[..., Any])
    #: Stands for the class of the entity; ``public`` writes its name in.
    ENTITY: TypeAlias = Any

#: Type → one of it, many of it, in words.
_WORDS = {
    "artifact": ("an artifact", "artifacts"),
    "containerimage": ("a container image", "container images"),
    "dataitem": ("a data item", "data items"),
    "extension": ("an extension", "extensions"),
    "function": ("a function", "functions"),
    "model": ("a model", "models"),
    "run": ("a run", "runs"),
    "secret": ("a secret", "secrets"),
    "task": ("a task", "tasks"),
    "trigger": ("a trigger", "triggers"),
    "workflow": ("a workflow", "workflows"),
}


def public(call: F, name: str, type_name: str, **words: str) -> F:
    """Give a function that was made for a type its public name, its words and its return type.

    Args:
        call: The function; its docstring may hold ``{one}``, ``{word}``, ``{many}``, ``{type}`` and ``words``.
        name: The public name.
        type_name: The type, whose module holds the function.
        **words: What else the docstring may hold.
    """
    one, many = _WORDS[type_name]
    call.__name__ = call.__qualname__ = name
    call.__module__ = f"{__package__}._{type_name}s"
    if call.__doc__:  # python -OO has none
        word = one.partition(" ")[2]
        call.__doc__ = call.__doc__.format(one=one, word=word, many=many, type=type_name, name=name, **words)
    entity = type_name.capitalize()
    call.__annotations__ = {field: text.replace("ENTITY", entity) for field, text in call.__annotations__.items()}
    return call


def getter(type_name: str) -> Get[Any]:
    """Make ``get_<type>``."""
    where = f"get_{type_name}"

    def get(
        identifier: str | None = None,
        project: str | None = None,
        entity_id: str | None = None,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> ENTITY:
        """Read {one}; one call.

        Args:
            identifier: Its key, or its name for the newest version.
            project: Name of the project; not needed with a key.
            entity_id: Id of a version.
            entity_name: Older spelling of ``identifier``; wins over ``entity_id``.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

        Raises:
            ValueError: Neither a name nor an id is given.
            EntityError: A name without a project.
            BackendError: There is no such {word}.
        """
        return _calls.get(where, type_name, identifier, project, entity_id, entity_name, kwargs)

    return public(get, where, type_name)


def versions_getter(type_name: str) -> Versions[Any]:
    """Make ``get_<type>_versions``."""
    where = f"get_{type_name}_versions"

    def versions(
        identifier: str | None = None, project: str | None = None, *, entity_name: str | None = None, **kwargs: Any
    ) -> list[ENTITY]:
        """Read all versions of {one}, newest first; one call a page.

        Args:
            identifier: Its key or name.
            project: Name of the project; not needed with a key.
            entity_name: Older spelling of ``identifier``.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
        """
        return _calls.versions(where, type_name, identifier, project, entity_name, kwargs)

    return public(versions, where, type_name)


def lister(type_name: str) -> List[Any]:
    """Make ``list_<type>s``."""
    where = f"list_{type_name}s"

    def entities(
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
    ) -> list[ENTITY]:
        """List {many}, newest first; one call a page of 25.

        Args:
            project: Name of the project.
            q: Text in id or name.
            name: Exact name.
            kind: Exact kind.
            user: Who created it.
            state: Exact state.
            created: ``start`` or ``start,end``, ISO-8601.
            updated: As ``created``.
            versions: ``all`` for every version; only the newest of each name without.
            labels: All of these.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
        """
        filters = {
            "q": q, "name": name, "kind": kind, "user": user, "state": state, "created": created, "updated": updated,
            "versions": versions, "labels": labels,
        }  # fmt: skip
        return _calls.listing(where, type_name, project, filters, kwargs)

    return public(entities, where, type_name)


def importer(type_name: str, note: str = "") -> Import[Any]:
    """Make ``import_<type>``; ``note`` ends the first line of its documentation."""

    def create(
        file: str | None = None, key: str | None = None, reset_id: bool = False, context: str | None = None
    ) -> ENTITY:
        """Create {one} from a YAML file, or as a copy of another one.{note}

        Args:
            file: Path of the YAML.
            key: Key of the entity to copy.
            reset_id: Give it a new id, and so make a new version.
            context: Project to create it in, instead of the file's.

        Raises:
            ValueError: Both or neither of file and key.
            EntityError: An entity of that id exists.
        """
        return _files_yaml.import_entity(type_name, file, key, reset_id, context)

    return public(create, f"import_{type_name}", type_name, note=note and f" {note}")


def loader(type_name: str) -> Load[Any]:
    """Make ``load_<type>``."""

    def load(file: str) -> ENTITY:
        """Update {one} from a YAML file, or create it when the server does not hold it.

        Args:
            file: Path of the YAML.

        Raises:
            EntityError: The file does not exist or holds no entity.
        """
        return _files_yaml.load_entity(type_name, file)

    return public(load, f"load_{type_name}", type_name)


def updater(type_name: str) -> Update[Any]:
    """Make ``update_<type>``."""
    where = f"update_{type_name}"

    def update(entity: ENTITY | None = None, **kwargs: Any) -> ENTITY:
        """Store the changes of {one}; one call.

        Args:
            entity: The {word}; may be given as ``{type}=`` too.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
        """
        return _calls.update(where, type_name, entity, kwargs)

    return public(update, where, type_name)


def deleter(type_name: str, further: str) -> Delete:
    """Make ``delete_<type>``; ``further`` says what ``cascade`` deletes."""
    where = f"delete_{type_name}"

    def delete(
        identifier: str | None = None,
        project: str | None = None,
        entity_id: str | None = None,
        delete_all_versions: bool = False,
        cascade: bool = True,
        *,
        entity_name: str | None = None,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Delete one version of {one}, or all.

        Args:
            identifier: Its key, or its name together with ``entity_id`` or ``delete_all_versions``.
            project: Name of the project; not needed with a key.
            entity_id: Id of the version.
            delete_all_versions: Delete every version of the name.
            cascade: Delete {further} too.
            entity_name: Older spelling of the name; alone it means the newest version.
            **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

        Raises:
            ValueError: It is not said which version, or both one and all.
        """
        return _calls.delete(
            where, type_name, identifier, project, entity_id, delete_all_versions, cascade, entity_name, kwargs
        )

    return public(delete, where, type_name, further=further)
