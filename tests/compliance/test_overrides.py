"""Overrides: who may make them, whom they bind, who knows of them, and what cites them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.files.base import ContentFile

from compliance import actions
from compliance.actions import openings, overrides
from compliance.actions.overrides import end_override, override_parameter
from compliance.assessment import assess
from compliance.facts import load
from compliance.findings import Finding
from compliance.lines import line_of, parameters_of
from compliance.models import Override, RunFinding
from compliance.packs import load_pack
from compliance.refused_entries import REFUSALS, in_words
from compliance.rules.overrides import Direction
from compliance.shares import Share
from tenancy import audit
from tenancy.actions.areas import Renewal, merge_area, replace_area
from tenancy.models import AuditEvent, User
from tenancy.permissions import Permission
from tests.compliance.ledgers import HZ_FY_STARTS, YEAR_1, fengyang, haizhu
from tests.factories import AreaFactory, OverrideFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FIRST = date(2023, 5, 1)
LATER = date(2026, 3, 1)
PDF = b"%PDF-1.7"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def by(tenant):
    return User.objects.system(tenant)


def made(area, by, rule="POST-06", parameter="price", value="130000", **stated):
    given = {
        "valid_from": FIRST,
        "valid_to": None,
        "instrument": "海民〔2023〕3号",
        "document": ContentFile(PDF, "通知.PDF"),
    }
    return override_parameter(
        area=area, by=by, **{"rule": rule, "parameter": parameter, "value": value} | given | stated
    )


def verdict(area, rule, on=YEAR_1):
    findings = assess(area, on, load_pack("guangzhou-2023")).findings
    return next(one for one in findings if one.rule == rule and one.subject.kind == "project")


def test_a_district_raises_the_price_and_the_finding_cites_it(root, by):
    district, *_ = fengyang(root)
    assert verdict(root, "POST-06").status == "met"

    made(district, by)

    finding = verdict(root, "POST-06")
    assert (finding.status, finding.shortfall.yuan) == ("watch", Decimal("200000.00"))
    assert [(one.value, one.area, one.instrument) for one in finding.adjustments] == [
        ("130000", "海珠区", "海民〔2023〕3号")
    ]


def test_it_binds_nobody_elsewhere(root, by):
    fengyang(root)
    made(AreaFactory(level="district", parent=root), by)

    assert verdict(root, "POST-06").status == "met"


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "binds"),
    [
        (HZ_FY_STARTS, None, True),
        (HZ_FY_STARTS + DAY, None, False),
        (FIRST, HZ_FY_STARTS, True),
        (FIRST, HZ_FY_STARTS - DAY, False),
    ],
)
def test_the_price_is_that_of_the_projects_first_day(root, by, valid_from, valid_to, binds):
    district, *_ = fengyang(root)
    made(district, by, valid_from=valid_from, valid_to=valid_to)

    assert (verdict(root, "POST-06").status == "watch") is binds


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "binds"),
    [
        (YEAR_1, None, True),
        (YEAR_1 + DAY, None, False),
        (FIRST, YEAR_1, True),
        (FIRST, YEAR_1 - DAY, False),
    ],
)
def test_a_floor_is_that_of_the_day(root, by, valid_from, valid_to, binds):
    district, *_ = fengyang(root)
    made(district, by, "CERT-01", "floor", "2/3", valid_from=valid_from, valid_to=valid_to)

    finding = verdict(root, "CERT-01")
    assert finding.required == (Share(2, 3) if binds else Share(1, 2))
    assert (finding.status == "not_met") is binds


def test_the_deepest_area_holds(root, by):
    district, street, _station = fengyang(root)
    made(root, by, "CERT-01", "floor", "3/5")
    made(district, by, "CERT-01", "floor", "2/3")
    made(street, by, "CERT-01", "floor", "3/4")

    assert verdict(root, "CERT-01").required == Share(3, 4)
    assert verdict(street, "CERT-01").required == Share(3, 4)
    assert verdict(district, "CERT-01").adjustments[0].area == "凤阳街道"


def test_of_two_parameters_each_has_its_own(root, by):
    district, *_ = fengyang(root)
    made(root, by, "CERT-01", "grace_days", "400")
    made(district, by, "CERT-01", "floor", "2/3")

    finding = verdict(root, "CERT-01")
    assert (finding.status, finding.required) == ("watch", Share(2, 3))
    assert [one.parameter for one in finding.adjustments] == ["floor", "grace_days"]


def test_days_words_and_flags_are_read_as_typed(root, by):
    for parameter, value in (("grace_days", "45"), ("lapsed_counts", "false")):
        made(root, by, "CERT-01", parameter, value)

    bindings = assess(root, YEAR_1, load_pack("guangzhou-2023")).bindings
    bound = next(one for one in bindings if one.rule == "CERT-01").at(root.path, YEAR_1)
    assert (bound.count("grace_days"), bound.flag("lapsed_counts")) == (45, False)


@pytest.mark.parametrize(
    ("stated", "refused"),
    [
        ({"rule": "CERT-99"}, overrides.UnknownParameter),
        ({"parameter": "floor"}, overrides.UnknownParameter),
        ({"rule": "COV-01", "parameter": "floor", "value": "1/2"}, overrides.NotOverridable),
        ({"value": "much"}, overrides.UnreadableValue),
        ({"value": "0"}, overrides.UnreadableValue),
        ({"value": "1.005"}, overrides.UnreadableValue),
        ({"rule": "CERT-01", "parameter": "floor", "value": "5/4"}, overrides.UnreadableValue),
        ({"rule": "CERT-01", "parameter": "grace_days", "value": "-1"}, overrides.UnreadableValue),
        (
            {"rule": "CERT-01", "parameter": "lapsed_counts", "value": "2"},
            overrides.UnreadableValue,
        ),
        ({"value": "119999.99"}, overrides.WrongDirection),
        ({"value": "120000.00"}, overrides.WrongDirection),
        ({"rule": "CERT-03", "parameter": "floor", "value": "1/2"}, overrides.WrongDirection),
        ({"valid_from": date(2023, 4, 6)}, overrides.WrongDirection),
        ({"valid_to": FIRST - DAY}, overrides.EndsBeforeItBegins),
    ],
)
def test_what_the_pack_does_not_allow_is_refused(root, by, stated, refused):
    district, _street = haizhu(root)

    with pytest.raises(refused) as told:
        made(district, by, **stated)
    assert in_words(told.value).endswith("。")
    assert not Override.objects.exists()


def test_the_city_may_go_either_way_with_the_price(root, by):
    assert made(root, by, value="110000").value == "110000"


@pytest.mark.parametrize(
    ("value", "allowed"), [("140000.01", True), ("140000", False), ("130000", False)]
)
def test_a_district_goes_up_from_what_the_city_has_set(root, by, value, allowed):
    district, _street = haizhu(root)
    made(root, by, value="140000")

    if allowed:
        made(district, by, value=value)
    else:
        with pytest.raises(overrides.WrongDirection):
            made(district, by, value=value)


@pytest.mark.parametrize("level", ["community", "station"])
def test_a_community_or_a_station_sets_nothing(root, by, level):
    with pytest.raises(overrides.NotThisLevel):
        made(AreaFactory(level=level, parent=root), by)


def test_a_level_that_the_pack_leaves_out_may_not(root, by, tenant, monkeypatch, tmp_path):
    text = """
