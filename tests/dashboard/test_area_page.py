from datetime import date

import pytest

from tenancy.context import tenant_context
from tenancy.models import Area
from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang, haizhu, staffed
from tests.conftest import suspended
from tests.factories import AreaFactory, OrganisationFactory, TenantFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 15


def text_of(client, url, status=200):
    response = client.get(url)
    assert response.status_code == status, (url, response.status_code)
    return response.content.decode()


def districts(root, number):
    return [
        AreaFactory(level="district", code=f"4401{n:02}000000", name=f"第{n}区", parent=root)
        for n in range(1, number + 1)
    ]


@pytest.mark.parametrize("number", [2, 40])
def test_a_page_asks_fifteen_times_however_many_lie_below(
    root, client_of, official, judged, most_reads, number
):
    for district in districts(root, number):
        staffed(AreaFactory(parent=district), certified=1, without=1, number=district.code)
    OrganisationFactory(area=root)
    judged(root)
    client = client_of(official)

    with most_reads(MOST):
        html = text_of(client, f"/areas/{root.code}/")

    assert html.count("/areas/4401") >= number
    assert "镇街覆盖" in html


def test_a_street_page_asks_fifteen_times(root, client_of, official, judged, most_reads):
    district, street = haizhu(root)
    for number in range(4):
        staffed(street, certified=1, without=1, number=f"X{number}")
    AreaFactory.create_batch(10, level="community", parent=street)
    OrganisationFactory(area=street)
    judged(root)
    client = client_of(official)

    with most_reads(MOST):
        html = text_of(client, f"/areas/{street.code}/")

    assert html.count("/stations/") == 4
    assert district.name in html


def test_the_first_year_is_met_and_the_third_lacks_four(root, client_of, official, judged):
    district, street, station = fengyang(root)

    judged(root, on=YEAR_1)
    html = text_of(client_of(official), f"/areas/{street.code}/")
    assert "10/<wbr>20" in html
    assert "50.0%" in html
    assert "达标" in html
    assert "还差" not in html.split("<table")[0]

    judged(root, on=YEAR_3)
    html = text_of(client_of(official), f"/areas/{district.code}/")
    assert "10/<wbr>20" in html
    assert "未达标" in html
    assert "还差 4 人" in html
    assert "核验日 2025-12-01" in html
    assert "广州市" in html

    html = text_of(client_of(official), f"/stations/{station.pk}/")
    assert "再有 4 名在岗社工取得证书，或新聘 10 名持证社工。" in html


def test_without_a_run_the_page_says_so_and_offers_one(root, client_of, official):
    html = text_of(client_of(official), f"/areas/{root.code}/")

    assert "还没有核验结果" in html
    assert f'action="/areas/{root.code}/evaluate/"' in html
    assert f'href="/reports/new/?area={root.code}&amp;level=city"' in html


def test_who_may_not_judge_is_not_offered_it(root, client_of):
    finance = UserFactory(role="city_finance", area=root)

    html = text_of(client_of(finance), f"/areas/{root.code}/")

    assert "立即核验" not in html
    assert "生成合规报告" not in html
    assert "本区划任命" not in html


def test_children_stand_by_code_fifty_a_page(root, client_of, official):
    districts(root, 60)
    client = client_of(official)

    first, second = (
        text_of(client, "/areas/440100000000/"),
        text_of(client, "/areas/440100000000/?page=2"),
    )

    assert first.index("第1区") < first.index("第2区") < first.index("第50区")
    assert "第51区" not in first
    assert "第51区" in second
    assert "第 1/2 页，共 60 行" in first


def test_a_place_is_judged_by_words_never_by_its_number(root, client_of, official, judged):
    high, low = districts(root, 2)
    staffed(AreaFactory(parent=high), certified=1, without=3, number="P1")
    staffed(AreaFactory(parent=low), certified=4, number="P2")
    judged(root)

    table = text_of(client_of(official), f"/areas/{root.code}/").split("<tbody>")[1]

    assert table.index("第1区") < table.index("第2区")
    assert table.index("未达标") < table.index("第2区") < table.index("达标", table.index("第2区"))


def test_the_way_above_ones_place_is_told_but_not_opened(root, client_of):
    district, street = haizhu(root)
    officer = UserFactory(role="street_office", area=street)

    html = text_of(client_of(officer), f"/areas/{street.code}/")

    path = html.split('<ol class="scope">')[1].split("</ol>")[0]
    assert '<span class="quiet">海珠区</span>' in path
    assert f"/areas/{district.code}/" not in html
    assert f'href="/areas/{street.code}/" aria-current="page"' in path


