"""A rule about the links of pages and comparisons."""

from collections.abc import Iterator

from casebook.corpus import Corpus
from casebook.prose.links import strays
from casebook.rules.complaint import Complaint


def link_leads_astray(corpus: Corpus) -> Iterator[Complaint]:
    """A link in prose leads to a public address, to a place on its page or to another page of the site."""
    written = [(f"{name}.md", f"{name}.html", 1, text) for name, text in corpus.pages.items()]
    for id, sections in corpus.sections.items():
        path = f"comparisons/{id}"
        written += [(f"{path}.md", f"{path}.html", section.line + 1, section.text) for section in sections]
    for path, address, first, text in written:
        for row, href in strays(text, address):
            yield Complaint(path, (), {"text": href}, at=(first + row, 1))
