"""A PDF as a reader and as a printer meet it."""

import re
from io import BytesIO
from subprocess import run
from typing import NamedTuple

import pikepdf


def text_of(content):
    """The text without line breaks and blanks: paper breaks lines where it likes."""
    done = run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s", "", done.stdout.decode())


def pages_of(content):
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def fonts_of(content):
    """Name of each font, and whether it is embedded."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found = {}
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                kind = font.DescendantFonts[0] if "/DescendantFonts" in font else font
                keys = set(kind.FontDescriptor.keys())
                found[str(font.BaseFont)] = bool(keys & {"/FontFile", "/FontFile2", "/FontFile3"})
        return found


class Measures(NamedTuple):
    """In millimetres; the sizes of type in points."""

    page: tuple[float, float]
    left: float
    top: float
    sizes: set[float]


def geometry_of(content):
    """From the first page, measured by another program than the one that set it."""
    done = run(
        ["pdftotext", "-f", "1", "-l", "1", "-bbox", "-", "-"],
        input=content,
        capture_output=True,
        check=True,
    )
    text = done.stdout.decode()
    page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', text)
    words = [
        tuple(map(float, found)) for found in re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)"', text)
    ]
    return Measures(
        page=(_mm(page[1]), _mm(page[2])),
        left=_mm(min(x for x, _y in words)),
        top=_mm(min(y for _x, y in words)),
        sizes=_sizes(content),
    )


def _mm(points):
    return float(points) / 72 * 25.4


def _sizes(content):
    """Sizes of type on the first page; the page is drawn in pixels of 0.75 points."""
    with pikepdf.open(BytesIO(content)) as pdf:
        drawn = pikepdf.parse_content_stream(pdf.pages[0], "Tf")
        return {round(float(step.operands[1]) * 0.75, 2) for step in drawn}


class Word(NamedTuple):
    """A word and its place, in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of(content):
    """The words of each page."""
    done = run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True)
    found = []
    for page in done.stdout.decode().split("<page ")[1:]:
        words = re.findall(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page
        )
        found.append([Word(*map(_mm, places), text) for *places, text in words])
    return found
