"""What the monthly record keeps: its templates, the records, their history, and the totals."""

from filings.models.area_month import AreaMonth
from filings.models.calendar import CalendarDay, CalendarYear
from filings.models.event import RecordEvent
from filings.models.policy import FilingPolicy
from filings.models.record import MonthlyRecord
from filings.models.reminder import Extension, Reminder
from filings.models.template import RecordTemplate
from filings.models.workbook import RecordWorkbook

__all__ = [
    "AreaMonth",
    "CalendarDay",
    "CalendarYear",
    "Extension",
    "FilingPolicy",
    "MonthlyRecord",
    "RecordEvent",
    "RecordTemplate",
    "RecordWorkbook",
    "Reminder",
]
