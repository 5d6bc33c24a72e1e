"""Notices on pages: chosen from the list, issued by a form, read, withdrawn, followed up, verified."""

from datetime import date, timedelta

import pytest

from compliance import actions
from compliance.models import Notice, RunFinding
from compliance.todos import notices_to_follow
from jobs.models import Job
from tenancy import audit
from tenancy.models import AuditEvent
from tests.compliance.ledgers import fengyang
from tests.compliance.notices import NoticeFactory, NoticeFindingFactory, issued, stated
from tests.conftest import TenantlessClient
from tests.factories import AreaFactory, RunFactory, RunFindingFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = date(2026, 2, 1)
NEW = "/notices/new/"


@pytest.fixture
def judged(root, official):
    """District, street and station of a city that has been judged today."""
    found = fengyang(root)
    AreaFactory(parent=found[0], name="赤岗街道")
    actions.evaluate(area=root, on=TODAY, by=official)
    return found


@pytest.fixture
def share():
    return RunFinding.objects.get(rule="CERT-03")


@pytest.fixture
def uncovered():
    return RunFinding.objects.get(rule="COV-01", place__name="赤岗街道")


def filled(*rows, **changes):
    form = stated(signed_on="2026-02-01", deadline="2026-03-03") | changes
    return form | {"submission": "a" * 20, "finding": [row.pk for row in rows]}


def squeezed(response):
    return "".join(response.content.decode().split())


def shown(response, status=200):
    assert response.status_code == status
    return response.content.decode()


# --- choosing and issuing --------------------------------------------------------------------------


def test_whoever_may_issue_chooses_from_the_list(judged, client_of, official, share):
    street, finance = judged[1], UserFactory(role="city_finance", area=judged[0].parent)
    box = f'name="finding" value="{share.pk}"'

    assert box in shown(client_of(official).get("/findings/"))
    assert box in shown(client_of(UserFactory(role="street_office", area=street)).get("/findings/"))
    assert box not in shown(client_of(finance).get("/findings/"))
    met = RunFinding.objects.filter(status="met").first()
    listed = shown(client_of(official).get("/findings/?status=met"))
    assert f"/findings/{met.pk}/" in listed
    assert "出具通知" not in listed


def test_the_form_lists_what_was_chosen_and_is_filled_in(judged, client_of, official, share):
    html = shown(client_of(official).get(NEW, {"finding": share.pk}))

    assert "持证 10 人，在岗社工 20 人" in html
    assert 'value="2026-02-01"' in html
    assert 'value="2026-03-03"' in html
    assert 'value="广州市"' in html


def test_a_notice_is_issued_once_however_often_the_form_arrives(
    judged, client_of, official, share, uncovered
):
    client, form = client_of(official), filled(share, uncovered)

    first, second = client.post(NEW, form), client.post(NEW, form)

    notice, job = Notice.objects.get(), Job.objects.get(kind="notice")
    assert first.url == second.url == f"/jobs/{job.pk}/"
    assert (notice.number, notice.deadline) == ("穗民函〔2026〕12号", date(2026, 3, 3))
    assert notice.named.count() == 2
    assert job.params == {"notice": notice.pk}


def test_all_errors_stand_at_once_and_what_was_typed_stays(judged, client_of, official, share):
    NoticeFactory(area=judged[0], number="穗民函〔2026〕12号")
    wrong = {"addressee": "：", "signed_on": "2026-02-02", "deadline": "2026-02-01", "issuer": ""}

    html = shown(client_of(official).post(NEW, filled(share, remark="保留这句话", **wrong)), 422)

    for sentence in (
        "有 5 处需要更正",
        "这个发文字号已经用过",
        "请填写主送机关的名称",
        "成文日期晚于今天",
        "整改期限要晚于今天",
        "保留这句话",
        f'name="finding" value="{share.pk}"',
    ):
        assert sentence in html
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("number", ["穗民函[2026]12号", "穗民函〔2026〕012号", "12"])
def test_a_number_out_of_form_is_told_its_form(judged, client_of, official, share, number):
    html = shown(client_of(official).post(NEW, filled(share, number=number)), 422)

    assert "六角括号，不加“第”，不补零" in html


def test_nothing_is_signed_before_it_was_found(judged, client_of, official, share):
    html = shown(client_of(official).post(NEW, filled(share, signed_on="2026-01-31")), 422)

    assert "成文日期早于所选事项的核验日" in html


