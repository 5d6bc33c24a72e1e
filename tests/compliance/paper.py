"""A PDF as a reader and as a printer meet it."""

import re
from io import BytesIO
from subprocess import run

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
