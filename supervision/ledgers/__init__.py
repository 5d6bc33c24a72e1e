"""The sheets 督导中心, 督导人员 and 督导安排 of the city workbook."""

from supervision.ledgers.assignment import AssignmentLedger
from supervision.ledgers.centre import CentreLedger
from supervision.ledgers.supervisor import SupervisorLedger

__all__ = ["AssignmentLedger", "CentreLedger", "SupervisorLedger"]
