import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
import redis

from config.embedded import Postgres, Trouble, servers
from config.embedded.place import open_place
from tests.launcher.conftest import CHECKOUT, HOLD, processes_below


def ask(url, question):
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def home(directory):
    return (directory / "servers").resolve()


def test_both_servers_answer_and_stop(directory):
    with servers(directory, durable=False) as running:
        runtime = ask(running.database_url, "SELECT current_user")
        owner = ask(running.migration_database_url, "SELECT current_user")
        with closing(redis.from_url(running.redis_url)) as broker:
            policy = broker.config_get("maxmemory-policy")["maxmemory-policy"]

    assert (runtime, owner, policy) == ("zhandian", "zhandian_owner", "noeviction")
    assert processes_below(home(directory)) == []


def test_two_commands_share_one_server_and_the_last_one_stops_it(directory, hold):
    holder, address = hold(directory)

    began = time.monotonic()
    with servers(directory, durable=False) as running:
        joined = time.monotonic() - began
        assert running.admin_url == address
        holder.communicate("\n")
        assert ask(address, "SELECT 1") == 1

    assert joined < 0.5
    assert processes_below(home(directory)) == []


def test_a_command_that_leaves_does_not_stop_the_server_of_another(directory, hold):
    _holder, address = hold(directory)

    with servers(directory, durable=False):
        pass

    assert ask(address, "SELECT 1") == 1


def test_servers_of_a_killed_launcher_are_adopted(directory, hold):
    holder, address = hold(directory)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert ask(address, "SELECT 1") == 1

    with servers(directory, durable=False) as running:
        assert running.admin_url == address

    assert processes_below(home(directory)) == []


@pytest.mark.full
def test_a_killed_server_comes_back_with_its_data(directory):
    with servers(directory, kinds=[Postgres]) as running:
        with closing(psycopg2.connect(running.migration_database_url)) as connection:
            connection.cursor().execute("CREATE TABLE kept AS SELECT 1 AS number")
            connection.commit()
        postmaster = int((home(directory) / "postgres/data/postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)

    with servers(directory, kinds=[Postgres]) as running:
        assert ask(running.migration_database_url, "SELECT number FROM kept") == 1


@pytest.mark.full
def test_a_process_number_that_now_is_another_process_is_not_ended(directory):
    account = open_place(directory).account.process_options
    with subprocess.Popen(["sleep", "60"], cwd="/", **account) as other:
        left_over = home(directory) / "postgres/data/postmaster.pid"
        left_over.write_text(f"{other.pid}\n{left_over.parent}\n0\n1\n\n127.0.0.1\n\nready   \n")

        with servers(directory, durable=False, kinds=[Postgres]) as running:
            assert ask(running.database_url, "SELECT 1") == 1

        assert other.poll() is None
        other.kill()


@pytest.mark.full
def test_a_half_made_data_folder_is_made_anew(directory):
    postgres = home(directory) / "postgres"
    (postgres / "data").rename(postgres / "unfinished")

    with servers(directory, durable=False, kinds=[Postgres]) as running:
        assert ask(running.database_url, "SELECT 1") == 1


def test_secrets_are_private(directory):
    with servers(directory, durable=False) as running:
        recorded = json.loads((directory / "embedded.json").read_text())
        files = [directory / "embedded.json", *home(directory).glob("*.*")]
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}

    assert recorded == running.addresses
    assert set(modes.values()) == {0o600}


def test_without_any_program_one_sentence_says_what_to_install(directory, monkeypatch):
    monkeypatch.setattr("config.embedded.binaries.find_spec", lambda name: None)
    monkeypatch.setattr("config.embedded.binaries._postgres_of_the_machine", list)

    with pytest.raises(Trouble, match="请安装 15 或更高版本"), servers(directory, kinds=[Postgres]):
        pass


@pytest.mark.full
def test_an_older_major_version_is_set_aside_not_lost(directory, capsys):
    (home(directory) / "postgres/data/PG_VERSION").write_text("14\n")

    with servers(directory, durable=False, kinds=[Postgres]):
        pass

    assert (home(directory) / "postgres/data-14").is_dir()
    assert "已移到" in capsys.readouterr().err


@pytest.mark.full
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as somebody else")
def test_an_ordinary_user_needs_nothing_of_root(tmp_path_factory):
    python = Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if not python.exists():
        pytest.skip(f"{python} is not there, and nobody may enter the folder of this Python")
    where = Path("/tmp") / f"launcher-{os.getpid()}"
    where.mkdir()
    os.chown(where, 65534, 65534)
    paths = f"{CHECKOUT}:{Path(psycopg2.__file__).parents[1]}"

    done = subprocess.run(
        [python, "-c", HOLD, where],
        cwd=where,
        env={"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"},
        input="\n",
        capture_output=True,
        text=True,
        user="nobody",
        group="nogroup",
        extra_groups=[],
    )

    subprocess.run(["rm", "-r", where], check=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("postgres://")
