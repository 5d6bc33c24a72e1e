"""The limited process that reads a workbook: `python -m jobs.workbook.child FILE SHEET…`.

Writes one JSON document: `{"refused": reason}`, or the names of all sheets and, for those asked
for, their rows with what the reader hides. Texts stand as strings, dates as `{"d": iso}`.
"""

import json
import resource
import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jobs.workbook.scan import Remarks

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 30
MAX_OUTPUT = 32 * 1024 * 1024
MAX_TEXT = 4_000


def limit() -> None:
    """Bounds of this process; the kernel ends what breaks them."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(file: Path, wanted: list[str]) -> dict[str, Any]:
    """The document for one file; raises `Refused`."""
    from python_calamine import CalamineWorkbook

    content = file.read_bytes()
    remarks = _remarks(content, wanted)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    sheets = [
        {
            "name": name.strip(),
            "rows": _rows(book.get_sheet_by_name(name).to_python(skip_empty_area=False)),
            **vars(found),
        }
        for name, found in remarks.items()
        if found
    ]
    return {"names": [name.strip() for name in remarks], "sheets": sheets}


def _remarks(content: bytes, wanted: list[str]) -> "dict[str, Remarks | None]":
    """All sheets, those called for with what the reader hides; nothing is parsed before this."""
    from jobs.workbook.guard import OLE, check_archive
    from jobs.workbook.old import scan_old
    from jobs.workbook.scan import scan, sheet_parts

    if content.startswith(OLE):
        return scan_old(content, wanted)
    archive = check_archive(BytesIO(content), len(content))
    parts = sheet_parts(archive)
    return {
        name: scan(archive, part) if name.strip() in wanted else None
        for name, part in parts.items()
    }


def _rows(rows: list[list[Any]]) -> list[list[Any]]:
    plain = [[_plain(value) for value in row] for row in rows]
    while plain and not any(value is not None for value in plain[-1]):
        plain.pop()
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value[:MAX_TEXT] or None
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return str(value)


def main(arguments: list[str]) -> None:
    from jobs.workbook.refusal import Reason, Refused

    try:
        document = read(Path(arguments[0]), arguments[1:])
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        if len(text) > MAX_OUTPUT:
            raise Refused(Reason.TOO_LARGE_SHEET)
    except Refused as refused:
        text = json.dumps({"refused": refused.reason})
    except MemoryError:
        text = json.dumps({"refused": Reason.TOO_COSTLY})
    except Exception:
        # A parser that stumbles means a broken file; nothing of its content may reach a log.
        text = json.dumps({"refused": Reason.BROKEN})
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    limit()
    main(sys.argv[1:])
