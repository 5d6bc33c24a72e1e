"""What does not fit on a page is split, before it grows."""

from statistics import median

import pytest

from tests.architecture.house import (
    APPS,
    ROOT,
    functions,
    length,
    python_files,
    relative,
    sources,
    templates,
)

LIMITS = [
    (sources, 300),
    (lambda: python_files("compliance/rules"), 160),
    (lambda: python_files("tests", "bench"), 400),
    (templates, 150),
]
MEDIAN_LINES = 8
BANNED = {"utils", "helpers", "services", "common", "core", "managers", "mixins", "misc", "base"}


def too_long(paths, limit):
    lines = {relative(path): len(path.read_text().splitlines()) for path in paths}
    return {path: count for path, count in lines.items() if count > limit}


@pytest.mark.parametrize(("files", "limit"), LIMITS, ids=["source", "rules", "tests", "templates"])
def test_a_file_fits(files, limit):
    assert files()
    assert too_long(files(), limit) == {}


def test_too_long_a_file_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.architecture.house.ROOT", tmp_path)
    (tmp_path / "long.py").write_text("pass\n" * 301)

    assert too_long([tmp_path / "long.py"], 300) == {"long.py": 301}


def test_functions_stay_small(record_property):
    lines = sorted(length(node) for path in sources() for node in functions(path))
    middle = median(lines)
    record_property("median_function_length", middle)
    print(f"{len(lines)} functions, median {middle} lines, longest {lines[-1]}")

    assert middle <= MEDIAN_LINES


def test_modules_are_named_after_what_they_hold():
    named = {relative(path) for path in sources() if path.stem in BANNED}
    folders = {app for app in APPS if app in BANNED}

    assert named | folders == set()


def test_every_test_folder_is_a_package():
    folders = {path.parent for path in (ROOT / "tests").rglob("test_*.py")}

    assert [
        relative(folder) for folder in folders if not (folder / "__init__.py").exists()
    ] == [], "two test files of one name in two folders need packages"
