"""Delays that grow with failures, and only where the failures come from.

A bucket is a person at an address, or an address; never a person alone, so that nobody can lock
somebody else out. An address that guesses codes has a bucket of its own. Kept in PostgreSQL: losing
the broker neither opens nor closes the door.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from math import ceil

from django.db.models import F
from django.utils import timezone

from tenancy.models import SignInFailure

FREE_PER_PERSON, FREE_PER_ADDRESS, FREE_GUESSES = 5, 50, 20
LONGEST = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def buckets(username: str, address: str) -> dict[str, int]:
    """Bucket → how many failures pass without delay."""
    return {
        _name("person", username.lower(), address): FREE_PER_PERSON,
        _name("address", address): FREE_PER_ADDRESS,
    }


def guesses(address: str) -> dict[str, int]:
    """The bucket of wrong codes from an address, and how many pass without delay."""
    return {_name("guess", address): FREE_GUESSES}


def _name(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()


def delay(failures: int, free: int) -> timedelta:
    """1 s after the free attempts, doubling up to a quarter of an hour."""
    return (
        min(LONGEST, timedelta(seconds=2 ** min(failures - free, 12)))
        if failures >= free
        else timedelta()
    )


def seconds_to_wait(username: str, address: str) -> int:
    """How long this person at this address must still wait."""
    return wait_for(buckets(username, address))


def wait_for(free: dict[str, int]) -> int:
    """The longest wait of the buckets, in seconds."""
    now = timezone.now()
    waits = [
        row.last_at + delay(row.count, free[row.bucket]) - now
        for row in SignInFailure.objects.filter(bucket__in=free, last_at__gt=now - FORGOTTEN_AFTER)
    ]
    return ceil(max([timedelta(), *waits]).total_seconds())


def failed(username: str, address: str) -> None:
    """Count a failure; after an hour's quiet the count starts again."""
    count(buckets(username, address))


def count(names: Iterable[str]) -> None:
    """One failure more in each bucket."""
    now = timezone.now()
    SignInFailure.objects.filter(last_at__lt=now - FORGOTTEN_AFTER).delete()
    for bucket in names:
        row, created = SignInFailure.objects.get_or_create(
            bucket=bucket, defaults={"count": 1, "last_at": now}
        )
        if not created:
            SignInFailure.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=now)


def succeeded(username: str, address: str) -> None:
    """Forget the person's failures at this address; the address keeps its own."""
    SignInFailure.objects.filter(bucket=_name("person", username.lower(), address)).delete()
