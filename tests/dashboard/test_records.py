"""What the pages of places say of the monthly records: charts, totals, a station's own."""

from datetime import date

import pytest

from dashboard import records
from dashboard.panels import panels
from filings import totals
from tenancy.periods import Period
from tests.compliance.ledgers import fengyang
from tests.dashboard.test_area_page import MOST, districts, text_of
from tests.factories import AreaFactory, StationFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory, accepted, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MONTHS = (date(2026, 1, 1), date(2026, 2, 1))


@pytest.fixture
def filed_year(root):
    """A street's station with two months of records: (district, street, station)."""
    district, street, station = fengyang(root)
    filer, reviewer = people(station)
    for number, month in enumerate(MONTHS):
        record = MonthlyRecordFactory(station=station, month=month)
        totals.rebuild(month)
        accepted(record, filer, reviewer, opening=str(3 + number), hours=str(100 * (number + 2)))
    return district, street, station


def test_a_place_shows_its_months_and_what_they_come_to(root, client_of, official, filed_year):
    html = text_of(client_of(official), f"/areas/{root.code}/")

    hours = html.split("直接服务工时（按月）</h2>")[1].split("</section>")[0]
    assert hours.index("2026-01</th>") < hours.index("2026-02</th>")
    assert "报送及时率（按月）" in html
    table = html.split('class="record-totals"')[1].split("</section>")[0]
    rows = {row.split("</th>")[0]: row for row in table.split('<th scope="row">')[1:]}
    assert [rows["直接服务工时（小时）"].count(f">{n}<") for n in (300, 500)] == [1, 3]
    assert rows["期末在办（个）"].count(">5<") == 4
    assert "2/2（100.0%）" in rows["已接收/应报（份）"]


def test_the_charts_cost_one_read_however_many_lie_below(
    root, client_of, official, judged, most_reads, filed_year
):
    AreaFactory.create_batch(20, level="district", parent=root)
    judged(root)
    client = client_of(official)
    text_of(client, f"/areas/{root.code}/")  # a version of the template is read once a process

    with most_reads(MOST):
        html = text_of(client, f"/areas/{root.code}/")

    assert "月报汇总" in html


def test_a_station_lists_its_records_and_its_contract_year(client_of, official, filed_year):
    *_above, station = filed_year

    html = text_of(client_of(official), f"/stations/{station.pk}/")

    listed = html.split("月报（近12个月）")[1].split("</table>")[0]
    assert listed.count('href="/records/') == 2
    assert listed.index("2026-02") < listed.index("2026-01")
    assert "已接收" in listed
    assert "本合同年度" in html.split('class="record-totals"')[1].split("</section>")[0]


@pytest.mark.parametrize(("month", "shown"), [(2, True), (3, False)])
def test_a_contract_year_without_a_month_yet_has_no_column(official, filed_year, month, shown):
    *_above, station = filed_year
    contract = Period("", date(2026, month, 1), date(2027, month, 1))

    year = records.station_year(official, station.area, date(2026, 3, 31), contract)

    assert ("本合同年度" in panels(records.totals(year))[0]) is shown


def test_who_reads_no_records_and_where_none_are_nothing_is_shown(root, client_of, filed_year):
    *_above, street, station = filed_year
    finance = client_of(UserFactory(role="city_finance", area=root))
    other = StationFactory(street=districts(root, 1)[0])

    for page in (f"/areas/{street.code}/", f"/stations/{station.pk}/"):
        html = text_of(finance, page)
        assert "月报汇总" not in html
        assert "报送及时率" not in html
    html = text_of(
        client_of(UserFactory(role="city_authority", area=root)), f"/stations/{other.pk}/"
    )
    assert "月报汇总" not in html


@pytest.mark.parametrize("broken", ["_on_time", "_main", "_totals", "by_month"])
def test_each_part_fails_alone(root, client_of, official, filed_year, monkeypatch, broken):
    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(records, broken, fail)
    html = text_of(client_of(official), f"/areas/{root.code}/")

    assert "这一部分暂时显示不了" in html
    assert "海珠区" in html
