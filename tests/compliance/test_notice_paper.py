"""A notice on paper and as a document: the same text, the geometry, the same bytes."""

import re
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pikepdf
import pytest
import time_machine
from docx.oxml.ns import qn
from docx.shared import Mm

from compliance import actions
from compliance.models import Notice, RunFinding
from compliance.notices.papers import documented, printed_notice
from compliance.reports import printing
from tests.compliance.ledgers import fengyang
from tests.compliance.notices import NoticeFactory, NoticeFindingFactory, issued
from tests.compliance.paper import fonts_of, geometry_of, pages_of, text_of, words_of
from tests.compliance.test_report_paper import glyphs_missing
from tests.factories import AreaFactory, PostFactory, RunFactory, RunFindingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
RARE = "𠮷䶮㛃"
HOSTILE = "<img src=file:///etc/passwd> <script>x</script> http://127.0.0.1/ {{ settings }} &amp;"
RED = ("0.784314", "0.062745", "0.180392")


@pytest.fixture
def rows(root, official):
    """A share too low, one not rising, a street without a station, a post in the wrong place."""
    district, _street, station = fengyang(root)
    AreaFactory(parent=district, name="赤岗街道")
    PostFactory(station=station, code="G-77")
    actions.evaluate(area=root, on=date(2026, 2, 1), by=official)
    found = RunFinding.objects.exclude(status__in=["met", "not_applicable"])
    return list(found.exclude(kind="area", place__level__in=["city", "district"]))


@pytest.fixture
def notice(rows, official):
    remark = f"请同步报送。\n{HOSTILE}\n联系人：{RARE}"
    return issued(official, rows, remark=remark, addressee=f"示例社会工作服务中心{RARE}")


def squeezed(text):
    return re.sub(r"\s", "", text)


def opened(notice):
    return docx.Document(BytesIO(documented(notice).content))


