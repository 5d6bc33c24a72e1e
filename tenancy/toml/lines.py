"""In which line of a TOML file a key stands; the parser of the standard library does not say."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_PART = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_NAME = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME})\s*\]")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_MULTILINE = re.compile(r'"""|' + "'''")


class Lines:
    """Looks up the line of a path such as ("clauses", 0, "id")."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        self._lengths: dict[Path, int] = {}
        table: Path = ()
        for number, line in _statements(text):
            if header := _HEADER.match(line):
                table = self._table(_parts(header[2]), is_array=header[1] == "[[")
                self._lines.setdefault(table, number)
            elif key := _KEY.match(line):
                self._lines.setdefault((*table, *_parts(key[1])), number)

    def of(self, path: Path) -> int:
        """The line of the path, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _table(self, parts: list[str], *, is_array: bool) -> Path:
        path: Path = ()
        for part in parts[:-1]:
            path = self._into((*path, part))
        path = (*path, parts[-1])
        if is_array:
            self._lengths[path] = self._lengths.get(path, 0) + 1
        return self._into(path)

    def _into(self, path: Path) -> Path:
        """An array of tables is entered at its last element."""
        return (*path, self._lengths[path] - 1) if path in self._lengths else path


def _parts(name: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, name)]


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside of multi-line strings, numbered."""
    quote = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if not quote:
            yield number, line
        for mark in _MULTILINE.findall(line):
            quote = "" if quote == mark else quote or mark
