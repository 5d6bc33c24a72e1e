from compliance.models.notice import Notice, NoticeFinding
from compliance.models.opening_figure import OpeningFigure
from compliance.models.override import Override
from compliance.models.report import Report
from compliance.models.run import Run, RunFinding, Tally

__all__ = [
    "Notice",
    "NoticeFinding",
    "OpeningFigure",
    "Override",
    "Report",
    "Run",
    "RunFinding",
    "Tally",
]
