"""Who has filed and who has not: by place for a month, and the records that are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils import timezone

from filings.models import AreaMonth, MonthlyRecord, Reminder
from filings.models.record import MonthlyRecordQuerySet
from filings.totals.reading import lineage
from tenancy.models import Area, User
from tenancy.permissions import Permission


@dataclass(frozen=True)
class Line:
    """A place's month in counts; `due_on` is past where late ones are missing."""

    area: Area
    due: int = 0
    filed: int = 0
    on_time: int = 0
    returned: int = 0
    accepted: int = 0

    @property
    def missing(self) -> int:
        """Not with a reviewer: never filed, withdrawn or sent back."""
        return self.due - self.filed

    @property
    def late(self) -> int:
        """Filed at some time, but first after the due day."""
        return max(self.filed + self.returned - self.on_time, 0)


def line_of(area: Area, rows: Sequence[AreaMonth]) -> Line:
    """One place from its rows: places that became one add up."""
    return Line(
        area,
        due=sum(row.due for row in rows),
        filed=sum(row.filed for row in rows),
        on_time=sum(row.on_time for row in rows),
        returned=sum(row.returned for row in rows),
        accepted=sum(row.accepted for row in rows),
    )


@dataclass(frozen=True)
class Progress:
    """A place and what lies just below it in the tree of the month."""

    own: Line
    below: list[Line]
    due_on: date | None


def progress(user: User, area: Area, month: date) -> Progress:
    """The counts of a month; records of a street are listed, not counted."""
    keys = lineage(area)
    rows = AreaMonth.objects.visible_to(user).filter(month=month).defer("figures")
    own = [*rows.filter(area__in=keys)]
    below = rows.filter(area__parent__in=keys).select_related("area").order_by("area__code")
    # By station: the index of a month's records has the first of them at hand.
    records = MonthlyRecord.objects.filter(month=month).order_by("month", "station")
    return Progress(
        line_of(area, own),
        [line_of(row.area, [row]) for row in below],
        records.values_list("due_on", flat=True).first() if own else None,
    )


def records_at(user: User, area: Area, month: date) -> MonthlyRecordQuerySet:
    """The records of a month at or below a place, as it stands today."""
    rows: MonthlyRecordQuerySet = MonthlyRecord.objects.visible_to(user).filter(month=month)
    return rows.below(area.path).select_related("station")


def to_remind(user: User, area: Area, month: date) -> MonthlyRecordQuerySet:
    """Those that may still be filed and are not, where the person may urge; the urged ones last."""
    rows = MonthlyRecord.objects.visible_to(user, Permission.REMIND_RECORD).filter(month=month)
    today = timezone.localdate()
    urged = Exists(Reminder.objects.filter(record=OuterRef("pk"), on=today))
    unfiled: MonthlyRecordQuerySet = rows.below(area.path).fillable(today).alias(urged=urged)
    return unfiled.select_related("station__area").order_by("urged", "pk")
