"""A year of monthly records: most accepted, some late or never filed, some still on their way.

Past months are written at once, as their steps would have left them; what is on its way today
goes through the actions.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from random import Random
from typing import Any

from django.db import connection
from django.db.models import prefetch_related_objects
from django.utils import timezone

from config.demo import fengyang
from config.demo.figures import sheet_with
from filings import actions, totals
from filings.actions.reviewing import Return
from filings.cells import Given
from filings.facts import Around, Sheet, around, around_all
from filings.models import MonthlyRecord
from filings.steps import Step
from filings.template.reading import SHIPPED, read_template
from tenancy.models import Tenant, User
from tenancy.periods import month_of, twelve_months

TEMPLATE = "guangzhou"
STILL_OPEN = timedelta(days=6)
BATCH = 2000
STEPS = (
    (Step.SUBMIT, "submitted_at", "submitted_by_id"),
    (Step.STREET_ACCEPT, "street_accepted_at", "street_accepted_by_id"),
    (Step.ACCEPT, "accepted_at", "accepted_by_id"),
    (Step.LOCK, "locked_at", "%(system)s"),
)
HISTORY = """
INSERT INTO filings_recordevent (tenant_id, record_id, step, at, by_id, round, figures, texts,
    explanations, reasons, comment, cells)
SELECT tenant_id, id, %(step)s, {at}, {by}, round, figures, texts, explanations, '{{}}', '', '{{}}'
FROM filings_monthlyrecord WHERE {at} IS NOT NULL
"""


class Fate(IntEnum):
    """How far a record has come."""

    UNFILED = 0
    FILED = 1
    PASSED = 2
    ACCEPTED = 3


@dataclass(frozen=True)
class Clerks:
    """Who filed and reviewed in the year before: people without an account to sign in with."""

    filer: User
    street: User
    district: User
    system: User


def write_records(tenant: Tenant, district: str, seed: int, today: date) -> None:
    """The months up to the running one, and in the newest ended one some of every state."""
    clerks = _clerks(tenant)
    text = (SHIPPED / f"{TEMPLATE}.toml").read_text(encoding="utf-8")
    actions.load_template(text=text, by=clerks.system)
    months = [month for month in twelve_months(today) if month >= read_template(text).since]
    for month in months:
        actions.open_period(period=month_of(month), by=clerks.system)
    for month in months[:-1]:
        _Month(month, clerks, district, seed, today).write()
    _write_history(clerks)
    for month in months[:-1]:
        totals.rebuild(month)
    if months[1:]:
        _on_their_way(months[-2], tenant, clerks, district)


def _clerks(tenant: Tenant) -> Clerks:
    names = ("示例填报人", "示例镇街审核人", "示例区审核人")
    people = [
        User.objects.create(
            tenant=tenant,
            username=f"示例{n}.{tenant.slug}",
            name=name,
            password="!",
            ended_at=timezone.now(),
        )
        for n, name in enumerate(names, start=1)
    ]
    filer, street, district = people
    return Clerks(filer, street, district, User.objects.system(tenant))


@dataclass(frozen=True)
class _Month:
    month: date
    clerks: Clerks
    district: str
    seed: int
    today: date

    @property
    def is_newest(self) -> bool:
        return self.month == twelve_months(self.today)[-2]

    def write(self) -> None:
        """All records of the month in a few statements."""
        records = _records(self.month)
        beside = around_all(records)
        for record in records:
            self._settle(record, beside[record.pk])
        columns = [one.name for one in MonthlyRecord._meta.concrete_fields if not one.primary_key]
        MonthlyRecord.objects.bulk_create(
            records, BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=columns
        )

    def _settle(self, record: MonthlyRecord, around: Around) -> None:
        chance = Random(f"{self.seed}/{record.station.code}/{self.month}")
        if self.is_newest:
            record.locks_on = max(record.locks_on, self.today + STILL_OPEN)
        fate = self._fate(record, chance)
        if fate >= Fate.FILED:
            form = record.template.form
            self._file(record, sheet_with(form, around, chance), chance)
        if fate >= Fate.PASSED:
            self._pass(record)
        if fate >= Fate.ACCEPTED:
            self._accept(record)
        if record.locks_on < self.today and fate in {Fate.UNFILED, Fate.ACCEPTED}:
            _set(record, locked_at=_at(record.locks_on + timedelta(days=1), 1))

    def _fate(self, record: MonthlyRecord, chance: Random) -> Fate:
        """The accounts' own station has one with its street and one to fill."""
        before = twelve_months(self.today)[-3]
        if record.station.code == fengyang.STATION and self.month >= before:
            return Fate.UNFILED if self.is_newest else Fate.FILED
        if self.is_newest:
            return Fate(chance.choices(range(4), (12, 8, 8, 72))[0])
        return Fate.UNFILED if chance.random() < 0.02 else Fate.ACCEPTED

    def _file(self, record: MonthlyRecord, sheet: Sheet, chance: Random) -> None:
        if sheet.hard:
            raise actions.Blocked(sheet)
        late = chance.choices((-3, -2, -1, 0, 2), (3, 4, 5, 5, 1))[0]
        at = _at(record.due_on + timedelta(days=late), chance.randrange(9, 17))
        _set(
            record,
            figures=dict(sheet.here),
            texts=sheet.content.texts,
            explanations=sheet.content.explanations,
            saved_at=at,
            saved_by=self.clerks.filer,
            first_submitted_at=at,
            submitted_at=at,
            submitted_by=self.clerks.filer,
            round=1,
        )

    def _pass(self, record: MonthlyRecord) -> None:
        at = _later(record.submitted_at)
        record.opened_at = at
        _set(record, street_accepted_at=at, street_accepted_by=self.clerks.street)

    def _accept(self, record: MonthlyRecord) -> None:
        at = _later(record.street_accepted_at)
        _set(record, accepted_at=at, accepted_by=self.clerks.district)