def test_outside_looks_like_nowhere(root, client_of):
    district, street = haizhu(root)
    other = AreaFactory(parent=district, code="440105999000")
    client = client_of(UserFactory(role="street_office", area=street))

    answers = {client.get(f"/areas/{code}/").content for code in (other.code, "999999999999")}

    assert len(answers) == 1
    assert client.get(f"/areas/{other.code}/").status_code == 404


def test_another_tenants_area_is_nowhere(root, client_of, official):
    with suspended():
        foreign = TenantFactory()
        with tenant_context(foreign.pk):
            AreaFactory(level="city", code="130400000000", name="金丝雀市")

    assert "金丝雀" not in text_of(client_of(official), "/areas/130400000000/", 404)
    assert "金丝雀" not in text_of(client_of(official), "/areas/?q=1304")
    assert "金丝雀" not in text_of(client_of(official), "/")


def test_a_double_code_means_the_higher_place(root, client_of):
    city = AreaFactory(level="city", code="441900000000", name="东莞市", parent=root)
    AreaFactory(level="district", code="441900000000", name="东莞市直辖", parent=city)
    client = client_of(UserFactory(role="city_authority", area=city))

    html = text_of(client, "/areas/441900000000/")

    assert "<title>东莞市 ·" in html
    assert 'href="/areas/441900000000/?level=district"' in html
    assert "<title>东莞市直辖 ·" in text_of(client, "/areas/441900000000/?level=district")


def test_levels_are_called_as_the_tenant_calls_them(tenant, client_of):
    tenant.labels = {"level": {"city": "市州", "district": "县"}}
    tenant.save()
    province = AreaFactory(level="province", code="520000000000", name="贵州省")
    city = AreaFactory(level="city", code="520100000000", name="贵阳市", parent=province)
    AreaFactory(level="district", code="520121000000", name="开阳县", parent=city)
    client = client_of(UserFactory(role="city_authority", area=province))

    assert "市州" in text_of(client, "/areas/520000000000/")
    assert ">县<" in text_of(client, "/areas/520100000000/")


def test_a_level_may_be_skipped(root, client_of, official):
    AreaFactory(code="441900003000", name="东城街道", parent=root)

    html = text_of(client_of(official), f"/areas/{root.code}/")

    assert "东城街道" in html
    assert ">镇街<" in html


def test_a_closed_place_leads_to_its_successor(root, client_of, official):
    heir = AreaFactory(parent=root, name="新街道")
    old = AreaFactory(parent=root, name="旧街道", valid_to=date(2025, 12, 31), successor=heir)
    client = client_of(official)

    html = text_of(client, f"/areas/{old.code}/")

    assert "已于2025年12月31日撤销。" in html
    assert f'href="{heir.get_absolute_url()}">新街道' in html
    assert "立即核验" not in html
    assert "旧街道" not in text_of(client, f"/areas/{root.code}/")


def test_a_stations_node_shows_the_station(root, client_of, official):
    _, street = haizhu(root)
    station = staffed(street)

    response = client_of(official).get(f"/areas/{station.code}/")

    assert response.status_code == 302
    assert response.url == f"/stations/{station.pk}/"


def test_a_node_left_behind_leads_on(root, client_of, official):
    _, street = haizhu(root)
    station = staffed(street)
    Area.objects.filter(pk=station.area_id).update(code="OLD", valid_to=date(2025, 1, 1))
    heir = AreaFactory(level="station", code="NEW", parent=street)
    Area.objects.filter(code="OLD").update(successor=heir)

    assert client_of(official).get("/areas/OLD/").url == heir.get_absolute_url()


def test_who_has_a_seat_or_an_office_here_is_told(root, client_of, official):
    OrganisationFactory(area=root, name="市民政局", kind="authority")

    html = text_of(client_of(official), f"/areas/{root.code}/")

    assert "市民政局" in html
    assert "本区划任命" in html
    assert f'href="/appointments/?area={root.code}&amp;level=city"' in html


def test_a_community_committee_meets_its_place_without_figures(root, client_of, judged):
    _, street, station = fengyang(root)
    community = AreaFactory(level="community", parent=street, name="凤和社区")
    judged(root)
    client = client_of(UserFactory(role="community_committee", area=community))

    html = text_of(client, f"/areas/{community.code}/")

    assert "凤和社区" in html
    assert "持证" not in html
    assert "运营中的社工站" not in html
    assert client.get(f"/stations/{station.pk}/").status_code == 404
