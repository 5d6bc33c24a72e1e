"""Filling a record in: every save is a draft, whatever it holds."""

from typing import Any

from django.db import transaction

from filings.cells import Content, Given
from filings.drafts import write
from filings.facts import content_of, sources_of
from filings.models import MonthlyRecord
from filings.steps import audit_step
from tenancy.models import User


@transaction.atomic
def save(*, record: MonthlyRecord, seen: int, given: Given, by: User) -> MonthlyRecord:
    """Put what was given into the draft that the person saw as version `seen`.

    Raises `Stale`, `NotFillable`, `UnknownCells`.
    """
    content = content_of(record)
    content.take(record.template.form, given)
    write(record, seen, by, **as_columns(content), **sources_of(record))
    audit_step("save-record", record, by, cells=sorted(given.cells)[:60])
    return record


def as_columns(content: Content) -> dict[str, Any]:
    return {
        "figures": content.figures,
        "texts": content.texts,
        "unread": content.unread,
        "explanations": content.explanations,
    }
