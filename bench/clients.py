"""Many clients over HTTP, cheap enough to leave the processors to the server.

`python -m bench.clients PLAN` reads a JSON plan and prints what came of it as JSON: the seconds
that each answer took, and how often each status came.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any


@dataclass
class Run:
    """One run of all clients: `requests` are raw bytes, each client takes the next ones."""

    port: int
    requests: list[list[bytes]]
    seconds: float
    pause: float
    taken: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    async def all(self) -> None:
        end = perf_counter() + self.seconds
        count = len(self.requests)
        clients = (
            self._client(iter(own), end, number * self.pause / count)
            for number, own in enumerate(self.requests)
        )
        await asyncio.gather(*clients)

    async def _client(self, own: Iterator[bytes], end: float, delay: float) -> None:
        """Clients begin one after the other, so that they do not come in waves."""
        await asyncio.sleep(delay)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        for request in own:
            if perf_counter() >= end:
                break
            start = perf_counter()
            writer.write(request)
            status, closes = await _answer(reader)
            self.taken.append(perf_counter() - start)
            self.statuses[status] += 1
            if closes:
                writer.close()
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            await asyncio.sleep(self.pause)
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer, its body read away, and whether the server hangs up."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    length = head.partition(b"content-length:")[2].split(b"\r\n", 1)[0].strip()
    if length:
        await reader.readexactly(int(length))
    elif b"transfer-encoding: chunked" in head:
        while (await reader.readline()).strip() != b"0":
            pass
        await reader.readline()
    return status, b"connection: close" in head


def main(plan: dict[str, Any]) -> None:
    run = Run(
        plan["port"],
        [[one.encode("latin-1") for one in own] for own in plan["requests"]],
        plan["seconds"],
        plan["pause"],
    )
    start = perf_counter()
    asyncio.run(run.all())
    print(
        json.dumps(
            {"taken": run.taken, "statuses": dict(run.statuses), "took": perf_counter() - start}
        )
    )


if __name__ == "__main__":
    main(json.loads(Path(sys.argv[1]).read_text()))
