import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded import servers
from config.embedded.place import open_place
from config.embedded.postgres import Postgres
from config.embedded.valkey import Valkey

CHECKOUT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from config.embedded import servers
with servers(Path(sys.argv[1]), durable=False) as running:
    print(running.admin_url, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture(scope="session")
def pattern(tmp_path_factory):
    """The home of servers that have run once; making one anew takes a second."""
    directory = tmp_path_factory.mktemp("pattern")
    with servers(directory, durable=False):
        pass
    yield directory / "servers"
    clear(directory)


@pytest.fixture
def directory(tmp_path, pattern):
    """A folder with servers that stand still; whatever a test leaves running there is ended."""
    home = open_place(tmp_path).home
    subprocess.run(["cp", "-a", f"{pattern}/.", home], check=True)
    yield tmp_path
    clear(tmp_path)


def clear(directory):
    if (directory / "servers").exists():
        place = open_place(directory)
        Postgres(place, durable=False).stop()
        Valkey(place, durable=False).stop()
        shutil.rmtree(place.home)


def bare_environment(directory):
    """The environment of a person at a terminal, who configured nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "VAR_DIR": str(directory)}


@pytest.fixture
def hold():
    """Start processes that use the servers of a folder until their input ends."""
    holders = []

    def start(directory):
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, directory],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        holders.append(holder)
        return holder, holder.stdout.readline().strip()

    yield start
    for holder in holders:
        holder.kill()
        holder.communicate()


def processes_below(folder):
    """The commands of the living processes that work in this folder or were told of it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            status = (process / "stat").read_text().rpartition(")")[2].split()[0]
            told = f"VAR_DIR={folder}".encode() in (process / "environ").read_bytes().split(b"\0")
            works = (process / "cwd").resolve().is_relative_to(folder)
        except OSError:
            continue
        if status != "Z" and (told or works):
            found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found
