"""Totals: what the records of a month add up to in each place of the tree of their time."""

from filings.totals.adding import add_up
from filings.totals.agreeing import agreement
from filings.totals.counting import Standing, count, standing_of
from filings.totals.rebuilding import Difference, differences, rebuild

__all__ = [
    "Difference",
    "Standing",
    "add_up",
    "agreement",
    "count",
    "differences",
    "rebuild",
    "standing_of",
]
