#!/usr/bin/env python3
"""Turn the shipped woff2 fonts into TTF once.

WeasyPrint unpacks a woff2 at every report, which costs ten seconds; a TTF costs none.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "compliance" / "fonts"
TARGET = ROOT / "var" / "fonts"


def is_fresh(source: Path, target: Path) -> bool:
    """Whether the target was made from the source as it is now."""
    return target.exists() and target.stat().st_mtime >= source.stat().st_mtime


def convert(source: Path, target: Path) -> None:
    """Write the font beside its place, then move it in: nobody ever reads half a font."""
    from fontTools.ttLib import TTFont  # a tenth of a second that a start with fresh fonts saves

    half = target.with_suffix(f".{os.getpid()}.part")
    try:
        # Untouched tables are copied, and no date enters: the same font everywhere, in a second.
        with TTFont(source, recalcBBoxes=False, recalcTimestamp=False) as font:
            font.flavor = None
            font.save(half)
        os.replace(half, target)
    finally:
        half.unlink(missing_ok=True)


def convert_all(source: Path = SOURCE, target: Path = TARGET) -> list[Path]:
    """Convert what is missing or older than its source; return what was written."""
    pairs = [(font, target / f"{font.stem}.ttf") for font in sorted(source.glob("*.woff2"))]
    stale = [pair for pair in pairs if not is_fresh(*pair)]
    if stale:
        target.mkdir(parents=True, exist_ok=True)
    for font, ttf in stale:
        convert(font, ttf)
    return [ttf for _font, ttf in stale]


if __name__ == "__main__":
    for written in convert_all():
        sys.stdout.write(f"{written.relative_to(ROOT)}\n")