def _records(month: date) -> list[MonthlyRecord]:
    rows = MonthlyRecord.objects.filter(month=month).order_by("station__code")
    found = [*rows.select_related("station__area", "street__parent")]
    prefetch_related_objects(found, "template")  # one text, not one a row
    return found


def _set(record: MonthlyRecord, **changes: Any) -> None:
    """A step of the record, which is a version more."""
    for name, value in changes.items():
        setattr(record, name, value)
    record.version += 1


def _at(day: date, hour: int) -> datetime:
    """Never later than now, however young the month is."""
    return min(timezone.make_aware(datetime.combine(day, time(hour))), timezone.now())


def _later(moment: datetime | None) -> datetime:
    now = timezone.now()
    return min(moment + timedelta(days=1), now) if moment else now


def _write_history(clerks: Clerks) -> None:
    """The steps that the records show, each with what the record says."""
    with connection.cursor() as cursor:
        for step, at, by in STEPS:
            cursor.execute(HISTORY.format(at=at, by=by), {"step": step, "system": clerks.system.pk})


def _on_their_way(month: date, tenant: Tenant, clerks: Clerks, district: str) -> None:
    """A draft at the accounts' own station, one sent back, and one with an unusual month."""
    unfiled = [record for record in _records(month) if record.submitted_at is None]
    inside = [one for one in unfiled if one.street.parent.code == district]
    own = [one for one in inside if one.station.code == fengyang.STATION]
    others = [one for one in inside if one not in own]
    for record in own:
        _draft(record, User.objects.get(username=f"zhan.{tenant.slug}"))
    for record in others[:1]:
        _return(record, clerks, User.objects.get(username=f"qu.{tenant.slug}"))
    for record in others[1:2]:
        _file_and_pass(record, clerks, scale=1.8)


def _draft(record: MonthlyRecord, by: User) -> None:
    cells = {"cases_opened": 5, "cases_closed": 4, "group_sessions": 5, "visits": 486}
    actions.save(record=record, seen=record.version, given=Given(cells), by=by)


def _return(record: MonthlyRecord, clerks: Clerks, by: User) -> None:
    _file_and_pass(record, clerks, scale=1)
    back = Return(
        reasons=["inconsistent", "unexplained"],
        comment="探访户次与台账不一致，服务人次请一并核对，并说明原因。",
        mend_by=timezone.localdate() + timedelta(days=4),
        cells=["visits", "served_times"],
    )
    actions.return_record(record=record, seen=record.version, back=back, by=by)


def _file_and_pass(record: MonthlyRecord, clerks: Clerks, *, scale: float) -> None:
    chance, form = Random(record.station.code), record.template.form
    beside = around(record)
    sheet = sheet_with(form, beside, chance, scale)
    typed = {code: sheet.here[code] for code in form.typed}
    given = Given({**typed, **sheet.content.texts}, sheet.content.explanations)
    actions.submit(record=record, seen=record.version, given=given, by=clerks.filer)
    actions.accept_by_street(record=record, seen=record.version, by=clerks.street)
