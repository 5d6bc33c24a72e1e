"""A station of two people under the shipped template, and a month of theirs that adds up."""

from datetime import date

from filings.template.reading import SHIPPED
from stations.models import Station
from tests.factories import (
    AreaFactory,
    CertificateFactory,
    PlacementFactory,
    PostFactory,
    StationFactory,
)
from tests.filings.factories import MonthlyRecordFactory, RecordTemplateFactory

TEXT = (SHIPPED / "guangzhou.toml").read_text("utf-8")
# What two people do in a month; the ledgers and the month before know the rest.
MONTH = {
    "supervision_sessions": "1",
    "supervision_hours": "2",
    "cases_opening": "3",
    "cases_opened": "1",
    "cases_closed": "1",
    "cases_complex": "0",
    "group_sessions": "4",
    "group_times": "40",
    "activities": "2",
    "activity_times": "60",
    "visits": "20",
    "calls": "30",
    "consultations": "20",
    "referrals": "1",
    "files_new": "5",
    "served_times": "300",
    "served_persons": "150",
    "need_registered": "80",
    "need_covered": "80",
    "need_relief_times": "40",
    "need_child_times": "30",
    "need_elder_times": "60",
    "need_disabled_times": "20",
    "need_other_times": "5",
    "community_orgs": "2",
    "volunteers": "10",
    "volunteer_times": "20",
    "fund_raised": "1000.50",
    "goods_value": "0",
    "wishes": "1",
    "issues": "1",
    "hours_direct": "200",
    "hours_indirect": "80",
    "hours_in_community": "180",
    "safety_checks": "1",
    "hazards_opening": "0",
    "hazards_found": "1",
    "hazards_fixed": "1",
    "spent_staff": "20000",
    "spent_service": "3000",
    "spent_other": "1000",
    "highlights": "入户走访并完成建档。",
    "difficulties": "无",
    "next_month": "走访重点对象。",
    "coordination": "无",
}
SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def staffed(street: object) -> Station:
    """A station with two people on its posts, one of them certified."""
    station = StationFactory(street=street, code="440105001-01", name="赤岗街社工服务站")
    for _ in range(2):
        placement = PlacementFactory(post=PostFactory(station=station))
    CertificateFactory(worker=placement.worker)
    return station


def record_of(station: Station, month: date, **changes: object) -> object:
    """An open record under the shipped template."""
    template = RecordTemplateFactory(text=TEXT)
    return MonthlyRecordFactory(station=station, month=month, template=template, **changes)


def planted_tree() -> tuple[object, object, object]:
    """A city, a district and a street."""
    root = AreaFactory(level="city", code="440100000000", name="广州市", parent=None)
    district = AreaFactory(level="district", code="440105000000", name="海珠区", parent=root)
    return root, district, AreaFactory(code="440105001000", name="赤岗街道", parent=district)
