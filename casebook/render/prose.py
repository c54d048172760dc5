"""Editors' prose: a small Markdown, rendered and then filtered to a tight list of tags."""

import nh3
from markupsafe import Markup

from casebook.prose.links import MARKDOWN, leads_well

_TAGS = frozenset(
    "h2 h3 h4 p ul ol li strong em code pre blockquote hr br a table thead tbody tr th td del sup sub dl dt dd".split()
)


def prose(text: str, address: str = "") -> Markup:
    """Safe HTML of a Markdown text that stands on the page at `address`, relative to the site's root.

    No raw HTML and no images; links lead to public addresses and to our own pages only, else they are plain text.
    """

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        return value if attribute != "href" or leads_well(value, address) else None

    rendered = MARKDOWN.render(text)
    return Markup(
        nh3.clean(
            rendered,
            tags=set(_TAGS),
            attributes={"*": set(), "a": {"href"}},
            attribute_filter=allowed,
            url_schemes={"http", "https"},
            link_rel="noopener",
        )
    )
