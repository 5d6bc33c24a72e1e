"""Mistakes in a TOML file: the line, what is wrong, and how to mend it."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tenancy.toml.keys import Fault
from tenancy.toml.lines import Lines

_AT_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    line: int
    message: str
    remedy: str


class Unparsable(Exception):
    """The file is no text, or no TOML: the one mistake that hides all others."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


def decoded(content: bytes) -> str:
    """The text of a file, newlines of any platform as one kind; raises `Unparsable`."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        mistake = Mistake(line, "这一行不是 UTF-8 文字。", "用 UTF-8 编码另存文件。")
        raise Unparsable(mistake) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parsed(text: str) -> dict[str, Any]:
    """What the text says; raises `Unparsable`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unparsable(_syntax_mistake(text, str(error))) from error


def located(faults: Iterable[Fault], text: str) -> list[Mistake]:
    """The faults with their lines, in the order of these."""
    lines = Lines(text)
    return sorted({Mistake(lines.of(fault.path), fault.message, fault.remedy) for fault in faults})


def _syntax_mistake(text: str, error: str) -> Mistake:
    match = _AT_LINE.search(error)
    line = int(match[1]) if match else max(1, len(text.splitlines()))
    remedy = "检查这一行和上一行：引号、括号、等号是否成对，同一个键是否写了两次。"
    return Mistake(line, f"TOML 语法有误（{error}）。", remedy)
