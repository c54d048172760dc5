"""The only module that imports mkdocs: our files become its virtual files, our words its template's globals."""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files

from casebook.adapter.flaws import Flawed, scan_site
from casebook.adapter.preview import Preview, Version, changed_case
from casebook.corpus import Corpus
from casebook.problems import Problem, as_text
from casebook.render import Rendered
from casebook.render.pages import written_pages
from casebook.render.problem_page import problem_page
from casebook.render.searching import SEARCH_KINDS
from casebook.render.site_file import SiteFile

LIVE_SEARCH = "assets/search-live/"

_log = logging.getLogger("mkdocs.plugins.casebook")


class Checked(NamedTuple):
    """What `checked` gives: the files as read, the corpus (or `None`), all problems in order."""

    files: dict[str, bytes]
    corpus: Corpus | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` gives: the rendered site, or `None` and the problems that stand in its way."""

    files: dict[str, bytes]
    corpus: Corpus | None
    rendered: Rendered | None
    problems: list[Problem]


class Refused(Abort):
    """The content has errors: nothing was built."""


Make = Callable[[Path, dict[str, str]], Made]


class Adapter:
    """MkDocs' events, in the order in which it fires them. One instance lives through all rebuilds of `serve`."""

    def __init__(self, make: Make) -> None:
        self._make = make
        self._drawn: dict[str, str] = {}
        self._serving = False
        self._made: Made | None = None
        self._content = ""
        self._preview = Preview()
        self._saves = 0
        self._saved: str | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Whether this is a build or a live preview: its problems are told differently."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the site; in a build, stop here if anything is wrong, in a strict one already at a warning."""
        self._content = config.docs_dir
        before = self._made.files if self._made else None
        self._made = made = self._make(Path(config.docs_dir), self._drawn)
        self._saves, self._saved = self._saves + 1, changed_case(before, made.files)
        if not self._serving and (made.rendered is None or (config.strict and made.problems)):
            raise Refused(as_text(made.problems, "zh"))
        if made.rendered and made.problems:
            _log.warning("%s", as_text(made.problems, "zh"))
        if made.corpus:
            config.site_name = made.corpus.site.title
            # The only date of a build is that of its data: the same content gives the same bytes on any day.
            updated = datetime.fromisoformat(made.corpus.site.updated).replace(tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(updated.timestamp()))
        # MkDocs would list the content folder, too, and follow every link in it: until `on_files` it gets an empty one.
        config.docs_dir = os.devnull
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Ours and those of the theme, none of the content folder. A preview writes its pages when asked."""
        config.docs_dir = self._content
        ours = [self._find("index.html", config)] if self._serving else self._ours()
        return Files([*files, *(self._file(file, config) for file in ours if file)])

    def _ours(self) -> list[SiteFile]:
        assert self._made and self._made.rendered
        return [*self._made.rendered.files, *self._made.rendered.search_files]

    def _find(self, address: str, config: MkDocsConfig) -> SiteFile | None:
        """What a preview shows at an address: whichever page is open, it tells what is wrong."""
        assert self._made
        if self._made.rendered is None:
            text = problem_page(self._made.problems, Path(config.docs_dir))
            is_page = address.endswith(".html")
            return SiteFile(address.removesuffix("html") + "md", text, meta={"layout": "problems"}) if is_page else None
        if address.startswith(LIVE_SEARCH):
            index = self._made.rendered.search_files
            return next((file for file in index if Path(file.path).name == Path(address).name), None)
        return next((file for file in self._made.rendered.files if file.address == address), None)

    def _file(self, ours: SiteFile, config: MkDocsConfig) -> File:
        content = ours.markdown() if ours.is_page else ours.text
        file = File.generated(config, ours.path, content=content)
        file.edit_uri = ours.source or None
        return file

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """What the theme's templates may use beside MkDocs' own variables."""
        made = self._made
        env.autoescape = True
        known: dict[str, Any] = {"serving": self._serving, "site": None, "t": str, "period": str}
        known |= {"saves": self._saves, "saved": self._saved}
        if made and made.rendered and made.corpus:
            words = made.rendered.words
            known |= {"site": made.corpus.site, "t": words.t, "period": words.period}
            known |= {"written": written_pages(made.corpus)}
            # The index is a good part of a build: a preview makes it when somebody searches.
            search = LIVE_SEARCH if self._serving else f"assets/{made.rendered.search.folder}"
            known |= {"search_folder": search, "explore_folder": made.rendered.explore_folder}
            known |= {"search_kinds": SEARCH_KINDS, "compare_folder": made.rendered.compare_folder}
        env.globals.update(known)
        if self._serving:
            self._preview.show(Version(config, files, env, lambda path: self._find(path, config), self._file))
        return env

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """A preview's pages come from us."""
        self._preview.attach(server, config)
        return server

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Read what was written before anybody else does; a preview is nobody else's."""
        if self._serving:
            return
        rendered = self._made.rendered.files if self._made and self._made.rendered else ()
        content = os.path.relpath(config.docs_dir)
        sources = {ours.address: f"{content}/{ours.source}" for ours in rendered if ours.source}
        if found := scan_site(Path(config.site_dir), Path(str(config.theme.custom_dir)), sources):
            raise Flawed(found)


def build_site(root: Path, content: Path, out: Path, strict: bool = False) -> None:
    """One build into `out`, which MkDocs empties first. Raises `Abort` if something is wrong; `strict`: warned."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=strict, docs_dir=str(content.absolute()))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()


def serve_site(root: Path, content: Path, address: str, show: bool) -> None:
    """A live preview: reloaded whenever content or templates change; `show` opens it in a browser."""
    # Said in so many words: some releases of click lose the default and with it the live reload.
    reload: dict[str, Any] = {"livereload": True, "watch_theme": True, "open_in_browser": show}
    mkdocs_serve(str(root / "mkdocs.yml"), **reload, dev_addr=address, docs_dir=str(content.absolute()))
