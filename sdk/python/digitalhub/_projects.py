"""Projects: what everything else lives in."""

from __future__ import annotations

import os

from . import _calls, _context, _entity, _files_yaml, _names
from ._project_entities import ProjectEntities
from ._spelling import http
from .utils.exceptions import BackendError, EntityAlreadyExistsError, EntityError, EntityNotExistsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._entity import View
    from ._runs import Run
    from ._spelling import Options

_LISTS = ("functions", "artifacts", "workflows", "dataitems", "models")


class Project(ProjectEntities):
    """A project. Reading its parts after one of its entities changed reads it again first."""

    __slots__ = ()
    _type = "project"
    _spec_fields = ("source", "config", *_LISTS)

    def __init__(self, document: dict[str, Any]) -> None:
        super().__init__(document)
        self._old = False
        _context.remember(document)

    def _take(self, document: dict[str, Any]) -> None:
        super()._take(document)
        self._old = False
        _context.remember(document)

    def _fresh(self) -> None:
        if self._old:
            self._take(self._client.read("project", self.name, self.name))

    @property
    def metadata(self) -> View:
        """Name, description, labels, times."""
        self._fresh()
        return super().metadata

    @property
    def spec(self) -> View:
        """Source folder, configuration, and the newest version of everything in it."""
        self._fresh()
        return super().spec

    @property
    def status(self) -> View:
        """State."""
        self._fresh()
        return super().status

    def to_dict(self) -> dict[str, Any]:
        """Return the project as a map, with its lists of entities."""
        self._fresh()
        return super().to_dict()

    def _body(self) -> dict[str, Any]:
        body = super().to_dict()
        body["spec"] = {name: value for name, value in (body.get("spec") or {}).items() if name not in _LISTS}
        return body

    def _put(self, options: Options | None = None) -> Any:
        super()._put(options)
        self._old = True
        return self

    def export(self, filename: str | None = None) -> str:
        """Write the project as YAML under its root folder, each entity that is not embedded beside it.

        Args:
            filename: Name of the file; ``projects-<name>.yaml`` unless given.

        Returns:
            The file's path.
        """
        self.refresh()
        document = self.to_dict()
        spec = dict(document.get("spec") or {})
        for plural in _LISTS:
            children = []
            for child in spec.get(plural) or ():
                child = {**child, "metadata": dict(child.get("metadata") or {})}
                child["metadata"].pop("ref", None)
                if not child["metadata"].get("embedded"):
                    type_name = plural[:-1]
                    whole = _entity.build(type_name, self._client.read(type_name, self.name, child["id"]))
                    child["metadata"]["ref"] = os.path.normpath(whole.export())
                children.append(child)
            spec[plural] = children
        shown = Project({**document, "spec": spec})
        shown._old = False
        return _files_yaml.export(shown, filename)

    def run(self, workflow: str | None = None, **kwargs: Any) -> Run:
        """Run a workflow of the project.

        Args:
            workflow: Its name or key, ``main`` unless given.
            **kwargs: Arguments of ``Workflow.run``, ``action`` among them.

        Raises:
            EntityError: The project has no such workflow.
        """
        wanted = workflow or "main"
        self.refresh()
        for child in self.spec.workflows or ():
            if wanted in (child.get("name"), child.get("key")):
                found: Any = self.get_workflow(wanted)
                made: Run = found.run(**kwargs)
                return made
        raise EntityError(f"Workflow {wanted} is not in project {self.name}.")

    # -- sharing, search ---------------------------------------------------------------------------

    def share(self, user: str) -> None:
        """Give another user access; one call.

        Raises:
            BackendError: The server does not share projects.
        """
        try:
            self._client.call("POST", self._share_path, {"user": user}, {})
        except EntityNotExistsError:
            raise
        except BackendError as error:
            if error.status != 404:
                raise
            raise BackendError("This server does not share projects.", 404) from error

    def unshare(self, user: str) -> None:
        """Take another user's access back; two calls.

        Raises:
            ValueError: The user has none.
        """
        for entry in self._shares():
            if entry.get("user") == user:
                self._client.call("DELETE", self._share_path, {"user": user, "id": entry.get("id")})
                return
        raise ValueError(f"User '{user}' does not have access to project.")

    @property
    def _share_path(self) -> str:
        return f"/projects/{self.name}/share"

    def _shares(self) -> list[dict[str, Any]]:
        """Who has access; nobody where the server does not share projects."""
        try:
            found = self._client.call("GET", self._share_path)
        except EntityNotExistsError:
            raise
        except BackendError as error:
            if error.status != 404:
                raise
            found = ()
        return [entry for entry in found or () if isinstance(entry, dict)]

    def search_entity(
        self,
        query: str | None = None,
        entity_types: list[str] | None = None,
        name: str | None = None,
        kind: str | None = None,
        created: str | None = None,
        updated: str | None = None,
        description: str | None = None,
        labels: list[str] | None = None,
    ) -> tuple[list[Any], list[dict[str, Any]]]:
        """Search; as ``digitalhub.search_entity``."""
        from . import _search

        return _search.search_entity(self.name, query, entity_types, name, kind, created, updated, description, labels)


def _new(
    name: str,
    description: str | None,
    labels: list[str] | None,
    config: dict[str, Any] | None,
    source: str | None,
    local: bool,
    setup_kwargs: dict[str, Any] | None,
    options: Options,
) -> Project:
    spec = {"source": source or "./", "config": dict(config or {})}
    for plural in _LISTS:
        spec[plural] = []
    document = _entity.document("project", name, name, "project", spec, None, description, labels)
    document["id"] = name
    client = _context.client_for_new_project(local, name)
    try:
        project = Project(client.create("project", name, document, options))
    except BaseException:
        if local and name not in [d["name"] for d in client.pages("project", name)]:
            _context.forget(name)
        raise
    return _set_up(project, setup_kwargs)


