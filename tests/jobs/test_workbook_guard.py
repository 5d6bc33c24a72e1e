import os
import re
import time
from pathlib import Path

import pytest

from jobs.workbook.guard import MAX_ENTRIES, MAX_FILE
from jobs.workbook.reader import read
from jobs.workbook.refusal import Reason, Refused
from tests.jobs import old, workbooks

SHEET = "xl/worksheets/sheet1.xml"
ROWS = {"社工站": [["站点编码", "名称"], ["A1", "一站"]]}
DTD = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'


def after_declaration(addition):
    return lambda part: addition + part.split(b"?>", 1)[1]


def in_utf_16(part):
    return after_declaration(DTD)(part).decode().encode("utf-16")


def beyond(row, column="A"):
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'.encode()
    return lambda part: part.replace(b"</sheetData>", cell)


def text_file(file):
    return file.write_bytes("站点编码,名称\n".encode())


def xls(rows=ROWS["社工站"], **options):
    return lambda file: file.write_bytes(old.workbook("社工站", rows, **options))


CORPUS = {
    "nothing": (lambda file: file.write_bytes(b""), Reason.EMPTY),
    "text": (text_file, Reason.NOT_A_WORKBOOK),
    "another zip": (lambda file: workbooks.pack(file, {"a.txt": b"a"}), Reason.NOT_A_WORKBOOK),
    "too big": (lambda file: file.write_bytes(b"PK" + os.urandom(MAX_FILE)), Reason.TOO_BIG),
    "half an xls": (lambda file: file.write_bytes(workbooks.ole("Workbook")), Reason.BROKEN),
    "xls of Excel 95": (xls(version=0x0500), Reason.OLD_FORMAT),
    "xls with a password": (xls(extra=old.record(0x002F, bytes(6))), Reason.ENCRYPTED),
    "xls with macros": (xls(extra=old.record(0x00D3)), Reason.MACRO),
    "xls of macros": (xls(kind=1), Reason.MACRO),
    "xls of 1904": (xls(extra=old.record(0x0022, b"\1\0")), Reason.EPOCH_1904),
    "xls with a far row": (xls([["站点编码"], *[[None]] * 20_000, ["A1"]]), Reason.TOO_LARGE_SHEET),
    "document": (
        lambda file: file.write_bytes(old.compound({"WordDocument": b""})),
        Reason.NOT_A_WORKBOOK,
    ),
    "xls with a project": (
        lambda file: file.write_bytes(
            old.compound({"Workbook": old.stream("社工站", ROWS["社工站"]), "VBA": b""})
        ),
        Reason.MACRO,
    ),
    "truncated xls": (
        lambda file: file.write_bytes(old.workbook("社工站", ROWS["社工站"])[:1400]),
        Reason.BROKEN,
    ),
    "encrypted": (
        lambda file: file.write_bytes(workbooks.ole("EncryptedPackage")),
        Reason.ENCRYPTED,
    ),
    "truncated": (lambda file: file.write_bytes(file.read_bytes()[:-400]), Reason.BROKEN),
    "many entries": (
        lambda file: workbooks.zip_of_many(file, MAX_ENTRIES + 1),
        Reason.BOMB,
    ),
    "very many entries": (lambda file: workbooks.zip_of_many(file, 60_000), Reason.BOMB),
    "bomb of blanks": (
        lambda file: workbooks.altered(
            file, entries={SHEET: b"<a>" + b" " * 190_000_000 + b"</a>"}
        ),
        Reason.BOMB,
    ),
    "ratio": (
        lambda file: workbooks.altered(file, entries={"xl/x.xml": b"<a>" + b" " * 9_000_000}),
        Reason.BOMB,
    ),
    "lying size": (
        lambda file: workbooks.with_lying_size(file, SHEET, b"<a>" + b" " * 50_000_001, 1_000),
        Reason.BOMB,
    ),
    "entities in the sheet": (
        lambda file: workbooks.altered(file, entries={SHEET: after_declaration(DTD)}),
        Reason.DOCTYPE,
    ),
    "entities in UTF-16": (
        lambda file: workbooks.altered(file, entries={"xl/sharedStrings.xml": in_utf_16}),
        Reason.DOCTYPE,
    ),
    "external link": (
        lambda file: workbooks.altered(
            file, entries={"xl/externalLinks/externalLink1.xml": b"<a/>"}
        ),
        Reason.EXTERNAL_LINK,
    ),
    "macro": (
        lambda file: workbooks.altered(file, entries={"xl/vbaProject.bin": b"\0"}),
        Reason.MACRO,
    ),
    "macro without its part": (
        lambda file: workbooks.altered(
            file,
            entries={
                "[Content_Types].xml": lambda part: part.replace(
                    b"openxmlformats-officedocument.spreadsheetml.sheet.main",
                    b"ms-excel.sheet.macroEnabled.main",
                )
            },
        ),
        Reason.MACRO,
    ),
    "1904": (
        lambda file: workbooks.altered(
            file,
            entries={
                "xl/workbook.xml": lambda part: part.replace(
                    b"<workbookPr ", b'<workbookPr date1904="1" '
                )
            },
        ),
        Reason.EPOCH_1904,
    ),
    "not well formed": (
        lambda file: workbooks.altered(file, entries={SHEET: lambda part: part[:-30]}),
        Reason.BROKEN,
    ),
    "far row": (
        lambda file: workbooks.altered(file, entries={SHEET: beyond(1_048_576, "XFD")}),
        Reason.TOO_LARGE_SHEET,
    ),
    "far column": (
        lambda file: workbooks.altered(file, entries={SHEET: beyond(3, "GS")}),
        Reason.TOO_LARGE_SHEET,
    ),
}


