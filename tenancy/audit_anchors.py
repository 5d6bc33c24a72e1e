"""Heads of the audit chains, kept outside the database: one append-only file a tenant.

Lines of `day, sequence, code`, parted by tabs. Copy the folder to another machine: whoever can
change the database must not be able to change it.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tenancy.audit import head
from tenancy.context import tenant_context
from tenancy.models import Tenant


@dataclass(frozen=True)
class Anchor:
    """Where a chain stood on a day; `mac` in hexadecimal."""

    day: str
    seq: int
    mac: str


def read(slug: str) -> list[Anchor]:
    """A tenant's anchors, oldest first; none where none were written."""
    file = _file(slug)
    if not file.exists():
        return []
    rows = (line.split("\t") for line in file.read_text().splitlines())
    # A disk that filled up may have torn the last line.
    return [Anchor(row[0], int(row[1]), row[2]) for row in rows if len(row) == 3]


def write_all() -> None:
    """Anchor every tenant's chain that has grown."""
    for tenant in Tenant.objects.order_by("pk"):
        with tenant_context(tenant.pk):
            seq, mac = head()
        if seq and seq not in {anchor.seq for anchor in read(tenant.slug)}:
            _append(tenant.slug, Anchor(str(timezone.localdate()), seq, mac.hex()))


def _append(slug: str, anchor: Anchor) -> None:
    settings.AUDIT_ANCHOR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(_file(slug), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a") as file:
        file.write(f"{anchor.day}\t{anchor.seq}\t{anchor.mac}\n")


def _file(slug: str) -> Path:
    folder: Path = settings.AUDIT_ANCHOR_DIR
    return folder / f"{slug}.tsv"
