import pytest

from jobs import actions as jobs
from tests.compliance.ledgers import fengyang, haizhu, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import AreaFactory, UserFactory, appointed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 16  # a district has records to review besides


def test_one_place_shows_its_numbers_and_what_is_to_be_done(root, client_of, judged, most_reads):
    district, *_ = fengyang(root)
    judged(root)
    client = client_of(UserFactory(role="district_authority", area=district))

    with most_reads(MOST):
        html = text_of(client, "/")

    assert "10/<wbr>20" in html
    assert "还差 4 人" in html
    assert "先办：不符合要求的" in html
    assert "再有 4 名在岗社工取得证书" in html


def test_ones_own_place_is_taken_away_as_on_its_page(root, client_of, judged):
    district, street, station = fengyang(root)
    judged(root)

    for role, place in (("district_authority", district), ("station_head", station.area)):
        client = client_of(UserFactory(role=role, area=place))
        html, workbook = text_of(client, "/"), f"/areas/{place.code}/dashboard.xlsx"
        assert f'href="{workbook}?level={place.level}"' in html
        assert client.get(f"{workbook}?level={place.level}").status_code == 200
        assert f'action="/areas/{place.code}/paper/?level={place.level}"' in html

    assert "dashboard.xlsx" not in text_of(client_of(UserFactory()), "/")


def test_who_sees_no_verdicts_is_offered_no_paper(root, client_of):
    community = AreaFactory(parent=root, level="community", code="440105001001")

    html = text_of(client_of(UserFactory(role="community_committee", area=community)), "/")

    assert "dashboard.xlsx" in html
    assert "/paper/" not in html


def test_several_places_stand_by_code(root, client_of, judged):
    streets = [AreaFactory(parent=root, code=f"44010500{n}000", name=f"街{n}") for n in (2, 1)]
    user = UserFactory(role="street_office", area=streets[0])
    appointed(user, "street_office", streets[1])
    judged(root)

    html = text_of(client_of(user), "/")

    assert html.index("街1") < html.index("街2")
    assert 'class="tiles"' not in html


def test_problems_of_others_stay_away(root, client_of, judged):
    district, street, station = fengyang(root)
    other = AreaFactory(parent=district, code="440105999000", name="别街道")
    judged(root)

    html = text_of(client_of(UserFactory(role="street_office", area=other)), "/")

    assert station.name not in html
    assert "没有运营中的社工站" in html


def test_problems_stand_as_in_the_list_of_all(root, client_of, official, judged):
    fengyang(root)
    AreaFactory(parent=root, code="440103001000", name="没有社工站的街道")
    judged(root)
    client = client_of(official)

    home, listed = text_of(client, "/"), text_of(client, "/findings/?status=not_met")

    for html in (home, listed):
        assert html.index("凤阳街道社工站 · ") < html.index("没有社工站的街道 · ")


def test_ten_problems_and_the_way_to_the_rest(root, client_of, official, judged):
    AreaFactory.create_batch(11, parent=root)
    judged(root)

    html = text_of(client_of(official), "/")

    assert html.count('class="finding"') == 10
    assert 'href="/findings/?status=not_met"' in html


def test_an_empty_tenant_has_its_steps_once(root, client_of, official):
    html = text_of(client_of(official), "/")

    assert html.count("打开区划") == 1
    assert "台账导入并核验之后" not in html


def test_without_a_part_in_the_steps_one_is_told_what_will_stand_here(root, client_of):
    html = text_of(client_of(UserFactory(role="city_finance", area=root)), "/")

    assert "台账导入并核验之后" in html
    assert f'href="/areas/{root.code}/"' in html


def test_without_an_office_one_is_told_whom_to_ask(root, client_of):
    html = text_of(client_of(UserFactory()), "/")

    assert "你还没有任命" in html


def test_ones_own_jobs_are_at_hand(root, client_of, official):
    other = UserFactory(role="city_authority", area=root)
    for person, number in ((official, 1), (other, 2)):
        jobs.request(kind="quick", area=root, params={}, by=person, effect_key=str(number))

    html = text_of(client_of(official), "/")

    assert html.count("排队中") == 1


def test_a_stations_head_starts_at_the_station(root, client_of, judged):
    _, street = haizhu(root)
    station = staffed(street, certified=1, without=3)
    judged(root)

    html = text_of(client_of(UserFactory(role="station_head", area=station.area)), "/")

    assert station.name in html
    assert "1/<wbr>4" in html


def test_who_reads_no_verdicts_is_not_told_that_there_are_none(root, client_of, judged):
    fengyang(root)
    judged(root)

    html = text_of(client_of(UserFactory(role="audit_admin", area=root)), "/")

    assert "您的职务不查看核验结果。" in html
    assert "还没有核验结果" not in html
    assert "台账导入并核验之后" not in html


def test_a_station_is_not_counted_at_itself(root, client_of, judged):
    *_, station = fengyang(root)
    judged(root)

    html = text_of(client_of(UserFactory(role="station_head", area=station.area)), "/")

    assert "持证比例" in html
    assert "运营中的社工站" not in html
