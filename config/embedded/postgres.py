"""The embedded PostgreSQL server."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2

from config.embedded.binaries import postgres_major, postgres_programs
from config.embedded.place import Place
from config.embedded.processes import (
    LOOPBACK,
    accepts,
    end,
    free_port,
    lives,
    wait_until,
    works_in,
)
from config.embedded.troubles import DISK_FULL, Trouble
from tenancy import database_setup
from tenancy.database_setup import Login

ADMIN, OWNER, RUNTIME, DATABASE = "postgres", "zhandian_owner", "zhandian", "zhandian"
BUILTIN_LOCALE_SINCE = 17
OPTIONS = [f"listen_addresses={LOOPBACK}", "unix_socket_directories=", "max_connections=100"]
NOT_DURABLE = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class Postgres:
    """One data folder and the server on it."""

    name = "postgres"

    def __init__(self, place: Place, *, durable: bool) -> None:
        self.place = place
        self.durable = durable
        self.folder = place.folder(self.name)
        self.data = self.folder / "data"
        self.log = self.folder / "log"

    @property
    def addresses(self) -> dict[str, str]:
        """The three addresses: of the admin, the owner and the runtime role."""
        admin = (
            f"postgres://{ADMIN}:{self.place.passwords['admin']}@{LOOPBACK}:{self._port}/postgres"
        )
        return {
            "ADMIN_URL": admin,
            "MIGRATION_DATABASE_URL": database_setup.url_for(admin, self._owner, DATABASE),
            "DATABASE_URL": database_setup.url_for(admin, self._runtime, DATABASE),
        }

    def ensure_running(self) -> None:
        """Adopt the server that runs, or start it; a half-dead one is ended first."""
        if not self._answers():
            self._clear_away()
            self._initialise()
            self._start()
        self._prepare()

    def stop(self) -> None:
        """End the server; by force when a client holds it up."""
        if not works_in(self._pid, self.data):
            return
        if self._pg_ctl("stop", "-m", "fast", "-t", "20").returncode:
            end(self._pid, self.data)

    @property
    def _owner(self) -> Login:
        return Login(OWNER, self.place.passwords["owner"])

    @property
    def _runtime(self) -> Login:
        return Login(RUNTIME, self.place.passwords["runtime"])

    def _status(self) -> list[str]:
        """The lines of postmaster.pid: process, folder, start, port, …, state."""
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    @property
    def _pid(self) -> int:
        return int(next(iter(self._status()), 0))

    @property
    def _port(self) -> int:
        lines = self._status()
        return int(lines[3]) if len(lines) > 3 else 0

    def _answers(self) -> bool:
        return works_in(self._pid, self.data) and wait_until(
            lambda: self._status()[7:8] == ["ready   "] and accepts(self._port), seconds=10
        )

    def _clear_away(self) -> None:
        end(self._pid, self.data)
        if lives(self._pid) and not works_in(self._pid, self.data):
            # The number now belongs to a stranger, and PostgreSQL would take him for its like.
            (self.data / "postmaster.pid").unlink()

    def _initialise(self) -> None:
        programs = postgres_programs()
        major = postgres_major(programs)
        self._set_aside_other_version(major)
        if self.data.exists():
            return
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", dir=self.place.home) as password_file:
            password_file.write(self.place.passwords["admin"])
            password_file.flush()
            self.place.account.own(Path(password_file.name))
            self._initdb(programs, major, unfinished, password_file.name)
        unfinished.rename(self.data)

    def _initdb(self, programs: Path, major: int, target: Path, password_file: str) -> None:
        locale = ["--locale=C.UTF-8"]
        if major >= BUILTIN_LOCALE_SINCE:
            locale.append("--locale-provider=builtin")
        made = self._run(
            [programs / "initdb", "-D", target, "-U", ADMIN, "-A", "scram-sha-256", "-E", "UTF8"]
            + ["--pwfile", password_file, *locale, *([] if self.durable else ["--no-sync"])]
        )
        if made.returncode:
            raise _trouble("数据库没有建成", made.stderr, self.folder)

    def _set_aside_other_version(self, major: int) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists() or (old := version.read_text().strip()) == str(major):
            return
        aside = self.data.with_name(f"data-{old}")
        self.data.rename(aside)
        sys.stderr.write(f"原有数据属于 PostgreSQL {old}，已移到 {aside}；现从空数据库开始。\n")

    def _start(self) -> None:
        settings = OPTIONS + ([] if self.durable else NOT_DURABLE)
        for _attempt in range(3):  # the port may be taken between choosing and using it
            chosen = [f"port={free_port()}", *settings]
            options = " ".join(f"-c {setting}" for setting in chosen)
            if not self._pg_ctl("start", "-l", self.log, "-t", "60", "-o", options).returncode:
                return
        raise _trouble("数据库没有启动", self.log.read_text(errors="replace")[-2000:], self.log)

    def _prepare(self) -> None:
        """Once a start: a launcher killed half-way is made good by the next one."""
        mark = self.place.home / "prepared"
        if mark.exists() and mark.read_text() == str(self._pid):
            return
        admin_url = self.addresses["ADMIN_URL"]
        try:
            database_setup.prepare(
                admin_url, database=DATABASE, owner=self._owner, runtime=self._runtime
            )
        except psycopg2.Error as error:
            raise _trouble("数据库没有准备好", str(error), self.log) from error
        mark.write_text(str(self._pid))

    def _pg_ctl(self, verb: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return self._run([postgres_programs() / "pg_ctl", verb, "-w", "-D", self.data, *arguments])

    def _run(self, command: list[Any]) -> subprocess.CompletedProcess[str]:
        # A file, not a pipe: the server inherits it and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+") as said:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=said,
                cwd=self.folder,
                env={"PATH": os.defpath, "HOME": str(self.folder), "LC_ALL": "C.UTF-8"},
                **self.place.account.process_options,
            )
            said.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, "", said.read())


def _trouble(what: str, said: str, where: Path) -> Trouble:
    if "No space left on device" in said:
        return Trouble(DISK_FULL)
    reason = (said.strip().splitlines() or ["没有说明"])[-1]
    return Trouble(f"{what}（{reason}）：请查看 {where}，排除原因后重试。")
