"""The two jobs of an import: check what was sent in, write what was confirmed."""

from functools import partial
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobs.actions import imports as actions
from jobs.imports import apply, check
from jobs.models import CityImport, Job
from jobs.registry import job
from jobs.running import CannotBeDone, RunningJob
from tenancy.models import User
from tenancy.permissions import Permission

READING = gettext_lazy("正在读取并检查工作簿。")


def _page(job: Job) -> str:
    return reverse("jobs:import-detail", args=[job.params["import"]])


@job(
    actions.CHECK,
    verb=Permission.IMPORT_CITY,
    title=gettext_lazy("检查台账工作簿"),
    steps={"check": READING},
    result_url=_page,
)
def check_import(running: RunningJob) -> dict[str, Any]:
    """Find everything that is wrong with the workbook, and what applying it would do."""
    city_import = _locked(running)
    running.progress(0, 1, "check")
    with _in_the_language_of(running.by):
        outcome = check(_file(city_import), running.by)
    actions.keep_outcome(city_import=city_import, outcome=outcome)
    running.progress(1, 1)
    return {"import": city_import.pk}


@job(
    actions.APPLY,
    verb=Permission.IMPORT_CITY,
    title=gettext_lazy("导入台账工作簿"),
    steps={"check": READING, "write": gettext_lazy("正在写入。")},
    result_url=_page,
)
def apply_import(running: RunningJob) -> dict[str, Any]:
    """Write the workbook; the stored rows may have changed since its check."""
    city_import = _locked(running)
    running.progress(0, 2, "check")
    on_writing = partial(running.progress, 1, 2, "write")
    with _in_the_language_of(running.by):
        outcome = apply(_file(city_import), running.by, on_writing)
        if not outcome.applied:
            keep = partial(actions.keep_outcome, city_import=city_import, outcome=outcome)
            raise CannotBeDone(_refused(len(outcome.errors)), keep)
    actions.keep_applied(city_import=city_import, outcome=outcome)
    running.progress(2, 2)
    return {"import": city_import.pk}


def _in_the_language_of(user: User) -> override:
    return override(user.language or settings.LANGUAGE_CODE)


def _locked(running: RunningJob) -> CityImport:
    rows = CityImport.objects.unapplied().select_for_update(of=("self",)).defer("outcome")
    found: CityImport | None = rows.filter(pk=running.params["import"]).first()
    if found is None or not found.file:
        raise CannotBeDone(_("文件已经导入、放弃或过期。请重新上传。"))
    return found


def _file(city_import: CityImport) -> Path:
    """The file, if it is still the one that was sent in."""
    path = Path(city_import.file.path)
    try:
        with path.open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        digest = ""
    if digest != city_import.sha256:
        raise CannotBeDone(_("存放的文件与上传时的不一致，没有使用。请重新上传。"))
    return path


def _refused(errors: int) -> str:
    sentence = _("检查之后数据有了变化，现在有 %(count)d 处错误，没有写入任何内容。")
    return sentence % {"count": errors}
