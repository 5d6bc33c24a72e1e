import importlib.util
import os
import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def fonts():
    spec = importlib.util.spec_from_file_location("convert_fonts", ROOT / "bin/convert_fonts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    name = "noto-sans-sc-chinese-simplified-400-normal.woff2"
    (folder / name).write_bytes((ROOT / "compliance/fonts" / name).read_bytes())
    return folder


def test_fonts_are_converted_once(fonts, source, tmp_path):
    target = tmp_path / "ttf"

    first = fonts.convert_all(source, target)
    second = fonts.convert_all(source, target)

    assert [path.suffix for path in first] == [".ttf"]
    assert second == []
    assert sorted(target.iterdir()) == first


def test_the_converted_font_draws_digits_and_chinese(fonts, source, tmp_path):
    [ttf] = fonts.convert_all(source, tmp_path / "ttf")

    with TTFont(ttf, lazy=True) as font:
        glyphs = font.getBestCmap()

    assert {ord(character) for character in "0123456789%（），。社工站镕喆"} <= set(glyphs)


def test_a_newer_source_is_converted_again(fonts, source, tmp_path):
    target = tmp_path / "ttf"
    [ttf] = fonts.convert_all(source, target)
    os.utime(ttf, (0, 0))

    assert fonts.convert_all(source, target) == [ttf]


def test_a_broken_font_leaves_nothing_behind(fonts, source, tmp_path):
    [woff2] = source.iterdir()
    woff2.write_bytes(woff2.read_bytes()[:5000])
    target = tmp_path / "ttf"

    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever fontTools makes of half a file
        fonts.convert_all(source, target)

    assert list(target.iterdir()) == []


def test_the_report_asks_for_the_fonts_that_are_made():
    sheet = (ROOT / "templates/compliance/report_fonts.css").read_text()

    asked = set(re.findall(r"asset:fonts/([\w-]+)\.ttf", sheet))

    assert asked == {path.stem for path in (ROOT / "compliance/fonts").glob("*.woff2")}
