"""Who answers for a problem, and by when: in the report's page, paper and workbook."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import time_machine

from compliance import actions
from compliance.models import Report
from compliance.reports import printing
from compliance.reports.contents import contents_of
from compliance.reports.preview import preview_of
from compliance.reports.progress import Noticed
from procurement.models import Contract
from stations.models import Post, Station
from tenancy.models import Organisation
from tenancy.periods import parse_period
from tests.compliance.ledgers import fengyang
from tests.compliance.notices import issued
from tests.factories import AreaFactory, OrganisationFactory, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
PERIOD = parse_period("2026-02")
TODAY = date(2026, 2, 1)


@pytest.fixture
def district(root):
    """A share too low, a street without a station, a post in the wrong place."""
    district, _street, station = fengyang(root)
    Organisation.objects.filter(projects__station=station).update(name="甲社会工作服务中心")
    AreaFactory(parent=district, name="赤岗街道")
    PostFactory(station=station, code="G-77")
    return district


@pytest.fixture
def _no_pages(monkeypatch):
    monkeypatch.setattr(printing, "set_pages", lambda _html: b"%PDF-")


def built(area, official):
    return actions.build_report(area=area, period=PERIOD, by=official)


def duties(told):
    return {(row.rule, row.subject): (row.who, row.deadline) for row in told.problems.rows}


def noticed(district, official, *rules, **changes):
    run = actions.evaluate(area=district, on=TODAY, by=official)
    rows = run.findings.filter(rule__in=rules, status="not_met")
    return issued(official, rows.exclude(place=district), **changes)


@pytest.mark.usefixtures("_no_pages")
def test_without_a_notice_operators_and_offices_answer_and_nothing_is_due(district, official):
    OrganisationFactory(area=district, kind="authority", name="海珠区民政局")

    told = duties(contents_of(built(district, official)))

    assert told["CERT-03", "凤阳街道社工站"] == ("甲社会工作服务中心", None)
    assert told["POST-02", "凤阳街道社工站"] == ("甲社会工作服务中心", None)
    assert told["COV-01", "赤岗街道"] == ("赤岗街道", None)
    assert told["COV-01", "海珠区"] == ("海珠区民政局", None)


@pytest.mark.usefixtures("_no_pages")
def test_a_station_without_a_contract_is_its_streets_affair(district, official):
    Contract.objects.all().delete()

    told = duties(contents_of(built(district, official)))

    assert told["POST-02", "凤阳街道社工站"] == ("凤阳街道", None)


@pytest.mark.usefixtures("_no_pages")
def test_a_notice_says_who_and_by_when(district, official):
    notice = noticed(district, official, "CERT-03", "POST-02", addressee="乙中心")

    report = built(district, official)

    told = duties(contents_of(report))
    assert report.notices == [notice.pk]
    assert told["CERT-03", "凤阳街道社工站"] == ("乙中心", date(2026, 3, 3))
    assert told["POST-02", "凤阳街道社工站"] == ("乙中心", date(2026, 3, 3))
    assert told["COV-01", "赤岗街道"] == ("赤岗街道", None)
    sheet = openpyxl.load_workbook(BytesIO(actions.workbook_of(report)))["问题"]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[-2:] == ("责任单位", "整改期限")
    assert {row[-1] for row in rows} >= {"未限期"}
    assert [row[-2] for row in rows].count("乙中心") == 2


@pytest.mark.usefixtures("_no_pages")
def test_what_a_notice_names_in_part_only_has_no_day(district, official):
    noticed(district, official, "POST-02", addressee="乙中心")
    PostFactory(station=Station.objects.get())

    told = duties(contents_of(built(district, official)))

    assert told["POST-02", "凤阳街道社工站"] == ("甲社会工作服务中心", None)


@pytest.mark.usefixtures("_no_pages")
def test_of_two_notices_the_later_holds_and_a_bulletin_asks_for_nothing(district, official):
    noticed(district, official, "CERT-03", addressee="先")
    noticed(district, official, "CERT-03", addressee="后", number="穗民函〔2026〕13号",
            deadline=date(2026, 4, 1))  # fmt: skip
    noticed(district, official, "CERT-03", addressee="通报", number="穗民函〔2026〕14号",
            kind="bulletin", deadline=None)  # fmt: skip

    told = duties(contents_of(built(district, official)))

    assert told["CERT-03", "凤阳街道社工站"] == ("后", date(2026, 4, 1))


@pytest.mark.usefixtures("_no_pages")
def test_a_notice_and_its_withdrawal_make_a_new_version(district, official):
    first = built(district, official)
    assert built(district, official) == first
    notice = noticed(district, official, "CERT-03")

    second = built(district, official)
    assert built(district, official) == second
    with time_machine.travel(TODAY + timedelta(hours=1), tick=False):
        actions.withdraw_notice(notice=notice, reason="有误", by=official)
        third = built(district, official)

    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert [bool(one.notices) for one in (first, second, third)] == [False, True, False]


@pytest.mark.usefixtures("_no_pages")
def test_notices_on_other_places_leave_a_report_alone(district, official, root):
    other = AreaFactory(parent=root, level="district")
    first = built(other, official)
    noticed(district, official, "CERT-03")

    assert built(other, official) == first


@pytest.mark.full
def test_a_report_printed_again_says_what_it_said(district, official):
    notice = noticed(district, official, "CERT-03")
    report = built(district, official)
    actions.withdraw_notice(notice=notice, reason="有误", by=official)
    Organisation.objects.filter(kind="operator", name__startswith="甲").update(name="改了名字")

    again = Report.objects.get()

    pdf, workbook = printing.files_of(again)
    assert pdf.content == actions.content_of(report)
    assert workbook.content == actions.workbook_of(report)


@pytest.mark.usefixtures("_no_pages")
def test_what_notices_named_is_counted(district, official):
    assert contents_of(built(district, official)).noticed is None
    noticed(district, official, "CERT-03", "POST-02")
    Post.objects.filter(code="G-77").update(abolished_on=TODAY - timedelta(days=1))

    told = contents_of(built(district, official)).noticed
    with time_machine.travel(date(2026, 3, 4), tick=False):
        actions.build_report(area=district, period=parse_period("2026-03"), by=official)
        later = contents_of(Report.objects.get(period="2026-03")).noticed

    assert told == Noticed(named=2, mended=1, open=1, overdue=0)
    assert later == Noticed(named=2, mended=1, open=1, overdue=1)


def test_the_preview_says_the_same(district, official):
    noticed(district, official, "CERT-03", "POST-02", addressee="乙中心")

    told = duties(preview_of(district, PERIOD, official))

    assert told["CERT-03", "凤阳街道社工站"] == ("乙中心", date(2026, 3, 3))
    assert told["POST-02", "凤阳街道社工站"] == ("乙中心", date(2026, 3, 3))
    assert told["COV-01", "赤岗街道"] == ("赤岗街道", None)
