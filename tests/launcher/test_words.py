import errno
import socket

import pytest

from config.announcement import account_table
from config.embedded import Trouble
from config.embedded.port import chosen_port
from config.embedded.troubles import plainly_told


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_names_itself_and_the_way_out(busy_port, monkeypatch):
    monkeypatch.setattr("config.embedded.port.PATIENCE", 0)

    with pytest.raises(
        Trouble, match=rf"端口 {busy_port} 已被占用：.*PORT={busy_port + 1} make run"
    ):
        chosen_port({"PORT": str(busy_port)})


@pytest.mark.parametrize("text", ["eighty", "0", "70000", "-1"])
def test_a_port_must_be_a_port(text):
    with pytest.raises(Trouble, match="不是端口号"):
        chosen_port({"PORT": text})


def test_the_demo_listens_on_this_machine_only():
    with pytest.raises(Trouble, match="只在本机"):
        chosen_port({"BIND": "0.0.0.0:8000"})


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "没有权限使用 /there"),
        (errno.EIO, "操作系统拒绝了请求"),
    ],
)
def test_what_the_system_refuses_becomes_a_sentence(number, sentence):
    with pytest.raises(Trouble, match=sentence), plainly_told():
        raise OSError(number, "…", "/there")


def test_accounts_stand_in_columns(tmp_path):
    accounts = tmp_path / "demo-accounts.txt"
    accounts.write_text("tenant\trole\n广州\t区民政局\nguizhou\t站长\n", encoding="utf-8")

    assert account_table(accounts) == "tenant   role\n广州     区民政局\nguizhou  站长"
