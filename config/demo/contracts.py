"""The contract years of generated projects."""

from dataclasses import dataclass
from datetime import date, timedelta

from config.demo.book import CityBook
from config.demo.cases import Case
from tenancy.periods import project_year_period

SIGNING, LATE, AHEAD, GAP = 12, 45, 60, 9  # days


@dataclass(frozen=True)
class Terms:
    """What a project's contracts have in common."""

    project: str
    starts_on: date
    year: int
    years: int
    heads: int
    amount: int


def write_contracts(book: CityBook, terms: Terms, case: Case, today: date) -> None:
    """One contract a year up to the present one, and the next where it is due."""
    ends = project_year_period(terms.starts_on, terms.year).last
    due = (ends - today).days <= AHEAD and not case.not_renewed
    last = min(terms.year + due, terms.years)
    for number in range(1, last + 1):
        _write(book, terms, case, number)


def _write(book: CityBook, terms: Terms, case: Case, number: int) -> None:
    period, is_current = project_year_period(terms.starts_on, number), number == terms.year
    late = GAP if case.contract_gap and is_current else 0
    noticed = period.first - timedelta(days=LATE + 5)
    waited = LATE if case.signed_late else SIGNING
    book.add(
        "合同",
        项目编号=terms.project,
        年度序号=number,
        起始日期=period.first + timedelta(days=late),
        结束日期=period.last,
        签订日期=noticed + timedelta(days=waited),
        金额=terms.amount,
        年度约定人数=terms.heads if is_current else None,
        中标通知日期=noticed if number == 1 and not case.no_notice else None,
        补充金额=terms.amount * 15 // 100 if case.large_supplement and is_current else None,
    )
