"""PostgreSQL and Valkey without installation: for the two commands, the tests, and single commands.

Nothing here may import Django: it runs before the settings, which need the addresses.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from config.embedded.place import Place, open_place, write_private
from config.embedded.postgres import Postgres
from config.embedded.sharing import shared, turn
from config.embedded.troubles import Trouble, plainly_told
from config.embedded.valkey import Valkey

__all__ = ["VAR", "Postgres", "Servers", "Trouble", "Valkey", "servers", "unconfigured"]

VAR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var").resolve()
Kind: TypeAlias = type[Postgres] | type[Valkey]
KINDS: dict[str, Kind] = {"DATABASE_URL": Postgres, "REDIS_URL": Valkey}


@dataclass(frozen=True)
class Servers:
    """The addresses of the running servers."""

    addresses: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        """What the settings read."""
        return {name: url for name, url in self.addresses.items() if name != "ADMIN_URL"}

    @property
    def admin_url(self) -> str:
        """The superuser, database `postgres`."""
        return self.addresses["ADMIN_URL"]

    @property
    def migration_database_url(self) -> str:
        """The owner of the tables."""
        return self.addresses["MIGRATION_DATABASE_URL"]

    @property
    def database_url(self) -> str:
        """The runtime role."""
        return self.addresses["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        """The broker, database 0."""
        return self.addresses["REDIS_URL"]


def unconfigured(environment: Mapping[str, str]) -> list[Kind]:
    """The kinds of server whose address the environment does not name."""
    return [kind for variable, kind in KINDS.items() if not environment.get(variable)]


@contextmanager
def servers(
    directory: Path = VAR,
    *,
    durable: bool = True,
    kinds: Collection[Kind] = (Postgres, Valkey),
) -> Iterator[Servers]:
    """Use the servers of a folder, together with whoever else uses them."""
    with ExitStack() as held:
        with plainly_told():
            place = _place(directory)
            addresses: dict[str, str] = {}
            for kind in kinds:
                server = kind(place, durable=durable)
                addresses |= held.enter_context(shared(server, directory))
            write_private(directory / "embedded.json", json.dumps(addresses, indent=2))
        yield Servers(addresses)


def _place(directory: Path) -> Place:
    directory.mkdir(parents=True, exist_ok=True)
    with turn(directory):
        return open_place(directory)
