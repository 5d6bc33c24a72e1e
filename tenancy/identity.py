"""Identity numbers: encrypted at rest, matched by keyed hash, masked wherever they are shown."""

import hmac
import os
from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from tenancy.context import current_tenant_id

ALGORITHM = "a256gcm"


class UnknownKey(Exception):
    """The value was encrypted with a key or algorithm that is not configured here."""


def key_id() -> str:
    return sha256(settings.IDENTITY_KEY).hexdigest()[:8]


def encrypt(plain: str) -> str:
    """`algorithm:key id:nonce and cipher text`; bound to the tenant in force."""
    nonce = os.urandom(12)
    sealed = AESGCM(settings.IDENTITY_KEY).encrypt(nonce, plain.encode(), _bound())
    return f"{ALGORITHM}:{key_id()}:{b64encode(nonce + sealed).decode()}"


def decrypt(stored: str) -> str:
    """Raises `UnknownKey` where the key is not ours."""
    algorithm, key, body = stored.split(":")
    if (algorithm, key) != (ALGORITHM, key_id()):
        raise UnknownKey(algorithm, key)
    raw = b64decode(body)
    return AESGCM(settings.IDENTITY_KEY).decrypt(raw[:12], raw[12:], _bound()).decode()


def fingerprint(plain: str) -> str:
    """Keyed hash for matching inside one tenant; the same number differs between tenants."""
    key = hmac.digest(settings.IDENTITY_KEY, b"fingerprint" + _bound(), "sha256")
    return hmac.digest(key, plain.encode(), "sha256").hex()


def _bound() -> bytes:
    return str(current_tenant_id()).encode()


def mask_identity(plain: str) -> str:
    """`440***********123`: the first and last three."""
    return (
        f"{plain[:3]}{'*' * (len(plain) - 6)}{plain[-3:]}" if len(plain) > 6 else "*" * len(plain)
    )


def mask_name(name: str) -> str:
    """`王*`, `王*明`, `欧**明`."""
    if len(name) <= 2:
        return f"{name[:1]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Plain text in Python, cipher text in the database; cannot be filtered by."""

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value) if value else ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return decrypt(value) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name in {"isnull", "exact"} else None
