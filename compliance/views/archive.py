"""Archived files of reports and notices, taken away one at a time."""

from hashlib import sha256

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse

from compliance.models import Notice, Report
from compliance.notices.document import CONTENT_TYPE as DOCX
from jobs.imports.sheets import CONTENT_TYPE as XLSX
from tenancy import audit
from tenancy.documents import stored
from tenancy.http import UserRequest, attachment

VERBS = {Report: "download-report", Notice: "download-notice"}
CONTENT_TYPES = {"pdf": "application/pdf", "xlsx": XLSX, "docx": DOCX}


def taken_away(
    request: UserRequest, row: Report | Notice, archived: FieldFile, form: str, *, name: str
) -> HttpResponse:
    """One form of a row's paper, under a name; that somebody took it is written down."""
    content = stored(archived)
    audit.record(
        verb=VERBS[type(row)],
        by=request.user,
        target=row,
        place=row.area.path,
        detail={"sha256": sha256(content).hexdigest(), "form": form},
    )
    return attachment(content, f"{name}.{form}", CONTENT_TYPES[form])
