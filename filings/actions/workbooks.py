"""Workbooks on their way in: sent and checked, written as drafts once confirmed, forgotten."""

import secrets
from dataclasses import asdict
from datetime import timedelta
from hashlib import file_digest
from operator import itemgetter
from os.path import commonpath
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from filings.actions import NotFillable, save
from filings.cells import Given, UnknownCells
from filings.models import MonthlyRecord, RecordWorkbook
from filings.workbooks.checking import Change, Checked, check
from filings.workbooks.reading import read_file
from filings.workbooks.standing import whole, within_reach
from jobs.files import remove_after_commit
from jobs.imports.refusals import refusal
from jobs.workbook.cells import clean
from jobs.workbook.refusal import Refused
from tenancy import audit
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.versions import Stale

# A file that nobody confirmed is kept for so long.
KEPT = timedelta(days=7)
LONGEST_NAME = 120


class NotConfirmable(Exception):
    """The workbook has faults or changes nothing, its file is gone, or it has been written."""


class OutOfDate(Exception):
    """A record is no longer as it was when the workbook was checked: nothing was written."""

    def __init__(self, station: str) -> None:
        super().__init__(station)
        self.station = station


@transaction.atomic
def upload_workbook(*, content: "File[Any]", by: User) -> RecordWorkbook:
    """Keep a workbook under a name of chance, and check it at once."""
    workbook = RecordWorkbook(
        area=_seat(by),
        file_name=clean(content.name)[-LONGEST_NAME:],
        sha256=file_digest(content.open(), "sha256").hexdigest(),
        size=content.size,
        uploaded_by=by,
    )
    workbook.file.save(secrets.token_hex(16), content, save=False)
    workbook.save()
    check_workbook(workbook=workbook, by=by)
    _record("upload-workbook", workbook, by, errors=workbook.error_count)
    return workbook


def _seat(by: User) -> Area:
    """The smallest place that covers all in which the person fills records in."""
    seat: Area = Area.objects.get(path=f"{commonpath(by.paths_where(Permission.FILL_RECORD))}/")
    return seat


@transaction.atomic
def check_workbook(*, workbook: RecordWorkbook, by: User) -> RecordWorkbook:
    """Find everything that is wrong in the file, or what it changes in the records as they are.

    Raises `NotConfirmable` where there is no file any more.
    """
    rows = RecordWorkbook.objects.filter(pk=workbook.pk, confirmed_at=None).exclude(file="")
    found = _checked(Path(workbook.file.path), by) if workbook.file else Checked()
    errors = [asdict(fault) for fault in found.errors]
    kept = [] if errors else [_kept(change) for change in found.changes]
    changes = {
        "checked_at": timezone.now(),
        "outcome": {
            "errors": errors,
            "warnings": [asdict(fault) for fault in found.warnings],
            "same": found.same,
        },
        "changes": kept,
        "record_count": len(kept),
        "error_count": len(errors),
    }
    if not rows.update(**changes):
        raise NotConfirmable(workbook.pk)
    for name, value in changes.items():
        setattr(workbook, name, value)
    return workbook


def _checked(file: Path, by: User) -> Checked:
    try:
        return check(read_file(file), by)
    except Refused as refused:
        return Checked([refusal(refused.reason)])


def _kept(change: Change) -> dict[str, Any]:
    """A record's change as JSON holds it, with the version that it was checked against."""
    return {
        "record": change.record.pk,
        "version": change.record.version,
        "cells": change.cells,
        "explanations": change.explanations,
    }


@transaction.atomic
def confirm_workbook(*, workbook: RecordWorkbook, by: User) -> None:
    """Write exactly what was checked as drafts, all of it or nothing; one confirmation wins.

    Raises `NotConfirmable`, `OutOfDate`.
    """
    if workbook.state is not RecordWorkbook.State.READY:
        raise NotConfirmable(workbook.pk)
    kept, changes = workbook.changes, [_count(one) for one in workbook.changes]
    rows = RecordWorkbook.objects.confirmable().filter(
        pk=workbook.pk, checked_at=workbook.checked_at
    )
    if not rows.update(confirmed_at=Now(), file="", changes=changes):
        raise NotConfirmable(workbook.pk)
    records = {one.pk: one for one in whole(_named(by, kept))}
    for one in sorted(kept, key=itemgetter("record")):  # two at once meet in one order
        _save(records.get(one["record"]), one, by)
    remove_after_commit(workbook.file.name)
    _record("confirm-workbook", workbook, by, records=len(kept))


def _count(change: dict[str, Any]) -> dict[str, Any]:
    return {"record": change["record"], "cells": len(change["cells"] | change["explanations"])}


def _named(by: User, changes: list[dict[str, Any]]) -> Any:
    return within_reach(by).filter(pk__in=[one["record"] for one in changes])


def _save(record: MonthlyRecord | None, change: dict[str, Any], by: User) -> None:
    if record is None:  # nobody lets the person fill it in any more
        raise OutOfDate("")
    given = Given(change["cells"], change["explanations"])
    try:
        save(record=record, seen=change["version"], given=given, by=by)
    except (Stale, NotFillable, UnknownCells) as changed:
        raise OutOfDate(record.station.name) from changed


def forget_workbooks() -> None:
    """Remove the files that nobody confirmed, with what they would have changed."""
    old = RecordWorkbook.objects.filter(uploaded_at__lt=timezone.now() - KEPT).exclude(file="")
    for workbook in old.defer("outcome", "changes"):
        RecordWorkbook.objects.filter(pk=workbook.pk).update(file="", changes=[])
        remove_after_commit(workbook.file.name)


def _record(verb: str, workbook: RecordWorkbook, by: User, **detail: Any) -> None:
    about = {"sha256": workbook.sha256, "size": workbook.size, **detail}
    audit.record(verb=verb, by=by, target=workbook, place=workbook.area.path, detail=about)
