"""check: one generator per rule, whose docstring is the rule; the list below is all of them.

A rule looks at the corpus and yields complaints; only `check` knows files and positions. A rule that crashes is itself
a problem, so that an editor is never shown a traceback.
"""

from collections.abc import Callable, Iterator

from casebook.corpus import Corpus
from casebook.problems import Problem, Severity
from casebook.rules import cases, claims, references, vocabularies
from casebook.rules.complaint import Complaint
from casebook.yamlfile import locate

Rule = Callable[[Corpus], Iterator[Complaint]]

# In the order in which an editor should think of them. The name of a rule is its function's, with hyphens.
ERRORS: tuple[Rule, ...] = (
    references.unknown_id,
    references.unknown_unit,
    references.self_reference,
    references.cyclic_parent,
    references.tombstone_to_tombstone,
    cases.unknown_rank,
    cases.widest_rank_missing,
    cases.parent_missing,
    cases.parent_cannot_have_children,
    cases.name_taken,
    cases.summary_length,
    claims.phrase_too_long,
    claims.locator_beyond_source,
    claims.locator_outside_passages,
    claims.finding_twice,
    claims.value_disagrees,
    claims.unit_missing,
    claims.formula_not_decoded,
    claims.part_outside_slogan,
    vocabularies.term_twice,
    vocabularies.unit_twice,
)


def check(corpus: Corpus) -> list[Problem]:
    """Every complaint of every rule, at its place in its file."""
    return [problem for rule in ERRORS for problem in _run(rule, corpus)]


def _run(rule: Rule, corpus: Corpus) -> Iterator[Problem]:
    name = rule.__name__.replace("_", "-")
    try:
        for path, loc, values, key in rule(corpus):
            line, column = locate(corpus.documents[path].node, loc, key=key)
            yield Problem(path, line, column, name, values, Severity.ERROR)
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the editor gets a message
        yield Problem("", 0, 0, "rule-crashed", {"rule": name, "why": repr(error)})
