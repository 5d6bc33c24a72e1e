"""Monthly records as data: read, filled, filed and reviewed by programs."""

from filings.api.records import MonthlyRecordViewSet

__all__ = ["MonthlyRecordViewSet"]
