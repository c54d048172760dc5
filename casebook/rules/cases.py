"""Rules about a case as a whole: its place, its family, its name, its summary."""

import unicodedata
from collections.abc import Iterator

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.rules.complaint import Complaint, case_files


def unknown_rank(corpus: Corpus) -> Iterator[Complaint]:
    """The keys of `place` are the ranks that `site.yml` lists."""
    ranks = [rank.id for rank in corpus.site.ranks]
    for path, _, case in case_files(corpus):
        for rank in case.place:
            if rank not in ranks:
                values = {"key": rank, "suggestion": _rank_meant(corpus, rank), "choices": ", ".join(ranks)}
                yield Complaint(path, ("place", rank), values, key=True)


def _rank_meant(corpus: Corpus, text: str) -> str:
    ranks = corpus.site.ranks
    labels = {label: rank.id for rank in ranks for label in (rank.label, rank.label_en)}
    return closest(text, [rank.id for rank in ranks], labels)


def widest_rank_missing(corpus: Corpus) -> Iterator[Complaint]:
    """Every case says where it is at least by the widest rank, so that no case is missing from the places."""
    widest = corpus.site.ranks[0].id
    for path, _, case in case_files(corpus):
        if widest not in {rank for typed in case.place for rank in (typed, _rank_meant(corpus, typed))}:
            yield Complaint(path, ("place",), {"key": widest}, key=True)


def parent_missing(corpus: Corpus) -> Iterator[Complaint]:
    """A subcase or a mention belongs to a parent."""
    for path, _, case in case_files(corpus):
        if case.kind in ("subcase", "mention") and case.parent is None:
            yield Complaint(path, ("kind",), {"text": case.kind})


def parent_cannot_have_children(corpus: Corpus) -> Iterator[Complaint]:
    """A mention is a single sentence: it has no children."""
    for path, _, case in case_files(corpus):
        parent = corpus.cases.get(case.parent or "")
        if parent and parent.kind == "mention":
            yield Complaint(path, ("parent",), {"text": case.parent or ""})


def name_taken(corpus: Corpus) -> Iterator[Complaint]:
    """Two cases never share a name, nor differ by width, capitals or blanks alone: nobody could tell them apart."""
    seen: dict[str, str] = {}
    for path, id, case in case_files(corpus):
        form = "".join(unicodedata.normalize("NFKC", case.name).casefold().split())
        if form in seen:
            yield Complaint(path, ("name",), {"text": case.name, "other": seen[form]})
        seen.setdefault(form, id)


def summary_length(corpus: Corpus) -> Iterator[Complaint]:
    """A summary is long enough to inform and short enough to be read in a list (`limits` in `site.yml`)."""
    limits = corpus.site.limits
    for path, _, case in case_files(corpus):
        least = limits.mention_least if case.kind == "mention" else limits.summary_least
        if not least <= len(case.summary) <= limits.summary_most:
            values = {"length": str(len(case.summary)), "least": str(least), "most": str(limits.summary_most)}
            yield Complaint(path, ("summary",), values)
