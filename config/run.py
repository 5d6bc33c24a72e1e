"""What `make run` starts and watches: servers, worker, beat, web; all of it ends together."""

import fcntl
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from time import monotonic, sleep
from types import FrameType
from typing import TypeAlias

from config.announcement import announcement
from config.embedded import VAR, Postgres, Trouble, servers, unconfigured
from config.embedded.children import Child, start, stop_all
from config.embedded.keys import make_keys
from config.embedded.port import chosen_port
from config.embedded.processes import LOOPBACK
from config.embedded.schema import keep_current, migrate
from config.embedded.troubles import DISK_FULL, plainly_told

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Command: TypeAlias = tuple[str, str, Sequence[str]]  # name for people, name of the log, arguments
WEB: Command = ("网页服务", "web", ("gunicorn", "-c", "config/gunicorn.py", "config.wsgi"))
QUICKLY = ("-c", "2", "--without-gossip", "--without-mingle", "--without-heartbeat")
WORKER: Command = (
    "后台任务",
    "worker",
    ("celery", "-A", "config.celery", "worker", "-Q", "default,reports", *QUICKLY),
)
BEAT: Command = (
    "定时任务",
    "beat",
    ("celery", "-A", "config.celery", "beat", "-s", str(VAR / "beat-schedule"), "--pidfile="),
)
DEMO: Command = ("演示数据载入", "demo", ("manage", "load_demo", "--if-empty"))
LEAST_FREE_BYTES = 200 * 2**20


class Stopped(BaseException):
    """Somebody asked the launcher to stop."""


def main() -> int:
    """Run until somebody stops it; the exit code tells a wanted end from another."""
    began = monotonic()
    for number in SIGNALS:
        signal.signal(number, _stop)
    try:
        with plainly_told():
            _run(began)
    except Trouble as trouble:
        _say(str(trouble))
        return 1
    except Stopped:
        _say("已全部停止。")
    return 0


def _run(began: float) -> None:
    VAR.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(VAR).free < LEAST_FREE_BYTES:
        raise Trouble(DISK_FULL)
    with _only_launcher():
        port = chosen_port(os.environ)
        with _environment(port) as environment, _children(environment) as children:
            _load_demo(environment, children)
            children.append(_start(BEAT, environment))
            _wait_until(lambda: _answers(port), children)
            sys.stdout.write(announcement(VAR, port, seconds=monotonic() - began))
            sys.stdout.flush()
            _wait_until(lambda: False, children)


def _stop(number: int, frame: FrameType | None) -> None:
    for each in SIGNALS:  # one request is enough: stopping must not be interrupted
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


@contextmanager
def _only_launcher() -> Iterator[None]:
    with open(VAR / "run.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(
                f"本目录已有一个 make run 在运行（进程 {lock.read().strip()}）："
                "请直接使用它，或先按 Ctrl-C 停止它。"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def _environment(port: int) -> Iterator[dict[str, str]]:
    """The environment of the children, with the servers running and migrated."""
    kinds = unconfigured(os.environ)
    with servers(kinds=kinds) as running:
        environment = {**os.environ, **running.environment, "DEMO": "1"}
        environment["BIND"] = f"{LOOPBACK}:{port}"
        environment |= {k: v for k, v in make_keys(VAR).items() if not environment.get(k)}
        if Postgres in kinds:
            keep_current(VAR, environment)
        else:
            migrate(VAR, environment)
        yield environment


@contextmanager
def _children(environment: dict[str, str]) -> Iterator[list[Child]]:
    children: list[Child] = []
    try:
        for command in (WEB, WORKER):
            children.append(_start(command, environment))
        yield children
    finally:
        stop_all(children)


def _load_demo(environment: dict[str, str], children: list[Child]) -> None:
    demo = _start(DEMO, environment)
    children.append(demo)
    _wait_until(lambda: demo.exit_code == 0, children)
    children.remove(demo)


def _start(command: Command, environment: dict[str, str]) -> Child:
    label, name, arguments = command
    return start(label, arguments, VAR / "log" / f"{name}.log", environment)


def _answers(port: int) -> bool:
    connection = HTTPConnection(LOOPBACK, port, timeout=5)
    try:
        connection.request("GET", "/livez")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def _wait_until(condition: Callable[[], bool], children: Sequence[Child]) -> None:
    """Nothing is restarted in silence: whichever child ends first ends the others, with a word."""
    while not condition():
        for child in children:
            if child.exit_code is not None:
                raise Trouble(
                    f"{child.label}意外退出（代码 {child.exit_code}），其余进程已停止："
                    f"请查看 {child.log}，排除原因后重新运行 make run。"
                )
        sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
