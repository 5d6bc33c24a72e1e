"""A year of monthly records: older months in the archive, the newest one in every state."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from config.demo.places import Place
from filings import actions, totals
from filings.actions.calendar import adopt_years
from filings.actions.opening import records_to_come
from filings.calendars import workdays_in
from filings.cells import Content
from filings.facts import Around, sheet_of
from filings.models import CalendarDay, MonthlyRecord, RecordEvent
from filings.template.reading import SHIPPED
from filings.template.shapes import LAST_MONTH, Template
from stations import figures as sources
from stations.models import Station
from tenancy.models import User
from tenancy.periods import Period, month_of, twelve_months

Step = RecordEvent.Step
Numbers = Mapping[str, Decimal | None]
# What one social worker does in a month.
BY_HEAD = {
    "cases_opened": "0.3",
    "group_sessions": "0.8",
    "group_times": "8",
    "activities": "0.7",
    "activity_times": "28",
    "visits": "17",
    "calls": "14",
    "consultations": "5",
    "referrals": "0.2",
    "files_new": "1.5",
    "served_times": "90",
    "served_persons": "35",
    "need_registered": "22",
    "need_relief_times": "10",
    "need_child_times": "6",
    "need_elder_times": "16",
    "need_disabled_times": "5",
    "need_other_times": "2",
    "community_orgs": "0.4",
    "volunteers": "3",
    "volunteer_times": "5",
    "wishes": "0.5",
    "issues": "0.2",
    "hours_direct": "92",
    "hours_indirect": "40",
    "hours_in_community": "84",
    "spent_staff": "8200",
    "spent_service": "900",
    "spent_other": "300",
    "fund_raised": "250",
    "goods_value": "120",
}
LARGE = 20  # smaller counts stay as they are: a few more would be half as many again
TEXTS = {
    "highlights": "走访辖区重点对象，与社区社会组织合办便民服务日。",
    "difficulties": "部分服务对象白天不在家，入户时间需要调整。",
    "next_month": "完成新增重点对象建档，开展志愿者培训。",
    "coordination": "无",
}
EXPLANATION = "已核对台账和服务档案，情况属实。"
REASON = "入户探访数与服务档案对不上，请核对后改正。"


def write_records(place: Place, seed: int) -> None:
    """Twelve months that have ended, and the one that runs."""
    filer, street, reviewer = (
        User.objects.get(username=f"{name}.{place.slug}") for name in ("zhan", "jie", "qu")
    )
    system = User.objects.system(filer.tenant)
    text = (SHIPPED / "guangzhou.toml").read_text("utf-8")
    template, _made = actions.load_template(text=text, by=system)
    today = timezone.localdate()
    ended = twelve_months(today.replace(day=1) - timedelta(days=1))
    adopt_years({month.year for month in (*ended, today)})
    own = Station.objects.visible_to(filer).get().pk
    year = _Year(template.form, _People(filer, street, reviewer), own, f"{seed}/{place.slug}")
    for month in ended:
        year.write(month_of(month), is_newest=month == ended[-1])
    actions.open_period(period=month_of(today), by=system)


@dataclass(frozen=True)
class _People:
    filer: User
    street: User
    reviewer: User


@dataclass
class _Year:
    """What each station carries from month to month, and who acts."""

    form: Template
    people: _People
    own: int
    seed: str
    former: dict[int, Numbers] = field(default_factory=dict)
    earlier: dict[tuple[int, int], dict[str, Decimal]] = field(default_factory=dict)

    def write(self, period: Period, *, is_newest: bool) -> None:
        """All records of a month with their history, and its totals."""
        records = records_to_come(period)
        stations = [record.station_id for record in records]
        names = [*self.form.sources, *self.form.targets]
        known = sources.known(names, stations, period)
        exceptions = CalendarDay.objects.exceptions(period.first, period.last)
        workdays = workdays_in(period, exceptions)
        events: list[RecordEvent] = []
        for number, record in enumerate(records):
            self._fill(record, _of(record.station_id, known), workdays)
            fate = self._fate(record, number, is_newest=is_newest)
            events += [*fate(record, self.people)]
        MonthlyRecord.objects.bulk_create(records)
        for event in events:
            event.record_id = event.record.pk
        RecordEvent.objects.bulk_create(events)
        totals.rebuild(period.first)

    def _fate(self, record: MonthlyRecord, number: int, *, is_newest: bool) -> "Fate":
        if not is_newest:
            return archived if number % 29 else missed
        _still_open(record)
        if record.station_id == self.own:
            return drafted
        return NEWEST[number % len(NEWEST)]

    def _fill(self, record: MonthlyRecord, known: dict[str, Decimal], workdays: int) -> None:
        """Numbers that pass every check, with a sentence where one asks for it."""
        station, former = record.station_id, self.former.get(record.station_id, {})
        typed = self._typed(record, known, former)
        earlier = self.earlier.setdefault((station, record.month.year), defaultdict(Decimal))
        opening = {f"{LAST_MONTH}{code}": value for code, value in former.items()}
        around = Around(former, earlier, {**known, **opening}, known, workdays)
        sheet = sheet_of(self.form, Content(typed, dict(TEXTS), {}, {}), around)
        assert not sheet.hard, sheet.hard
        record.figures, record.texts = dict(sheet.here), dict(TEXTS)
        record.explanations = {one.code: EXPLANATION for one in sheet.soft}
        record.known, record.known_at = dict(known), timezone.now()
        self.former[station] = record.figures
        for code, value in record.figures.items():
            earlier[code] += value or 0

    def _typed(
        self, record: MonthlyRecord, known: Mapping[str, Decimal], former: Numbers
    ) -> dict[str, Decimal | None]:
        random = Random(f"{self.seed}/{record.station_id}/{record.month}")
        heads = known.get("staffing.on_post", Decimal(0))
        found: dict[str, Decimal | None] = dict.fromkeys(self.form.typed, Decimal(0))
        found |= {code: _some(Decimal(share) * heads, random) for code, share in BY_HEAD.items()}
        for code, one in self.form.typed.items():
            if one.source in known:
                found[code] = known[one.source]
        opened = found["cases_opened"] or Decimal(0)
        found |= {
            "need_covered": found["need_registered"],
            "supervision_sessions": Decimal(2 if heads else 0),
            "supervision_hours": Decimal(4 if heads else 0),
            "safety_checks": Decimal(1),
            "cases_opening": former.get("cases_open", opened * 3),
            "cases_closed": opened,
        }
        return found


def _of(station: int, known: Mapping[str, Mapping[int, Decimal]]) -> dict[str, Decimal]:
    return {name: values[station] for name, values in known.items() if station in values}


def _some(amount: Decimal, random: Random) -> Decimal:
    """About so many: large numbers move by a few in a hundred."""
    moved = amount * random.randint(93, 107) / 100 if amount >= LARGE else amount
    return Decimal(round(moved))


# --- What becomes of a record ---------------------------------------------------------------------

Fate = Callable[[MonthlyRecord, _People], Iterator[RecordEvent]]


def _still_open(record: MonthlyRecord) -> None:
    """The newest month can be filed on whatever day somebody looks at the demonstration."""
    today = timezone.localdate()
    record.due_on = max(record.due_on, today + timedelta(days=3))
    record.locks_on = max(record.locks_on, today + timedelta(days=10))


def _at(day: date, hour: int) -> datetime:
    """In the office hours of a day; never later than now."""
    return min(timezone.make_aware(datetime.combine(day, time(hour, 20))), timezone.now())


def _event(step: "RecordEvent.Step", record: MonthlyRecord, by: User, at: datetime) -> RecordEvent:
    return RecordEvent(
        record=record,
        step=step,
        by=by,
        at=at,
        round=record.round,
        figures=record.figures,
        texts=record.texts,
        explanations=record.explanations,
    )


def _filed_on(record: MonthlyRecord) -> date:
    """Some days before the due day; every eleventh station some days after."""
    late = record.station_id % 11 == 0
    return record.due_on + timedelta(days=2 if late else -(record.station_id % 4))


def filed(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    at = _at(_filed_on(record), 16)
    record.saved_at = record.submitted_at = record.first_submitted_at = at
    record.saved_by = record.submitted_by = people.filer
    record.round = 1
    yield _event(Step.SUBMIT, record, people.filer, at)


def passed(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    yield from filed(record, people)
    at = _at(_filed_on(record) + timedelta(days=1), 10)
    record.opened_at = record.street_accepted_at = at
    record.street_accepted_by = people.street
    yield _event(Step.STREET_ACCEPT, record, people.street, at)


def accepted(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    yield from passed(record, people)
    at = _at(_filed_on(record) + timedelta(days=2), 11)
    record.accepted_at, record.accepted_by = at, people.reviewer
    yield _event(Step.ACCEPT, record, people.reviewer, at)


def archived(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    yield from accepted(record, people)
    record.locked_at = _at(record.locks_on + timedelta(days=1), 9)
    yield _event(Step.LOCK, record, User.objects.system(people.filer.tenant), record.locked_at)


def missed(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    _emptied(record)
    record.locked_at = _at(record.locks_on + timedelta(days=1), 9)
    yield _event(Step.LOCK, record, User.objects.system(people.filer.tenant), record.locked_at)


def returned(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    """By the street, with one cell marked."""
    yield from filed(record, people)
    at = timezone.now()
    back = _event(Step.RETURN, record, people.street, at)
    record.mend_by = back.until = timezone.localdate() + timedelta(days=3)
    back.reasons, back.comment, back.cells = [RecordEvent.Reason.DIFFERS], REASON, ["visits"]
    record.submitted_at = record.submitted_by = None
    record.returned_at, record.returned_by, record.marked = at, people.street, ["visits"]
    yield back


def drafted(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    """Begun and left: the platform still fills in what it knows."""
    figures = record.figures
    _emptied(record)
    begun: Sequence[str] = ("group_sessions", "group_times", "activities", "activity_times")
    record.figures = {code: figures[code] for code in begun}
    record.saved_at, record.saved_by = timezone.now(), people.filer
    return
    yield


def untouched(record: MonthlyRecord, people: _People) -> Iterator[RecordEvent]:
    _emptied(record)
    return
    yield


def _emptied(record: MonthlyRecord) -> None:
    record.figures, record.texts, record.explanations = {}, {}, {}
    record.known, record.known_at = {}, None


# Of twenty stations: most are through, the others stand everywhere on the way.
NEWEST: Sequence[Fate] = (
    *(accepted,) * 11,
    *(passed,) * 2,
    *(filed,) * 3,
    returned,
    *(untouched,) * 2,
    drafted,
)
