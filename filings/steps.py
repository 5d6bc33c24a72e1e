"""What each step of a record writes besides the record: its history and the audit."""

from datetime import date
from typing import Any

from filings.models import MonthlyRecord, RecordEvent
from tenancy import audit
from tenancy.models import User

Step = RecordEvent.Step


def note(step: "RecordEvent.Step", record: MonthlyRecord, by: User, **rest: Any) -> RecordEvent:
    """Keep the step with what the record says at it, and have it audited."""
    event = RecordEvent(
        record=record,
        step=step,
        by=by,
        round=record.round,
        figures=record.figures,
        texts=record.texts,
        explanations=record.explanations,
        **rest,
    )
    event.save(force_insert=True)
    audit_step(f"{step.value}-record".replace("_", "-"), record, by, **_told(rest))
    return event


def _told(rest: dict[str, Any]) -> dict[str, Any]:
    """What the audit says of a step: which cells and until when, not people's sentences."""
    told = {name: rest[name] for name in ("reasons", "cells") if rest.get(name)}
    until: date | None = rest.get("until")
    return told | ({"until": until.isoformat()} if until else {})


def audit_step(verb: str, record: MonthlyRecord, by: User, **detail: Any) -> None:
    about = {"station": record.station.code, "month": f"{record.month:%Y-%m}", **detail}
    audit.record(verb=verb, by=by, target=record, place=record.station.area.path, detail=about)