def test_a_rectification_needs_a_deadline_and_a_bulletin_takes_none(
    judged, client_of, official, share
):
    client = client_of(official)

    assert "整改期限：该字段是必填项" in squeezed(client.post(NEW, filled(share, deadline="")))
    client.post(NEW, filled(share, kind="bulletin"))
    assert Notice.objects.get().deadline is None


def test_what_no_paper_can_hold_is_left_out(judged, client_of, official, share):
    client_of(official).post(NEW, filled(share, remark="一\x0b\n二\ufffe", addressee="甲\n 乙："))

    notice = Notice.objects.get()
    assert notice.remark.split("\n")[0].startswith("一")
    assert "\x0b" not in notice.remark
    assert "\ufffe" not in notice.remark
    assert notice.addressee == "甲 乙"


def test_nothing_and_too_much_are_told_plainly(judged, client_of, official):
    client = client_of(official)

    assert "还没有选择事项" in shown(client.get(NEW))
    many = {"finding": [*range(1, 302)], "submission": "b" * 20}
    assert "最多列 300 项" in shown(client.post(NEW, many), 422)


def test_all_that_the_filter_finds_are_chosen_at_once(root, client_of, official):
    run, client = RunFactory(area=root, on=TODAY), client_of(official)
    for number in range(51):
        place = AreaFactory(parent=root, code=f"44019{number:07}")
        RunFindingFactory(run=run, place=place, status=("not_met", "met")[number == 50])

    listed = shown(client.get("/findings/?rule=COV-01"))
    link = "/notices/new/?rule=COV-01&amp;every=1"
    assert link in listed
    form = shown(client.get(link.replace("&amp;", "&")))
    assert form.count('type="hidden" name="finding"') == 50
    assert "还没有选择事项" in shown(client.get(f"{NEW}?every=1&status=waived"))


def test_findings_elsewhere_are_not_there(judged, client_of, share):
    elsewhere = UserFactory(role="street_office", area=AreaFactory(parent=judged[0]))
    client = client_of(elsewhere)

    assert client.get(NEW, {"finding": share.pk}).status_code == 404
    assert client.post(NEW, filled(share)).status_code == 404
    assert client.get(NEW, {"every": 1, "area": judged[1].code}).status_code == 404


# --- reading ---------------------------------------------------------------------------------------


def test_those_whom_it_concerns_read_it_and_others_do_not(judged, client_of, official, share):
    district, street, station = judged
    notice = issued(official, [share])
    page = f"/notices/{notice.pk}/"

    for role, area, status in (
        ("street_office", street, 200),
        ("operator", station.area, 200),
        ("street_office", AreaFactory(parent=district), 404),
    ):
        client = client_of(UserFactory(role=role, area=area))
        assert client.get(page).status_code == status
        assert (notice.number in client.get("/notices/").content.decode()) is (status == 200)
    street_client = client_of(UserFactory(role="street_office", area=street))
    assert street_client.post(f"{page}withdraw/", {"reason": "不同意"}).status_code == 403


def test_the_paper_is_chinese_on_an_english_page_too(judged, client_of, official, share):
    notice = issued(official, [share])

    html = shown(
        client_of(official).get(f"/notices/{notice.pk}/", headers={"accept-language": "en"})
    )

    assert '<html lang="en"' in html
    assert '<div lang="zh-CN">' in html
    assert "关于凤阳街道社工站整改事项的通知" in html


def test_files_are_handed_out_and_that_is_written_down(judged, client_of, official, share):
    notice, client = issued(official, [share]), client_of(official)
    page = f"/notices/{notice.pk}/"
    assert "正在生成" in shown(client.get(page))
    assert client.get(f"{page}file.pdf").status_code == 404

    actions.print_notice(notice=notice, by=official)

    pdf, document = client.get(f"{page}file.pdf"), client.get(f"{page}file.docx")
    assert (pdf.content[:5], document.content[:2]) == (b"%PDF-", b"PK")
    assert document["Content-Type"].endswith("wordprocessingml.document")
    assert "下载 DOCX" in shown(client.get(page))
    audit.append_pending()
    forms = AuditEvent.objects.filter(verb="download-notice").values_list("detail__form", flat=True)
    assert set(forms) == {"pdf", "docx"}


def test_a_finding_tells_in_which_notices_it_stands(judged, client_of, official, share, root):
    notice = issued(official, [share])
    actions.evaluate(area=root, on=TODAY, by=official)
    later = RunFinding.objects.filter(rule="CERT-03").latest("pk")

    html = shown(client_of(official).get(f"/findings/{later.pk}/"))

    assert later != share
    for told in (notice.number, "示例社会工作服务中心", "2026-03-03", f"/notices/{notice.pk}/"):
        assert told in html


