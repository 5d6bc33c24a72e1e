"""The sheets 项目 and 合同 of the city workbook."""

from procurement.ledgers.contract import ContractLedger
from procurement.ledgers.project import ProjectLedger

__all__ = ["ContractLedger", "ProjectLedger"]
