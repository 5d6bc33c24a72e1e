"""Official paper, measured on pages by another program than the one that set them."""

import re
from subprocess import run

import pytest

from compliance.reports import printing
from tests.compliance.paper import words_of

LINES, CHARACTERS = 22, 28
CHARACTER = 14 / 72 * 25.4  # of a page number
LEFT, RIGHT, TOP, BOTTOM = 28, 210 - 26, 37, 297 - 35
ROWS = re.compile(r"第(\d+)行")


def pages_with(body):
    """The words on each page of a report with this body, with their places in millimetres."""
    html = f'<html lang="zh-CN"><title>x</title><article class="paper">{body}</article>'
    return words_of(printing.set_pages(html))


def plain(count):
    return f"<p>{'字' * count}</p>"


def table(rows):
    lines = "".join(f"<tr><td>第{number}行</td><td>字</td></tr>" for number in range(1, rows + 1))
    head = '<thead><tr><th scope="col">表头</th><th scope="col">内容</th></tr></thead>'
    return f'<table class="grid">{head}<tbody>{lines}</tbody></table>'


@pytest.fixture(scope="module")
def full():
    """Two full pages of one paragraph, less the two characters of its indent."""
    return pages_with(plain(LINES * CHARACTERS * 2 - 2))


def lines_of(page):
    """Baseline → the characters that stand on it."""
    lines = {}
    for word in page:
        if "字" in word.text:
            lines.setdefault(round(word.top), []).append(word)
    return [lines[top] for top in sorted(lines)]


def test_a_page_has_22_lines_of_28_characters(full):
    assert len(full) == 2
    for page in full:
        assert len(lines_of(page)) == LINES
    for line in lines_of(full[1]):
        assert sum(len(word.text) for word in line) == CHARACTERS


def test_the_margins_are_those_of_official_paper(full):
    words = [word for line in lines_of(full[1]) for word in line]

    assert min(word.left for word in words) == pytest.approx(LEFT, abs=0.5)
    assert max(word.right for word in words) == pytest.approx(RIGHT, abs=1)
    assert min(word.top for word in words) == pytest.approx(TOP, abs=4)
    assert max(word.bottom for word in words) == pytest.approx(BOTTOM, abs=4)


def test_odd_pages_are_numbered_at_the_right_and_even_ones_at_the_left(full):
    """One character in from the edge of the type area, 7 mm below it."""
    for number, page in enumerate(full, start=1):
        first, digit, last = [word for word in page if word.top > BOTTOM]
        assert digit.text == str(number)
        edge = RIGHT - last.right if number % 2 else first.left - LEFT
        assert edge == pytest.approx(CHARACTER, abs=0.5)
        assert BOTTOM + 5 < digit.top < BOTTOM + 9


@pytest.mark.parametrize("rows", [*range(36, 46)])
def test_heads_are_repeated_and_no_row_stands_alone(rows):
    pages = [" ".join(word.text for word in page) for page in pages_with(table(rows))]

    told = [[int(number) for number in ROWS.findall(page)] for page in pages]
    assert sum(told, []) == [*range(1, rows + 1)]
    assert all("表头" in page for page in pages)
    assert all(len(numbers) > 1 for numbers in told)


def test_a_table_does_not_begin_with_a_head_at_the_foot_of_a_page():
    for lines in (19, 20, 21):
        first, *others = pages_with(plain(lines * CHARACTERS - 2) + f"<h2>一、标题</h2>{table(9)}")
        texts = [word.text for word in first]
        assert ("表头" in texts) is (len(ROWS.findall(" ".join(texts))) > 1)
        assert ("一、标题" in texts) is ("表头" in texts)


def test_rare_characters_are_drawn():
    """The text alone would not show it: a missing glyph is glyph 0 of its font."""
    content = printing.set_pages(
        '<html lang="zh-CN"><title>x</title><article class="paper"><p>䶮㛃𠮷</p></article>'
    )
    fonts = run(["pdffonts", "-"], input=content, capture_output=True).stdout.decode()

    assert not glyphs_missing(content)
    assert "no " not in fonts.partition("emb")[2].split("\n")[0]


def glyphs_missing(content):
    from io import BytesIO

    import pikepdf

    with pikepdf.open(BytesIO(content)) as pdf:
        shown = [
            bytes(part)
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page, "Tj TJ")
            for operand in step.operands
            for part in (operand if isinstance(operand, pikepdf.Array) else [operand])
            if isinstance(part, pikepdf.String)
        ]
    assert shown
    pairs = [text[at : at + 2] for text in shown for at in range(0, len(text), 2)]
    return [pair for pair in pairs if pair == b"\0\0"]
