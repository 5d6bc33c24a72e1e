"""Evaluations: the command's bytes, what a run keeps, and what is refused."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from compliance import actions
from compliance.assessment import AreaNotInForce, PackNotInForce
from compliance.findings import Finding
from compliance.models import Run, RunFinding, Tally
from compliance.rules import RULES
from supervision.models import Assignment
from tenancy import audit
from tenancy.models import AuditEvent, User
from tests.compliance.ledgers import YEAR_1, YEAR_2, YEAR_3, fengyang, haizhu, staffed
from tests.compliance.records import add_up, keep
from tests.factories import AreaFactory, PlacementFactory, PostFactory

pytestmark = pytest.mark.django_db


def evaluated(tenant, *options, on=YEAR_1, area="440105000000"):
    out = StringIO()
    arguments = ["--tenant", tenant.slug, "--area", area, "--on", on.isoformat()]
    call_command("evaluate", *arguments, *options, stdout=out)
    return out.getvalue()


def verdicts(tenant, **options):
    data = json.loads(evaluated(tenant, "--json", **options))
    return {
        (one["rule"], one["subject"]["kind"], one["subject"]["code"]): one
        for one in data["findings"]
    }


def run_of(area, on=YEAR_1):
    return actions.evaluate(area=area, on=on, by=User.objects.system(area.tenant_id))


def test_half_certified_keeps_the_first_years_floor(root, tenant):
    fengyang(root)

    found = verdicts(tenant)["CERT-01", "project", "440105-2023-01996"]

    assert found["status"] == "met"
    assert (found["measured"], found["required"]) == ({"num": 10, "den": 20}, {"num": 1, "den": 2})
    assert found["shortfall"] is None
    assert [row["kind"] for row in found["evidence"]] == ["worker"] * 20


def test_half_certified_breaks_the_third_years_floor(root, tenant):
    fengyang(root)

    found = verdicts(tenant, on=YEAR_3)

    third = found["CERT-03", "project", "440105-2023-01996"]
    assert third["status"] == "not_met"
    assert third["shortfall"] == {"people": 4, "by_hiring": 10}
    assert found["CERT-01", "project", "440105-2023-01996"]["status"] == "not_applicable"


def test_the_json_has_the_published_shape(root, tenant):
    fengyang(root)

    data = json.loads(evaluated(tenant, "--json", on=YEAR_2))

    assert [*data] == ["tenant", "area", "on", "pack", "counts", "findings"]
    assert (data["tenant"], data["area"], data["on"]) == (tenant.slug, "440105000000", "2024-12-01")
    assert data["pack"]["id"] == "guangzhou-2023"
    assert data["counts"] == {
        "met": 35, "watch": 1, "not_met": 0, "not_applicable": 3, "no_data": 0, "waived": 0,
    }  # fmt: skip


def test_two_runs_on_the_same_data_give_the_same_bytes(root, tenant):
    fengyang(root)

    assert evaluated(tenant, "--json") == evaluated(tenant, "--json")
    assert Run.objects.values("inputs_hash").distinct().count() == 1


def test_without_json_a_person_reads_it(root, tenant):
    fengyang(root)

    text = evaluated(tenant, on=YEAR_3)

    assert "不符合\tCERT-03 第三年持证比例不低于2/3\t凤阳街道社工站（440105-2023-01996）" in text
    assert "再有 4 名在岗社工取得证书，或新聘 10 名持证社工。" in text


def test_a_day_before_the_pack_needs_the_pack_by_name(root, tenant):
    haizhu(root)
    before = date(2023, 4, 6)

    with pytest.raises(CommandError, match="2023-04-07") as refused:
        evaluated(tenant, on=before)
    assert refused.value.returncode == 1
    assert json.loads(evaluated(tenant, "--pack", "guangzhou-2023", "--json", on=before))[
        "findings"
    ]


@pytest.mark.parametrize("area", ["999999999999", "44010500000"])
def test_an_unknown_area_is_a_wrong_call(root, tenant, area):
    with pytest.raises(CommandError) as refused:
        evaluated(tenant, area=area)

    assert refused.value.returncode == 2


def test_of_two_areas_with_one_code_the_higher_is_meant(root, tenant):
    AreaFactory(level="district", code=root.code, name="市辖区", parent=root, path=f"{root.path}x/")

    evaluated(tenant, area=root.code)
    evaluated(tenant, "--level", "district", area=root.code)

    assert [run.area.level for run in Run.objects.order_by("pk")] == ["city", "district"]


def test_an_area_is_judged_only_while_it_is_in_force(root):
    area = AreaFactory(parent=root, valid_to=date(2024, 6, 30))

    assert run_of(area, date(2024, 6, 30)).counts
    with pytest.raises(AreaNotInForce):
        run_of(area, date(2024, 7, 1))
    with pytest.raises(PackNotInForce):
        run_of(area, date(2020, 1, 1))


def test_a_run_keeps_what_it_found_where_it_belongs(root):
    district, street, station = fengyang(root)

    run = run_of(root, YEAR_3)

    kept = {(row.rule, row.code): row for row in run.findings.all()}
    of_project = {"CERT-02", "CERT-03", "POST-05", "POST-06", "POST-07", "PROC-02"}
    assert set(kept) == {
        ("COV-01", root.code), ("COV-01", district.code), ("COV-01", street.code),
        ("SUP-01", root.code), *((rule, "440105-2023-01996") for rule in of_project),
    }  # fmt: skip
    assert kept["CERT-03", "440105-2023-01996"].place == station.area
    assert kept["COV-01", district.code].place == district
    finding = Finding.from_record(kept["CERT-03", "440105-2023-01996"].record)
    assert finding.formula == "3 × 10 < 2 × 20"
    assert run.counts["CERT-01"]["not_applicable"] == 1
    assert run.counts["SUP-02"]["met"] == 20


def test_a_run_tallies_every_place(root):
    district, street, station = fengyang(root)
    bare = AreaFactory(parent=district)

    run = run_of(root, YEAR_3)

    counted = {
        row.area_id: (row.covered, row.streets, row.certified, row.workers, row.people_missing)
        for row in run.tallies.all()
    }
    assert counted == {
        root.pk: (1, 2, 10, 20, 4),
        district.pk: (1, 2, 10, 20, 4),
        street.pk: (1, 1, 10, 20, 4),
        bare.pk: (0, 1, 0, 0, 0),
        station.area_id: (0, 0, 10, 20, 4),
    }


def test_a_run_tallies_those_on_post_against_those_agreed_on(root):
    district, street, station = fengyang(root)
    other = staffed(AreaFactory(parent=root), certified=3, number="P-2", agreed_heads=5)
    PlacementFactory(post=other.posts.get(kind="service"), share="0.25", starts_on=YEAR_1)

    run = run_of(root, YEAR_3)

    places = [root, district, street, station.area, other.area]
    heads = {row.area_id: (row.heads_present, row.heads_agreed) for row in run.tallies.all()}
    assert [heads[place.pk] for place in places] == [
        (Decimal("23.25"), 25), (20, 20), (20, 20), (20, 20), (Decimal("3.25"), 5)
    ]  # fmt: skip


def test_a_person_in_two_projects_counts_once_in_the_area(root):
    station = staffed(haizhu(root)[1], certified=1, number="P-1")
    other = staffed(AreaFactory(parent=root), number="P-2")
    person = station.posts.get(kind="service").placements.get().worker
    other.posts.get(kind="service").placements.create(
        worker=person, starts_on=date(2021, 1, 1), share="0.5"
    )

    run = run_of(root)

    assert run.tallies.get(area=root).workers == 1
    assert {row.workers for row in run.tallies.filter(area__level="station")} == {1}


def test_a_run_is_written_down(root):
    run = run_of(root)
    audit.append_pending()

    event = AuditEvent.objects.get(verb="evaluate")
    assert (event.target_id, event.place) == (run.pk, root.path)
    assert event.detail["on"] == YEAR_1.isoformat()


def test_a_run_of_nothing_keeps_its_scope(root):
    run_of(root)

    assert Tally.objects.get().area == root
    assert [row.rule for row in RunFinding.objects.all()] == ["SUP-01"]


def test_the_json_of_every_rule_is_as_published(root, tenant):
    """Numbers as counted, money with its cents, codes of the workbook, names masked."""
    *_, station = fengyang(root)
    Assignment.objects.all().delete()
    PostFactory(station=station)
    keep(station, date(2025, 9, 1), filed_on=date(2025, 10, 6), hours=Decimal("160.5"))
    add_up()

    data = json.loads(evaluated(tenant, "--json", on=YEAR_3, area=root.code))

    by_rule = {one["rule"]: one for one in data["findings"]}
    assert by_rule.keys() == RULES.keys()
    for one in data["findings"]:
        assert set(one["shortfall"] or {}) <= {"people", "by_hiring", "yuan", "streets", "hours"}
        assert all(set(row) == {"kind", "code"} for row in one["evidence"])
    assert sum(data["counts"].values()) == len(data["findings"])
    assert by_rule["POST-06"]["measured"] == "2400000.00"
    assert by_rule["PROC-04"]["subject"]["code"] == "440105-2023-01996/3"
    assert by_rule["PROC-04"]["required"] == "240000.00"
    assert by_rule["REP-01"]["measured"] == {"num": 0, "den": 1}
    assert by_rule["REP-01"]["evidence"] == [{"kind": "record", "code": f"{station.code}/2025-09"}]
    assert by_rule["REP-03"]["subject"]["code"] == root.code
    assert by_rule["SUP-02"]["subject"]["name"].startswith("社*")
    assert (by_rule["SUP-02"]["measured"], by_rule["SUP-02"]["required"]) == (0, 1)
    assert (by_rule["POST-01"]["measured"], by_rule["POST-01"]["required"]) == (None, None)
    order = [
        (one["rule"], one["subject"]["kind"], one["subject"]["code"]) for one in data["findings"]
    ]
    assert order == sorted(order)


def test_a_table_has_a_sentence_for_every_rule(root, tenant):
    *_, station = fengyang(root)
    Assignment.objects.all().delete()
    PostFactory(station=station)

    text = evaluated(tenant, on=YEAR_3, area=root.code)

    assert "不符合\tSUP-02 督导全覆盖" in text
    assert "不符合\tPOST-02 服务性岗位设在社工点" in text
    assert "符合\tPOST-06 购买标准（每名社工每年经费）" in text


@pytest.mark.parametrize(
    "wrong",
    [
        {"--on": "2024-13-01"},
        {"--pack": "nowhere"},
        {"--level": "village"},
        {"--tenant": "nobody"},
    ],
)
def test_a_wrong_call_names_its_word(root, tenant, wrong):
    given = {"--tenant": tenant.slug, "--area": root.code, "--on": "2024-01-01"} | wrong

    with pytest.raises(CommandError, match=next(iter(wrong))):
        call_command("evaluate", *(word for pair in given.items() for word in pair))


def test_another_pack_binds_other_rules(root, tenant):
    fengyang(root)

    rules = {rule for rule, *_ in verdicts(tenant, on=YEAR_1)}
    law = json.loads(evaluated(tenant, "--json", "--pack", "national-law"))

    assert rules == RULES.keys() - {"HRS-01", "HRS-03", "REP-01", "REP-03"}  # no records
    assert {one["rule"] for one in law["findings"]} == {"PROC-03", "PROC-04"}
    assert {one["pack"] for one in law["findings"]} == {"national-law"}
