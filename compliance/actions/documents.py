"""Papers that somebody hands in with what they enter."""

import secrets
from pathlib import PurePath

from django.core.files.base import File
from django.db.models.fields.files import FieldFile

SUFFIX = 10


def put(field: FieldFile, document: "File[bytes]") -> None:
    """Store it under a name that tells nothing and that nobody can guess."""
    suffix = PurePath(document.name or "").suffix.lower()[:SUFFIX]
    field.save(f"{secrets.token_hex(16)}{suffix}", document, save=False)
