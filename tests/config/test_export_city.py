"""The workbook that is exported is one that can be imported, and says nothing new."""

import json
import stat
from datetime import date
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from jobs.imports import apply, check
from staffing.models import Certificate, Placement, Worker
from stations.models import Point, Post, Station
from tenancy.audit import append_pending
from tenancy.models import AuditEvent
from tests.city_workbook import COMMUNITIES, HEADS, IDENTITY, OLD, OPERATOR, SHEETS, STREET

pytestmark = pytest.mark.django_db
LATER = date(2026, 1, 1)


@pytest.fixture
def full_book(city_book):
    """Every column filled in one row and, where that may be, empty in another."""
    city_book.put("社工站", 1, 面积=320.5, 暂停起=LATER, 暂停止=LATER, 关闭日期=date(2029, 1, 1))
    city_book.put("社工点", 1, 停用日期=date(2028, 1, 1)).put("社工点", 2, 覆盖村居代码=None)
    city_book.put("岗位", 2, 撤销日期=date(2028, 1, 1))
    city_book.put("人员", 1, 是否社工="否", 离职日期=date(2029, 1, 1))
    city_book.add("人员", "R3", "=1+1", None, "男", None, None, "其他", "示例基金会", OLD)
    city_book.put("任职", 1, 工作量占比=0.3333, 结束日期=LATER).put("任职", 2, 工作量占比=0.6667)
    city_book.add("证书", "R2", "助理社会工作师", None, OLD, "待核验")
    city_book.add("项目", "P2", "S1", OPERATOR, 2, None, 3, 360000.25, None, None, LATER)
    city_book.put("合同", 1, 补充金额=100000.01)
    return city_book.put("督导人员", 2, 结束日期=date(2029, 1, 1))


@pytest.fixture
def export(tenant, tmp_path):
    """`export(name)`: the file that the command writes."""

    def command(name="out.xlsx", **options):
        file = tmp_path / name
        call_command(
            "export_city", tenant=options.get("tenant", tenant.slug), out=file, stdout=StringIO()
        )
        append_pending()
        return file

    return command


def test_what_is_exported_changes_nothing_when_imported(full_book, export, official):
    outcome = full_book.apply()
    assert (outcome.errors, len(outcome.counts)) == ([], len(SHEETS))

    file = export()

    counts = apply(file, official).as_json()["counts"]
    changes = {sheet: (count["new"], count["changed"]) for sheet, count in counts.items()}
    assert changes == dict.fromkeys(SHEETS, (0, 0))
    rows = {sheet: len(rows) for sheet, rows in full_book.rows.items()}
    assert {sheet: count["same"] for sheet, count in counts.items()} == rows


def test_the_sheets_are_those_of_the_template(full_book, export):
    full_book.apply()

    book = openpyxl.load_workbook(export())

    assert book.sheetnames == ["填表说明", *SHEETS]
    heads = {sheet: [cell.value for cell in book[sheet][1]] for sheet in SHEETS}
    bare = {sheet: [head.split("(")[0] for head in text.split()] for sheet, text in HEADS.items()}
    assert heads == bare
    assert book["任职"]["D2"].number_format == "yyyy-mm-dd"


def test_values_stand_as_they_were_written(full_book, export):
    full_book.apply()

    book = openpyxl.load_workbook(export())

    station = [cell.value for cell in book["社工站"][2]]
    assert station[:6] == ["S1", "凤阳街社工站", STREET, "购买服务", "综合站", OPERATOR]
    assert station[7] == 320.5
    assert book["社工点"]["D2"].value == ";".join(COMMUNITIES)
    assert book["人员"]["C2"].value == IDENTITY
    named = book["人员"]["B4"]
    assert (named.value, named.data_type) == ("=1+1", "s")
    assert [book["任职"][f"F{row}"].value for row in (2, 3, 4)] == [0.3333, 0.6667, 1]


def test_an_export_brings_a_city_back(full_book, export, official):
    full_book.apply()
    file = export()
    for model in (Certificate, Placement, Post):
        model.objects.all().delete()
    Point.objects.filter(code="D1").update(name="改名", closed_on=None)

    apply(file, official)

    assert export("again.xlsx").read_bytes() == file.read_bytes()


def test_the_same_data_give_the_same_bytes(full_book, export):
    full_book.apply()

    assert export("one.xlsx").read_bytes() == export("two.xlsx").read_bytes()


def test_an_empty_tenant_exports_an_empty_template(root, export, official):
    outcome = check(export(), official)

    assert json.loads(json.dumps(outcome.as_json()))["errors"] == []
    assert not Station.objects.exists()


def test_the_file_is_the_owners_and_the_export_is_noted(full_book, export):
    full_book.apply()

    assert stat.S_IMODE(export().stat().st_mode) == 0o600
    event = AuditEvent.objects.get(verb="export-city")
    assert event.detail["rows"]["人员"] == Worker.objects.count()
    assert IDENTITY not in json.dumps(event.detail)


@pytest.mark.parametrize(
    "given", [{"tenant": "nowhere"}, {"out": "/dev/null/none.xlsx"}], ids=["tenant", "file"]
)
def test_a_wrong_call_ends_with_two(tenant, root, tmp_path, given):
    options = {"tenant": tenant.slug, "out": str(tmp_path / "out.xlsx"), **given}

    with pytest.raises(CommandError) as refused:
        call_command("export_city", "--tenant", options["tenant"], "--out", options["out"])

    assert refused.value.returncode == 2


def test_numbers_of_another_key_end_with_one(full_book, tenant, tmp_path, settings):
    full_book.apply()
    settings.IDENTITY_KEY = b"9" * 32

    with pytest.raises(CommandError) as refused:
        call_command("export_city", "--tenant", tenant.slug, "--out", str(tmp_path / "out.xlsx"))

    assert refused.value.returncode == 1
    assert not (tmp_path / "out.xlsx").exists()
