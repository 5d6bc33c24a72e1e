"""Files that rows name: removed when their row lets go of them, or when no row ever came."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

# The row of a younger file may not be committed yet.
YOUNG = timedelta(days=1)


def remove_after_commit(name: str | None) -> None:
    """Delete a file once the row no longer names it."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def remove_strays(folder: str, named: Collection[str]) -> None:
    """Delete what a request or a job left behind that was rolled back: its row never came."""
    before = timezone.now() - YOUNG
    for name in _below(folder):
        if name not in named and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)


def _below(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    yield from (f"{folder}/{file}" for file in files)
    for inner in folders:
        yield from _below(f"{folder}/{inner}")
