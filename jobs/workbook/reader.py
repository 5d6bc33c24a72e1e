"""Reads a workbook in a limited child process; what comes back is plain data."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from jobs.workbook.guard import check_envelope
from jobs.workbook.refusal import Reason, Refused

WALL_SECONDS = 40
ROOT = Path(__file__).resolve().parents[2]

Raw = str | int | bool | Decimal | date | None


@dataclass(frozen=True)
class Sheet:
    """Cells as they stand, merged ones filled; positions are (row, column), both from 1."""

    name: str
    rows: list[list[Raw]]
    formulas: frozenset[tuple[int, int]]
    faulty: frozenset[tuple[int, int]]
    merged: list[tuple[int, int, int, int]]

    @cached_property
    def refused(self) -> frozenset[tuple[int, int]]:
        """Cells whose content is not a value: formulas and error values."""
        return self.formulas | self.faulty


@dataclass(frozen=True)
class Workbook:
    """All names in the file's order, and the sheets that were asked for."""

    names: list[str]
    sheets: dict[str, Sheet]


def read(file: Path, wanted: list[str]) -> Workbook:
    """The sheets called for; raises `Refused` with the reason.

    A subprocess, because a daemonic worker may not have multiprocessing children; it sees neither
    the environment's secrets nor Django.
    """
    check_envelope(file)
    document = json.loads(_child(file, wanted), parse_float=Decimal, object_hook=_decoded)
    if "refused" in document:
        raise Refused(Reason(document["refused"]))
    sheets = {sheet["name"]: _sheet(sheet) for sheet in document["sheets"]}
    return Workbook(document["names"], sheets)


def _child(file: Path, wanted: list[str]) -> bytes:
    command = [sys.executable, "-m", "jobs.workbook.child", str(file.resolve()), *wanted]
    try:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as ended:
        raise Refused(Reason.TOO_COSTLY) from ended
    return done.stdout


def _decoded(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["d"]) if value.keys() == {"d"} else value


def _sheet(document: dict[str, Any]) -> Sheet:
    merged = [(top, left, bottom, right) for top, left, bottom, right in document["merged"]]
    rows: list[list[Raw]] = document["rows"]
    for area in merged:
        _fill(rows, area)
    return Sheet(
        name=document["name"],
        rows=rows,
        formulas=frozenset((row, column) for row, column in document["formulas"]),
        faulty=frozenset((row, column) for row, column in document["faulty"]),
        merged=merged,
    )


def _fill(rows: list[list[Raw]], area: tuple[int, int, int, int]) -> None:
    top, left, bottom, right = area
    if top > len(rows) or left > len(rows[0]):
        return
    value = rows[top - 1][left - 1]
    for row in rows[top - 1 : bottom]:
        width = min(right, len(row)) - left + 1
        row[left - 1 : left - 1 + width] = [value] * width
