"""Who answers for a problem and by when: as a notice said, else who runs or governs the place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from compliance.changes import Identity
from compliance.findings import SubjectKind
from compliance.models import Notice, NoticeFinding, Report, RunFinding
from compliance.offices import offices_below
from compliance.reports.sources import Group
from tenancy.formats import NO_DATA
from tenancy.models import Area
from tenancy.scoping import within

BOUGHT = (SubjectKind.PROJECT.value, SubjectKind.CONTRACT.value)


class Duty(NamedTuple):
    """No deadline where no notice set one."""

    who: str
    deadline: date | None = None


@dataclass(frozen=True)
class Duties:
    """As it was known when the report was made; `offices` by path or number of a project."""

    offices: Mapping[str, str]
    noticed: Mapping[Identity, Duty]

    def of_finding(self, row: RunFinding, names: Mapping[str, str]) -> Duty:
        """Of a verdict that is told alone."""
        told = self.noticed.get((row.rule, row.kind, row.code))
        if told:
            return told
        if row.kind in BOUGHT and (name := self.offices.get(row.code.partition("/")[0])):
            return Duty(name)
        at_station = row.place.level == Area.Level.STATION
        return Duty(self._office(row.place.path, names, at_station=at_station))

    def of_station(self, row: Group, names: Mapping[str, str]) -> Duty:
        """Of verdicts that are told together: the last deadline, where a notice named them all."""
        told = [self.noticed.get((row["rule"], row["kind"], code)) for code in row["codes"]]
        duties = [duty for duty in told if duty]
        if duties and len(duties) == len(told):
            return max(duties, key=lambda duty: (duty.deadline or date.max, duty.who))
        return Duty(self._office(row["place__path"], names, at_station=True))

    def _office(self, path: str, names: Mapping[str, str], *, at_station: bool) -> str:
        """Nobody runs a station without a contract: its street answers."""
        if at_station and path not in self.offices:
            path = path[: path.rstrip("/").rfind("/") + 1]
        return self.offices.get(path) or names.get(path, NO_DATA)


def duties_of(report: Report) -> Duties:
    """What the report has kept of them; of two notices the later one holds."""
    here = within("finding__place__path", (report.area.path,))
    rows = NoticeFinding.objects.filter(here, notice__in=report.notices)
    told = rows.order_by("notice__issued_at", "notice_id").values_list(
        "rule", "kind", "code", "notice__addressee", "notice__deadline"
    )
    noticed = {
        (rule, kind, code): Duty(addressee, deadline)
        for rule, kind, code, addressee, deadline in told
    }
    return Duties(report.offices, noticed)


class Known(NamedTuple):
    """What a report keeps: the notices in force, and the offices."""

    notices: list[int]
    offices: dict[str, str]


def known_of(area: Area, on: date, moment: datetime) -> Known:
    """What is known at the moment of duties at the area and below it, on the day judged."""
    return Known(sorted(_in_force(area, moment)), offices_below(area, on))


def _in_force(area: Area, moment: datetime) -> Iterable[int]:
    """Notices that ask for rectification of anything here."""
    standing = Notice.objects.in_force_at(moment).filter(kind=Notice.Kind.RECTIFICATION)
    named = NoticeFinding.objects.filter(within("finding__place__path", (area.path,)))
    return {*named.filter(notice__in=standing).values_list("notice_id", flat=True)}
