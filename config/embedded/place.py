"""Where the servers keep their data, and as whom they run.

PostgreSQL refuses to run as root, so root starts the servers as an unprivileged account. Where that
account cannot reach the checkout, the data lie in a system folder and the checkout holds a link.
"""

import json
import os
import pwd
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SYSTEM_FOLDER = Path("/var/lib/zhandian-dev")
PASSWORDS = ("admin", "owner", "runtime", "broker")


@dataclass(frozen=True)
class Account:
    """Whom the servers run as."""

    uid: int
    gid: int

    @property
    def process_options(self) -> dict[str, Any]:
        """What `subprocess` needs to start a process as this account."""
        if os.geteuid() != 0:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Hand a file or folder to this account."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Place:
    """A folder with one subfolder a server, and the passwords that belong to the data."""

    directory: Path
    home: Path
    account: Account
    passwords: dict[str, str]

    def folder(self, name: str) -> Path:
        """A server's own folder, which only its account can open."""
        folder = self.home / name
        if not folder.exists():
            folder.mkdir(mode=0o700)
            self.account.own(folder)
        return folder


def open_place(directory: Path) -> Place:
    """The place below this folder, made on first use."""
    home = directory / "servers"
    if not home.exists():
        _make_home(home)
    return Place(directory, home.resolve(), _account(home), _passwords(home / "passwords.json"))


def reachable(path: Path) -> bool:
    """Whether every account can enter this folder."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


def write_private(path: Path, content: str) -> None:
    """Replace a file at once by one that only its owner can read."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with open(handle, "w", encoding="utf-8") as file:
        file.write(content)
    Path(name).replace(path)


def _make_home(home: Path) -> None:
    home.unlink(missing_ok=True)  # a link whose target is gone
    if os.geteuid() != 0 or reachable(home.parent):
        home.mkdir(mode=0o755)
        return
    SYSTEM_FOLDER.mkdir(mode=0o755, exist_ok=True)
    # Only the link knows the name: a checkout made anew at the same path starts empty.
    target = SYSTEM_FOLDER / f"{home.parent.parent.name}-{secrets.token_hex(4)}"
    target.mkdir()
    target.chmod(0o755)
    home.symlink_to(target)


def _account(home: Path) -> Account:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in home.iterdir():
        status = folder.stat()
        if folder.is_dir() and status.st_uid != 0:  # data made before by an ordinary user
            return Account(status.st_uid, status.st_gid)
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid)


def _passwords(path: Path) -> dict[str, str]:
    if not path.exists():
        write_private(path, json.dumps({name: secrets.token_urlsafe(24) for name in PASSWORDS}))
    passwords: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return passwords