id = "strict"
version = "1"
title = "办法"
issuer = ""
document = ""
jurisdiction = "440100000000"
source = "公报"
clauses = [{ id = "a", article = "", summary = "摘要", source = "公报", inferred = false }]
[[bindings]]
rule = "POST-06"
clause = "a"
[bindings.parameters]
price = { value = [{ from = 2020-01-01, yuan = "1.00" }], override = { city = "any" } }
"""
    (tmp_path / "strict.toml").write_text(text, "utf-8")
    monkeypatch.setattr(overrides, "load_pack", lambda _id: load_pack("strict", tmp_path))

    made(root, by)
    with pytest.raises(overrides.NotThisLevel):
        made(AreaFactory(level="district", parent=root), by)


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        ((FIRST, None), (FIRST + DAY, None), True),
        ((FIRST, FIRST + DAY), (FIRST + DAY, None), True),
        ((FIRST, FIRST + DAY), (FIRST + 2 * DAY, None), False),
    ],
)
def test_one_value_a_day(root, by, first, second, clash):
    district, _street = haizhu(root)
    made(district, by, valid_from=first[0], valid_to=first[1])
    made(root, by, valid_from=second[0], valid_to=second[1])

    if clash:
        with pytest.raises(overrides.AlreadyOverridden):
            made(district, by, value="150000", valid_from=second[0], valid_to=second[1])
    assert Override.objects.count() == 2


def test_it_is_written_down_with_its_paper(root, by):
    override = made(root, by)
    audit.append_pending()

    event = AuditEvent.objects.get(verb="override-parameter")
    assert (event.target_id, event.place) == (override.pk, root.path)
    assert event.detail["instrument"] == "海民〔2023〕3号"
    assert override.document.name.endswith(".pdf")
    assert "通知" not in override.document.name
    with Override.objects.get().document.open() as paper:
        assert paper.read() == PDF


def test_an_end_is_one_of_its_days_and_comes_once(root, by):
    override = made(root, by, valid_to=FIRST + 9 * DAY)

    for day in (FIRST - DAY, FIRST + 10 * DAY):
        with pytest.raises(overrides.OutsideItsTerm):
            end_override(override=override, last_day=day, by=by)
    end_override(override=override, last_day=FIRST, by=by)
    with pytest.raises(overrides.AlreadyEnded):
        end_override(override=override, last_day=FIRST, by=by)

    override.refresh_from_db()
    assert (override.valid_to, override.ended_by) == (FIRST, by)
    audit.append_pending()
    assert AuditEvent.objects.filter(verb="end-override").count() == 1


def test_everybody_below_knows_of_it_and_only_the_area_itself_may_end_it(root):
    district, street = haizhu(root)
    elsewhere = AreaFactory(level="district", parent=root)
    of_city, of_district = OverrideFactory(area=root), OverrideFactory(area=district)
    OverrideFactory(area=elsewhere)
    officer = UserFactory(role="district_authority", area=district)
    clerk = UserFactory(role="street_office", area=street)

    assert set(Override.objects.visible_to(officer)) == {of_city, of_district}
    assert set(Override.objects.visible_to(clerk)) == {of_city, of_district}
    mine = Override.objects.visible_to(officer, Permission.OVERRIDE_PARAMETER)
    assert set(mine) == {of_district}
    assert not Override.objects.visible_to(UserFactory(role="system_admin", area=root)).exists()


def test_the_run_lists_it_and_the_page_tells_it(root, by):
    district, *_ = fengyang(root)
    made(district, by)

    run = actions.evaluate(area=root, on=YEAR_1, by=by)

    price = run.parameters["POST-06"]["price"]
    assert price["overrides"] == [
        {
            "area": district.code, "value": "130000", "from": "2023-05-01", "to": None,
            "instrument": "海民〔2023〕3号",
        }
    ]  # fmt: skip
    row = RunFinding.objects.select_related("run", "place").get(run=run, rule="POST-06")
    assert "海珠区按海民〔2023〕3号调整参数为 130000。" in line_of(row).sentence
    assert [one.value for one in parameters_of(row)] == [
        "130,000（海珠区，海民〔2023〕3号；原为 2023-04-07 起 120,000.00）"
    ]


def test_the_hash_is_of_it_too(root, by):
    district, *_ = fengyang(root)
    before = load(root, YEAR_1).inputs_hash
    override = made(district, by)
    after = load(root, YEAR_1).inputs_hash

    assert after != before
    Override.objects.filter(pk=override.pk).delete()
    assert load(root, YEAR_1).inputs_hash == before


def test_what_the_rule_no_longer_asks_for_is_passed_over(root):
    fengyang(root)
    OverrideFactory(area=root, rule="CERT-99", parameter="floor")
    OverrideFactory(area=root, rule="CERT-01", parameter="gone")
    OverrideFactory(area=root, rule="CERT-01", parameter="floor", value="half")

    assert load(root, YEAR_1).facts.overrides == ()


def test_it_goes_along_with_a_district_that_is_renamed(root, by):
    district, *_ = fengyang(root)
    override = made(district, by)
    renewal = Renewal(name="新海珠区", code="440199000000", parent=root)
    new = replace_area(area=district, renewal=renewal, on=LATER, by=by)

    override.refresh_from_db()
    assert override.area == new
    for day in (YEAR_1, LATER - DAY, LATER):
        assert verdict(root, "POST-06", day).status == "watch", day


def test_of_a_district_that_is_dissolved_it_ends_the_day_before(root, by):
    district, *_ = fengyang(root)
    other = AreaFactory(level="district", parent=root)
    override = made(district, by, "CERT-03", "floor", "3/4")
    with time_machine.travel(LATER, tick=False):
        merge_area(area=district, into=other, on=LATER, by=by)

    override.refresh_from_db()
    assert (override.area, override.valid_to) == (district, LATER - DAY)
    assert verdict(root, "CERT-03", LATER - DAY).required == Share(3, 4)
    assert verdict(root, "CERT-03", LATER).required == Share(2, 3)


def test_a_record_without_overrides_is_read_as_before(root, by):
    fengyang(root)
    run = actions.evaluate(area=root, on=YEAR_1, by=by)

    record = run.findings.get(rule="POST-06").record
    assert "adjustments" not in record
    assert Finding.from_record(record).adjustments == ()


def test_every_refusal_has_its_sentence():
    raised = {
        error
        for module in (overrides, openings)
        for error in vars(module).values()
        if isinstance(error, type) and error.__module__ == module.__name__
        if issubclass(error, Exception)
    }

    assert raised == {*REFUSALS}


@pytest.mark.parametrize(
    ("direction", "word"), [(Direction.UP, "只能调高"), (Direction.DOWN, "只能调低")]
)
def test_a_wrong_direction_says_which_is_right(direction, word):
    assert word in in_words(overrides.WrongDirection(direction, "1"))
