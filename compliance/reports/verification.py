"""What whoever holds a paper may know of it: whose it is, and whether it still stands. No names."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from unicodedata import normalize

from compliance.models import Notice, Report
from tenancy.context import tenant_context
from tenancy.models import PublicKey
from tenancy.periods import Period, parse_period

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


@dataclass(frozen=True)
class NoticePaper:
    """A genuine notice; its files' fingerprints are empty until they are made."""

    tenant: str
    kind: str
    number: str
    issuer: str
    area: str
    area_code: str
    signed_on: date
    deadline: date | None
    issued_at: datetime
    sha256: str
    document_sha256: str
    withdrawn_at: datetime | None


def as_printed(code: str) -> str:
    """The check code as it stands on paper, however somebody typed it."""
    letters = re.sub(r"[^0-9A-Z]", "", normalize("NFKC", code[:100]).upper())
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def paper_of(code: str) -> Paper | NoticePaper | None:
    """The report or notice that bears the code, in whichever tenant; None where there is none."""
    tenant_id = PublicKey.objects.tenant_of_paper(code)
    if tenant_id is None:
        return None
    with tenant_context(tenant_id, read_only=True):
        rows = Report.objects.with_successor().select_related("tenant", "area", "run")
        report = rows.filter(check_code=code).first()
        return _paper(report) if report else _notice(code)


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


def _notice(code: str) -> NoticePaper:
    row = Notice.objects.select_related("tenant", "place").get(check_code=code)
    return NoticePaper(
        tenant=row.tenant.name,
        kind=row.get_kind_display(),
        number=row.number,
        issuer=row.issuer,
        area=row.place.name,
        area_code=row.place.code,
        signed_on=row.signed_on,
        deadline=row.deadline,
        issued_at=row.issued_at,
        sha256=row.sha256,
        document_sha256=row.document_sha256,
        withdrawn_at=row.withdrawn_at,
    )
