"""Under which verbs somebody writes ledgers: a whole workbook, or one row on a page."""

from dataclasses import dataclass

from tenancy.models import Area, User
from tenancy.permissions import Permission


@dataclass(frozen=True)
class Rights:
    """Where rows may lie (`write`) and what they may refer to (`link`; None: what one may view).

    `seats` says whether a new row that no place claims yet may be entered: it then belongs to the
    writer's own place. An import of part of the city may not leave such rows behind.
    """

    by: User
    write: Permission
    link: Permission | None = None
    seats: bool = False

    @classmethod
    def to_import(cls, by: User) -> "Rights":
        """One verb for both: an import never reaches beyond the importer's own places."""
        return cls(by, Permission.IMPORT_CITY, Permission.IMPORT_CITY)

    @property
    def paths(self) -> tuple[str, ...]:
        """The outermost places where rows may be written."""
        return self.by.paths_where(self.write)

    def seat(self) -> Area:
        """Where something new belongs that no other place claims."""
        seat: Area = Area.objects.get(path=self.paths[0], valid_to=None)
        return seat
