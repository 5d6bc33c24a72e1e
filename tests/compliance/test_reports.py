"""Reports: versions, bytes, what the paper says, and what it never fetches."""

import sys
from datetime import date
from hashlib import sha256
from io import BytesIO, StringIO
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from compliance import actions
from compliance.assessment import PeriodNotBegun
from compliance.models import Report, Run
from compliance.reports import contents, printing
from compliance.reports.contents import contents_of
from tenancy import audit
from tenancy.models import AuditEvent, User
from tests.compliance.ledgers import fengyang, haizhu, hire, staffed
from tests.compliance.paper import fonts_of, geometry_of, pages_of, text_of
from tests.compliance.reports import built
from tests.factories import AreaFactory, OverrideFactory, PostFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def paper(report):
    return text_of(actions.content_of(report))


def test_the_paper_says_what_the_run_found(root):
    district, *_ = fengyang(root)

    report = built(district)

    text = paper(report)
    for words in (
        "海珠区2025年第四季度社工服务站合规情况报告",
        "应覆盖镇街1个，有运营中社工站的1个，占100.0%。",
        "购买服务项目在岗社工20人，持证10人，占50.0%。",
        "符合34项，需关注1项，不符合1项，数据不足0项；不适用3项。",
        "持证10人，在岗社工20人，占50.0%；要求不低于2/3（至少14人）。",
        "再有4名在岗社工取得证书，或新聘10名持证社工。",
        f"校验码{report.check_code}",
    ):
        assert words in text
    assert text.count(f"校验码{report.check_code}") == pages_of(actions.content_of(report))


def test_peoples_names_are_not_printed(root):
    *_, station = fengyang(root)
    hire(PostFactory(station=station), name="欧阳某某")

    assert "欧阳" not in paper(built(root))


def test_paper_and_page_have_the_same_figures(root):
    fengyang(root)
    report = built(root)

    told, text = contents_of(report), paper(report)

    assert [(row.title in text, row.article in text) for row in told.clauses] == [(True, True)] * 21
    assert told.pack.title in text
    for problem in told.problems.rows:
        assert problem.sentence.replace(" ", "") in text
    for row in [*told.areas.rows, *told.stations.rows]:
        assert row.code in text
        assert str(row.figures.certified) in text


def test_printing_again_gives_the_same_bytes(root):
    fengyang(root)
    report = built(root)

    again = printing.files_of(Report.objects.get()).pdf

    assert again.content == actions.content_of(report)
    assert again.sha256 == report.sha256 == sha256(again.content).hexdigest()


@pytest.mark.usefixtures("unprinted")
def test_where_nothing_has_changed_the_last_version_is_the_report(root):
    fengyang(root)

    first, second = built(root), built(root)

    assert first == second
    assert Run.objects.count() == 1


def test_changed_data_make_a_version_that_names_what_it_replaces(root):
    *_, station = fengyang(root)
    first = built(root)
    hire(PostFactory(station=station), "verified")

    second = built(root)

    assert (second.number, second.replaces) == (2, first)
    assert first.check_code in paper(second)
    assert [row.replaced_by for row in Report.objects.with_successor().order_by("number")] == [2, 0]
    assert "在岗社工20人" in paper(first)
    assert "在岗社工21人" in paper(second)


@pytest.mark.usefixtures("unprinted")
def test_periods_have_versions_of_their_own(root):
    assert {built(root, period).number for period in ("2025", "2025-H2", "2025-12")} == {1}


@pytest.mark.parametrize(
    ("period", "on", "running"),
    [
        ("2025-Q4", date(2025, 12, 31), False),
        ("2026", date(2026, 2, 1), True),
        ("2026-02", date(2026, 2, 1), True),
        ("2026-01", date(2026, 1, 31), False),
    ],
)
def test_a_period_is_judged_on_its_last_day_or_today(root, period, on, running):
    report = built(root, period)

    assert report.run.on == on
    assert ("周期尚未结束，按这一天的台账核验" in paper(report)) is running


def test_a_period_ahead_has_no_report(root):
    with pytest.raises(PeriodNotBegun):
        built(root, "2026-Q2")


def test_the_head_of_the_audit_stands_in_the_foot(root):
    audit.record(verb="something", by=User.objects.system(root.tenant_id))
    audit.append_pending()

    report = built(root)
    audit.append_pending()

    before, after = (
        AuditEvent.objects.get(verb="something"),
        AuditEvent.objects.get(verb="build-report"),
    )
    assert (report.audit_seq, report.audit_head) == (before.seq, bytes(before.mac).hex())
    assert f"审计序号{report.audit_seq}{report.audit_head[:16]}" in paper(report)
    assert after.target_id == report.pk


class Listener(BaseRequestHandler):
    def handle(self):
        self.server.hits.append(self.request.recv(200))


@pytest.fixture
def listener():
    with TCPServer(("127.0.0.1", 0), Listener) as server:
        server.hits = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_markup_and_addresses_are_printed_as_text_and_fetch_nothing(root, listener):
    district, street = haizhu(root)
    site = f"http://127.0.0.1:{listener.server_address[1]}"
    names = [
        f"<img src={site}/a>", "<link rel=attachment href=file:///etc/passwd>",
        f"<style>@import '{site}/b'</style>", "{{ settings }}",
    ]  # fmt: skip
    for number, name in enumerate(names):
        place = AreaFactory(parent=district, name=name)
        staffed(place, without=1, number=f"P-{number}")

    report = built(district)

    text = paper(report)
    for name in names:
        assert name.replace(" ", "") in text
    assert listener.hits == []
    with pikepdf.open(BytesIO(actions.content_of(report))) as pdf:
        assert not pdf.attachments
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x",
        "asset:../settings.py",
        "asset:fonts/x.ttf",
        "ftp://a/b",
    ],
)
def test_a_template_that_fetches_is_not_printed(address):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError):
        printing.set_pages(f'<html lang="zh"><title>x</title><img alt="x" src="{address}">')


