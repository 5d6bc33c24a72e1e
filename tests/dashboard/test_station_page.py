import pytest

from tests.city_workbook import IDENTITY
from tests.compliance.ledgers import fengyang, haizhu, hire, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import AreaFactory, PointFactory, PostFactory, StationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 18  # its own records besides


def page_of(client, station, status=200):
    return text_of(client, f"/stations/{station.pk}/", status)


@pytest.mark.parametrize("people", [2, 30])
def test_a_page_asks_eighteen_times_however_many_work_there(
    root, client_of, official, judged, most_reads, people
):
    _, street = haizhu(root)
    station = staffed(street, certified=people)
    community = AreaFactory(level="community", parent=street)
    for _ in range(people):
        PointFactory(station=station, communities=[community])
    judged(root)
    client = client_of(official)

    with most_reads(MOST):
        html = page_of(client, station)

    assert html.count("助理社会工作师") == people


def test_what_was_bought_who_works_there_and_what_is_missing(root, client_of, official, judged):
    *_, station = fengyang(root)
    judged(root)

    html = page_of(client_of(official), station)

    assert "第 3/3 年（2025-06-01 ～ 2026-05-31）" in html
    assert "2,400,000.00" in html
    assert "20/<wbr>20" in html
    assert html.count("（已核验）") == 10
    assert "持证 10 人，在岗社工 20 人，占 50.0%" in html
    assert "再有 4 名在岗社工取得证书，或新聘 10 名持证社工。" in html
    assert "依据" in html
    assert "3 × 10 &lt; 2 × 20" in html
    assert "海珠区" in html


def test_people_are_masked_and_their_numbers_stay_away(root, client_of, official):
    _, street = haizhu(root)
    station = staffed(street)
    hire(PostFactory(station=station), "pending", name="欧阳明月", identity=IDENTITY)

    html = page_of(client_of(official), station)

    assert "欧" in html
    assert "欧阳明月" not in html
    assert "（待核验）" in html
    assert IDENTITY not in html
    assert IDENTITY[:6] not in html


def test_posts_are_counted_where_they_are_and_vacancies_told(root, client_of, official):
    _, street = haizhu(root)
    community = AreaFactory(level="community", parent=street, name="凤和社区")
    station = StationFactory(street=street)
    hire(PostFactory(station=station, kind="admin"))
    point = PointFactory(station=station, name="凤和社工点", communities=[community])
    PostFactory(station=station, point=point)

    table = page_of(client_of(official), station).split("社工点与岗位")[1]
    own, at_point = table.split("凤和社工点")

    assert 'data-label="事务性岗位">1<' in own
    assert "凤和社区" in at_point
    assert 'data-label="服务性岗位">1<' in at_point
    assert 'data-label="空缺">1<' in at_point


def test_finance_sees_the_money_and_not_the_people(root, client_of):
    *_, station = fengyang(root)
    client = client_of(UserFactory(role="city_finance", area=root))

    html = page_of(client, station)

    assert "2,400,000.00" in html
    assert "在岗人员" not in html
    assert "空缺" not in html


def test_the_stations_own_people_reach_it_and_no_other(root, client_of):
    _, street = haizhu(root)
    station, other = staffed(street, number="A"), staffed(street, number="B")
    client = client_of(UserFactory(role="station_head", area=station.area))

    assert station.name in page_of(client, station)
    assert page_of(client, other, 404) == text_of(client, "/stations/999999/", 404)
