"""The demonstration: real areas, made-up people, everything through the import."""

import csv
import stat
from collections import Counter
from datetime import date
from random import Random

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from compliance.models import Run, RunFinding
from compliance.rules import RULES
from config.demo import fengyang
from config.demo.generated import Generator, Street
from config.demo.people import NOBODYS_AREA, Crowd
from config.demo.places import PLACES
from filings import totals
from filings.facts import around_all, content_of, sheet_of
from filings.models import MonthlyRecord, RecordEvent
from jobs.imports import apply, check
from jobs.workbook.cells.official import identity
from procurement.models import Project
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, Station
from tenancy.context import tenant_context
from tenancy.models import Area, Organisation, Tenant
from tenancy.permissions import Role
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
# A year of records begins no project year that is over, and its totals are as they should be.
NOTHING_TO_FIND = {"HRS-01", "REP-03"}


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO, settings.VAR_DIR = True, tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    return tmp_path


def accounts(folder):
    with open(folder / "demo-accounts.txt", encoding="utf-8") as file:
        return [*csv.DictReader(file, delimiter="\t")]


@pytest.mark.full
@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)  # the planner learns of the rows at their commit
def test_the_demonstration_loads_four_places(demo, capsys):
    call_command("load_demo")

    counted = {}
    for tenant in Tenant.objects.filter(slug__in=[place.slug for place in PLACES]):
        with tenant_context(tenant.pk):
            counted[tenant.slug] = Area.objects.counted().count()
            assert Station.objects.count() >= 8
            assert Worker.objects.exists()
            assert Certificate.objects.exists()
            assert Project.objects.exists()
            assert Run.objects.get().area == tenant.root()
    assert (counted["guangzhou"], counted["handan"], counted["qingpu"]) == (176, 246, 11)
    _check_guangzhou()
    _check_handan()
    _check_accounts(demo)
    assert (demo / "demo" / "fengyang.xlsx").exists()

    with pytest.raises(CommandError, match="已存在"):
        call_command("load_demo")


def _check_guangzhou():
    with tenant_context(Tenant.objects.get(slug="guangzhou").pk):
        fengyang_street = Area.objects.get(code=fengyang.STREET)
        assert Area.objects.filter(level="community").count() == 2851
        assert Station.objects.below(fengyang_street.path).get().code == fengyang.STATION
        assert Station.objects.count() == 203
        assert _rules_with_something_to_find() == {*RULES} - NOTHING_TO_FIND
        assert {worker.identity[:6] for worker in Worker.objects.all()} == {NOBODYS_AREA}
        direct = Worker.objects.filter(channel="double_hundred")[0]
        assert direct.employer.kind == Organisation.Kind.STREET_GOVERNMENT
        _check_records()


def _check_records():
    """A year of records in every state, whose totals add up."""
    records = MonthlyRecord.objects.select_related("station__area")
    months = {record.month for record in records}
    assert len(months) == 12
    assert {record.state for record in records} == {*MonthlyRecord.State} - {
        MonthlyRecord.State.REOPENED
    }
    assert [one for month in months for one in totals.differences(month)] == []
    own = records.filter(station__code=fengyang.STATION).order_by("-month")
    assert [record.state for record in own[1:3]] == ["draft", "submitted"]
    _check_sheets([record for record in records if record.month == max(months - {max(months)})])
    returned = RecordEvent.objects.get(step="return")
    assert returned.cells
    assert returned.reasons
    filed = RecordEvent.objects.filter(step="submit").values("record").distinct()
    assert filed.count() == records.filter(first_submitted_at__isnull=False).count()


def _check_sheets(records):
    """What was filed would pass: nothing broken, everything soft explained."""
    beside = around_all(records)
    for record in records:
        if record.submitted_at:
            sheet = sheet_of(record.template.form, content_of(record), beside[record.pk])
            assert (sheet.hard, sheet.unexplained) == ([], []), record


def _rules_with_something_to_find():
    """Each rule has a case in the demonstration, but the city has its centre."""
    failed = RunFinding.objects.exclude(status="met").values_list("rule", flat=True)
    return {*failed, "SUP-01"}


def _check_handan():
    with tenant_context(Tenant.objects.get(slug="handan").pk):
        assert Area.objects.matching("丛东街道").get().name == "丛台东街道"
        assert not MonthlyRecord.objects.exists()


