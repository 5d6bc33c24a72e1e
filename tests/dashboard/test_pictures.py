"""Charts, cartogram, and parts that fail alone."""

from datetime import date

import pytest

from compliance.packs import load_pack
from compliance.shares import Share
from compliance.summary import Month, months
from dashboard.cartogram import COLUMNS, positions
from dashboard.pictures import certified_by_month, coverage_by_month
from tenancy.periods import twelve_months
from tests.compliance.ledgers import fengyang, staffed
from tests.dashboard.test_area_page import districts, text_of
from tests.factories import AreaFactory, OverrideFactory, RunFactory, TallyFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
LAST = date(2026, 2, 1)


def counted(area, on, certified, workers=20):
    run = RunFactory(area=area, on=on, requested_by=UserFactory())
    TallyFactory(run=run, area=area, streets=2, covered=1, workers=workers, certified=certified)


def test_a_month_has_its_last_run_and_the_year_begins_eleven_months_before(root, official):
    for on, certified in [
        (date(2025, 2, 28), 1),
        (date(2025, 3, 1), 2),
        (date(2025, 12, 5), 3),
        (date(2025, 12, 31), 4),
        (date(2026, 2, 1), 5),
        (date(2026, 2, 2), 6),
    ]:
        counted(root, on, certified)

    year = months(root, official, LAST)

    assert [(month.on.month, month.certified.num) for month in year] == [(3, 2), (12, 4), (2, 5)]
    assert year[0].coverage == Share(1, 2)


def test_months_beyond_reach_are_left_out(root):
    district, street, _station = fengyang(root)
    counted(district, date(2026, 1, 1), 1)

    assert months(district, UserFactory(role="street_office", area=street), LAST) == []


def test_twelve_months_end_with_the_days_own():
    found = twelve_months(date(2026, 2, 28))

    assert (len(found), found[0], found[-1]) == (12, date(2025, 3, 1), date(2026, 2, 1))


def test_the_floors_stand_across_the_months_and_the_last_is_marked():
    year = [
        Month(date(2025, 12, 31), Share(1, 1), Share(10, 20)),
        Month(date(2026, 1, 31), Share(1, 1), Share(11, 20)),
    ]

    picture = certified_by_month(year, load_pack("guangzhou-2023").bindings, LAST)

    assert "第一年 1/2" in picture.svg
    assert "第三年起 2/3" in picture.svg
    assert "第二年" not in picture.svg
    assert picture.svg.count("stroke-dasharray") == 2
    assert ">55.0%<" in picture.svg
    assert picture.rows == [("2025-12-31", "10/20（50.0%）"), ("2026-01-31", "11/20（55.0%）")]


def test_a_raised_floor_stands_where_it_holds_and_says_whose_it_is(root, client_of, judged):
    district, *_rest = fengyang(root)
    other, _ = districts(root, 2)
    OverrideFactory(
        area=district, rule="CERT-01", parameter="floor", value="3/5", instrument="海民〔2025〕3号"
    )
    OverrideFactory(
        area=district,
        rule="CERT-03",
        parameter="floor",
        value="4/5",
        valid_to=date(2026, 1, 31),  # no more on the day
    )
    judged(root)
    counted(other, LAST, 11)
    client = client_of(UserFactory(role="city_authority", area=root))

    raised, plain = (
        text_of(client, f"/areas/{one.code}/")
        .split("持证比例（按月）</h2>")[1]
        .split("</section>")[0]
        for one in (district, other)
    )

    for words in ("第一年 3/5", "第三年起 2/3", "海珠区按海民〔2025〕3号调整参数为 3/5。"):
        assert words in raised
    assert "4/5" not in raised
    assert "第一年 1/2" in plain
    assert "调整参数" not in plain


def test_nothing_counted_nothing_drawn():
    year = [Month(date(2026, 1, 31), Share(0, 0), Share(0, 0))]

    assert certified_by_month(year, load_pack("guangzhou-2023").bindings, LAST) is None
    assert coverage_by_month(year, LAST) is None
    assert coverage_by_month([], LAST) is None


def test_a_pack_without_floors_draws_the_share_alone():
    year = [Month(date(2026, 1, 31), Share(1, 1), Share(11, 20))]

    picture = certified_by_month(year, load_pack("handan").bindings, LAST)

    assert "stroke-dasharray" not in picture.svg


def test_on_post_stands_against_agreed_by_district(root, client_of, official, judged):
    one, two = districts(root, 2)
    staffed(AreaFactory(parent=one), certified=3, number="P1", agreed_heads=5)
    staffed(AreaFactory(parent=two), certified=2, number="P2", agreed_heads=2)
    judged(root)

    html = text_of(client_of(official), f"/areas/{root.code}/")

    picture = html.split("在岗与约定人数</h2>")[1].split("</section>")[0]
    assert picture.index("第1区") < picture.index("3/5") < picture.index("第2区")
    assert "5/7" in picture
    assert "以表格查看" in picture


def test_a_district_is_a_tile_with_word_and_count(root, client_of, official, judged):
    one, two = districts(root, 2)
    staffed(AreaFactory(parent=one), certified=1, without=3, number="P1")
    judged(one)

    html = text_of(client_of(official), f"/areas/{root.code}/?on=2026-02-01")

    tiles = html.split('<ul class="cartogram">')[1].split("</ul>")[0]
    first, second = tiles.split("</li>")[:2]
    assert f'href="/areas/{one.code}/"' in first
    assert "未达标" in first
    assert "项待处理" in first
    assert "数据不足" in second
    assert 'class="gap"' not in tiles


def test_guangzhous_districts_stand_where_they_lie(client_of):
    city = AreaFactory(level="city", code="440100000000", name="广州市")
    for code in positions()["440100000000"]:
        AreaFactory(level="district", code=code, name=f"区{code}", parent=city)

    html = text_of(client_of(UserFactory(role="city_authority", area=city)), f"/areas/{city.code}/")

    tiles = html.split('<ul class="cartogram">')[1].split("</ul>")[0].split("</li>")[:-1]
    assert 'class="gap"' in tiles[0]
    assert "440114000000" in tiles[1]
    assert "440103000000" in tiles[2 * COLUMNS]


def test_positions_fit_the_grid_and_no_two_are_one():
    for below in positions().values():
        places = list(below.values())
        assert all(0 <= column < COLUMNS and row >= 0 for column, row in places)
        assert len(set(places)) == len(places)


@pytest.mark.parametrize("broken", ["heads_by_place", "months", "certified_by_month"])
def test_a_broken_part_leaves_the_rest(
    root, client_of, official, judged, monkeypatch, caplog, broken
):
    district, *_rest = fengyang(root)
    judged(root)

    def fail(*_args):
        raise ZeroDivisionError("a part broke")

    monkeypatch.setattr(f"dashboard.pictures.{broken}", fail)
    html = text_of(client_of(official), f"/areas/{district.code}/")

    assert "这一部分暂时显示不了" in html
    assert "凤阳街道" in html
    assert "10/<wbr>20" in html
    assert "a part broke" in caplog.text


def test_a_part_the_database_refuses_leaves_the_rest(
    root, client_of, official, judged, monkeypatch
):
    from django.db import connection

    district, *_rest = fengyang(root)
    judged(root)

    def refuse(*_args):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr("dashboard.pictures.heads_by_place", refuse)
    html = text_of(client_of(official), f"/areas/{district.code}/")

    assert "这一部分暂时显示不了" in html
    assert "持证比例（按月）" in html
    assert "凤阳街道" in html
