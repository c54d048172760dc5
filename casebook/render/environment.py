"""The Jinja environment of the page templates, and the interface catalogue beside them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2
import yaml

from casebook.render.escape import finalize

# Written in C where PyYAML was built with it: the catalogues are read again at every save of a live preview.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Templates:
    """What a designer wrote: page templates, and by language the words of the interface and of content's keys."""

    folder: Path
    environment: jinja2.Environment
    interface: Mapping[str, Mapping[str, str]]
    fields: Mapping[str, Mapping[str, Mapping[str, str]]]


def open_templates(folder: Path) -> Templates:
    """The templates of a folder: `pages/` and `partials/` (a name nobody defined is an error), `interface/*.yml`."""
    catalogues = {
        path.stem: dict(yaml.load(path.read_text(encoding="utf-8"), _LOADER))  # noqa: S506 - resolves no tag
        for path in sorted((folder / "interface").glob("*.yml"))
    }
    fields = {"zh": catalogues.pop("fields"), "en": catalogues.pop("fields-en")}
    return Templates(folder, _environment(folder), catalogues, fields)


@cache  # it compiles a template again only when its file has changed
def _environment(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