def new_project(
    name: str,
    description: str | None = None,
    labels: list[str] | None = None,
    config: dict[str, Any] | None = None,
    source: str | None = None,
    setup_kwargs: dict[str, Any] | None = None,
    local: bool = False,
    **kwargs: Any,
) -> Project:
    """Create a project; one call.

    Args:
        name: Letters, digits, ``. _ + -``, at most 256.
        description: For people.
        labels: For filters.
        config: ``{"default_files_store": "s3://bucket"}``.
        source: The local folder that exports go to, ``./`` unless given.
        setup_kwargs: Arguments of ``setup(project, …)`` in ``<source>/setup_project.py``, run once.
        local: Keep it in this process only; no server is needed.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        EntityAlreadyExistsError: There is a project of that name.
    """
    options = http("new_project", kwargs, _ARGUMENTS)
    return _new(name, description, labels, config, source, local, setup_kwargs, options)


def get_project(name: str, setup_kwargs: dict[str, Any] | None = None, local: bool = False, **kwargs: Any) -> Project:
    """Read a project; one call.

    Raises:
        BackendError: There is no such project.
    """
    options = http("get_project", kwargs, ("name", "setup_kwargs", "local"))
    _names.check_name(name)
    client = _context.offline() if local else _context.client(name)
    return _set_up(Project(client.read("project", name, name, options)), setup_kwargs)


def get_or_create_project(
    name: str,
    description: str | None = None,
    labels: list[str] | None = None,
    config: dict[str, Any] | None = None,
    context: str | None = None,
    setup_kwargs: dict[str, Any] | None = None,
    local: bool = False,
    **kwargs: Any,
) -> Project:
    """Read a project, or create it when the server does not hold it; one call or two.

    Args:
        name: Letters, digits, ``. _ + -``, at most 256.
        description: For people.
        labels: For filters.
        config: ``{"default_files_store": "s3://bucket"}``.
        context: The local folder that exports go to, ``./`` unless given.
        setup_kwargs: Arguments of ``setup(project, …)`` in ``<context>/setup_project.py``, run once.
        local: Keep it in this process only; no server is needed.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.

    Raises:
        ConnectionError: No server answers; nothing is created then.
    """
    options = http("get_or_create_project", kwargs, _ARGUMENTS)
    _names.check_name(name)
    client = _context.offline() if local else _context.client(name)
    found = None
    try:
        found = client.read("project", name, name, options)
    except BackendError as error:
        if error.status != 404:
            raise
    if found is None:
        try:
            return _new(name, description, labels, config, context, local, setup_kwargs, options)
        except EntityAlreadyExistsError:  # made at the same moment by somebody else
            found = client.read("project", name, name, options)
    return _set_up(Project(found), setup_kwargs)


_ARGUMENTS = ("name", "description", "labels", "config", "source", "context", "setup_kwargs", "local")


def import_project(file: str, setup_kwargs: dict[str, Any] | None = None, reset_id: bool = False) -> Project:
    """Create a project and its children from a YAML file.

    Args:
        file: Path of the YAML; files of children are sought from the working directory.
        setup_kwargs: As of ``new_project``.
        reset_id: When the project exists, import the children into it with new ids.

    Raises:
        EntityError: The project exists, or a child's file is missing.
    """
    return _set_up(_files_yaml.import_project(file, reset_id), setup_kwargs)


def load_project(file: str, setup_kwargs: dict[str, Any] | None = None) -> Project:
    """Update a project and its children from a YAML file, or create them."""
    return _set_up(_files_yaml.load_project(file), setup_kwargs)


def list_projects(**kwargs: Any) -> list[Project]:
    """List all projects; one call a page of 25."""
    options = http("list_projects", kwargs)
    known = dict(_context._roots)
    found = [Project(document) for document in _context.client().pages("project", "", None, options)]
    for name in [name for name in _context._roots if name not in known]:
        _context._roots.pop(name, None)
    return found


def update_project(entity: Project | None = None, **kwargs: Any) -> Project:
    """Store the changes of a project; one call. May be given as ``project=`` too."""
    made: Project = _calls.update("update_project", "project", entity, kwargs)
    return made


def delete_project(name: str, cascade: bool = True, clean_context: bool = True, **kwargs: Any) -> dict[str, Any]:
    """Delete a project with all it holds; one call.

    Args:
        name: Its name.
        cascade: Delete what it holds.
        clean_context: Forget what this process knows of it.
        **kwargs: ``params``, ``headers``, ``timeout`` (seconds) for the HTTP client.
    """
    options = http("delete_project", kwargs, ("name", "cascade", "clean_context", "local"))
    _names.check_name(name)
    answer = _context.client(name).delete("project", name, name, {"cascade": cascade}, options)
    if clean_context:
        _context.forget(name)
    return answer


def _set_up(project: Project, setup_kwargs: dict[str, Any] | None) -> Project:
    """Run ``setup_project.py`` of the project's folder, once."""
    folder = _context._roots.get(project.name, "./")
    script, mark = os.path.join(folder, "setup_project.py"), os.path.join(folder, ".CHECK")
    if not os.path.isfile(script) or os.path.exists(mark):
        return project
    import importlib.util

    found = importlib.util.spec_from_file_location("setup_project", script)
    if found is None or found.loader is None:
        return project
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    project = module.setup(project, **(setup_kwargs or {}))
    with open(mark, "w", encoding="utf-8"):
        pass
    return project
