"""REP-01, REP-03: monthly records come in time, and their totals agree with them.

No text of the measures says when a record is due: that it is, and that totals follow from records
and are never typed, is practice and our reading.
"""

from datetime import date

from compliance.findings import Evidence, Finding, Reason, Status, Subject, SubjectKind
from compliance.rules.bindings import Binding
from compliance.rules.parameters import Parameter, ParameterKind
from compliance.rules.shapes import Facts, RecordFacts, StationFacts
from compliance.shares import Share
from tenancy.periods import anniversary, last_day_of_grace

PARAMETERS = (Parameter("missing_days", ParameterKind.COUNT),)
ALL = Share(1, 1)


def filed_in_time(facts: Facts, binding: Binding) -> list[Finding]:
    """REP-01: of the records due within the year before the day, all were filed by their due day.

    A day of grace or an extension is in the record's own due day. Who filed late is to be watched;
    who has still not filed `missing_days` after it has failed. A station without records is not
    judged: nobody has asked it for any.
    """
    return [
        _of_station(station, facts.on, binding.at(station.place, facts.on))
        for station in facts.stations
        if station.records
    ]


def _of_station(station: StationFacts, on: date, binding: Binding) -> Finding:
    subject = Subject(SubjectKind.STATION, station.code, station.name)
    due = [one for one in station.records if anniversary(on, -1) < one.due_on < on]
    if not due:
        return binding.finding(subject, Status.NOT_APPLICABLE, reason=Reason.NOT_YET)
    late = [one for one in due if not one.on_time]
    status, reason = _verdict(late, on, binding)
    rows = (Evidence(SubjectKind.RECORD, record_code(station.code, one), _as(one)) for one in late)
    return binding.finding(
        subject,
        status,
        tuple(rows),
        measured=Share(len(due) - len(late), len(due)),
        required=ALL,
        reason=reason,
        details={"missing": sum(one.filed_on is None for one in late)},
    )


def _verdict(late: list[RecordFacts], on: date, binding: Binding) -> tuple[Status, Reason]:
    days = binding.count("missing_days")
    if any(one.filed_on is None and last_day_of_grace(one.due_on, days) < on for one in late):
        return binding.failure, Reason.MISSING
    return (Status.WATCH, Reason.LATE) if late else (Status.MET, Reason.NONE)


def record_code(station: str, record: RecordFacts) -> str:
    return f"{station}/{record.month:%Y-%m}"


def _as(record: RecordFacts) -> str:
    return "missing" if record.filed_on is None else "late"


def totals_agree(facts: Facts, binding: Binding) -> list[Finding]:
    """REP-03: what the scope keeps of each month is what its accepted records add up to."""
    if not facts.totals:
        return []
    differing = [f"{one.month:%Y-%m}" for one in facts.totals if not one.agrees]
    return [
        binding.finding(
            Subject(SubjectKind.AREA, facts.scope.code, facts.scope.name),
            binding.failure if differing else Status.MET,
            measured=Share(len(facts.totals) - len(differing), len(facts.totals)),
            required=ALL,
            details={"months": " ".join(differing)},
        )
    ]
