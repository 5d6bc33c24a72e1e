import os
import re
import signal
import stat
import subprocess
import sys
from http.client import HTTPConnection

import pytest

from config.embedded.processes import free_port, wait_until
from tests.launcher.conftest import CHECKOUT, bare_environment, clear, processes_below

pytestmark = pytest.mark.full
SERVER = re.compile(r"(^|/)postgres[: ]|valkey-server")


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    directory = tmp_path_factory.mktemp("var")
    yield directory
    clear(directory)


@pytest.fixture
def launch(var):
    launched = []

    def start(**environment):
        process = subprocess.Popen(
            [sys.executable, "-m", "config.run"],
            cwd=CHECKOUT,
            env={**bare_environment(var), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        launched.append(process)
        return process

    yield start
    for process in launched:
        process.terminate()
        process.communicate()


def wait_ready(process):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C" in line:
            return "".join(lines)
    pytest.fail(process.stderr.read())


def status_of(port, path):
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def left_over(var):
    return processes_below(var) + processes_below((var / "servers").resolve())


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_serves_and_leaves_no_process(var, launch, wish):
    port = free_port()

    process = launch(PORT=str(port))
    said = wait_ready(process)

    assert f"http://127.0.0.1:{port}/" in said
    assert status_of(port, "/livez") == 200
    assert status_of(port, "/readyz") == 200
    assert stat.S_IMODE((var / "keys.env").stat().st_mode) == 0o600
    process.send_signal(wish)
    assert process.wait(timeout=30) == 0
    assert left_over(var) == []


def test_a_killed_launcher_takes_its_children_along_and_the_next_one_heals(var, launch):
    port = free_port()
    killed = launch(PORT=str(port))
    wait_ready(killed)

    killed.kill()
    killed.wait()

    assert wait_until(lambda: children_below(var) == [], seconds=10), children_below(var)
    wait_ready(launch(PORT=str(port)))
    assert status_of(port, "/readyz") == 200


def children_below(folder):
    """Web, workers and beat; the servers stay, and the next launcher adopts them."""
    return [one for one in processes_below(folder) if not SERVER.search(one)]


def test_a_second_launcher_is_told_of_the_first(launch):
    wait_ready(launch(PORT=str(free_port())))

    second = launch(PORT=str(free_port()))

    assert second.wait(timeout=30) == 1
    assert "已有一个 make run 在运行" in second.stderr.read()


def test_a_child_that_dies_is_named_and_nothing_stays(var, launch):
    process = launch(PORT=str(free_port()))
    wait_ready(process)
    [beat] = [pid for pid, command in commands_of(process.pid) if " beat " in command]

    os.kill(beat, signal.SIGKILL)

    assert process.wait(timeout=30) == 1
    assert "定时任务意外退出" in process.stderr.read()
    assert left_over(var) == []


def commands_of(parent):
    listed = subprocess.run(
        ["ps", "--ppid", str(parent), "-o", "pid=,args="], capture_output=True, text=True
    )
    rows = [line.split(None, 1) for line in listed.stdout.splitlines()]
    return [(int(pid), command) for pid, command in rows]