def _check_accounts(folder):
    rows = accounts(folder)
    file = folder / "demo-accounts.txt"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().splitlines()[0] == "tenant\trole\tusername\tpassword"
    for place in PLACES:
        assert {row["role"] for row in rows if row["tenant"] == place.slug} == {*Role}
    assert len({row["password"] for row in rows}) == len(rows)
    for row in rows[:3]:
        user = authenticate(username=row["username"], password=row["password"])
        assert user
        assert not user.must_change_password


@pytest.mark.no_tenant
def test_where_there_is_a_tenant_nothing_is_loaded(demo, capsys):
    before = Tenant.objects.count()

    call_command("load_demo", "--if-empty")

    assert Tenant.objects.count() == before > 0
    assert not (demo / "demo-accounts.txt").exists()


@pytest.mark.no_tenant
@pytest.mark.parametrize(
    "hosts", [["127.0.0.1", "zhandian.example"], ["*"], ["10.0.0.5"], [".local"]]
)
def test_a_system_that_others_reach_gets_no_demonstration(demo, settings, hosts):
    settings.ALLOWED_HOSTS = hosts

    with pytest.raises(CommandError, match="ALLOWED_HOSTS"):
        call_command("load_demo")


@pytest.mark.no_tenant
def test_without_being_a_demonstration_none_is_loaded(demo, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("load_demo")


@pytest.fixture
def fengyang_street(root):
    district = AreaFactory(level="district", code="440105000000", parent=root)
    street = AreaFactory(code=fengyang.STREET, name="凤阳街道", parent=district)
    for code in fengyang.COMMUNITIES:
        AreaFactory(level="community", code=code, parent=street)
    return street


def test_the_published_contract_stands_in_its_workbook(fengyang_street, official, tmp_path):
    outcome = apply(fengyang.write(tmp_path / "fengyang.xlsx"), official)

    assert (outcome.errors, outcome.warnings) == ([], [])
    project = Project.objects.get()
    assert (project.number, project.years) == ("440105-2023-01996", 3)
    assert (project.agreed_heads, project.annual_budget) == (20, 2_400_000)
    assert (project.total, project.min_hours) == (7_200_000, 35_244)
    assert Placement.objects.active(fengyang.STARTS_ON).count() == 20
    assert Certificate.objects.filter(verification="verified").count() == 10
    assert Point.objects.count() == 5


def test_importing_it_again_changes_nothing(fengyang_street, official, tmp_path):
    file = fengyang.write(tmp_path / "fengyang.xlsx")
    apply(file, official)

    counts = check(file, official).counts
    assert {(count.new, count.changed) for count in counts.values()} == {(0, 0)}


def test_equal_rows_make_equal_files(tmp_path):
    one, other = (fengyang.write(tmp_path / name).read_bytes() for name in ("a.xlsx", "b.xlsx"))

    assert one == other


@pytest.mark.parametrize(("today", "renewals"), [(date(2026, 5, 31), 0), (date(2026, 6, 1), 1)])
def test_the_contract_is_renewed_on_the_day_after_its_last(today, renewals):
    book = Generator("广州市", 1, today).book

    fengyang.renew(book, today)

    assert len(book.rows["项目"]) == renewals


def streets(count):
    return [
        Street(f"4401050{n:02d}000", f"第{n}街道", [f"4401050{n:02d}001"], "440106001001")
        for n in range(10, 10 + count)
    ]


def test_the_same_seed_makes_the_same_rows_and_another_seed_others():
    made = [Generator("广州市", seed, TODAY).fill(streets(5)).rows for seed in (1, 1, 2)]

    assert made[0] == made[1] != made[2]


def test_nobody_shares_an_identity_number_and_all_of_them_are_sound():
    crowd = Crowd(Random(1))
    numbers = [crowd.somebody().identity for _ in range(3000)]

    assert max(Counter(numbers).values()) == 1
    assert [number for number in numbers if identity(number, None) != number] == []


def test_no_project_number_is_given_twice():
    rows = Generator("广州市", 1, TODAY).fill(streets(40)).rows["项目"]

    assert max(Counter(row["项目编号"] for row in rows).values()) == 1


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 12, 31), date(2026, 3, 1)])
def test_a_first_run_on_any_day_makes_dates_that_fit(today):
    rows = Generator("广州市", 1, today).fill(streets(30)).rows

    for row in rows["任职"]:
        assert row["结束日期"] is None or row["开始日期"] <= row["结束日期"]
    for row in rows["证书"]:
        assert row["取得日期"] <= row["登记有效期至"]
