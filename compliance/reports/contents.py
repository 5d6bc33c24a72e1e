"""What stands in a report: read from its run, never from the ledgers of another day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Generic, TypeVar

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance import wording
from compliance.models import Report, Run, Tally
from compliance.models.run import URGENCY
from compliance.packs import Pack, load_pack
from compliance.reports.duties import duties_of
from compliance.reports.problems import Problem, above, problems
from compliance.reports.progress import Noticed, Progress, noticed_of, progress_of
from compliance.reports.sources import Source, stored
from compliance.rules.bindings import Binding
from compliance.summary import Summary, summary_of
from tenancy.models import Area
from tenancy.periods import Period, parse_period
from tenancy.templatetags.formats import period as in_words

# More rows make a table slow to lay out and are no reading matter.
MOST_ROWS = 300


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """One rule: what it asks for, and how many verdicts of each status."""

    rule: str
    title: str
    article: str
    citation: str
    inferred: bool
    counts: dict[str, int]

    @property
    def results(self) -> list[tuple[str, int]]:
        """The statuses that were given and how often, the most urgent first."""
        return [(status, self.counts[status]) for status in URGENCY if self.counts.get(status)]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """An area and its figures."""

    code: str
    name: str
    where: str
    is_station: bool
    is_group: bool
    figures: Summary


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """Rows that fit on paper, and how many do not."""

    rows: list[Row]
    left_out: int

    @classmethod
    def of(cls, rows: Iterable[Row], most: int | None) -> "Table[Row]":
        everything = iter(rows)
        return cls([*islice(everything, most)], sum(1 for _row in everything))

    def on_paper(self) -> "Table[Row]":
        """As many rows as paper takes."""
        return Table.of(self.rows, MOST_ROWS)


@dataclass(frozen=True)
class Contents:
    """A report, ready to be set."""

    report: Report
    period: Period
    pack: Pack
    whole: Summary
    clauses: list[ClauseRow]
    problems: Table[Problem]
    progress: Progress | None
    noticed: Noticed | None
    areas: Table[PlaceRow]
    stations: Table[PlaceRow]

    def on_paper(self) -> "Contents":
        """What was read completely, as far as it fits on paper."""
        return replace(
            self,
            problems=self.problems.on_paper(),
            areas=self.areas.on_paper(),
            stations=self.stations.on_paper(),
        )

    @property
    def title(self) -> str:
        return _("%(area)s%(when)s社工服务站合规情况报告") % {
            "area": self.report.area.name,
            "when": in_words(self.period.first, self.period.last),
        }

    @property
    def verify_at(self) -> str:
        """Where a reader of the paper asks whether it is genuine."""
        address = reverse("compliance:verify-code", args=[self.report.check_code])
        return f"{settings.PUBLIC_URL}{address}"

    @property
    def is_running(self) -> bool:
        """The period was not over on the day evaluated."""
        on: date = self.report.run.on
        return on < self.period.last


def contents_of(report: Report, *, complete: bool = False) -> Contents:
    """Read what a report says; `complete` also says what does not fit on paper."""
    return contents_from(stored(report.run), report, None if complete else MOST_ROWS)


def contents_from(source: Source, report: Report, most: int | None) -> Contents:
    """What a report on these figures says; no table has more rows than `most`."""
    run, pack, duties = report.run, load_pack(report.run.pack), duties_of(report)
    names = {tally.area.path: tally.area.name for tally in source.tallies}
    places = [_place(tally, names) for tally in source.tallies if tally.area_id != run.area_id]
    whole = next(tally for tally in source.tallies if tally.area_id == run.area_id)
    return Contents(
        report=report,
        period=parse_period(report.period),
        pack=pack,
        whole=summary_of(whole),
        clauses=[_clause(binding, pack, run) for binding in pack.bindings],
        problems=Table.of(problems(source, pack, names, duties), most),
        progress=progress_of(report, source, pack),
        noticed=noticed_of(duties, source, run.on),
        areas=Table.of((place for place in places if not place.is_station), most),
        stations=Table.of((place for place in places if place.is_station), most),
    )


def _place(tally: Tally, names: dict[str, str]) -> PlaceRow:
    area = tally.area
    return PlaceRow(
        code=area.code,
        name=area.name,
        where=above(area.path, names),
        is_station=area.level == Area.Level.STATION,
        is_group=area.level not in (Area.Level.STREET, Area.Level.STATION),
        figures=summary_of(tally),
    )


def _clause(binding: Binding, pack: Pack, run: Run) -> ClauseRow:
    clause = pack.find_clause(binding.pack, binding.clause)
    return ClauseRow(
        rule=binding.rule,
        title=str(wording.TITLES[binding.rule]),
        article=wording.article(clause) if clause else "",
        citation=wording.citation(pack, clause) if clause else "",
        inferred=binding.inferred,
        counts=run.counts.get(binding.rule, {}),
    )
