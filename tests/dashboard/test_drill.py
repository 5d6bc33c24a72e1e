"""From the city down: one answer of three left, and any past day."""

from datetime import date, timedelta

import pytest

from tests.compliance.ledgers import YEAR_1, YEAR_3, fengyang, haizhu, hire, staffed
from tests.dashboard.test_area_page import districts, text_of
from tests.factories import AreaFactory, PlacementFactory, PostFactory, StationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def rows_of(html):
    """The names in the heads of the rows of a page's tables."""
    return [row.split("</th>")[0] for row in html.split('<th scope="row">')[1:]]


def named(html, names):
    return [name for name in names if any(name in row for row in rows_of(html))]


@pytest.fixture
def three(root, judged):
    """A district that fails, one that is kept, one where nobody has been judged."""
    fails, met, unknown = districts(root, 3)
    staffed(AreaFactory(parent=fails), certified=1, without=3, number="P1")
    staffed(AreaFactory(parent=met), certified=4, number="P2")
    judged(fails)
    judged(met)
    return root


NAMES = ["第1区", "第2区", "第3区"]


def test_a_filter_leaves_the_places_with_one_answer(three, client_of, official):
    client, url = client_of(official), f"/areas/{three.code}/"
    shown = {
        asked: named(text_of(client, f"{url}?standing={asked}"), NAMES)
        for asked in ("", "not_met", "no_data", "nonsense")
    }

    assert shown["not_met"] == ["第1区", "第2区"]
    assert shown["no_data"] == ["第3区"]
    assert shown[""] == shown["nonsense"] == NAMES


def test_the_filter_says_how_many_and_which_is_chosen(three, client_of, official):
    html = text_of(client_of(official), f"/areas/{three.code}/?standing=no_data&page=1")

    assert '<a href="?standing=no_data" aria-current="true"' in html
    assert "数据不足 1<" in html
    assert "达标 0<" in html
    assert "全部 3<" in html


def test_paging_keeps_the_filter(root, client_of, official):
    districts(root, 60)

    html = text_of(client_of(official), f"/areas/{root.code}/?standing=no_data")

    assert "?standing=no_data&amp;page=2" in html
    assert "第60区" in text_of(client_of(official), f"/areas/{root.code}/?standing=no_data&page=2")


def test_nobody_with_the_answer_is_said(three, client_of, official):
    html = text_of(client_of(official), f"/areas/{three.code}/?standing=met")

    assert "没有这样的区划。" in html
    assert "达标 0<" in html


def test_the_stations_of_a_street_are_left_out_the_same_way(root, client_of, official, judged):
    _, street = haizhu(root)
    failing = staffed(street, certified=1, without=3, number="P1")
    StationFactory(street=street, name="无人核验站")
    judged(failing.area.parent)
    StationFactory(street=street, name="新设站")
    client = client_of(official)

    html = text_of(client, f"/areas/{street.code}/?standing=no_data")

    assert "新设站" in html
    assert failing.name not in html.split("<table")[1]
    assert "没有这样的社工站。" in text_of(client, f"/areas/{street.code}/?standing=waived")


def test_a_past_day_has_the_figures_of_its_run(root, client_of, official, judged):
    district, street, station = fengyang(root)
    judged(root, on=YEAR_1)
    judged(root, on=YEAR_3)
    client = client_of(official)

    html = text_of(client, f"/areas/{district.code}/?on=2024-01-15")

    assert "现在看到的是2024年1月15日的情况" in html
    assert "核验日 2023-12-01" in html
    assert "还差 4 人" not in html
    assert f'href="/areas/{street.code}/?on=2024-01-15"' in html
    assert f'href="/areas/{root.code}/?on=2024-01-15"' in html
    assert "立即核验" not in html
    below = text_of(client, f"/areas/{street.code}/?on=2024-01-15")
    assert f'href="/stations/{station.pk}/?on=2024-01-15"' in below


def test_before_the_first_run_there_is_nothing_to_say(root, client_of, official, judged):
    fengyang(root)
    judged(root, on=YEAR_3)

    html = text_of(client_of(official), f"/areas/{root.code}/?on=2024-01-15")

    assert "这一天和之前没有核验结果。" in html


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("2026-02-02", "这一天还没有到。请填今天或更早的日期。"),
        ("2026-02-30", "看不出是哪一天。请写成 2026-10-31 这样。"),
        ("昨天", "看不出是哪一天。请写成 2026-10-31 这样。"),
    ],
)
def test_a_day_that_cannot_be_is_explained(root, client_of, official, asked, sentence):
    _, _, station = fengyang(root)
    client = client_of(official)

    for url in (f"/areas/{root.code}/", f"/stations/{station.pk}/"):
        html = text_of(client, f"{url}?on={asked}")
        assert sentence in html
        assert "下面是今天的情况。" in html
        assert f'value="{asked}"' in html


def test_today_is_no_past_day(root, client_of, official, today):
    html = text_of(client_of(official), f"/areas/{root.code}/?on={today}")

    assert "现在看到的是" not in html


def test_choosing_a_day_keeps_level_and_filter(root, client_of, official):
    html = text_of(client_of(official), f"/areas/{root.code}/?level=city&standing=met&page=1")

    form = html.split('<form class="day')[1].split("</form>")[0]
    assert 'name="level" value="city"' in form
    assert 'name="standing" value="met"' in form
    assert 'name="page"' not in form


def test_a_station_shows_who_was_there_on_the_day(root, client_of, official):
    _, street = haizhu(root)
    station = staffed(street)
    post = PostFactory(station=station, kind="admin", title="站长")
    left = hire(post, name="张三丰", starts_on=date(2024, 1, 1))
    left.placements.update(ends_on=date(2024, 6, 30))
    hire(post, name="李四光", starts_on=date(2024, 7, 1))

    html = text_of(client_of(official), f"/stations/{station.pk}/?on=2024-03-01")

    assert "张*丰" in html
    assert "李*光" not in html
    assert "第 1/3 年" in html


def test_a_street_lists_the_stations_that_sat_in_it(root, client_of, official, today):
    district, street = haizhu(root)
    other = AreaFactory(parent=district, name="新港街道")
    station = staffed(street)
    moved_on = today - timedelta(days=100)
    station.seats.update(valid_to=moved_on - timedelta(days=1))
    station.seats.create(street=other, valid_from=moved_on)
    client = client_of(official)

    assert station.code in text_of(client, f"/areas/{other.code}/")
    assert station.code not in text_of(client, f"/areas/{other.code}/?on=2025-01-01")
    assert station.code in text_of(client, f"/areas/{street.code}/?on=2025-01-01")


def test_an_area_of_later_is_not_there_yet(root, client_of, official):
    AreaFactory(parent=root, level="district", name="新区", valid_from=date(2025, 1, 1))
    client = client_of(official)

    assert "新区" in text_of(client, f"/areas/{root.code}/")
    assert "新区" not in text_of(client, f"/areas/{root.code}/?on=2024-12-31")


def test_a_stations_node_keeps_the_day(root, client_of, official):
    _, street = haizhu(root)
    station = PlacementFactory(post__station=StationFactory(street=street)).post.station

    answer = client_of(official).get(f"/areas/{station.area.code}/?on=2025-01-01")

    assert answer.url == f"/stations/{station.pk}/?on=2025-01-01"
