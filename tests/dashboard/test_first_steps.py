import pytest

from tests.compliance.ledgers import haizhu
from tests.dashboard.test_area_page import text_of
from tests.factories import AreaFactory, StationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TITLES = ["载入行政区划", "任命各级人员", "导入台账", "发起首次核验"]


@pytest.fixture
def steps(client_of):
    """`steps(user)`: what the home page proposes, as {title: (done, url or command)}."""

    def of(user):
        shown = client_of(user).get("/").context["steps"]
        return {step.title: (step.done, step.url or step.command) for step in shown}

    return of


def test_an_empty_tenant_is_led_from_areas_to_its_first_run(root, official, steps):
    shown = steps(official)

    assert [*shown] == TITLES
    assert shown["载入行政区划"] == (
        False,
        f"manage.py load_areas FILE.csv --tenant {root.tenant.slug} --root {root.code}",
    )
    assert shown["任命各级人员"] == (False, "/appointments/new/")
    assert shown["导入台账"] == (False, "/imports/")
    assert shown["发起首次核验"] == (False, root.get_absolute_url())


def test_each_step_is_done_by_whoever_does_it(root, official, steps):
    _, street = haizhu(root)
    assert [done for done, _ in steps(official).values()] == [True, False, False, False]

    UserFactory(role="street_office", area=street)
    assert [done for done, _ in steps(official).values()] == [True, True, False, False]

    StationFactory(street=street)
    assert [done for done, _ in steps(official).values()] == [True, True, True, False]


def test_a_station_is_no_area_that_somebody_loaded(root, official, steps):
    StationFactory(street=root)

    assert steps(official)["载入行政区划"][0] is False


def test_after_the_first_run_they_are_gone(root, official, judged, client_of, steps):
    haizhu(root)
    judged(root)

    assert steps(official) == {}
    assert "开始使用" not in text_of(client_of(official), "/")


def test_whoever_has_no_part_in_them_is_not_bothered(root, steps):
    for role in ("city_finance", "community_committee", "audit_admin", "worker"):
        assert steps(UserFactory(role=role, area=root)) == {}
    assert steps(UserFactory()) == {}


def test_each_is_led_as_far_as_the_own_verbs_reach(root, steps):
    security = steps(UserFactory(role="security_admin", area=root))
    system = steps(UserFactory(role="system_admin", area=root))

    assert security["任命各级人员"][1] == "/appointments/new/"
    assert security["载入行政区划"][1] == security["导入台账"][1] == ""
    assert system["载入行政区划"][1].startswith("manage.py load_areas")
    assert system["发起首次核验"][1] == ""


def test_they_ask_once_and_never_after_a_run(root, official, judged, client_of, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "dashboard.first_steps._how_it_stands",
        lambda user: asked.append(user) or {"judged": True},
    )
    client = client_of(official)
    client.get("/")
    assert len(asked) == 1

    judged(root)
    client.get("/")
    assert len(asked) == 1


def test_a_run_elsewhere_in_the_tenant_is_a_run(root, judged, steps):
    district, _ = haizhu(root)
    other = AreaFactory(parent=root, level="district", code="440106000000", name="天河区")
    judged(district)

    assert steps(UserFactory(role="district_authority", area=other)) == {}


def test_the_page_says_it_in_order_with_states(root, official, client_of):
    haizhu(root)

    html = text_of(client_of(official), "/")

    assert [html.index(title) for title in TITLES] == sorted(html.index(title) for title in TITLES)
    marks = html.split("开始使用")[1].split("</section>")[0]
    assert marks.count("已完成") == 1
    assert marks.split("下一步")[0].rstrip().count("<li") == 2
    assert '<a href="/imports/">导入台账 ›</a>' in html
