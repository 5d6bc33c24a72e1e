"""Workbooks for tests: written by XlsxWriter, and broken by hand."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import xlsxwriter


def write(file: Path, sheets: dict[str, list[list[object]]], **options: object) -> Path:
    """Sheets as lists of rows; strings stay strings, `=…` becomes a formula only by `formula`."""
    settings = {"strings_to_formulas": False, "strings_to_urls": False, **options}
    with xlsxwriter.Workbook(str(file), settings) as book:
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        settings["default_date_format"] = "yyyy-mm-dd"
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    put(sheet, number, column, value, dates)
    return file


class Formula(str):
    """A cell that is a formula."""


def put(sheet, number, column, value, dates):
    if isinstance(value, Formula):
        sheet.write_formula(number, column, value, None, 1)
    elif hasattr(value, "isoformat"):
        sheet.write_datetime(number, column, value, dates)
    elif value is not None:
        sheet.write(number, column, value)


def parts(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(file: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def altered(file: Path, **changes: object) -> Path:
    """The file with parts added or rewritten; a callable gets the part's bytes."""
    entries = parts(file)
    for name, change in changes["entries"].items():
        entries[name] = change(entries[name]) if callable(change) else change
    return pack(file, entries)


def with_lying_size(file: Path, name: str, bomb: bytes, claimed: int) -> Path:
    """An entry that says it is small, in both headers, with the checksum of its first bytes."""
    pack(file, parts(file) | {name: bomb})
    raw = bytearray(file.read_bytes())
    true = struct.pack("<L", len(bomb))
    lie = struct.pack("<L", claimed)
    checksum = struct.pack("<L", zlib.crc32(bomb[:claimed]))
    at = raw.find(true)
    while at != -1:
        raw[at : at + 4] = lie
        raw[at - 8 : at - 4] = checksum
        at = raw.find(true, at + 4)
    file.write_bytes(raw)
    return file


def ole(stream: str) -> bytes:
    """The beginning of a compound document that names one stream."""
    return (
        bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512
    )


def zip_of_many(file: Path, count: int) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(count):
            archive.writestr(f"xl/{number}.xml", "<a/>")
    file.write_bytes(buffer.getvalue())
    return file
