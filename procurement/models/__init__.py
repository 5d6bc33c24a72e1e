from procurement.models.contract import Contract
from procurement.models.project import LONGEST_TERM, Project

__all__ = ["LONGEST_TERM", "Contract", "Project"]
