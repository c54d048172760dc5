"""What a template may use on one page: links relative to it, evidence numbered on it, figures drawn for it."""

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from casebook.corpus import Corpus
from casebook.model.case import Case
from casebook.model.evidence import Citation, Coded
from casebook.render.escape import plain


@dataclass(frozen=True, slots=True)
class Note:
    """One numbered piece of evidence at the foot of a page."""

    number: int
    source: str
    locator: str
    as_stated: str


class Page:
    """The state of one page while its template runs."""

    def __init__(self, address: str, corpus: Corpus) -> None:
        self.address = address
        self._corpus = corpus
        self._notes: dict[tuple[str, str, str], Note] = {}

    @property
    def root(self) -> str:
        """The way from this page to the site's root: "" or "../"."""
        return "../" * self.address.count("/")

    def url(self, target: str) -> Markup:
        """The relative address of another page (`cases/x.html`, fragments allowed)."""
        path, hash_, fragment = target.partition("#")
        base = posixpath.dirname(self.address)
        relative = posixpath.relpath(path, base or ".") if path else ""
        return Markup(quote(relative + hash_ + fragment, safe="/#=,.&-_~%"))

    def link(self, target: str, text: object, classes: str = "") -> Markup:
        """A link to another page of ours."""
        shown = text if isinstance(text, Markup) else plain(text)
        kind = Markup(' class="{}"').format(classes) if classes else Markup("")
        return Markup('<a href="{}"{}>{}</a>').format(self.url(target), kind, shown)

    def case(self, id: str) -> Markup:
        """A link to a case, by its name."""
        return self.link(f"cases/{id}.html", self._corpus.cases[id].name)

    def evidence(self, case: Case, claim: Citation | Coded) -> Markup:
        """The mark behind a claim; it opens the evidence listed by `notes`. Nothing where the claim is inferred."""
        citation = claim.citation if isinstance(claim, Coded) else claim
        if citation is None:
            return Markup("")
        key = (self._corpus.source_of(case, citation), citation.locator, citation.as_stated)
        note = self._notes.setdefault(key, Note(len(self._notes) + 1, *key))
        return Markup('<a class="ev" href="#e{0}">{0}</a>').format(note.number)

    @property
    def notes(self) -> list[Note]:
        """The evidence marked so far, in order."""
        return list(self._notes.values())

    def figure(self, svg: str) -> Markup:
        """A drawn figure with its links made relative to this page."""
        return Markup(svg.replace('<a href="@root/', f'<a href="{self.root}'))
