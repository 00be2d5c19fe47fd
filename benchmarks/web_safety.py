"""What the web client does with addresses and answers that mean harm. Exit code 1 where a target is missed.

Run as `python -m benchmarks.web_safety [--quick]`. Every hostile address is asked for directly, as a redirect of a public
page and as the redirect of a robots.txt. A connection to a private address is counted twice: where it would be
opened, and at a trap on loopback that it is sent to. Bombs are read in processes of their own; `--quick` leaves them out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpcore

from benchmarks.bombs import BOMBS, serving
from benchmarks.hostile_urls import NAMES, PUBLIC, hostile_urls
from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.guard import Endpoint, is_public, resolve

MOST_MEMORY = 50 * (1 << 20)
LEAST_URLS = 40
REBINDINGS = 200


@dataclass
class World(httpcore.AnyIOBackend):
    """What lies below the guard: one public site, a trap for everything private, and silence elsewhere.

    `opened` holds the address of each connection that was asked for.
    """

    site: Endpoint
    trap: Endpoint = ("127.0.0.1", 9)
    opened: list[str] = field(default_factory=list)

    async def connect_tcp(self, host: str, port: int, *rest: Any, **options: Any) -> httpcore.AsyncNetworkStream:
        self.opened.append(host)
        if host == PUBLIC and port == 80:
            return await super().connect_tcp(*self.site, *rest, **options)
        if is_public(host):
            raise httpcore.ConnectError("nobody is there")
        return await super().connect_tcp(*self.trap, *rest, **options)

    @property
    def private(self) -> int:
        """How many connections to private addresses were opened."""
        return sum(not is_public(host) for host in self.opened)


@dataclass
class Site:
    """A public site: `/robots.txt` and every other path answer as they are told to."""

    robots: str = ""
    page: str = ""
    trapped: int = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        target = self.robots if head.startswith("GET /robots.txt ") else self.page
        status = f"302 Found\r\nlocation: {target}" if target else "404 Not Found"
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        writer.close()

    async def trap(self, _: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.trapped += 1
        writer.close()


@asynccontextmanager
async def world() -> AsyncIterator[tuple[Site, World]]:
    """A site and a trap that listen, and the backend that leads to them."""
    site = Site()
    public = await asyncio.start_server(site.answer, "127.0.0.1", 0)
    trap = await asyncio.start_server(site.trap, "127.0.0.1", 0)
    async with public, trap:
        yield site, World(site=public.sockets[0].getsockname(), trap=trap.sockets[0].getsockname())


async def names(host: str, port: int) -> Sequence[str]:
    """Names of the table; numbers in any spelling and names of this machine as the system reads them."""
    bare = host.rstrip(".")
    if bare in NAMES:
        return NAMES[bare]
    return [PUBLIC] if bare.endswith(".example") else await resolve(host, port)


async def outcome(web: WebClient, url: str) -> str:
    """One word: how reading ends."""
    try:
        await web.get(url)
    except PageError as error:
        return error.reason
    return "read"


async def hostile() -> tuple[list[tuple[str, str, list[str]]], World, Site]:
    """For each address (trick, address, outcomes): asked directly, behind a page's redirect, behind a robots.txt's."""
    rows = []
    async with world() as (site, below):
        for trick, url in hostile_urls():
            ends = []
            for site.page, site.robots, asked in (("", "", url), (url, "", ""), ("", url, "")):
                async with WebClient(resolver=names, network=below, delay=0) as web:
                    ends.append(await outcome(web, asked or "http://public.example/"))
            rows.append((trick, url, ends))
    return rows, below, site


async def rebinding() -> tuple[Counter[str], World, Site]:
    """A name whose answer changes with every look-up, public and private in turn, in several orders."""
    ends: Counter[str] = Counter()
    async with world() as (site, below):
        for turn in (["127.0.0.1"], ["10.0.0.1", PUBLIC], ["::1"], ["169.254.169.254"]):
            answers = [[PUBLIC], turn]
            asked = 0

            async def changing(_host: str, _port: int, answers: list[list[str]] = answers) -> list[str]:
                nonlocal asked
                asked += 1
                return answers[asked % 2]

            async with WebClient(resolver=changing, network=below, delay=0) as web:
                for number in range(REBINDINGS // 4):
                    ends[await outcome(web, f"http://r{number % 7}.example/{number}")] += 1
    return ends, below, site


def bomb(origin: str, path: str) -> dict[str, Any]:
    """What reading it costs, measured in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.bombs", origin, path],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def show_hostile(rows: Iterable[tuple[str, str, list[str]]]) -> None:
    print(f"{'trick':18} {'directly':10} {'redirect':10} {'robots':10} address")
    for trick, url, (direct, redirect, robots) in rows:
        print(f"{trick:18} {direct:10} {redirect:10} {robots:10} {url}")


def check_bombs() -> list[str]:
    missed = []
    print(f"\n{'bomb of 1 GB':18} {'ends as':10} {'more memory':>12}")
    with serving() as origin:
        for path, (*_, expected) in BOMBS.items():
            found = bomb(origin, path)
            more = found["after"] - found["before"]
            print(f"{path:18} {found['outcome']:10} {more / (1 << 20):9.1f} MB")
            if more > MOST_MEMORY or found["outcome"] != expected:
                missed.append(f"{path} took {more} bytes and ended as {found['outcome']}, not {expected}")
    return missed


def main() -> None:
    parser = argparse.ArgumentParser(description="Hostile addresses, a rebinding name, and bombs.")
    parser.add_argument("--quick", action="store_true", help="leave the bombs out")
    arguments = parser.parse_args()
    rows, below, site = asyncio.run(hostile())
    show_hostile(rows)
    missed = [f"{url} was read" for _, url, ends in rows if "read" in ends]
    print(f"\n{len(rows)} hostile addresses, asked for in three ways: {below.private} private connections opened,")
    print(f"{site.trapped} seen by the trap; {len(below.opened)} connections to public addresses")
    missed += ["fewer than 40 addresses"] * (len(rows) < LEAST_URLS)
    missed += ["a private connection was opened"] * bool(below.private or site.trapped)
    ends, below, site = asyncio.run(rebinding())
    print(
        f"rebinding name, {REBINDINGS} pages: {dict(ends)}, {below.private} private connections, {site.trapped} trapped"
    )
    missed += ["a rebinding name led inside"] * bool(below.private or site.trapped)
    if not arguments.quick:
        missed += check_bombs()
    for line in missed:
        print(f"MISSED: {line}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