@pytest.fixture
def golden(tmp_path):
    return workbooks.write(tmp_path / "book.xlsx", ROWS)


@pytest.mark.parametrize("case", CORPUS)
def test_a_bad_file_is_refused_fast_and_without_swelling(golden, case):
    spoil, reason = CORPUS[case]
    spoil(golden)
    forget_peak()
    before, began = memory("VmRSS"), time.monotonic()

    with pytest.raises(Refused) as refused:
        read(golden, ["社工站"])

    assert refused.value.reason is reason
    assert time.monotonic() - began < 5
    assert memory("VmHWM") - before < 4 * 1024


def forget_peak():
    Path("/proc/self/clear_refs").write_text("5")


def memory(kind):
    status = Path("/proc/self/status").read_text()
    return int(re.search(rf"{kind}:\s+(\d+) kB", status)[1])


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        read(tmp_path / "none.xlsx", ["社工站"])

    assert refused.value.reason is Reason.MISSING


def test_a_repeated_text_cannot_fill_the_parent(tmp_path):
    long = "长" * 32_000
    file = workbooks.write(tmp_path / "b.xlsx", {"社工站": [[long] * 200 for _ in range(100)]})

    with pytest.raises(Refused) as refused:
        read(file, ["社工站"])

    assert refused.value.reason in (Reason.TOO_COSTLY, Reason.TOO_LARGE_SHEET)


def test_the_child_is_limited_and_sees_no_secrets(golden, monkeypatch):
    seen = {}

    def spy(command, **options):
        seen.update(options)
        raise AssertionError(command)

    monkeypatch.setattr("jobs.workbook.reader.subprocess.run", spy)

    with pytest.raises(AssertionError):
        read(golden, ["社工站"])

    assert not any("SECRET" in name or "DATABASE" in name for name in seen["env"])


def test_the_child_does_not_import_django():
    source = "".join(
        Path(f"jobs/workbook/{name}.py").read_text()
        for name in ("child", "guard", "scan", "refusal", "__init__")
    )

    assert "django" not in source.lower().replace("nor django", "")


def test_a_worker_that_may_not_have_children_can_read(golden):
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(sheet_names, (str(golden),)) == ["社工站"]


def sheet_names(file):
    return read(Path(file), ["社工站"]).names
