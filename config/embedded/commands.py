"""A management command on its own: it gets what the environment does not name."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from config.embedded import VAR, Postgres, servers, unconfigured
from config.embedded.keys import kept_keys, make_keys, random_keys
from config.embedded.schema import forget, keep_current

SERVERLESS = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help"),
    *("makemessages", "makemigrations", "setup_database", "startapp", "version"),
}
ASKS_FOR_HELP = {"-h", "--help", "--version"}
BY_HAND = {"migrate", "showmigrations", "sqlmigrate"}
NO_SERVER = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
}


@contextmanager
def provided_for(arguments: list[str]) -> Iterator[None]:
    """Servers, keys and tables for the command that these arguments name."""
    kinds = unconfigured(os.environ)
    if _needs_no_server(arguments):
        _fill_in({**NO_SERVER, **random_keys()})
        yield
    elif not kinds:
        _fill_in(kept_keys(VAR))
        yield
    else:
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        with servers(kinds=kinds) as running:
            _fill_in(running.environment)
            _fill_in(make_keys(VAR) if Postgres in kinds else kept_keys(VAR))
            if Postgres in kinds:
                _care_for_tables(arguments[0])
            yield


def _needs_no_server(arguments: list[str]) -> bool:
    return not arguments or arguments[0] in SERVERLESS or bool(ASKS_FOR_HELP & set(arguments))


def _care_for_tables(command: str) -> None:
    if command == "migrate":
        forget(VAR)
    if command not in BY_HAND:
        keep_current(VAR, os.environ)


def _fill_in(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if not os.environ.get(name):
            os.environ[name] = value
