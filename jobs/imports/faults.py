"""What an import says: faults that name sheet, row, column and remedy, and the counts."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from tenancy.identity import mask_identity

MOST_FAULTS = 5_000


# In one piece, as a card groups it, or as Excel shows a large number. A division's code has 12
# digits, and what stands behind a point is a fraction.
IDENTITY = re.compile(
    r"(?<![\d.])\d{14,}[Xx]?|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]|\d\.\d{9,}E\+?1[4-7]", re.IGNORECASE
)


@dataclass(frozen=True)
class Fault:
    """One thing wrong. Rows as Excel numbers them; a fault of the head has row 1, of the file 0.

    Faults are kept and handed on: an identity number in the wrong cell is masked in them.
    """

    sheet: str
    row: int
    column: str
    message: str
    remedy: str

    def __post_init__(self) -> None:
        for name in ("sheet", "column", "message"):
            object.__setattr__(self, name, IDENTITY.sub(_masked, getattr(self, name)))


def _masked(number: re.Match[str]) -> str:
    return mask_identity(number[0])


@dataclass
class Count:
    """What applying does, or did, to one sheet's rows."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class Outcome:
    """All that a check or an import found. `applied` only after the rows were written."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    counts: dict[str, Count] = field(default_factory=dict)
    applied: bool = False

    @property
    def ok(self) -> bool:
        return not self.errors

    def as_json(self) -> dict[str, object]:
        """The shape of `import_city --json`."""
        return {
            "errors": [asdict(fault) for fault in self.errors],
            "warnings": [asdict(fault) for fault in self.warnings],
            "counts": {sheet: asdict(count) for sheet, count in self.counts.items()},
        }


def in_file_order(faults: Iterable[Fault], sheets: list[str]) -> list[Fault]:
    """As a person walks through the file, at most as many as somebody can mend."""
    place = {sheet: number for number, sheet in enumerate(sheets)}
    ordered = sorted(faults, key=lambda fault: (place.get(fault.sheet, -1), fault.row))
    if len(ordered) <= MOST_FAULTS:
        return ordered
    return [*ordered[:MOST_FAULTS], _more(len(ordered) - MOST_FAULTS)]


def _more(left_out: int) -> Fault:
    message = _("还有 %(count)d 处问题没有列出。") % {"count": left_out}
    return Fault("", 0, "", message, _("请先改正已列出的问题，再重新检查。"))
