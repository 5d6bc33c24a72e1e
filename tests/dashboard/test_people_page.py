"""The people behind a certified share."""

import pytest

from compliance.counted import people_counted
from tests.compliance.ledgers import fengyang, haizhu, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import AreaFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 10


def test_the_number_opens_its_people(root, client_of, official, judged):
    _, street, station = fengyang(root)
    judged(root)
    client = client_of(official)

    area, seat = (
        text_of(client, f"/areas/{street.code}/"),
        text_of(client, f"/stations/{station.pk}/"),
    )
    url = f"/areas/{street.code}/people/?level=street"
    assert f'<a href="{url}">10/<wbr>20</a>' in area
    assert f'<a href="/areas/{station.code}/people/?level=station">10/<wbr>20</a>' in seat

    html = text_of(client, url)
    assert "10/20（50.0%）" in html
    assert "持证 10<" in html
    assert "未持证 10<" in html
    assert html.count('data-label="计为"') == 20


def test_names_are_masked_and_those_counted_alike_are_found(root, client_of, official, judged):
    _, street = haizhu(root)
    station = staffed(street, certified=2, pending=1, without=1)
    judged(root)

    html = text_of(client_of(official), f"/areas/{station.code}/people/?as=pending")

    assert html.count('data-label="计为"') == 1
    assert "证书待核验" in html
    for name in station_names(station):
        assert name not in html


def station_names(station):
    from staffing.models import Worker

    return Worker.objects.filter(placements__post__station=station).values_list("name", flat=True)


def test_a_district_knows_its_own_only(root, judged):
    district, street, _station = fengyang(root)
    far = AreaFactory(parent=AreaFactory(level="district", parent=root))
    staffed(far, certified=3, number="P2")
    run = judged(root)

    officer = UserFactory(role="street_office", area=street)
    assert len(people_counted(run.pk, root, officer)) == 20
    assert len(people_counted(run.pk, district, officer)) == 20
    assert people_counted(run.pk, far, officer) == []


def test_who_may_not_see_people_is_not_led_to_them(root, client_of, judged):
    _, street, _station = fengyang(root)
    judged(root)
    client = client_of(UserFactory(role="city_finance", area=root))

    assert "/people/" not in text_of(client, f"/areas/{street.code}/")
    assert client.get(f"/areas/{street.code}/people/").status_code == 403


def test_a_page_of_people_asks_as_often_as_one(root, client_of, official, judged, most_reads):
    _, street = haizhu(root)
    staffed(street, certified=30, without=30)
    judged(root)
    client = client_of(official)

    with most_reads(MOST):
        html = text_of(client, f"/areas/{street.code}/people/")

    assert html.count('data-label="计为"') == 50
    assert "共 60 行" in html


def test_nobody_judged_nobody_counted(root, client_of, official):
    assert "核验之后" in text_of(client_of(official), f"/areas/{root.code}/people/")
