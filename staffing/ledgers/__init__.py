"""The sheets 人员, 任职 and 证书 of the city workbook."""

from staffing.ledgers.certificate import CertificateLedger
from staffing.ledgers.placement import PlacementLedger
from staffing.ledgers.worker import WorkerLedger

__all__ = ["CertificateLedger", "PlacementLedger", "WorkerLedger"]