def test_what_is_embedded_may_be_shown():
    dot = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E"

    assert printing.set_pages(f'<html lang="zh"><title>x</title><img alt="x" src="{dot}">')


def test_the_paper_has_the_measures_of_official_paper(root):
    fengyang(root)

    content = actions.content_of(built(root))

    measures = geometry_of(content)
    assert measures.page == pytest.approx((210, 297), abs=0.1)
    assert measures.left == pytest.approx(28, abs=1)
    assert measures.top == pytest.approx(37, abs=5)
    assert measures.sizes >= {22, 15.75, 10.5}


def test_fonts_are_embedded_and_the_document_is_tagged(root):
    content = actions.content_of(built(root))

    fonts = fonts_of(content)
    assert fonts
    assert all(fonts.values())
    assert all("Zhandian" in name for name in fonts), "not every machine has other fonts"
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "zh-CN"
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.docinfo.Title) == "广州市2025年第四季度社工服务站合规情况报告"


def test_rare_characters_have_a_glyph(root):
    AreaFactory(parent=root, name="䶮㛃𠮷街道")

    assert "䶮㛃𠮷街道" in paper(built(root))


def test_long_tables_are_cut_and_say_so(root, monkeypatch):
    monkeypatch.setattr(contents, "MOST_ROWS", 2)
    for _index in range(5):
        AreaFactory(parent=root)

    report = built(root)

    # Five streets and the city itself are not covered, and there is no supervision centre.
    assert paper(report).count("另有5行未列出") == 1
    assert paper(report).count("另有3行未列出") == 1


def test_a_missing_library_is_told_plainly(root, monkeypatch):
    class Missing:
        def find_spec(self, name, *_args):
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0': no such file")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])

    with pytest.raises(printing.PrintingUnavailable, match="libpango-1.0-0"):
        built(root)
    assert not Report.objects.exists()


def command(tenant, **options):
    arguments = {"area": "440105000000", "period": "2025-Q4"} | options
    words = [f"--{name}={value}" for name, value in arguments.items()]
    call_command("build_report", f"--tenant={tenant.slug}", *words, stdout=StringIO())


def test_the_command_writes_the_archived_file(root, tenant, tmp_path):
    fengyang(root)

    command(tenant, out=tmp_path / "a.pdf")
    command(tenant, out=tmp_path / "b.pdf")

    first, second = ((tmp_path / name).read_bytes() for name in ("a.pdf", "b.pdf"))
    assert first == second == actions.content_of(Report.objects.get())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"period": "2025-13"}, "不认识周期"),
        ({"out": "x.docx"}, ".pdf"),
        ({"period": "2026-Q3"}, "还没有开始"),
        ({"period": "2022"}, "2023-04-07"),
        ({"out": "/nowhere/x.pdf"}, "写不到"),
    ],
)
def test_the_command_says_what_is_wrong(root, tenant, tmp_path, options, words):
    fengyang(root)

    with pytest.raises(CommandError, match=words):
        command(tenant, **{"out": tmp_path / "a.pdf"} | options)


def test_people_and_posts_are_told_by_the_station(root):
    """Twenty people without supervision are one line, two misplaced posts another."""
    district, _street, station = fengyang(root)
    station.assignments.all().delete()
    PostFactory(station=station)
    PostFactory(station=station)
    PostFactory(station=station, kind="admin", point=station.points.get())

    report = built(district)

    told = {line.rule: line for line in contents_of(report).problems.rows}
    assert told["SUP-02"].sentence == "20 人没有在期的督导安排。"
    assert told["POST-02"].sentence == "2 个服务性岗位设在社工站。"
    assert told["POST-01"].sentence == "1 个事务性岗位设在社工点。"
    assert {told[rule].code for rule in ("SUP-02", "POST-01", "POST-02")} == {station.code}
    assert "20人没有在期的督导安排。" in paper(report)


def test_lines_of_stations_stand_among_the_others_by_urgency(root):
    _district, _street, station = fengyang(root)
    station.assignments.all().delete()
    PostFactory(station=station)
    staffed(AreaFactory(parent=root), number="P-2")

    lines = contents_of(built(root)).problems.rows

    assert [line.status for line in lines] == sorted(
        (line.status for line in lines), key=["not_met", "no_data", "watch"].index
    )
    broken = [line.rule for line in lines if line.status == "not_met"]
    assert broken == sorted(broken)
    assert {"SUP-02", "POST-02", "CERT-03", "POST-05"} <= set(broken)


def test_an_override_is_cited_on_paper(root):
    district, *_ = fengyang(root)
    OverrideFactory(area=district)

    assert "海珠区按示例民〔2023〕1号调整参数为130000.00。" in paper(built(district))


def test_every_page_of_the_paper_says_where_to_ask(root, settings):
    settings.PUBLIC_URL = "https://stations.example"
    report = built(root)
    content = actions.content_of(report)

    address = f"https://stations.example/verify/{report.check_code}/"
    assert text_of(content).count(address) == pages_of(content)
