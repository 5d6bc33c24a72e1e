"""What a file must be before anything parses it. Sizes are counted, never believed."""

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from jobs.workbook.refusal import Reason, Refused

MAX_FILE = 10 * 1024 * 1024
MAX_ENTRIES = 200
MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 100
CHUNK = 64 * 1024
LOCAL_HEADER = 30

PACKED = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_FLAG = 0x1


def check_envelope(file: Path) -> None:
    """Refuse what is not there, and by size and first bytes."""
    if not file.is_file():
        raise Refused(Reason.MISSING)
    with file.open("rb") as stream:
        check_content(stream, file.stat().st_size)


def check_content(stream: BinaryIO, size: int, *, plain: bool = False) -> None:
    """Refuse by size and first bytes; cheap enough for the web process. `plain`: text will do."""
    if size == 0:
        raise Refused(Reason.EMPTY)
    if size > MAX_FILE:
        raise Refused(Reason.TOO_BIG)
    _check_magic(stream, plain=plain)


def _check_magic(stream: BinaryIO, *, plain: bool) -> None:
    head = stream.read(len(OLE))
    if head == OLE and ENCRYPTED_STREAM in stream.read():
        raise Refused(Reason.ENCRYPTED)
    if not plain and not head.startswith((OLE, PACKED)):
        raise Refused(Reason.NOT_A_WORKBOOK)


def check_archive(stream: BinaryIO, size: int) -> ZipFile:
    """Refuse bombs, macros, links and DTDs; what passes is safe to hand to a parser."""
    try:
        archive = ZipFile(stream)
    except (BadZipFile, ValueError, NotImplementedError) as broken:
        raise Refused(Reason.BROKEN) from broken
    _check_names(archive)
    unpacked = 0
    for entry in archive.infolist():
        unpacked += _check_entry(archive, entry, MAX_UNPACKED - unpacked)
    if unpacked > MAX_RATIO * size:
        raise Refused(Reason.BOMB)
    return archive


def _check_names(archive: ZipFile) -> None:
    names = [name.lower() for name in archive.namelist()]
    if len(names) > MAX_ENTRIES:
        raise Refused(Reason.BOMB)
    if len(set(names)) < len(names):
        raise Refused(Reason.BROKEN)
    if any("encryptedpackage" in name for name in names):
        raise Refused(Reason.ENCRYPTED)
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise Refused(Reason.MACRO)
    if any("/externallinks/" in name for name in names):
        raise Refused(Reason.EXTERNAL_LINK)
    if "xl/workbook.xml" not in names:
        raise Refused(Reason.NOT_A_WORKBOOK)


def _check_entry(archive: ZipFile, entry: ZipInfo, allowance: int) -> int:
    """Inflate one entry, looking for a DTD; answers the bytes that really came out."""
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise Refused(Reason.ENCRYPTED)
    prologue = _Prologue() if entry.filename.lower().endswith((".xml", ".rels", ".vml")) else None
    unpacked = 0
    for chunk in inflate(archive, entry):
        unpacked += len(chunk)
        if unpacked > allowance:
            raise Refused(Reason.BOMB)
        if prologue:
            prologue.feed(chunk)
    if unpacked != entry.file_size:
        raise Refused(Reason.BOMB)
    return unpacked


def inflate(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The entry's bytes as the compressed stream gives them, whatever its declared size.

    `zipfile` stops at the declared size, other readers go on: a lie would hide the rest.
    """
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Refused(Reason.BROKEN)
    stored = entry.compress_type == ZIP_STORED
    packed = _packed(archive, entry)
    yield from packed if stored else _expanded(packed)


def _packed(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    stream = archive.fp
    assert stream is not None
    stream.seek(entry.header_offset)
    header = stream.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise Refused(Reason.BROKEN)
    name, extra = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
    at, left = entry.header_offset + LOCAL_HEADER + name + extra, entry.compress_size
    while left > 0:
        stream.seek(at)
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise Refused(Reason.BROKEN)
        at, left = at + len(chunk), left - len(chunk)
        yield chunk


def _expanded(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for chunk in packed:
            yield inflater.decompress(chunk, CHUNK)
            while inflater.unconsumed_tail:
                yield inflater.decompress(inflater.unconsumed_tail, CHUNK)
        yield inflater.flush()
    except zlib.error as broken:
        raise Refused(Reason.BROKEN) from broken
    if not inflater.eof or inflater.unused_data:
        raise Refused(Reason.BROKEN)


class _Prologue:
    """Reads a part up to its first element: a DTD can stand nowhere else."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._element
        self._done = False

    def feed(self, chunk: bytes) -> None:
        if self._done:
            return
        try:
            self._parser.Parse(chunk)
        except expat.ExpatError as broken:
            raise Refused(Reason.BROKEN) from broken

    def _doctype(self, *_declaration: object) -> None:
        raise Refused(Reason.DOCTYPE)

    def _element(self, *_element: object) -> None:
        self._done = True
        self._parser.StartElementHandler = None
