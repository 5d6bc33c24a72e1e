"""The embedded Valkey server, the broker."""

import os
import socket
import subprocess

from config.embedded.binaries import valkey_program
from config.embedded.place import Place, write_private
from config.embedded.processes import LOOPBACK, end, free_port, wait_until, works_in
from config.embedded.troubles import Trouble

SETTINGS = """\
bind {host}
port {port}
requirepass {password}
dir "{folder}"
pidfile "{folder}/pid"
logfile "{folder}/log"
daemonize yes
appendonly {durable}
save ""
maxmemory-policy noeviction
"""


class Valkey:
    """One folder with the append-only file and the server on it."""

    name = "valkey"

    def __init__(self, place: Place, *, durable: bool) -> None:
        self.place = place
        self.durable = durable
        self.folder = place.folder(self.name)
        self.settings = place.home / "valkey.conf"

    @property
    def addresses(self) -> dict[str, str]:
        """The address of the broker."""
        password = self.place.passwords["broker"]
        return {"REDIS_URL": f"redis://:{password}@{LOOPBACK}:{self._port}/0"}

    def ensure_running(self) -> None:
        """Adopt the server that runs, or start it; a half-dead one is ended first."""
        if self._answers():
            return
        self.stop()
        for _attempt in range(3):  # the port may be taken between choosing and using it
            self._start()
            if wait_until(self._answers, seconds=5):
                return
        raise Trouble(f"消息队列没有启动：请查看 {self.folder / 'log'}，排除原因后重试。")

    def stop(self) -> None:
        """End the server."""
        end(self._pid, self.folder)

    @property
    def _pid(self) -> int:
        try:
            return int((self.folder / "pid").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    @property
    def _port(self) -> int:
        for line in self.settings.read_text(encoding="utf-8").splitlines():
            if line.startswith("port "):
                return int(line.removeprefix("port "))
        return 0

    def _answers(self) -> bool:
        return works_in(self._pid, self.folder) and self._pong()

    def _pong(self) -> bool:
        password = self.place.passwords["broker"]
        try:
            with (
                socket.create_connection((LOOPBACK, self._port), timeout=2) as connection,
                connection.makefile("rwb") as stream,
            ):
                stream.write(f"AUTH {password}\r\nPING\r\n".encode())
                stream.flush()
                return [stream.readline(), stream.readline()] == [b"+OK\r\n", b"+PONG\r\n"]
        except OSError:
            return False

    def _start(self) -> None:
        settings = SETTINGS.format(
            host=LOOPBACK,
            port=free_port(),
            password=self.place.passwords["broker"],
            folder=self.folder,
            durable="yes" if self.durable else "no",
        )
        write_private(self.settings, settings)
        self.place.account.own(self.settings)
        subprocess.run(
            [valkey_program(), self.settings],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
            **self.place.account.process_options,
        )
