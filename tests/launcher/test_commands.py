import os
import subprocess
import sys

import pytest

from config.embedded.commands import provided_for
from tests.launcher.conftest import CHECKOUT, bare_environment, processes_below

PROVIDED = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "REDIS_URL")
KEYS = ("SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY")


@pytest.fixture
def bare(monkeypatch, tmp_path):
    for name in PROVIDED + KEYS:
        # Set first, so that what the command sets is undone afterwards.
        monkeypatch.setenv(name, "")
    monkeypatch.setattr("config.embedded.commands.VAR", tmp_path)
    return tmp_path


def manage(directory, *arguments):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env=bare_environment(directory),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("arguments", [["check"], ["help"], [], ["load_areas", "--help"]])
def test_some_commands_need_no_server(bare, arguments):
    with provided_for(arguments):
        assert all(os.environ[name] for name in ("DATABASE_URL", "REDIS_URL", *KEYS))

    assert list(bare.iterdir()) == []


def test_configured_servers_are_left_alone(bare, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://theirs")
    monkeypatch.setenv("REDIS_URL", "redis://theirs")

    with provided_for(["shell"]):
        assert os.environ["DATABASE_URL"] == "postgres://theirs"

    assert list(bare.iterdir()) == []


@pytest.mark.full
def test_a_command_brings_servers_tables_and_keys_and_keeps_its_output_clean(directory):
    question = "from tenancy.models import Tenant; print(Tenant.objects.count())"

    first = manage(directory, "shell", "-v", "0", "-c", question)
    second = manage(directory, "shell", "-v", "0", "-c", question)

    assert (first.stdout, first.stderr) == ("0\n", "正在更新数据库结构……\n")
    assert (second.stdout, second.stderr) == ("0\n", "")
    assert (directory / "keys.env").stat().st_mode & 0o777 == 0o600
    assert processes_below((directory / "servers").resolve()) == []
