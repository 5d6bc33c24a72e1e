"""The three keys of an installation that nobody configured: made once, kept in one private file."""

import secrets
from pathlib import Path

from config.embedded.place import write_private

NAMES = ("SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY")


def kept_keys(directory: Path) -> dict[str, str]:
    """The keys kept in this folder, none where none were made."""
    try:
        lines = (directory / "keys.env").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def make_keys(directory: Path) -> dict[str, str]:
    """The keys kept in this folder; those that lack are made."""
    keys = kept_keys(directory)
    if missing := [name for name in NAMES if name not in keys]:
        keys |= random_keys(missing)
        lines = [f"{name}={value}\n" for name, value in keys.items()]
        write_private(directory / "keys.env", "".join(lines))
    return keys


def random_keys(names: list[str] | tuple[str, ...] = NAMES) -> dict[str, str]:
    """Keys for once."""
    return {name: secrets.token_hex(32) for name in names}
