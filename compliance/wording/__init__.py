"""Findings in words, the same on the page, in the report and on the command line."""

from collections.abc import Callable, Mapping

from compliance.findings import Finding
from compliance.wording import (
    budgets,
    certified,
    contracts,
    coverage,
    heads,
    hours,
    posts,
    records,
    supervision,
)
from compliance.wording.citations import adjusted, adjustments, article, citation
from compliance.wording.numbers import percent
from compliance.wording.together import together
from compliance.wording.words import COUNTS_AS, KINDS, STATUSES, TITLES

__all__ = [
    "COUNTS_AS",
    "KINDS",
    "STATUSES",
    "TITLES",
    "adjusted",
    "adjustments",
    "article",
    "citation",
    "formula",
    "percent",
    "sentence",
    "shortfall",
    "together",
]

Words = Mapping[str, Callable[[Finding], str]]
_FAMILIES = (
    budgets,
    certified,
    contracts,
    coverage,
    heads,
    hours,
    posts,
    records,
    supervision,
)


def _all(name: str) -> dict[str, Callable[[Finding], str]]:
    """What the families say by rule."""
    return {
        rule: words for family in _FAMILIES for rule, words in getattr(family, name, {}).items()
    }


_SENTENCES, _SHORTFALLS, _FORMULAS = _all("SENTENCES"), _all("SHORTFALLS"), _all("FORMULAS")


def sentence(finding: Finding) -> str:
    """What was found, with the numbers that decided it."""
    return _SENTENCES[finding.rule](finding)


def shortfall(finding: Finding) -> str:
    """What is missing and the ways to mend it; empty where nothing is."""
    return _SHORTFALLS[finding.rule](finding) if finding.shortfall else ""


def formula(finding: Finding) -> str:
    """The test with this case's numbers; empty where nothing was counted."""
    own = _FORMULAS.get(finding.rule)
    return own(finding) if own else finding.formula
