"""The live preview: a page is written when a browser asks for it, so that a save costs the same on a large site."""

import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from wsgiref.types import StartResponse, WSGIEnvironment

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from watchdog.observers.polling import PollingObserverVFS

from casebook.render.site_file import SiteFile

LOOK = 0.2
"""Seconds between two looks at the watched folders. Looking works on every file system; being told does not."""


@dataclass(frozen=True, slots=True)
class Version:
    """The site as it was last saved: what writes its pages, and its files by their addresses."""

    config: MkDocsConfig
    files: Files
    env: jinja2.Environment
    find: Callable[[str], SiteFile | None]
    file: Callable[[SiteFile, MkDocsConfig], File]

    def html(self, ours: SiteFile) -> str:
        """One page as MkDocs would write it."""
        page = Page(None, self.file(ours, self.config), self.config)
        page.read_source(self.config)
        page.render(self.config, self.files)
        context = get_context(Navigation([], []), self.files, self.config, page)
        return self.env.get_template("main.html").render(context)


class Preview:
    """Stands before MkDocs' server, which keeps what is the theme's and tells browsers when to reload."""

    def __init__(self) -> None:
        self._version: Version | None = None
        # Figures are drawn with settings that the whole process shares.
        self._one_at_a_time = threading.Lock()

    def show(self, version: Version) -> None:
        """From now on pages are those of `version`."""
        self._version = version

    def attach(self, server: LiveReloadServer, config: MkDocsConfig) -> None:
        """Answer requests for our files in place of `server`, and look for changes more often than it does."""
        watched = [config.docs_dir, str(config.config_file_path), *config.theme.dirs]
        for path in watched:
            server.unwatch(path)
        # A link in somebody's proposal may lead anywhere, and back to itself: none is followed.
        observer = PollingObserverVFS(stat=os.lstat, listdir=os.scandir, polling_interval=LOOK)
        server.observer = observer  # type: ignore[assignment]
        for path in watched:
            server.watch(path)
        server.set_app(lambda environ, start: self._answer(server, environ, start))

    def _answer(self, server: LiveReloadServer, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        # WSGI hands bytes over as Latin-1.
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        address = path.removeprefix(server.mount_path) + ("index.html" if path.endswith("/") else "")
        # Before the page: if it changes while it is written, the browser asks again.
        epoch = server._visible_epoch
        version = self._version
        with self._one_at_a_time:
            ours = version.find(address) if version else None
            text = (version.html(ours) if ours.is_page else ours.text).encode() if version and ours else b""
        if ours is None:
            return server.serve_request(environ, start)
        if ours.is_page:
            text = server._inject_js_into_html(text, epoch)  # type: ignore[no-untyped-call]
        kind: str = server._guess_type(address)  # type: ignore[no-untyped-call]
        start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(text)))])
        return [text]


def changed_case(before: dict[str, bytes] | None, now: dict[str, bytes]) -> str | None:
    """The address of the one case that was saved; nothing where something else was, or more than one."""
    if before is None:
        return None
    changed = [path for path, data in now.items() if before.get(path) != data]
    if len(changed) != 1 or not changed[0].startswith("cases/"):
        return None
    return changed[0].removesuffix(".yml") + ".html"
