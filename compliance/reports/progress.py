"""Rectification so far: what the report before named, and what has become of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from compliance import wording
from compliance.changes import Identity, broken
from compliance.models import Report
from compliance.notices.choosing import ASKING
from compliance.packs import Pack
from compliance.reports.duties import Duties
from compliance.reports.sources import TOGETHER, Source
from tenancy.periods import Period, parse_period

Broken = Mapping[Identity, str]  # the names of their subjects
MENDED, OPEN, NEW = "mended", "open", "new"


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One rule: how much was named as not met, is mended or still open, and is new."""

    rule: str
    title: str
    named: int
    mended: int
    open: int
    new: int


@dataclass(frozen=True, slots=True)
class Case:
    """Something not met then or now; people and posts are counted only."""

    rule: str
    title: str
    code: str
    subject: str
    state: str


@dataclass(frozen=True)
class Progress:
    """Since the report before of the same area under the same pack."""

    since: Report
    rows: list[ProgressRow]
    cases: list[Case]

    @property
    def period(self) -> Period:
        """What the report before was about."""
        return parse_period(self.since.period)

    @property
    def whole(self) -> dict[str, int]:
        """The rows in one."""
        columns = ("named", MENDED, OPEN, NEW)
        return {name: sum(getattr(row, name) for row in self.rows) for name in columns}


@dataclass(frozen=True, slots=True)
class Noticed:
    """How much the notices in force name, and how much of it is mended, open, and open too long."""

    named: int
    mended: int
    open: int
    overdue: int


def noticed_of(duties: Duties, source: Source, on: date) -> Noticed | None:
    """What has become of what notices named; None where none is in force."""
    if not duties.noticed:
        return None
    asking = {(row.rule, row.kind, row.code) for row in source.single if row.status in ASKING}
    for row in source.together:
        if row["status"] in ASKING:
            asking |= {(row["rule"], row["kind"], code) for code in row["codes"]}
    deadlines = [duty.deadline for one, duty in duties.noticed.items() if one in asking]
    named, still = len(duties.noticed), len(deadlines)
    overdue = sum(1 for deadline in deadlines if deadline and deadline < on)
    return Noticed(named, mended=named - still, open=still, overdue=overdue)


def progress_of(report: Report, source: Source, pack: Pack) -> Progress | None:
    """What has become of what was named; None for the first report of an area."""
    former = Report.objects.before(report)
    if former is None:
        return None
    named, now = broken(former.run), source.broken
    rows = [_row(binding.rule, named, now) for binding in pack.bindings]
    cases = [_case(one, named, now) for one in sorted({*named, *now}) if one[1] not in TOGETHER]
    return Progress(former, [row for row in rows if row.named or row.new], cases)


def _row(rule: str, named: Broken, now: Broken) -> ProgressRow:
    before, after = ({one for one in found if one[0] == rule} for found in (named, now))
    return ProgressRow(
        rule=rule,
        title=str(wording.TITLES[rule]),
        named=len(before),
        mended=len(before - after),
        open=len(before & after),
        new=len(after - before),
    )


def _case(identity: Identity, named: Broken, now: Broken) -> Case:
    rule, _kind, code = identity
    state = MENDED if identity not in now else OPEN if identity in named else NEW
    subject = now.get(identity) or named[identity]
    return Case(rule, str(wording.TITLES[rule]), code, subject, state)
