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
from mkdocs.structure.files import File, Files

from casebook.corpus import Corpus
from casebook.problems import Problem, as_text
from casebook.render import Rendered
from casebook.render.problem_page import problem_page
from casebook.render.searching import SEARCH_KINDS
from casebook.render.site_file import SiteFile

_log = logging.getLogger("mkdocs.plugins.casebook")


class Checked(NamedTuple):
    """What `checked` gives: the files as read, the corpus (or `None`), all problems in order."""

    files: dict[str, bytes]
    corpus: Corpus | None
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Made:
    """What `make` gives: the rendered site, or `None` and the problems that stand in its way."""

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
        self._addresses: list[str] = ["index.md"]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Whether this is a build or a live preview: its problems are told differently."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the site; in a build, stop here if anything is wrong, in a strict one already at a warning."""
        self._made = made = self._make(Path(config.docs_dir), self._drawn)
        if not self._serving and (made.rendered is None or (config.strict and made.problems)):
            raise Refused(as_text(made.problems, "zh"))
        if made.rendered and made.problems:
            _log.warning("%s", as_text(made.problems, "zh"))
        if made.corpus:
            config.site_name = made.corpus.site.title
            # The only date of a build is that of its data: the same content gives the same bytes on any day.
            updated = datetime.fromisoformat(made.corpus.site.updated).replace(tzinfo=UTC)
            os.environ["SOURCE_DATE_EPOCH"] = str(int(updated.timestamp()))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Ours instead of those of the content folder; the theme's stay."""
        assert self._made is not None
        theirs = [file for file in files if file.src_dir != config.docs_dir]
        return Files([*theirs, *(self._file(ours, config) for ours in self._ours(self._made, config))])

    def _ours(self, made: Made, config: MkDocsConfig) -> list[SiteFile]:
        if made.rendered:
            self._addresses = [file.path for file in made.rendered.files if file.is_page]
            return list(made.rendered.files)
        # Whichever page is open in the browser, it shows what is wrong.
        text = problem_page(made.problems, Path(config.docs_dir).name)
        cases = [f"cases/{path.stem}.md" for path in Path(config.docs_dir).glob("cases/*.yml")]
        return [SiteFile(path, text, meta={"layout": "problems"}) for path in dict.fromkeys([*self._addresses, *cases])]

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
        if made and made.rendered and made.corpus:
            words = made.rendered.words
            known |= {"site": made.corpus.site, "t": words.t, "period": words.period}
            known |= {"search_folder": made.rendered.search_folder, "explore_folder": made.rendered.explore_folder}
            known |= {"search_kinds": SEARCH_KINDS, "compare_folder": made.rendered.compare_folder}
        env.globals.update(known)
        return env


def build_site(root: Path, content: Path, out: Path, strict: bool = False) -> None:
    """One build into `out`, which MkDocs empties first. Raises `Abort` if something is wrong; `strict`: warned."""
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(out), strict=strict, docs_dir=str(content.resolve()))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()


def serve_site(root: Path, content: Path, address: str) -> None:
    """A live preview: rebuilt and reloaded whenever content or templates change."""
    # Said in so many words: some releases of click lose the default and with it the live reload.
    mkdocs_serve(
        str(root / "mkdocs.yml"), livereload=True, watch_theme=True, dev_addr=address, docs_dir=str(content.resolve())
    )
