"""Notices: what the database holds true, what may be chosen, what is written."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from compliance import actions
from compliance.actions.notices import AlreadyWithdrawn, NumberTaken
from compliance.models import Notice, NoticeFinding, RunFinding
from compliance.notices import choosing
from compliance.notices.choosing import chosen
from jobs import registry
from jobs.running import RunningJob
from tenancy import audit
from tenancy.models import AuditEvent, PublicKey
from tests.compliance.ledgers import fengyang, staffed
from tests.compliance.notices import NoticeFactory, NoticeFindingFactory, issued
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    RunFactory,
    RunFindingFactory,
    StationFactory,
    UserFactory,
    appointed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


@pytest.fixture
def judged(root, official):
    """District, street and station of a city that has been judged today."""
    found = fengyang(root)
    AreaFactory(parent=found[0], name="赤岗街道")
    actions.evaluate(area=root, on=date(2026, 2, 1), by=official)
    return found


def finding(**lookup):
    return RunFinding.objects.get(**lookup)


def keys(*rows):
    return [str(row.pk) for row in rows]


def refused(**options):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        NoticeFactory(**options)
    return str(caught.value)


# --- the database --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        "穗民函[2026]12号",
        "穗民函〔2026〕012号",
        "穗民函〔2026〕第12号",
        "〔2026〕12号",
        "穗民函〔26〕1号",
    ],
)
def test_a_document_number_has_its_form(number):
    assert "document_number_has_its_form" in refused(number=number)


def test_a_document_number_stands_once_among_notices_in_force(root, official):
    first = NoticeFactory(area=root, number="穗民函〔2026〕1号")

    assert "document_number_is_unique" in refused(area=root, number=first.number)
    actions.withdraw_notice(notice=first, reason="有误", by=official)
    NoticeFactory(area=root, number=first.number)


@pytest.mark.parametrize(
    "options",
    [
        {"deadline": None},
        {"deadline": date(2026, 1, 5)},
        {"kind": "bulletin", "deadline": date(2026, 2, 4)},
    ],
)
def test_a_rectification_has_a_deadline_after_its_day_and_a_bulletin_none(options):
    assert "a_rectification_has_a_deadline" in refused(**options)
    assert NoticeFactory(kind="bulletin").deadline is None


@pytest.mark.parametrize(
    "options", [{"issuer": ""}, {"addressee": ""}, {"sha256": ""}, {"withdrawn_at": timezone.now()}]
)
def test_nothing_is_half_said(options):
    assert "notice_" in refused(**options)


def test_a_withdrawal_has_a_reason(root, official):
    message = refused(area=root, withdrawn_at=timezone.now(), withdrawn_by=official)

    assert "notice_withdrawal_has_actor_time_and_reason" in message


def test_a_notice_names_a_finding_once():
    named = NoticeFindingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        NoticeFindingFactory(notice=named.notice, finding=named.finding)


# --- choosing ------------------------------------------------------------------------------------


def test_the_place_is_the_lowest_that_holds_all_findings(judged, official):
    district, street, station = judged
    share, uncovered = finding(rule="CERT-03"), finding(rule="COV-01", place__name="赤岗街道")

    one, both = chosen(official, keys(share)), chosen(official, keys(share, uncovered))

    assert (one.place, one.area) == (station.area, street.parent.parent)
    assert (both.place, [row.rule for row in both.findings]) == (district, ["CERT-03", "COV-01"])


def test_who_issues_and_to_whom_is_suggested(judged, root, official):
    district, *_ = judged
    OrganisationFactory(area=root, kind="authority", name="广州市民政局")
    OrganisationFactory(area=district, kind="authority", name="海珠区民政局")
    share, uncovered = finding(rule="CERT-03"), finding(rule="COV-01", place__name="赤岗街道")

    one, both = chosen(official, keys(share)), chosen(official, keys(share, uncovered))

    assert one.issuer() == "广州市民政局"
    assert one.addressee().startswith("示例社会工作服务中心")
    assert both.addressee() == f"{one.addressee()}、赤岗街道"


def test_many_are_told_through_the_office_of_their_place(root, official):
    district = AreaFactory(parent=root, level="district")
    OrganisationFactory(area=district, kind="authority", name="海珠区民政局")
    run = RunFactory(area=root)
    rows = [RunFindingFactory(run=run, place=AreaFactory(parent=district)) for _ in range(6)]
    own = UserFactory(role="district_authority", area=district)

    assert chosen(official, keys(*rows)).addressee() == "海珠区民政局"
    assert chosen(own, keys(*rows)).addressee() == ""


def test_where_no_office_is_entered_the_place_stands(judged, official):
    uncovered = finding(rule="COV-01", place__name="赤岗街道")

    choice = chosen(official, keys(uncovered))

    assert (choice.issuer(), choice.addressee()) == ("广州市", "赤岗街道")


def test_what_asks_for_nothing_is_not_chosen(judged, official, root):
    met = RunFinding.objects.filter(status="met").first()

    with pytest.raises(choosing.NothingAsked):
        chosen(official, keys(met))
    with pytest.raises(choosing.NothingChosen):
        chosen(official, [])
    with pytest.raises(choosing.TooMany):
        chosen(official, map(str, range(301)))


def test_findings_of_different_runs_are_told_apart(judged, official, root):
    share = finding(rule="CERT-03")
    other = RunFindingFactory(run=RunFactory(area=root), place=root)

    with pytest.raises(choosing.SeveralRuns):
        chosen(official, keys(share, other))


def test_what_lies_in_two_places_of_ones_own_is_told_apart(judged, root):
    district, *_ = judged
    other = AreaFactory(parent=root, level="district")
    run = RunFactory(area=root)
    user = UserFactory(role="district_authority", area=district)
    appointed(user, "district_authority", other)
    rows = [RunFindingFactory(run=run, place=place) for place in (district, other)]

    with pytest.raises(choosing.NoCommonPlace):
        chosen(user, keys(*rows))


def test_findings_elsewhere_do_not_exist_and_those_below_one_are_not_ones_own(judged):
    district, street, station = judged
    share = finding(rule="CERT-03")
    elsewhere = UserFactory(role="street_office", area=AreaFactory(parent=district))

    with pytest.raises(Http404):
        chosen(elsewhere, keys(share))
    with pytest.raises(Http404):
        chosen(elsewhere, ["x"])
    with pytest.raises(PermissionDenied):
        chosen(UserFactory(role="operator", area=station.area), keys(share))
    assert chosen(UserFactory(role="street_office", area=street), keys(share)).area == street


# --- writing -------------------------------------------------------------------------------------


def test_a_notice_names_its_findings_by_what_later_runs_share(judged, official):
    rows = [finding(rule="CERT-03"), finding(rule="COV-01", place__name="赤岗街道")]

    notice = issued(official, rows)

    named = NoticeFinding.objects.order_by("order").values_list("order", "rule", "kind", "code")
    assert list(named) == [
        (number, row.rule, row.kind, row.code) for number, row in enumerate(rows, start=1)
    ]
    assert PublicKey.objects.tenant_of_paper(notice.check_code) == official.tenant_id
    audit.append_pending()
    event = AuditEvent.objects.get(verb="issue-notice")
    assert event.detail == {"number": notice.number, "kind": "rectification", "rows": 2}


def test_a_taken_number_is_refused(judged, official):
    rows = [finding(rule="CERT-03")]
    issued(official, rows)

    with pytest.raises(NumberTaken):
        issued(official, rows)
    assert Notice.objects.count() == 1


def test_the_job_makes_both_files_once(judged, official):
    notice = issued(official, [finding(rule="CERT-03")])
    job = registry.find("notice")

    running = RunningJob({"notice": notice.pk}, notice.area, official)
    assert job.run(running) == {"notice": notice.pk}
    notice.refresh_from_db()
    names = (notice.file.name, notice.document.name)
    job.run(running)

    notice.refresh_from_db()
    assert (notice.file.name, notice.document.name) == names
    assert job.queue == "reports"
    audit.append_pending()
    assert AuditEvent.objects.get(verb="print-notice").detail["sha256"] == notice.sha256


def test_a_notice_is_withdrawn_once(judged, official):
    notice = issued(official, [finding(rule="CERT-03")])

    actions.withdraw_notice(notice=notice, reason="文号有误", by=official)

    with pytest.raises(AlreadyWithdrawn):
        actions.withdraw_notice(notice=notice, reason="再撤", by=official)
    notice.refresh_from_db()
    assert (notice.withdrawn_by, notice.withdrawal_reason) == (official, "文号有误")
    issued(official, [finding(rule="CERT-03")])


def test_people_named_are_for_those_who_may_see_people(root):
    street = AreaFactory(parent=root)
    staffed(street, without=1)
    notice = NoticeFactory(area=street)
    row = RunFindingFactory(run=notice.run, place=street, kind="worker", code="R1")
    NoticeFindingFactory(notice=notice, finding=row)

    finance = UserFactory(role="city_finance", area=root)
    officer = UserFactory(role="street_office", area=street)

    assert not Notice.objects.visible_to(finance).exists()
    assert Notice.objects.visible_to(officer).get() == notice


def test_a_notice_is_read_by_whoever_sees_all_that_it_names(root):
    stations = [StationFactory(street=AreaFactory(parent=root)) for _ in range(3)]
    notice = NoticeFactory(area=root)
    for station in stations[:2]:
        row = RunFindingFactory(run=notice.run, place=station.area, code=station.code)
        NoticeFindingFactory(notice=notice, finding=row)

    both, one, street = (UserFactory(role="operator", area=stations[0].area) for _ in range(3))
    appointed(both, "operator", stations[1].area)
    appointed(one, "operator", stations[2].area)
    appointed(street, "street_office", stations[0].street)

    seen = [Notice.objects.visible_to(user).exists() for user in (both, one, street, UserFactory())]
    assert seen == [True, False, False, False]
