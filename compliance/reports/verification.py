"""What whoever holds a paper may know of it: whose it is, and whether it still stands. No names."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from compliance.models import Report
from compliance.periods import Period, parse_period
from tenancy.context import tenant_context
from tenancy.models import PublicKey

GROUP = 4


@dataclass(frozen=True)
class Paper:
    """A genuine report; `replaced_by` is 0 while it stands."""

    tenant: str
    area: str
    area_code: str
    period: Period
    on: date
    number: int
    created_at: datetime
    sha256: str
    workbook_sha256: str
    replaced_by: int
    replaced_at: datetime | None


def as_printed(code: str) -> str:
    """The check code as it stands on paper, however somebody typed it."""
    letters = re.sub(r"[^0-9A-Z]", "", normalize("NFKC", code[:100]).upper())
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def paper_of(code: str) -> Paper | None:
    """The report that bears the code, in whichever tenant; None where there is none."""
    tenant_id = PublicKey.objects.tenant_of_report(code)
    if tenant_id is None:
        return None
    with tenant_context(tenant_id, read_only=True):
        rows = Report.objects.with_successor().select_related("tenant", "area", "run")
        return _paper(rows.get(check_code=code))


def _paper(row: Any) -> Paper:
    return Paper(
        tenant=row.tenant.name,
        area=row.area.name,
        area_code=row.area.code,
        period=parse_period(row.period),
        on=row.run.on,
        number=row.number,
        created_at=row.created_at,
        sha256=row.sha256,
        workbook_sha256=row.workbook_sha256,
        replaced_by=row.replaced_by,
        replaced_at=row.replaced_at,
    )
