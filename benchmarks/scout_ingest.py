"""What it takes to scout many companies into the database, beside a bare `sqlite3` `executemany` of the same rows.

Run: .venv/bin/python -m benchmarks.scout_ingest [--sizes 10000 100000] [--rounds 3] [--score]

The real path, as `ingot.actions.discover` goes it: portions of records, each scored for a profile, made a lead with its
keys, looked up, stored in lead, lead_key and lead_source, committed. The bare loop writes the very rows of these three
tables that the real path made, into an empty database with the same tables, indexes and pragmas, in one transaction.
Storing is compared with storing; scoring and making leads of records are printed beside. Scoring is left out of the
larger sizes unless `--score` is given. Exits 1 where storing takes more than 3 times as long, where the time per row of
the largest size is more than 1.5 times that of the smallest (and grows more than the bare loop's), or where memory grows by more than 64 MB between them.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.actions.discover import found_of, portions
from ingot.db.engine import PRAGMAS, create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.first_look import FirstLook
from ingot.domain.user import UserProfile
from ingot.venues.record import VenueRecord

SIZES = (10_000, 100_000)
TABLES = ("lead", "lead_key", "lead_source")
MOST_TIMES_BARE, MOST_GROWTH, MOST_MEGABYTES = 3.0, 1.5, 64.0
_SCORED_UP_TO = 10_000
_WORDS = (
    "queue sensor ledger kernel orbit harbor clinic tenant batch vector parcel invoice meadow turbine lantern".split()
)
_SKILLS = "Python Go Rust Postgres Kafka Kubernetes React TypeScript Terraform Redis".split()
_RESUME = "Imre Valk\nBackend Engineer\n" + "\n".join(
    f"Built the {word} service in {skill} for a team of eight." for word in _WORDS for skill in _SKILLS[:3]
)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Seconds of each step over all rows, peak memory in MB, rows by table."""

    records: int
    score_and_make: float
    store: float
    bare: float
    before: float
    peak: float
    rows: dict[str, int]


def records(count: int) -> Iterator[VenueRecord]:
    """Invented companies as long as those of a real directory, made one at a time."""
    for number in range(count):
        words = [_WORDS[(number * 7 + at * (1 + number % 5)) % len(_WORDS)] for at in range(60)]
        skill = _SKILLS[number % len(_SKILLS)]
        yield VenueRecord(
            company_name=f"{words[0].title()} {words[1].title()} {number}",
            venue_ref=str(number),
            website=f"https://www.{words[0]}{number}.example/",
            one_liner=f"A {words[2]} for every {words[3]}, in {skill}.",
            description=" ".join(words),
            location="Port Ink, CA, USA; Remote",
            regions=("United States of America", "Remote"),
            team_size=number % 400 + 1,
            industry="B2B",
            industries=("B2B", "Infrastructure"),
            tags=(skill, "Developer Tools"),
            batch="Winter 2025",
            hiring=number % 3 > 0,
            url=f"https://directory.example/companies/{words[0]}-{number}",
        )


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def scout(path: Path, count: int, look: FirstLook) -> tuple[float, float, float]:
    """Seconds for scoring and making leads, seconds for storing, and the memory before."""
    engine = create_engine(f"sqlite+aiosqlite:///{path}")
    factory = sessions(engine)
    making = storing = 0.0
    before = 0.0
    try:
        for portion in portions(records(count)):
            start = time.perf_counter()
            found = [found_of(item, venue_name="bench", look=look, user_id="user_local") for item in portion]
            made = time.perf_counter()
            async with SqlAlchemyUnitOfWork(factory) as work:
                await work.leads.add_discovered(found, user_id="user_local")
                await work.commit()
            making, storing = making + made - start, storing + time.perf_counter() - made
            before = before or megabytes()
    finally:
        await engine.dispose()
    return making, storing, before


def bare(filled: Path, empty: Path) -> tuple[float, dict[str, int]]:
    """Seconds for the same rows by hand, and how many they are."""
    source, target = sqlite3.connect(filled), sqlite3.connect(empty, isolation_level=None)
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
    source.close()
    for pragma in PRAGMAS:
        target.execute(f"PRAGMA {pragma}")
    start = time.perf_counter()
    target.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        marks = ", ".join("?" * len(rows[table][0]))
        target.executemany(f"INSERT INTO {table} VALUES ({marks})", rows[table])
    target.execute("COMMIT")
    seconds = time.perf_counter() - start
    target.close()
    return seconds, {table: len(found) for table, found in rows.items()}


def measure(count: int, *, scored: bool, rounds: int) -> Measured:
    """One size, in a process of its own so that its peak memory is its own; the best of some rounds."""
    profile = UserProfile(name="Imre Valk", skills=_SKILLS[:4], resume_raw_text=_RESUME) if scored else None
    with tempfile.TemporaryDirectory() as directory:
        stored = [asyncio.run(scout(_empty(directory, f"real{n}"), count, FirstLook(profile))) for n in range(rounds)]
        peak = megabytes()  # before the bare loop, which holds all rows
        bared = [bare(Path(directory) / "real0.db", _empty(directory, f"bare{n}")) for n in range(rounds)]
    making, storing, before = zip(*stored, strict=True)
    return Measured(
        records=count,
        score_and_make=min(making),
        store=min(storing),
        bare=min(seconds for seconds, _ in bared),
        before=before[0],
        peak=peak,
        rows=bared[0][1],
    )


def _empty(directory: str, name: str) -> Path:
    path = Path(directory) / f"{name}.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


def in_a_process(count: int, *, scored: bool, rounds: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.scout_ingest", "--one", str(count), "--rounds", str(rounds)]
    command += ["--score"] if scored else []
    return Measured(**json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def show(found: Measured) -> None:
    each = found.store / found.records * 1e6
    rows = ", ".join(f"{table} {count:,}" for table, count in found.rows.items())
    print(f"{found.records:,} companies ({rows}):")
    print(f"  store       {found.store:8.2f} s  {each:6.0f} us a company")
    print(f"  bare sqlite3{found.bare:8.2f} s  -> {found.store / found.bare:.2f} times as long")
    print(
        f"  score, make {found.score_and_make:8.2f} s  {found.score_and_make / found.records * 1e6:6.0f} us a company"
    )
    print(f"  memory      {found.peak:8.0f} MB at its peak, {found.before:.0f} MB after the first portion")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--score", action="store_true", help="score the larger sizes too")
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many counts")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args(argv)
    if given.one:
        print(json.dumps(asdict(measure(given.one, scored=given.score, rounds=given.rounds))))
        return 0
    found = [
        in_a_process(size, scored=given.score or size <= _SCORED_UP_TO, rounds=given.rounds) for size in given.sizes
    ]
    for one in found:
        show(one)
    times = found[0].store / found[0].bare
    growth = (found[-1].store / found[-1].records) / (found[0].store / found[0].records)
    bare_growth = (found[-1].bare / found[-1].records) / (found[0].bare / found[0].records)
    memory = found[-1].peak - found[0].peak
    print(f"storing {found[0].records:,}: {times:.2f} times bare (target {MOST_TIMES_BARE})")
    print(
        f"time a company, largest to smallest: {growth:.2f} (bare sqlite3 {bare_growth:.2f}; target {MOST_GROWTH}, or bare's)"
    )
    print(f"memory, largest less smallest: {memory:.0f} MB (target {MOST_MEGABYTES:.0f})")
    return int(times > MOST_TIMES_BARE or growth > max(MOST_GROWTH, bare_growth) or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
