"""Fail unless every message is Chinese and has a finished English translation."""

import re
import sys
from collections.abc import Iterable, Iterator

import polib
from catalogue import collect, read_catalogue

CHINESE = re.compile(r"[㐀-鿿　-〿！-～]")  # with full-width punctuation
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# Names and signs that are the same in every language.
ALLOWED = {"English", "Excel", "PDF", "CSV", "—", "·", "/", "%(count)s", "%(number)s"}


def main() -> int:
    found = collect()
    catalogue = read_catalogue()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    faults = [*found.faults, *_foreign(found.messages)]
    for key in sorted(found.messages.keys() - entries.keys(), key=str):
        faults.append(f"缺少英文译文：{key[1]}")
    for key in sorted(entries.keys() - found.messages.keys(), key=str):
        faults.append(f"多余的译文条目（已无处使用）：{key[1]}")
    for entry in entries.values():
        faults += _unfinished(entry)
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    return bool(faults)


def _foreign(keys: Iterable[tuple[str | None, str]]) -> Iterator[str]:
    for _context, text in keys:
        if not CHINESE.search(text) and text not in ALLOWED:
            yield f"界面文字不是中文：{text}"


def _unfinished(entry: polib.POEntry) -> Iterator[str]:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy or not texts or not all(texts):
        yield f"英文译文未完成：{entry.msgid}"
        return
    wanted = set(PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
    for text in texts:
        # A singular may leave the number out; nothing may name what the message does not have.
        missing = set() if entry.msgid_plural else wanted - set(PLACEHOLDER.findall(text))
        if missing or set(PLACEHOLDER.findall(text)) - wanted:
            yield f"英文译文的占位符与原文不同：{entry.msgid}"


if __name__ == "__main__":
    sys.exit(main())
