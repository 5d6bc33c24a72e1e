"""Pages of places as workbooks."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tenancy.models import AuditEvent
from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang
from tests.dashboard.test_area_page import districts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def sheets_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    first, about = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return first, {row[0]: row[1] for row in about}


def test_the_areas_below_with_scope_pack_and_data_time(root, client_of, official, judged):
    district, *_rest = fengyang(root)
    judged(root, on=YEAR_1)
    judged(root, on=YEAR_3)

    rows, about = sheets_of(client_of(official), f"/areas/{root.code}/dashboard.xlsx")

    assert rows[1][:2] == [district.name, district.code]
    assert rows[1][4:8] == [10, 20, "50.0%", 4]
    assert rows[1][-1] == "未达标"
    assert about["范围"] == f"{root.name} {root.code}"
    assert about["核验日"] == "2025-12-01"
    assert "广州" in about["规则包"]
    assert about["持证比例"] == "10/20（50.0%） 未达标"
    assert about["筛选"] == "全部"
    assert AuditEvent.objects.filter(verb="export-dashboard").count() == 1


def test_day_and_filter_are_the_pages(root, client_of, official, judged):
    fengyang(root)
    judged(root, on=YEAR_1)
    districts(root, 2)

    url = f"/areas/{root.code}/dashboard.xlsx?on=2024-01-15&standing=no_data"
    rows, about = sheets_of(client_of(official), url)

    assert [row[0] for row in rows[1:]] == ["第1区", "第2区"]
    assert about["查看日期"] == "2024-01-15"
    assert about["核验日"] == "2023-12-01"
    assert about["筛选"] == "数据不足"


def test_a_street_gives_its_stations_and_a_station_its_verdicts(root, client_of, official, judged):
    _, street, station = fengyang(root)
    judged(root, on=YEAR_3)
    client = client_of(official)

    rows, _about = sheets_of(client, f"/areas/{street.code}/dashboard.xlsx")
    assert rows[1][1] == station.code
    assert rows[1][4:8] == [10, 20, "50.0%", 4]

    rows, about = sheets_of(client, f"/stations/{station.pk}/dashboard.xlsx")
    assert any(row[1] == "CERT-03" and row[0] == "不符合" for row in rows[1:])
    assert about["范围"] == f"{station.name} {station.code}"


def test_a_place_never_judged_says_so(root, client_of, official):
    districts(root, 1)

    rows, about = sheets_of(client_of(official), f"/areas/{root.code}/dashboard.xlsx")

    assert rows[1][-1] == "数据不足"
    assert about["核验日"] == "—"
