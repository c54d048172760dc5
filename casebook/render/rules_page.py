"""Every rule of `check`, with its remedy: where each problem leads that is told."""

import re
from dataclasses import dataclass

from casebook.problems import wording

# A rule's name begins with its group; all others are about content.
GROUPS = ("yaml", "text", "style")
_PLACEHOLDER = re.compile(r"{\w+}")


@dataclass(frozen=True, slots=True)
class RuleText:
    """One rule in the words of one language; what differs from case to case is an ellipsis."""

    id: str
    message: str
    remedy: str


def rule_groups(language: str) -> dict[str, list[RuleText]]:
    """Group → its rules, those about content first."""
    groups: dict[str, list[RuleText]] = {"content": [], **{group: [] for group in GROUPS}}
    for id, said in wording(language).items():
        prefix = id.partition("-")[0]
        text = RuleText(id, *(_PLACEHOLDER.sub("…", said[part]) for part in ("message", "remedy")))
        groups[prefix if prefix in GROUPS else "content"].append(text)
    return groups
