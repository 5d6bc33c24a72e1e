"""What a report would say, before anybody orders it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance import actions
from compliance.models import Report, Run
from compliance.reports import preview
from compliance.reports.contents import contents_of
from compliance.reports.preview import preview_of
from jobs.models import Job
from tenancy.periods import parse_period
from tests.compliance.ledgers import fengyang, hire, staffed
from tests.factories import AreaFactory, PostFactory, StationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PERIOD = parse_period("2025-Q4")


def previewed(client, area, period="2025-Q4"):
    return client.get("/reports/new/", {"area": area.pk, "period": period})


def amiss(root):
    """A city with something to tell of each sort."""
    district, _street, station = fengyang(root)
    station.assignments.all().delete()
    PostFactory(station=station)
    hire(PostFactory(station=station), name="欧阳某某")
    staffed(AreaFactory(parent=root), pending=3, without=1, number="P-2")
    AreaFactory(parent=district)
    return district


def test_it_says_what_the_report_will_say(root, official):
    district = amiss(root)

    for area in (root, district):
        before = preview_of(area, PERIOD, official)
        after = contents_of(actions.build_report(area=area, period=PERIOD, by=official))

        same = {"report": before.report, "whole": before.whole}
        assert replace(after, **same, areas=before.areas, stations=before.stations) == before
        for told in ("areas", "stations"):
            assert figures(getattr(before, told).rows) == figures(getattr(after, told).rows)
        assert figures_of(before.whole) == figures_of(after.whole)


def figures(rows):
    return [(row.code, row.name, row.where, row.is_group, figures_of(row.figures)) for row in rows]


def figures_of(summary):
    """Without the run, which a preview has none of."""
    return replace(summary, run_id=0)


def test_the_page_shows_it_and_writes_nothing(root, client_of, official):
    district = amiss(root)

    response = previewed(client_of(official), district)

    html = response.content.decode()
    assert response.status_code == 200
    assert "海珠区2025年第四季度社工服务站" in html
    assert "人没有在期的督导安排" in html
    assert "欧阳" not in html
    assert "第1版" not in html
    assert f'name="area" value="{district.pk}"' in html
    assert 'name="period" value="2025-Q4"' in html
    assert not Run.objects.exists()
    assert not Report.objects.exists()
    assert not Job.objects.exists()


def test_what_lies_beyond_reach_is_not_previewed(root, client_of):
    district, street, _station = fengyang(root)
    client = client_of(UserFactory(role="street_office", area=street))

    response = previewed(client, district)

    assert response.status_code == 422
    assert response.context["contents"] is None
    assert "海珠区2025年" not in response.content.decode()


@pytest.mark.parametrize(
    ("period", "words"), [("2099", "period"), ("2022-Q4", "period"), ("2023-Q1", "2023-04-07")]
)
def test_what_cannot_be_had_is_told_and_the_choice_kept(
    root, client_of, official, monkeypatch, period, words
):
    response = previewed(client_of(official), root, period)

    assert response.status_code == 422
    assert words in str(response.context["form"].errors)
    assert response.context["form"]["period"].value() == period
    assert "生成合规报告</button>" not in response.content.decode()


def test_a_wide_area_is_ordered_without_a_preview(root, client_of, official, monkeypatch):
    monkeypatch.setattr(preview, "MOST_STATIONS", 1)
    street = AreaFactory(parent=root)
    StationFactory(street=street)
    client = client_of(official)

    assert previewed(client, root).context["contents"]
    StationFactory(street=street)
    response = previewed(client, root)

    assert response.context["contents"] is None
    assert "范围较大" in response.content.decode()
    assert 'name="period" value="2025-Q4"' in response.content.decode()


def test_more_stations_ask_for_no_more_queries(root, official):
    amiss(root)
    few = queries_of(root, official)
    for number in range(3):
        staffed(AreaFactory(parent=root), certified=1, number=f"Q-{number}")

    assert queries_of(root, official) <= few


def queries_of(area, by):
    with CaptureQueriesContext(connection) as asked:
        preview_of(area, PERIOD, by)
    return len(asked)
