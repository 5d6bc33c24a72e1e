"""What is written: runs, reports, notices, overrides, opening figures."""

from compliance.actions.notices import issue_notice, print_notice, withdraw_notice
from compliance.actions.openings import attest_opening_figure, withdraw_opening_figure
from compliance.actions.overrides import end_override, override_parameter
from compliance.actions.reports import build_report, content_of, workbook_of
from compliance.actions.runs import evaluate, keep

__all__ = [
    "attest_opening_figure",
    "build_report",
    "content_of",
    "end_override",
    "evaluate",
    "issue_notice",
    "keep",
    "override_parameter",
    "print_notice",
    "withdraw_notice",
    "withdraw_opening_figure",
    "workbook_of",
]
