"""Migrate the embedded database when the migrations have changed since the last time."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from config.embedded.sharing import turn
from config.embedded.troubles import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]


def migrate(directory: Path, environment: Mapping[str, str]) -> None:
    """Run the migrations in a process of its own, so that the caller's output stays clean."""
    log = directory / "log" / "migrate.log"
    log.parent.mkdir(exist_ok=True)
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity", "0"]
    with open(log, "w") as said:
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            env={**os.environ, **environment},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise Trouble(f"数据库结构没有更新成功：请查看 {log}，排除原因后重试。")


def keep_current(directory: Path, environment: Mapping[str, str]) -> None:
    """Migrate the embedded database unless its record says that nothing is new."""
    record = directory / "servers" / "migrated"
    with turn(directory):
        present = _fingerprint()
        if record.exists() and record.read_text() == present:
            return
        sys.stderr.write("正在更新数据库结构……\n")
        migrate(directory, environment)
        record.write_text(present)


def forget(directory: Path) -> None:
    """Let the next command migrate: somebody migrates by hand, perhaps backwards."""
    (directory / "servers" / "migrated").unlink(missing_ok=True)


def _fingerprint() -> str:
    found = hashlib.sha256()
    # The lock file stands for the migrations of the packages.
    for path in [CHECKOUT / "requirements.lock", *sorted(CHECKOUT.glob("*/migrations/*.py"))]:
        found.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        found.update(path.read_bytes())
    return found.hexdigest()
