"""Rectification: what the report before named, mended and open now, and what is new."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from compliance import actions
from compliance.models import Report
from compliance.reports import printing
from compliance.reports.contents import contents_of
from compliance.reports.preview import preview_of
from compliance.reports.progress import MENDED, NEW, OPEN
from supervision.models import Assignment
from tenancy.periods import parse_period
from tests.compliance.ledgers import fengyang, staffed
from tests.compliance.paper import text_of
from tests.compliance.reports import built
from tests.factories import AreaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.full, pytest.mark.usefixtures("today")]


def mended_in_between(root):
    """In the third quarter nobody has a supervisor; a year later a second project is short."""
    district, *_ = fengyang(root)
    kept = dict(Assignment.objects.values_list("pk", "starts_on"))
    Assignment.objects.update(starts_on=date(2025, 11, 1))
    first = built(district, "2025-Q3")
    assert kept
    street = AreaFactory(parent=district, name="江海街道")
    staffed(street, certified=1, without=9, number="P-2")
    return district, first


def row_of(progress, rule):
    (row,) = [row for row in progress.rows if row.rule == rule]
    return row.named, row.mended, row.open, row.new


def test_what_was_named_is_mended_open_or_new(root):
    district, first = mended_in_between(root)

    progress = contents_of(built(district, "2025-Q4")).progress

    assert progress.since == first
    assert row_of(progress, "SUP-02") == (20, 20, 0, 0)
    assert row_of(progress, "CERT-03") == (1, 0, 1, 1)
    states = {one.code: one.state for one in progress.cases if one.rule == "CERT-03"}
    assert states == {"440105-2023-01996": OPEN, "P-2": NEW}
    assert MENDED not in states.values()
    assert "SUP-02" not in {one.rule for one in progress.cases}  # people are counted only


def test_paper_workbook_and_preview_say_the_same(root, official):
    district, first = mended_in_between(root)

    before = preview_of(district, parse_period("2025-Q4"), official)
    report = built(district, "2025-Q4")

    told, text = contents_of(report).progress, text_of(actions.content_of(report))
    assert before.progress == told
    whole = told.whole
    assert f"2025年第三季度，核验日2025-09-30，校验码{first.check_code}" in text
    assert (
        f"原有不符合{whole['named']}项，已整改{whole[MENDED]}项，仍未整改{whole[OPEN]}项；"
        f"新增不符合{whole[NEW]}项。"
    ) in text
    book = load_workbook(BytesIO(actions.workbook_of(report)))
    rows = [*book["整改"].iter_rows(min_row=2, values_only=True)]
    assert [sum(row[at] for row in rows) for at in (2, 3, 4, 5)] == [*whole.values()]
    assert book["整改明细"].max_row == len(told.cases) + 1


def test_the_first_report_has_nothing_before_it(root):
    report = built(root, "2025-Q3")

    assert contents_of(report).progress is None
    assert "此前没有可以对照的报告" in text_of(actions.content_of(report))
    assert "整改" not in load_workbook(BytesIO(actions.workbook_of(report))).sheetnames


def test_another_version_of_the_same_day_is_compared_with_the_day_before(root):
    district, first = mended_in_between(root)
    built(district, "2025-Q4")
    staffed(AreaFactory(parent=district), without=1, number="P-3")

    second = built(district, "2025-Q4")

    assert second.number == 2
    assert contents_of(second).progress.since == first


def test_what_is_made_later_changes_no_bytes(root):
    district, _first = mended_in_between(root)
    report = built(district, "2025-Q4")
    built(district, "2025-11")

    again = Report.objects.get(pk=report.pk)

    pdf, workbook = printing.files_of(again)
    assert pdf.content == actions.content_of(report)
    assert workbook.content == actions.workbook_of(report)


def test_other_areas_reports_do_not_count(root):
    mended_in_between(root)

    assert contents_of(built(root, "2025-Q4")).progress is None
