"""A report for GitLab: the Code Quality format, which a merge request shows beside its changes."""

from collections import Counter
from hashlib import sha256

from casebook.problems import Severity
from casebook.report import Report

SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.HINT: "info"}


def as_issues(report: Report) -> list[dict[str, object]]:
    """One record a problem; its fingerprint stays the same while it moves with the lines above it."""
    seen: Counter[tuple[str, ...]] = Counter()
    issues: list[dict[str, object]] = []
    for told in report.told:
        problem, message = told.problem, told.problem.message(report.language)
        same = (problem.path, problem.rule, message)
        seen[same] += 1
        issues.append(
            {
                "description": f"{message} → {problem.remedy(report.language)}",
                "check_name": problem.rule,
                "fingerprint": sha256(
                    "\0".join([*same, str(seen[same])]).encode(errors="backslashreplace")
                ).hexdigest(),
                "severity": SEVERITIES[problem.severity],
                "location": {"path": problem.path, "lines": {"begin": max(problem.line, 1)}},
            }
        )
    return issues
