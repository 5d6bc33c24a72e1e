"""The vocabulary of verdicts: what a rule says about a subject, and its JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from compliance.shares import Share


class Status(StrEnum):
    MET = "met"
    WATCH = "watch"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    WAIVED = "waived"


class SubjectKind(StrEnum):
    AREA = "area"
    PROJECT = "project"
    CONTRACT = "contract"
    POST = "post"
    STATION = "station"
    POINT = "point"
    WORKER = "worker"
    RECORD = "record"


class Reason(StrEnum):
    """Why a verdict is not simply a comparison of two numbers."""

    NONE = ""
    OTHER_YEAR = "other_year"
    NOBODY = "nobody"
    AWAITING_VERIFICATION = "awaiting_verification"
    UNASSIGNED = "unassigned"
    GRACE = "grace"
    OPENING = "opening"
    NO_STREETS = "no_streets"
    NO_BASELINE = "no_baseline"
    EQUAL = "equal"
    RECENT = "recent"
    NO_STANDARD = "no_standard"
    NO_TOTAL = "no_total"
    NO_COMMUNITIES = "no_communities"
    NOT_ROOT = "not_root"
    NO_CONTRACT = "no_contract"
    GAP = "gap"
    RENEWAL = "renewal"
    NO_NOTICE = "no_notice"
    NOT_SIGNED = "not_signed"
    FEW_HEADS = "few_heads"
    NOT_YET = "not_yet"
    LATE = "late"
    MISSING = "missing"
    NO_MINIMUM = "no_minimum"
    MONTHS_MISSING = "months_missing"
    AWAITING_ACCEPTANCE = "awaiting_acceptance"


# Money carries its two decimal places; a sum of shares of work is an integer where it is whole.
Quantity = Share | Decimal | int


@dataclass(frozen=True, slots=True)
class Subject:
    kind: SubjectKind
    code: str
    name: str

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "code": self.code, "name": self.name}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row behind a verdict, and what it counted as (a word for the page, not in the JSON)."""

    kind: SubjectKind
    code: str
    counts_as: str = ""

    def as_json(self) -> dict[str, str]:
        return {"kind": self.kind.value, "code": self.code}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A parameter that an authority has overridden, and by which instrument."""

    parameter: str
    value: str
    area: str
    instrument: str


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What is missing, in people, money, streets or hours."""

    people: int | None = None
    by_hiring: int | None = None
    yuan: Decimal | None = None
    streets: int | None = None
    hours: Decimal | None = None

    def as_json(self) -> dict[str, int | str]:
        amounts = {
            "people": self.people,
            "by_hiring": self.by_hiring,
            "yuan": _money(self.yuan),
            "streets": self.streets,
            "hours": None if self.hours is None else f"{self.hours:f}",
        }
        return {name: amount for name, amount in amounts.items() if amount is not None}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        amounts = dict(data)
        for name in {"yuan", "hours"} & amounts.keys():
            amounts[name] = Decimal(amounts[name])
        return cls(**amounts)


def _money(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One rule's verdict on one subject, with the numbers that decided it."""

    rule: str
    pack: str
    clause: str
    inferred: bool
    subject: Subject
    status: Status
    measured: Quantity | None = None
    required: Quantity | None = None
    shortfall: Shortfall | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: Reason = Reason.NONE
    details: Mapping[str, int | str] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def identity(self) -> tuple[str, str, str]:
        """The same finding in another run; also the order of findings."""
        return (self.rule, self.subject.kind.value, self.subject.code)

    @property
    def if_verified(self) -> Share | None:
        """The share if every certificate awaiting verification turned out valid."""
        pending = self.details.get("pending")
        if isinstance(self.measured, Share) and isinstance(pending, int) and pending:
            return Share(self.measured.num + pending, self.measured.den)
        return None

    @property
    def formula(self) -> str:
        """The integer test with this case's numbers, as it turned out: `2 × 10 ≥ 20`."""
        if isinstance(self.measured, Share) and isinstance(self.required, Share):
            return self.measured.formula(self.required)
        if isinstance(self.measured, int) and isinstance(self.required, int):
            sign = "≥" if self.measured >= self.required else "<"
            return f"{self.measured} {sign} {self.required}"
        return ""

    def as_json(self) -> dict[str, Any]:
        """The published shape."""
        return {
            "rule": self.rule,
            "pack": self.pack,
            "clause": self.clause,
            "inferred": self.inferred,
            "subject": self.subject.as_json(),
            "status": self.status.value,
            "measured": _quantity_as_json(self.measured),
            "required": _quantity_as_json(self.required),
            "shortfall": self.shortfall.as_json() if self.shortfall else None,
            "evidence": [row.as_json() for row in self.evidence],
        }

    def as_record(self) -> dict[str, Any]:
        """The published shape less its evidence, and what the words on a page need besides."""
        record = self.as_json() | {"reason": self.reason.value, "details": dict(self.details)}
        del record["evidence"]
        if self.adjustments:
            record["adjustments"] = [asdict(one) for one in self.adjustments]
        return record

    def evidence_as_record(self) -> list[list[str]]:
        """The evidence, stored apart: a country's finding rests on 40,000 rows."""
        return [[row.kind.value, row.code, row.counts_as] for row in self.evidence]

    @classmethod
    def from_record(cls, record: Mapping[str, Any], evidence: Iterable[list[str]] = ()) -> Self:
        """The finding that `as_record` wrote; with what it rests on where that is given."""
        subject, shortfall = record["subject"], record["shortfall"]
        return cls(
            **{name: record[name] for name in ("rule", "pack", "clause", "inferred", "details")},
            subject=Subject(SubjectKind(subject["kind"]), subject["code"], subject["name"]),
            status=Status(record["status"]),
            measured=_quantity_from_json(record["measured"]),
            required=_quantity_from_json(record["required"]),
            shortfall=Shortfall.from_json(shortfall) if shortfall else None,
            evidence=tuple(
                Evidence(SubjectKind(kind), code, counts_as) for kind, code, counts_as in evidence
            ),
            reason=Reason(record["reason"]),
            adjustments=tuple(Adjustment(**one) for one in record.get("adjustments", ())),
        )


def _quantity_as_json(quantity: Quantity | None) -> dict[str, int] | str | int | None:
    if isinstance(quantity, Share):
        return quantity.as_json()
    return f"{quantity:f}" if isinstance(quantity, Decimal) else quantity


def _quantity_from_json(data: Mapping[str, int] | str | int | None) -> Quantity | None:
    if isinstance(data, Mapping):
        return Share(data["num"], data["den"])
    return Decimal(data) if isinstance(data, str) else data


def count_by_status(findings: Iterable[Finding]) -> dict[str, int]:
    """How many of each status, zeros too, in the order of the enum."""
    counts = dict.fromkeys((status.value for status in Status), 0)
    for finding in findings:
        counts[finding.status.value] += 1
    return counts
