"""Numbers, days and signs inside sentences."""

from datetime import date
from decimal import Decimal

from compliance.findings import Finding, Quantity
from compliance.shares import Share
from tenancy.formats import cdate, yuan
from tenancy.reading import is_english


def percent(share: Share) -> str:
    """One decimal, rounded down so that nothing looks as if it reached its floor."""
    per_mille = share.per_mille()
    return "—" if per_mille is None else f"{per_mille // 10}.{per_mille % 10}%"


def day(finding: Finding, name: str) -> str:
    """A day from the details."""
    found = date.fromisoformat(str(finding.details[name]))
    return cdate(found, english=is_english())


def money(amount: Quantity | str | None) -> str:
    """2,400,000.00, before 元."""
    return yuan(Decimal(str(amount)))


def compared(left: Decimal | int, right: Decimal | int) -> str:
    """The sign between two numbers."""
    return "=" if left == right else "<" if left < right else ">"
