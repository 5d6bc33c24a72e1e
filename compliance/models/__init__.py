from compliance.models.report import Report
from compliance.models.run import Run, RunFinding, Tally

__all__ = ["Report", "Run", "RunFinding", "Tally"]
