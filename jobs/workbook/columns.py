"""What a column of a ledger's sheet holds."""

import dataclasses
from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """How the text of a cell is read."""

    TEXT = "text"
    CODE = "code"
    DATE = "date"
    MONEY = "money"
    DECIMAL = "decimal"
    INTEGER = "integer"
    SHARE = "share"
    CHOICE = "choice"
    YES_NO = "yes_no"
    IDENTITY = "identity"
    AREA = "area"
    AREAS = "areas"
    ORGANISATION = "organisation"


@dataclasses.dataclass(frozen=True)
class Column:
    """One column: its head in the sheet, the field it fills and how its cells are read.

    `refers_to` names the sheet whose rows the code means; where another column of the row tells
    which, `refers_by` is that column's field and `one_of` the sheet for each of its values. A
    column that is absent from the sheet leaves the field as it is; an empty cell empties it (or
    sets `default`). An organisation of one of the `other_kinds` is taken too; one that nobody
    knows is entered as `organisation_kind`.
    """

    head: str
    field: str
    kind: Kind = Kind.TEXT
    required: bool = False
    refers_to: str = ""
    refers_by: str = ""
    one_of: Mapping[Any, str] = dataclasses.field(default_factory=dict)
    choices: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    default: Any = None
    area_level: str = ""
    organisation_kind: str = ""
    other_kinds: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    max_length: int = 200
    note: str = ""

    def __post_init__(self) -> None:
        if bool(self.choices) != (self.kind is Kind.CHOICE):
            raise ValueError(f"{self.head}: choices go with Kind.CHOICE, and only with it")
        if bool(self.area_level) != (self.kind in (Kind.AREA, Kind.AREAS)):
            raise ValueError(f"{self.head}: a level goes with areas, and only with them")
        if self.sheets and self.kind not in (Kind.CODE, Kind.TEXT):
            raise ValueError(f"{self.head}: a reference is written as a code or a name")
        if bool(self.refers_by) != bool(self.one_of):
            raise ValueError(f"{self.head}: refers_by and one_of go together")

    @property
    def sheets(self) -> tuple[str, ...]:
        """The sheets whose rows the cell may mean; none where it is no reference."""
        return (self.refers_to,) if self.refers_to else tuple(self.one_of.values())

    @property
    def points_elsewhere(self) -> bool:
        """Whether the cell names an area, an organisation or a row of a sheet."""
        return bool(self.sheets) or self.kind in (Kind.AREA, Kind.AREAS, Kind.ORGANISATION)

    def sheet_of(self, values: Mapping[str, Any]) -> str:
        """The sheet that the cell of a row means, by the row's other values; empty if unknown."""
        return self.one_of.get(values.get(self.refers_by), self.refers_to)
