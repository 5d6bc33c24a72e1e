"""The head of a ledger's column."""

from typing import NamedTuple


class Column(NamedTuple):
    """What `_components/ledger_head.html` shows.

    Nothing is left out: looking for a key that is missing costs a template ten times as much.
    """

    label: str
    unit: str = ""
    number: bool = False
    wide: bool = False
    url: str = ""
    sorted: str = ""