def test_a_finding_in_two_notices_is_shown_once_in_each(judged, client_of, official, share):
    issued(official, [share])
    second = issued(official, [share], number="穗民函〔2026〕13号")

    html = shown(client_of(official).get(f"/notices/{second.pk}/"))

    assert html.count('class="finding"') == 1


def test_the_list_is_narrowed_and_takes_as_many_queries_for_many(
    root, client_of, official, django_assert_num_queries
):
    run, client = RunFactory(area=root), client_of(official)
    for number in range(60):
        NoticeFactory(area=root, run=run, kind=("bulletin", "rectification")[number % 2])

    with django_assert_num_queries(15):
        html = shown(client.get("/notices/"))
    assert html.count("<tr>") == 51
    assert shown(client.get("/notices/?kind=bulletin")).count("<tr>") == 31
    assert "/notices/" in shown(client.get("/reports/"))


# --- withdrawing -----------------------------------------------------------------------------------


def test_whoever_issued_it_withdraws_it_for_a_reason(judged, client_of, official, share):
    notice, client = issued(official, [share]), client_of(official)
    page = f"/notices/{notice.pk}/"

    assert "必填" in shown(client.post(f"{page}withdraw/", {"reason": " "}), 422)
    client.post(f"{page}withdraw/", {"reason": "文号有误"})

    html = shown(client.get(page))
    assert "已撤回" in html
    assert "文号有误" in html
    assert f"{page}withdraw/" not in html
    assert client.post(f"{page}withdraw/", {"reason": "再撤"}).status_code == 302
    assert Notice.objects.get().withdrawal_reason == "文号有误"


# --- following up ----------------------------------------------------------------------------------


def followed(user, today):
    return [(todo.text, todo.due) for todo in notices_to_follow(user, today)]


def test_whoever_issued_it_is_told_while_something_is_amiss(judged, official, share, uncovered):
    district, street, _station = judged
    notice = issued(official, [share, uncovered])
    near = notice.deadline - timedelta(days=14)
    told = [("穗民函〔2026〕12号：仍有 2 项未整改", notice.deadline)]

    assert followed(official, near - timedelta(days=1)) == []
    assert followed(official, near) == followed(official, notice.deadline + timedelta(9)) == told
    for user in (
        UserFactory(role="district_authority", area=district),
        UserFactory(role="street_office", area=street),
        UserFactory(role="city_finance", area=district.parent),
    ):
        assert followed(user, near) == []


def test_what_was_mended_or_withdrawn_waits_no_longer(judged, official, share, root):
    notice = issued(official, [share])
    RunFinding.objects.filter(pk=share.pk).update(status="met")
    assert followed(official, notice.deadline) == []

    RunFinding.objects.filter(pk=share.pk).update(status="not_met")
    assert len(followed(official, notice.deadline)) == 1
    actions.withdraw_notice(notice=notice, reason="有误", by=official)
    assert followed(official, notice.deadline) == []


def test_following_up_takes_as_many_queries_for_many(root, official, django_assert_num_queries):
    run = RunFactory(area=root, on=TODAY)
    for number in range(5):
        notice = NoticeFactory(area=root, run=run)
        street = AreaFactory(parent=root, code=f"44010500{number:04}")
        row = RunFindingFactory(run=run, place=street)
        NoticeFindingFactory(notice=notice, finding=row)

    official.paths_where("issue_notice")
    with django_assert_num_queries(5):  # the tenant among them
        assert len(followed(official, TODAY)) == 5


# --- verifying -------------------------------------------------------------------------------------


def test_whoever_holds_the_paper_learns_whether_it_stands(judged, share):
    author = UserFactory(name="司马某某", role="city_authority", area=judged[0].parent)
    notice = issued(author, [share], addressee="欧阳某某")
    stranger = TenantlessClient()

    html = shown(stranger.get(f"/verify/{notice.check_code}/"))
    assert "通知真实，现行有效" in html
    assert "穗民函〔2026〕12号" in html
    assert "司马" not in html
    assert "欧阳" not in html

    actions.withdraw_notice(notice=notice, reason="司马某某签错", by=author)
    html = shown(stranger.get("/verify/", {"code": notice.check_code.lower()}))
    assert "通知真实，已被撤回" in html
    assert "司马" not in html
