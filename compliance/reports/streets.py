"""The streets below an area and their reports on a period, as a list and as one archive."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone

from compliance.models import Report
from jobs.models import Job
from tenancy.models import Area, User
from tenancy.periods import Period

UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))  # in names of files


@dataclass(frozen=True)
class StreetReport:
    """A street, its newest report on the period and the newest order of one."""

    area: Area
    report: Report | None
    job: Job | None


def street_reports(area: Area, period: Period, kind: str, user: User) -> list[StreetReport]:
    """All streets at or below the area that stand today, by path; three queries."""
    streets = list(streets_of(area, user))
    reports = {report.area_id: report for report in newest(area, period, user)}
    orders = Job.objects.visible_to(user).filter(
        kind=kind, area__in=streets, params__period=period.name
    )
    jobs = {job.area_id: job for job in orders.order_by("pk")}
    return [StreetReport(one, reports.get(one.pk), jobs.get(one.pk)) for one in streets]


def streets_of(area: Area, user: User) -> Iterable[Area]:
    """The streets at or below the area, as far as the user sees them."""
    rows = Area.objects.visible_to(user).below(area.path).in_force(timezone.localdate())
    return rows.filter(level=Area.Level.STREET).order_by("path")


def newest(area: Area, period: Period, user: User) -> Iterable[Report]:
    """The newest version of each street's report on the period."""
    rows = Report.objects.visible_to(user).filter(period=period.name)
    rows = rows.below(area.path).filter(area__level=Area.Level.STREET)
    return rows.select_related("area").order_by("area_id", "-number").distinct("area_id")


def packed(reports: Iterable[Report]) -> bytes:
    """Both forms of each report under code and name of its street: the same bytes each time."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for report in sorted(reports, key=lambda one: one.area.path):
            name = f"{report.area.code} {report.area.name}".translate(UNFIT)
            for ending, file in (("pdf", report.file), ("xlsx", report.workbook)):
                if file:
                    with file.open("rb") as content:
                        archive.writestr(ZipInfo(f"{name}.{ending}"), content.read())
    return buffer.getvalue()
