"""A corpus of any size, for measuring: cases made of what the real ones say, always the same for a number of cases."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from casebook.corpus import Corpus
from casebook.folder import read_content
from casebook.load import load
from casebook.model.case import Case, Place
from casebook.model.evidence import Passage

SEED = 4
CONTENT = Path(__file__).parent.parent / "content"
PREFECTURES = 300
"""So many second ranks there are in a country; the third rank has ten in each."""
CASES_OF_A_SOURCE = 20
LINES = 9  # of a source speak of one case


def real_corpus() -> Corpus:
    """The corpus of `content/`. Raises `AssertionError` if it cannot be read."""
    corpus, problems = load(read_content(CONTENT)[0])
    assert corpus is not None and not problems, problems
    return corpus


def generated_corpus(real: Corpus, count: int) -> Corpus:
    """`count` cases, `case-00000` and on, and a source for every twenty; vocabularies as they are, no comparisons."""
    chance = random.Random(SEED)
    models = [case for case in real.cases.values() if case.findings]
    first = next(iter(real.sources.values()))
    lengths = tuple(chance.randrange(20, 200) for _ in range(LINES * CASES_OF_A_SOURCE))
    sources = {
        f"source-{n:04}": first.model_copy(update={"title": f"{first.title} {n}", "line_characters": lengths})
        for n in range(-(-count // CASES_OF_A_SOURCE))
    }
    places = {
        rank.id: sorted({case.place[rank.id].name for case in models if rank.id in case.place})
        for rank in real.site.ranks
    }
    cited = list(sources)
    cases = {f"case-{n:05}": _case(chance, models, places, n, cited[n // CASES_OF_A_SOURCE]) for n in range(count)}
    real = replace(real, tombstones={}, omissions={}, comparisons={}, sections={}, documents={})
    return replace(real, cases=cases, sources=sources)


def _case(
    chance: random.Random, models: Sequence[Case], places: dict[str, list[str]], number: int, source: str
) -> Case:
    """One case's text and figures, mechanisms like those of another, problems like those of a third, somewhere else."""
    line = number % CASES_OF_A_SOURCE * LINES
    body, acts, aims = (chance.choice(models) for _ in range(3))
    wanted = {f.mechanism: f for f in (*acts.findings, *chance.sample(body.findings, k=len(body.findings) // 2))}
    claims = {
        key: tuple(claim.model_copy(update={"source": None}) for claim in claims)
        for key, claims in (
            *(
                (key, getattr(body, key))
                for key in ("actors", "platforms", "formulas", "observations", "honours", "milestones")
            ),
            ("findings", wanted.values()),
            ("problems", aims.problems),
        )
    }
    return body.model_copy(
        update={
            **claims,
            "name": f"{body.name}{number}",
            "parent": None,
            "related": (),
            "kind": chance.choice(("case", "case", "case", "subcase")),
            "sources": (Passage(source=source, locator=f"L{line + 1}-L{line + LINES}"),),
            "place": _place(chance, body, places),
            "audits": (),
        }
    )


def _place(chance: random.Random, body: Case, names: dict[str, list[str]]) -> dict[str, Place]:
    """As many places of each rank as a large country has, numbered; of the finer ranks, the names as they are."""
    second = chance.randrange(PREFECTURES)
    numbers = dict(zip(names, (second // 12, second, second * 10 + chance.randrange(10)), strict=False))
    return {
        rank: place.model_copy(update={"name": f"{names[rank][number % len(names[rank])]}{number}"})
        if (number := numbers.get(rank)) is not None
        else place
        for rank, place in body.place.items()
    }
