"""Workbooks on their way in: sent, checked, confirmed or discarded, applied, forgotten."""

import secrets
from datetime import timedelta
from hashlib import file_digest
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from jobs.actions.jobs import request
from jobs.files import remove_after_commit
from jobs.imports import Outcome
from jobs.imports.rights import Rights
from jobs.models import CityImport
from jobs.workbook.cells import clean
from tenancy import audit
from tenancy.models import User

CHECK, APPLY = "check-import", "apply-import"
# A file that nobody decided on is kept for so long.
KEPT = timedelta(days=7)
LONGEST_NAME = 120


class NotConfirmable(Exception):
    """The workbook is not checked, has errors, or somebody has decided already."""


class NotDiscardable(Exception):
    """The workbook was applied or discarded, or a job is at work on it."""


@transaction.atomic
def upload(*, content: "File[Any]", by: User) -> CityImport:
    """Keep a workbook under a name of chance, and have it checked."""
    city_import = CityImport(
        area=Rights.to_import(by).seat(),
        file_name=clean(content.name)[-LONGEST_NAME:],
        sha256=file_digest(content.open(), "sha256").hexdigest(),
        size=content.size,
        uploaded_by=by,
    )
    city_import.file.save(f"{secrets.token_hex(16)}.xlsx", content, save=False)
    city_import.save()
    _have_done(CHECK, city_import, by)
    _record("upload-import", city_import, by)
    return city_import


@transaction.atomic
def confirm(*, city_import: CityImport, by: User) -> None:
    """Have exactly the file that was checked written; one confirmation wins."""
    rows = CityImport.objects.confirmable().filter(pk=city_import.pk)
    if not rows.update(confirmed_at=Now(), confirmed_by=by):
        raise NotConfirmable(city_import.pk)
    _have_done(APPLY, city_import, by)
    _record("confirm-import", city_import, by)


@transaction.atomic
def discard(*, city_import: CityImport, by: User) -> None:
    """Give a workbook up; its file goes at once."""
    rows = CityImport.objects.unapplied().filter(pk=city_import.pk, job__ended_at__isnull=False)
    if not rows.update(discarded_at=Now(), discarded_by=by, file=""):
        raise NotDiscardable(city_import.pk)
    remove_after_commit(city_import.file.name)
    _record("discard-import", city_import, by)


def keep_outcome(*, city_import: CityImport, outcome: Outcome) -> None:
    """Remember what a check found."""
    CityImport.objects.filter(pk=city_import.pk).update(**_found(outcome))


def keep_applied(*, city_import: CityImport, outcome: Outcome) -> None:
    """Remember what was written; in the transaction that wrote it."""
    rows = CityImport.objects.filter(pk=city_import.pk)
    rows.update(applied_at=Now(), file="", **_found(outcome))
    remove_after_commit(city_import.file.name)


def forget_old() -> None:
    """Remove the files that nobody decided on; what was found in them stays."""
    old = CityImport.objects.filter(uploaded_at__lt=timezone.now() - KEPT).exclude(file="")
    for city_import in old.defer("outcome"):
        CityImport.objects.filter(pk=city_import.pk).update(file="")
        remove_after_commit(city_import.file.name)


def _found(outcome: Outcome) -> dict[str, Any]:
    return {
        "checked_at": Now(),
        "outcome": outcome.as_json(),
        "error_count": len(outcome.errors),
        "warning_count": len(outcome.warnings),
    }


def _have_done(kind: str, city_import: CityImport, by: User) -> None:
    params = {"import": city_import.pk}
    job = request(
        kind=kind, area=city_import.area, params=params, by=by, effect_key=str(city_import.pk)
    )
    CityImport.objects.filter(pk=city_import.pk).update(job=job)


def _record(verb: str, city_import: CityImport, by: User) -> None:
    detail = {"sha256": city_import.sha256, "size": city_import.size}
    audit.record(verb=verb, by=by, target=city_import, place=city_import.area.path, detail=detail)
