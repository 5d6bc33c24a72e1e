"""Bring the English catalogue in line with the messages: new ones empty, stale ones removed."""

import polib
from catalogue import CATALOGUE, Message, collect, read_catalogue

HEADER = {
    "Project-Id-Version": "zhandian",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def main() -> None:
    wanted = collect().messages
    old = {(entry.msgctxt, entry.msgid): entry for entry in read_catalogue()}
    new = polib.POFile(wrapwidth=100)
    new.metadata = HEADER
    for key in sorted(wanted, key=lambda key: (key[1], key[0] or "")):
        new.append(_entry(wanted[key], old.get(key)))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    new.save(str(CATALOGUE))


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.message, msgid_plural=message.plural or "", msgctxt=message.context
    )
    if message.plural:
        kept = known.msgstr_plural if known else {}
        entry.msgstr_plural = {number: kept.get(number, "") for number in (0, 1)}
    elif known:
        entry.msgstr = known.msgstr
    if known:
        entry.flags = known.flags
    return entry


if __name__ == "__main__":
    main()
