"""check: one generator per rule, whose docstring is the rule; the list below is all of them.

A rule looks at the corpus and yields complaints; only `check` knows files and positions. A rule that crashes is itself
a problem, so that an editor is never shown a traceback.
"""

from collections.abc import Callable, Iterator

from casebook.corpus import Corpus
from casebook.problems import Problem, Severity
from casebook.rules import audits, cases, claims, comparisons, links, numbers, references, vocabularies
from casebook.rules.complaint import Complaint
from casebook.yamlfile import locate

Rule = Callable[[Corpus], Iterator[Complaint]]

# In the order in which an editor should think of them. The name of a rule is its function's, with hyphens.
ERRORS: tuple[Rule, ...] = (
    references.unknown_id,
    references.unknown_unit,
    references.omissions_without_source,
    references.named_twice,
    references.self_reference,
    references.cyclic_parent,
    references.cyclic_indicator,
    references.points_at_tombstone,
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
    claims.listed_twice,
    numbers.value_disagrees,
    numbers.slogan_disagrees,
    numbers.number_disagrees,
    numbers.date_disagrees,
    claims.unit_missing,
    audits.part_of_unknown,
    claims.formula_not_decoded,
    claims.part_outside_slogan,
    vocabularies.term_twice,
    vocabularies.group_unknown,
    vocabularies.unit_twice,
    vocabularies.tile_twice,
    vocabularies.unit_not_basic,
)

# They hold written comparisons against the data, and speak once the data are sound: a slip in a case file is told
# where it stands, not again wherever it is referred to.
PROSE: tuple[Rule, ...] = (
    comparisons.part_missing,
    comparisons.part_unknown,
    comparisons.case_not_listed,
    comparisons.cell_without_evidence,
    comparisons.reference_not_here,
    comparisons.reference_malformed,
    comparisons.reference_unknown,
    comparisons.reference_ambiguous,
    comparisons.reference_not_a_value,
    comparisons.figure_word_not_in_data,
    comparisons.number_not_referenced,
    comparisons.name_not_referenced,
    links.link_leads_astray,
)

# They stop a strict build only, and speak once nothing above is wrong: they rely on it.
WARNINGS: tuple[Rule, ...] = (
    audits.audit_unacknowledged,
    audits.audit_unfounded,
    vocabularies.place_without_tile,
)


def check(corpus: Corpus) -> list[Problem]:
    """Every complaint of every rule, at its place in its file."""
    errors = [problem for rule in ERRORS for problem in _run(rule, corpus, Severity.ERROR)]
    if errors or corpus.refused:
        return errors
    errors = [problem for rule in PROSE for problem in _run(rule, corpus, Severity.ERROR)]
    if errors:
        return errors
    return [problem for rule in WARNINGS for problem in _run(rule, corpus, Severity.WARNING)]


def _run(rule: Rule, corpus: Corpus, severity: Severity) -> Iterator[Problem]:
    name = rule.__name__.replace("_", "-")
    try:
        for path, loc, values, key, at in rule(corpus):
            line, column = at or locate(corpus.documents[path].node, loc, key=key)
            yield Problem(path, line, column, name, values, severity)
    except Exception as error:  # noqa: BLE001 - whatever a rule does, the editor gets a message
        yield Problem("", 0, 0, "rule-crashed", {"rule": name, "why": repr(error)})
