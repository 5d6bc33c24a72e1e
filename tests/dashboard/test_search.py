import pytest
from django.utils.http import urlencode

from tests.compliance.ledgers import haizhu, staffed
from tests.dashboard.test_area_page import text_of
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    PlacementFactory,
    PostFactory,
    ProjectFactory,
    StationFactory,
    UserFactory,
    WorkerFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def found(client, words):
    html = text_of(client, f"/areas/?{urlencode({'q': words})}")
    return html.split("<tbody>")[1] if "<tbody>" in html else ""


@pytest.mark.parametrize(
    "words", ["凤阳", " 凤阳 ", "440105015", "４４０１０５０１５０００", "凤阳街道"]
)
def test_a_street_is_found_however_it_is_typed(root, client_of, official, words):
    _, street = haizhu(root)

    rows = found(client_of(official), words)

    assert f'href="{street.get_absolute_url()}"' in rows
    assert "海珠区" in rows


def test_an_alias_finds_the_street(root, client_of, official):
    AreaFactory(parent=root, name="丛台东街道", aliases=["丛东街道"], alias_text="丛东街道")

    assert "丛台东街道" in found(client_of(official), "丛东")


def test_a_station_is_found_by_name_and_code(root, client_of, official):
    _, street = haizhu(root)
    station = staffed(street)
    client = client_of(official)

    assert f"/areas/{station.code}/" in found(client, "凤阳街道社工站")
    assert station.name in found(client, station.code)


def test_a_station_is_not_found_by_who_may_not_see_stations(root, client_of):
    _, street = haizhu(root)
    station = staffed(street)
    client = client_of(UserFactory(role="community_committee", area=street))

    rows = found(client, "凤阳")

    assert "凤阳街道" in rows
    assert station.code not in rows


def test_what_lies_elsewhere_is_not_found(root, client_of):
    district, street = haizhu(root)
    AreaFactory(parent=district, name="别街道", code="440105999000")
    client = client_of(UserFactory(role="street_office", area=street))

    for words in ("别街道", "440105999000", "没有的", "%", "_"):
        assert found(client, words) == ""
    assert "没有找到" in text_of(client, "/areas/?q=440105999000")


def test_fifty_a_page_and_the_words_stay(root, client_of, official):
    AreaFactory.create_batch(60, parent=root)

    html = text_of(client_of(official), "/areas/?q=44&page=2")

    assert "第 2/2 页" in html
    assert 'value="44"' in html


@pytest.mark.parametrize("words", ["", " ", "　"])
def test_without_words_stand_the_own_topmost_areas(root, client_of, words):
    district, street = haizhu(root)
    client = client_of(UserFactory(role="street_office", area=street))

    rows = found(client, words)

    assert f'href="{street.get_absolute_url()}"' in rows
    assert rows.count("<tr>") == 1


@pytest.mark.parametrize("number", [2, 40])
def test_a_search_asks_as_often_however_much_it_finds(
    root, client_of, official, most_reads, number
):
    AreaFactory.create_batch(number, parent=root)
    client = client_of(official)

    with most_reads(9):
        text_of(client, "/areas/?q=测试")


@pytest.mark.parametrize("url", ["/areas/?q=a%00", "/areas/%00/"])
def test_what_no_text_can_hold_is_refused(root, client_of, official, url):
    text_of(client_of(official), url, 400)


def test_people_and_projects_are_found_too(root, client_of, official):
    _, street = haizhu(root)
    station = StationFactory(street=street)
    worker = WorkerFactory(home=street, name="欧阳娜娜")
    PlacementFactory(worker=worker, post=PostFactory(station=station))
    project = ProjectFactory(station=station, operator=OrganisationFactory(area=street))

    by_code = text_of(client_of(official), f"/areas/?{urlencode({'q': worker.code})}")
    by_number = text_of(client_of(official), f"/areas/?{urlencode({'q': project.number})}")

    assert f"/ledgers/workers/{worker.pk}/" in by_code
    assert f"/ledgers/projects/{project.pk}/" in by_number


def test_a_name_finds_a_person_for_those_only_who_keep_the_roster(root, client_of, official):
    _, street = haizhu(root)
    worker = WorkerFactory(home=street, name="欧阳娜娜")
    PlacementFactory(worker=worker, post=PostFactory(station=StationFactory(street=street)))
    head = UserFactory(role="station_head", area=worker.placements.get().post.station.area)
    stranger = UserFactory(role="street_office", area=AreaFactory(parent=root))
    address, row = f"/areas/?{urlencode({'q': '欧阳'})}", f"/ledgers/workers/{worker.pk}/"

    seen = {who: row in text_of(client_of(who), address) for who in (head, official, stranger)}

    assert seen == {head: True, official: False, stranger: False}
