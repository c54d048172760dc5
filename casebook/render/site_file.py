"""What `render` makes: files of the site, not yet written anywhere."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class SiteFile:
    """A page (`*.md`, with `meta` for the theme) or a file copied as it is. `source` is the content file behind it.

    `content` is the text, or makes it when it is first asked for: a live preview shows one page of many.
    """

    path: str
    content: str | Callable[[], str]
    source: str = ""
    meta: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The whole file, without the front matter of a page."""
        if not isinstance(self.content, str):
            self.content = self.content()
        return self.content

    @property
    def is_page(self) -> bool:
        """Whether MkDocs makes HTML of it."""
        return self.path.endswith(".md")

    @property
    def address(self) -> str:
        """Where readers find it, relative to the site's root."""
        return self.path.removesuffix(".md") + ".html" if self.is_page else self.path

    def markdown(self) -> str:
        """A page as MkDocs reads it: its meta as front matter (JSON is YAML), then its text."""
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.meta.items())
        return f"---\n{head}---\n{self.text}"
