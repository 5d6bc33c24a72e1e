"""Loading a version of the tenant's template."""

from hashlib import sha256

from django.db import transaction

from filings.models import RecordTemplate
from filings.template.reading import read_template
from tenancy import audit
from tenancy.models import User


class VersionTaken(Exception):
    """The version has been loaded with other content: records may rest on it."""


@transaction.atomic
def load_template(*, text: str, by: User) -> tuple[RecordTemplate, bool]:
    """Keep a version for months to come; the same text again changes nothing.

    Records keep the version they were opened under. Raises `BrokenTemplate`, `VersionTaken`.
    """
    form, digest = read_template(text), sha256(text.encode()).hexdigest()
    stored, made = RecordTemplate.objects.get_or_create(
        slug=form.id,
        number=form.version,
        defaults={
            "title": form.title,
            "text": text,
            "sha256": digest,
            "since": form.since,
            "until": form.until,
            "loaded_by": by,
        },
    )
    if stored.sha256 != digest:
        raise VersionTaken(form.version)
    if made:
        detail = {"slug": form.id, "number": form.version, "sha256": digest}
        audit.record(verb="load-template", by=by, target=stored, detail=detail)
    return stored, made