def texts(document):
    """All that stands in the document, in order of its parts."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


def test_the_paper_says_whom_it_concerns_and_what_is_missing(notice):
    text = text_of(printed_notice(notice).content)

    for told in (
        "广州市民政局穗民函〔2026〕12号关于海珠区社工站整改事项的通知",
        f"示例社会工作服务中心{RARE}：",
        "按照《广州市社工服务站管理办法》（穗府办〔2023〕7号），对海珠区社工站2026年2月1日的台账",
        "一、不符合规定的事项1．",
        "凤阳街道社工站（440105-2023-01996）第三年持证比例不低于2/3：持证10人，在岗社工20人，占50.0%；",
        "再有4名在岗社工取得证书，或新聘10名持证社工。",
        "凤阳街道社工站岗位（G-77）服务性岗位设在社工点",
        "二、需要关注的事项",
        "三、工作要求请逐项整改、补充或者说明，于2026年3月3日前完成",
        "附件：事项一览表",
        "广州市民政局2026年2月1日",
        f"校验码{notice.check_code}",
    ):
        assert told in text, told


@pytest.mark.full
def test_a_bulletin_asks_for_no_day(rows, official):
    notice = issued(official, rows, kind="bulletin", deadline=None)

    text = text_of(printed_notice(notice).content)

    assert "关于海珠区社工站有关情况的通报" in text
    assert "整改期限" not in text
    assert "请对照以上情况认真检查" in text


def test_what_is_inferred_is_never_called_broken(official, root):
    notice = NoticeFactory(area=root, run=RunFactory(area=root))
    row = RunFindingFactory(run=notice.run, place=root, status="watch")
    row.record |= {"inferred": True}
    row.save()
    NoticeFindingFactory(notice=notice, finding=row)

    text = text_of(printed_notice(notice).content)

    assert "一、需要关注的事项1．" in text
    assert "镇街社工站全覆盖（推定）：" in text
    assert "需关注（推定）" in text
    assert text.count("不符合") == text.count("不认定为不符合") == 1


def test_text_is_printed_as_text(notice):
    content = printed_notice(notice).content

    assert squeezed(HOSTILE) in text_of(content)
    assert HOSTILE in [one.text for one in opened(notice).paragraphs]
    with pikepdf.open(BytesIO(content)) as pdf:
        assert not pdf.attachments
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert not any("/Annots" in page for page in pdf.pages)


@pytest.mark.full
def test_the_paper_has_the_geometry_of_official_paper(notice):
    content = printed_notice(notice).content

    measures = geometry_of(content)
    assert measures.page == pytest.approx((210, 297), abs=0.2)
    assert measures.left == pytest.approx(28, abs=0.6)
    assert {22.0, 15.75} <= measures.sizes
    first = words_of(content)[0]
    mark = next(word for word in first if "广州市民政局" in word.text)
    number = next(word for word in first if "穗民函" in word.text)
    assert mark.top == pytest.approx(37 + 35, abs=5)
    assert mark.top < number.top < next(word for word in first if "关于" in word.text).top
    assert (number.left + number.right) / 2 == pytest.approx((28 + 184) / 2, abs=1)


@pytest.mark.full
def test_the_head_is_red_and_its_rule(notice):
    with pikepdf.open(BytesIO(printed_notice(notice).content)) as pdf:
        drawn = pikepdf.parse_content_stream(pdf.pages[0], "rg RG")
        colours = [tuple(f"{float(part):.6f}" for part in step.operands) for step in drawn]
        later = pikepdf.parse_content_stream(pdf.pages[1], "rg RG")
        elsewhere = [tuple(f"{float(part):.6f}" for part in step.operands) for step in later]

    assert colours.count(RED) >= 2
    assert RED not in elsewhere


@pytest.mark.full
def test_the_paper_is_tagged_and_its_fonts_come_along(notice):
    content = printed_notice(notice).content

    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo.get("/Title", "")) or pdf.open_metadata().get("dc:title")
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "关于海珠区社工站整改事项的通知" in str(metadata["dc:title"])
    assert all(fonts_of(content).values())
    assert not glyphs_missing(content)
    assert RARE in text_of(content)


@pytest.mark.full
def test_every_page_says_where_to_verify_it(notice, settings):
    settings.PUBLIC_URL = "https://stations.example"
    content = printed_notice(notice).content

    address = f"https://stations.example/verify/{notice.check_code}/"
    assert text_of(content).count(address) == pages_of(content)


def test_the_document_has_the_text_of_the_paper(notice):
    paper, document = text_of(printed_notice(notice).content), opened(notice)

    for text in texts(document):
        for part in re.split(r"\s", text):  # a table's cell may be cut between lines and pages
            assert part in paper or squeezed(text) in paper, text
    foot = [one.text for one in document.sections[0].footer.paragraphs]
    assert any(notice.check_code in text for text in foot)


def test_the_document_is_laid_out_as_official_paper(notice):
    document = opened(notice)
    section = document.sections[0]

    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(side / Mm(1)) for side in sides] == [37, 28, 26, 35]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Normal", "Title", "Heading 1")
    }
    assert faces == {
        "Normal": "仿宋_GB2312",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
    }
    styled = {one.text: one.style.name for one in document.paragraphs}
    assert styled["关于海珠区社工站整改事项的通知"] == "Title"
    assert styled["一、不符合规定的事项"] == styled["附件"] == "Heading 1"
    mark = document.paragraphs[0].runs[0]
    assert (mark.text, str(mark.font.color.rgb)) == ("广州市民政局", "C8102E")


def test_every_word_processor_sets_the_document_alike(notice):
    """Some make two cells of a grid for a wide character, and read widths of columns, not cells."""
    document = opened(notice)
    [table] = document.tables

    grid = document.sections[0]._sectPr.find(qn("w:docGrid"))
    closer = document.styles["Normal"].element.rPr.find(qn("w:spacing"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert closer.get(qn("w:val")) == "-5"
    assert [column.width for column in table.columns] == [
        cell.width for cell in table.rows[0].cells
    ]
    assert sum(round(column.width.mm) for column in table.columns) == 156
    language = document.styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:eastAsia")) == "zh-CN"


def test_the_head_of_the_documents_table_stands_on_each_page(notice):
    (table,) = opened(notice).tables

    heads = [
        row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) for row in table.rows
    ]
    assert [head is not None for head in heads] == [True] + [False] * (len(table.rows) - 1)
    assert len(table.rows) == 1 + notice.named.count()


@pytest.mark.full
@pytest.mark.parametrize("make", [printed_notice, documented])
def test_the_same_notice_gives_the_same_bytes(notice, make):
    first = make(notice)

    with time_machine.travel(date(2027, 5, 5), tick=False):
        again = make(Notice.objects.get())

    assert again.content == first.content


def test_the_document_knows_no_other_time_than_the_notices(notice):
    content = documented(notice).content

    document = docx.Document(BytesIO(content))
    assert document.core_properties.created == notice.issued_at
    with ZipFile(BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.full
@pytest.mark.parametrize("length", [4, 12, 13, 18, 19, 60])
def test_a_long_name_fits_into_the_red_head(notice, length):
    notice.issuer = "海" * length

    words = [word for word in words_of(printed_notice(notice).content)[0] if "海海" in word.text]

    assert max(word.right for word in words) <= 184.5
    assert len(words) == (1 if length <= 27 else len(words))


@pytest.mark.full
def test_three_hundred_findings_fit(root):
    notice = NoticeFactory(area=root, run=RunFactory(area=root))
    for number in range(300):
        street = AreaFactory(parent=root, code=f"4401990{number:05}")
        row = RunFindingFactory(run=notice.run, place=street)
        NoticeFindingFactory(notice=notice, finding=row, order=number + 1)

    content = printed_notice(notice).content

    assert "300．" in text_of(content)
    assert text_of(content).count("序号结论对象要求还差整改期限") > 5
    assert len(opened(notice).tables[0].rows) == 301


def test_a_missing_library_is_told(notice, official, monkeypatch):
    def missing(_html):
        raise printing.PrintingUnavailable("缺少系统库")

    monkeypatch.setattr("compliance.notices.papers.set_pages", missing)

    with pytest.raises(printing.PrintingUnavailable):
        actions.print_notice(notice=notice, by=official)
    notice.refresh_from_db()
    assert not notice.file
