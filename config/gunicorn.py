"""How gunicorn serves the pages, in the demo and in production."""

import ipaddress
import os
from typing import Any

from jobs import collector

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
worker_class = "gthread"
threads = 2  # one computes while one waits; more only queue for the interpreter, locks in hand
preload_app = True  # one import for all workers: a second sooner, and shared memory
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests = 20_000  # a fresh worker starts without lines: its share comes back slowly
max_requests_jitter = 2_000
control_socket_disable = True
accesslog = None


def on_starting(server: Any) -> None:
    """The demo's accounts are on show: it serves this machine only."""
    if os.environ.get("DEMO") not in (None, "", "0") and not all(map(_is_loopback, _hosts())):
        raise SystemExit("演示环境只允许在本机（127.0.0.1）访问：请去掉 BIND，或不要设置 DEMO。")


def when_ready(server: Any) -> None:
    """What was imported stays: the collector need not walk it in every worker again and again."""
    collector.spare_what_stays()


def _hosts() -> list[str]:
    return [address.strip().rpartition(":")[0].strip("[]") for address in bind.split(",")]


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
