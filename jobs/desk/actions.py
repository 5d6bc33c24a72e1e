"""Writing one row of a ledger, by the same road as a row of a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from jobs.imports.book import Draft
from jobs.imports.faults import Fault
from jobs.imports.rights import Rights
from jobs.imports.single import ROW, SingleRow
from jobs.imports.store import lock_imports
from jobs.imports.written import as_text, written
from jobs.ledgers import Ledger
from tenancy import audit, versions
from tenancy.models import User
from tenancy.permissions import Permission

MAY_ENTER_ORGANISATIONS = (Permission.CHANGE_ORGANISATION, Permission.IMPORT_CITY)


class Refused(Exception):
    """The row cannot be written; all that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(frozen=True)
class Saved:
    """The row as it stands now, whether that is new, and what a rule will have to say of it."""

    row: Any
    changed: bool
    warnings: list[Fault]


def save_row(
    *, ledger: Ledger, cells: Mapping[str, str], by: User, row: Any = None, seen: int = 0
) -> Saved:
    """Store a new row, or a stored one as it was `seen`; its key stays as it is.

    Raises `Refused` with all faults, or `versions.Stale`.
    """
    try:
        with transaction.atomic():
            lock_imports()
            held = _held(row, seen) if row else None
            return _save(ledger, {**cells, **_key_of(ledger, held)}, held, by)
    except IntegrityError as overtaken:
        message = _("写入时与其他人的修改冲突，没有写入任何内容。")
        fault = Fault(ledger.sheet, ROW, "", message, _("请核对后再保存。"))
        raise Refused([fault]) from overtaken


def _held(row: models.Model, seen: int) -> Any:
    """The row locked, if nobody has written it since."""
    locked = type(row)._default_manager.select_for_update(of=("self",))
    held: Any = locked.get(pk=row.pk)
    if held.version != seen:
        raise versions.Stale
    return held


def _key_of(ledger: Ledger, held: Any) -> dict[str, str]:
    if held is None:
        return {}
    columns = [ledger.column_of(field) for field in ledger.key]
    return {column.field: as_text(written(ledger, column, held)) for column in columns}


def _save(ledger: Ledger, cells: dict[str, str], held: Any, by: User) -> Saved:
    before = contents(ledger, held) if held else {}
    single = SingleRow(ledger, cells, Rights(by, ledger.verb, seats=True))
    draft = _judged(single, is_new=held is None, by=by)
    if draft.is_new or draft.is_changed:
        places = single.places
        _withhold(ledger, draft, places, by)
        single.store()
        _note(ledger, draft, before, by, (places or by.paths_where(ledger.verb))[0])
    return Saved(draft.instance, draft.is_new or draft.is_changed, single.warnings)


def _judged(single: SingleRow, *, is_new: bool, by: User) -> Draft:
    if single.draft:
        single.check()
        _refuse_taken(single, single.draft, is_new=is_new)
    if not any(by.paths_where(verb) for verb in MAY_ENTER_ORGANISATIONS):
        single.refuse_new_organisations()
    if single.errors or single.draft is None:
        raise Refused(single.errors)
    return single.draft


def _refuse_taken(single: SingleRow, draft: Draft, *, is_new: bool) -> None:
    """Entering is not changing. A row that lies elsewhere has been refused like any other."""
    field = single.ledger.key[0]
    head = single.ledger.column_of(field).head
    if draft.is_new is not is_new and head not in [fault.column for fault in single.errors]:
        single.book.error(draft, field, _("这一行已经登记。"), _("请在列表中查到它，再修改。"))


def _withhold(ledger: Ledger, draft: Draft, places: list[str], by: User) -> None:
    """What only holders of another verb may say is open again after anybody else's change."""
    for field, reserved in ledger.reserved.items():
        paths = by.paths_where(reserved.verb)
        if not any(place.startswith(paths) for place in places):
            setattr(draft.instance, field, reserved.otherwise)


def _note(ledger: Ledger, draft: Draft, before: dict[str, Any], by: User, place: str) -> None:
    """Which fields, never what stands in them."""
    after = contents(ledger, draft.instance)
    fields = sorted(name for name, value in after.items() if before.get(name) != value)
    audit.record(
        verb=f"{'create' if draft.is_new else 'change'}-{ledger.thing}",
        by=by,
        target=draft.instance,
        place=place,
        detail={"fields": fields},
    )


def contents(ledger: Ledger, row: Any) -> dict[str, Any]:
    """The row's cells by field."""
    return {column.field: written(ledger, column, row) for column in ledger.columns}
