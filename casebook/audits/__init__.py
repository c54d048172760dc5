"""audits: contradictions inside the sources. One generator per rule, whose docstring is the rule; the list is below.

A rule recomputes wherever the coded data allow, in every case, and yields both readings; nobody tells it where to
look, and it corrects nothing. The corpus must have passed `check`: an audit reads what the rules there vouch for.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from casebook.audits import lists, names, plans, rates, sums, times
from casebook.audits.discrepancy import Discrepancy
from casebook.corpus import Corpus

Audit = Callable[[Corpus], Iterator[Discrepancy]]

# In the order in which readers are shown them. The name of a rule is its function's, with hyphens.
AUDITS: tuple[Audit, ...] = (
    sums.parts_and_total,
    sums.parts_beyond_whole,
    rates.rate_and_terms,
    rates.share_beyond_whole,
    rates.base_too_small,
    rates.count_not_whole,
    lists.numeral_and_parts,
    lists.parts_not_reported,
    lists.list_length,
    names.names_differ,
    plans.plan_as_result,
    plans.rule_and_practice,
    times.before_its_beginning,
    times.year_of_writing,
)


def rule_name(audit: Audit) -> str:
    """What content files and phrases call a rule."""
    return audit.__name__.replace("_", "-")


@lru_cache(maxsize=1)
def audit(corpus: Corpus) -> tuple[Discrepancy, ...]:
    """Every discrepancy that any rule finds, rule by rule."""
    return tuple(replace(found, rule=rule_name(rule)) for rule in AUDITS for found in rule(corpus))
