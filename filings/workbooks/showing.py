"""What a checked workbook changes, station by station, beside what stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from filings.cells import Given
from filings.comparing import Difference, differences
from filings.facts import Sheet
from filings.models import MonthlyRecord
from filings.template.shapes import Problem
from filings.workbooks.cells import would_be
from filings.workbooks.standing import sheets_of, whole, within_reach
from tenancy.models import User

Problems = list[tuple[str, Problem]]


@dataclass(frozen=True)
class Part:
    """One record: what would change, and what would still have to be mended or explained.

    Cells that are still to be filled in are counted only. Of what has been written only the
    number of cells is known.
    """

    record: MonthlyRecord
    cells: int
    is_stale: bool = False
    differences: tuple[Difference, ...] = ()
    blank: int = 0
    hard: tuple[tuple[str, Problem], ...] = ()
    unexplained: tuple[tuple[str, Problem], ...] = ()


def parts(user: User, changes: Iterable[dict[str, Any]]) -> list[Part]:
    """Those of records that the person still fills in; a fixed number of queries a month."""
    kept = {one["record"]: one for one in changes}
    records = whole(within_reach(user).filter(pk__in=kept))
    standing = sheets_of(record for record in records if "version" in kept[record.pk])
    return [_part(record, kept[record.pk], standing.get(record.pk)) for record in records]


def given_by(change: dict[str, Any], standing: Sheet) -> Given:
    """What a stored change gives, in the order of the form: the database keeps none."""
    place = {code: number for number, code in enumerate(standing.form.indicators)}
    cells = sorted(change["cells"].items(), key=lambda cell: place[cell[0]])
    return Given(dict(cells), change["explanations"])


def _part(record: MonthlyRecord, change: dict[str, Any], standing: Sheet | None) -> Part:
    if standing is None:
        return Part(record, change["cells"])
    given = given_by(change, standing)
    after = would_be(record, standing, given)
    return Part(
        record,
        len(given.cells) + len(given.explanations),
        record.version != change["version"] or not record.is_fillable,
        tuple(differences(standing, given)),
        sum(one.is_blank for one in after.hard),
        _named(after, [one for one in after.hard if not one.is_blank]),
        _named(after, after.unexplained),
    )


def _named(sheet: Sheet, problems: list[Problem]) -> tuple[tuple[str, Problem], ...]:
    return tuple((sheet.form.indicators[one.cell].name, one) for one in problems)
