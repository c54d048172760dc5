"""The notation of a reference: `[[kind:part/part/…]]`, on one line, without brackets inside.

A case and what it says:

    [[shishan-langsha]]                              its name, linked
    [[shishan-langsha/points-items]]                 the value of an indicator, with unit and evidence
    [[shishan-langsha/pop-engaged-claim/户籍人口]]    the one whose `counted` or `scope` has these letters
    [[shishan-langsha/findings/points]]              how it shows a mechanism, in the words of the case file
    [[shanwei-yihewuzhi/formulas/一核五治]]           a slogan (letters that only it has are enough)
    [[shanwei-yihewuzhi/formulas/一核五治/五治]]       what one of its parts stands for
    [[x/actors/…]] [[x/platforms/…]]                 a name (by term or by letters of the name)
    [[x/problems/…]] [[x/honours/…]] [[x/place/town]] [[x/level]] [[x/settlement]] [[x/status]]
    [[x/started]] [[x/milestones/letters of the event]]   a date

    [[evidence:…]]   only the evidence mark of any of these, behind a statement in our own words
    [[quote:…]]      the phrase as the source has it, with its mark

Numbers of cases, computed (`kind: case` and `subcase`; with `here/` only those this comparison lists):

    [[count:cases]] [[count:findings/points]] [[count:findings/points/present]] [[count:points-items]]
    [[count:level/village]] [[count:started]] [[count:formulas/五治]] [[count:source/shishan-reports]]
    [[lack:…]]                                       how many do not
    [[count:here/findings/points]] [[lack:here/started]]
    [[count:shanwei-yihewuzhi/formulas/一核五治/五治]]  how many items stand at a path of one case

Words of the vocabularies, places, sources:

    [[mechanism:points]] [[indicator:grids]] [[actor:…]] [[platform:…]] [[level:…]] [[settlement:…]] [[problem:…]]
    [[numeral:…]] [[place:汕尾]] (a name or its beginning) [[source:shishan-reports]]

A target that is missing, ambiguous or no longer of its type is a problem at the reference's own line and column.
"""

import re
from dataclasses import dataclass

_BRACKETS = re.compile(r"\[\[([^\[\]\n]*)\]\]|\[\[|\]\]")
_KIND = re.compile(r"([a-z]+):")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of a text, `text[start:end]`. Malformed ones have no `parts`."""

    start: int
    end: int
    kind: str
    parts: tuple[str, ...]


def find_references(text: str) -> list[Reference]:
    """Every reference, and every pair of brackets that fails to be one, from left to right."""
    return [_read(found) for found in _BRACKETS.finditer(text)]


def _read(found: re.Match[str]) -> Reference:
    inside = found[1] or ""
    kind = _KIND.match(inside)
    parts = tuple(part.strip() for part in inside[kind.end() if kind else 0 :].split("/"))
    return Reference(found.start(), found.end(), kind[1] if kind else "", parts if all(parts) else ())
