"""The workbook of a report: its sheets, complete; what its cells are; the same bytes."""

from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from compliance import actions
from compliance.models import Report
from compliance.reports import contents, printing
from tenancy.models import AuditEvent
from tests.compliance.ledgers import fengyang, hire
from tests.compliance.reports import built
from tests.factories import AreaFactory, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.full, pytest.mark.usefixtures("today")]
PROBLEMS, STREETS, STATIONS = "问题", "附表一 各区域", "附表二 各社工站"


def book_of(report):
    return load_workbook(BytesIO(actions.workbook_of(report)))


def rows_of(sheet):
    """The rows by head."""
    heads, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_the_sheets_say_what_the_paper_says(root):
    district, street, station = fengyang(root)

    book = book_of(built(district))

    told = dict(list(row)[:2] for row in book["总体"].iter_rows(min_row=2, values_only=True))
    assert (told["应覆盖镇街"], told["在岗社工"], told["持证社工"]) == (1, 20, 10)
    assert (told["符合"], told["不符合"], told["周期"]) == (34, 1, "2025-Q4")
    assert len(rows_of(book["条款"])) == 21
    broken = rows_of(book[PROBLEMS])[0]
    assert (broken["结论"], broken["规则"], broken["序号"]) == ("不符合", "CERT-03", 1)
    assert "持证 10 人，在岗社工 20 人，占 50.0%" in broken["情况"]
    (row,) = rows_of(book[STREETS])
    assert (row["代码"], row["应覆盖镇街"], row["覆盖率"]) == (street.code, 1, "100.0%")
    (row,) = rows_of(book[STATIONS])
    assert (row["代码"], row["在岗社工"], row["持证社工"]) == (station.code, 20, 10)
    assert (row["还差人数"], row["持证结论"]) == (4, "不符合")


def test_every_row_is_there_that_the_paper_leaves_out(root, monkeypatch):
    monkeypatch.setattr(contents, "MOST_ROWS", 2)
    for _index in range(5):
        AreaFactory(parent=root)

    book = book_of(built(root))

    assert (len(rows_of(book[PROBLEMS])), len(rows_of(book[STREETS]))) == (7, 5)


def test_what_looks_like_a_formula_is_text(root):
    AreaFactory(parent=root, name="=1+1")

    book = book_of(built(root))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert "=1+1" in [cell.value for cell in cells]


def test_peoples_names_are_not_told(root):
    *_, station = fengyang(root)
    hire(PostFactory(station=station), name="欧阳某某")
    station.assignments.all().delete()

    with ZipFile(BytesIO(actions.workbook_of(built(root)))) as parts:
        told = b"".join(parts.read(name) for name in parts.namelist()).decode(errors="replace")

    assert "没有在期的督导安排" in told
    assert "欧阳" not in told


def test_the_same_run_gives_the_same_bytes(root):
    fengyang(root)
    report = built(root)

    again = printing.files_of(Report.objects.get()).workbook

    assert again.content == actions.workbook_of(report)
    assert again.sha256 == report.workbook_sha256 == sha256(again.content).hexdigest()


def test_the_workbook_is_taken_away_by_who_sees_the_report_and_written_down(
    root, client_of, official
):
    report = built(root)

    page = client_of(official).get(reverse("compliance:report-detail", args=[report.pk]))
    url = reverse("compliance:report-workbook", args=[report.pk])
    response = client_of(official).get(url)

    assert f'href="{url}"' in page.content.decode()
    assert response.content == actions.workbook_of(report)
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    event = AuditEvent.objects.get(verb="download-report")
    assert event.detail == {"sha256": report.workbook_sha256, "form": "xlsx"}


def test_a_report_older_than_its_workbook_has_none(root, client_of, official):
    report = built(root)
    Report.objects.update(workbook="", workbook_sha256="")
    client, url = client_of(official), reverse("compliance:report-workbook", args=[report.pk])

    page = client.get(reverse("compliance:report-detail", args=[report.pk]))

    assert url not in page.content.decode()
    assert client.get(url).status_code == 404


def command(tenant, out):
    words = [f"--tenant={tenant.slug}", "--area=440105000000", "--period=2025-Q4", f"--out={out}"]
    call_command("build_report", *words, stdout=StringIO())


def test_the_command_writes_the_form_that_the_name_asks_for(root, tenant, tmp_path):
    fengyang(root)

    for name in ("a.xlsx", "b.XLSX", "c.pdf"):
        command(tenant, tmp_path / name)

    report = Report.objects.get()
    workbook = actions.workbook_of(report)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.XLSX").read_bytes() == workbook
    assert (tmp_path / "c.pdf").read_bytes() == actions.content_of(report)


def test_the_command_knows_no_other_form(root, tenant, tmp_path):
    with pytest.raises(CommandError, match=r"\.xlsx"):
        command(tenant, tmp_path / "a.docx")
