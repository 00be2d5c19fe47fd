"""How long a command takes from the shell: `ingot --help`, and `ingot leads list` over 10,000 leads.

Run: .venv/bin/python -m benchmarks.cli_start [--leads 10000] [--rounds 15]

Fresh processes, by turns, each measured from its start to its end; the medians and the spread of the middle half are
printed, beside a bare `python -c pass` and `python -c "import typer"`, of which none of it can be quicker. The processor's
time is printed too: it says more where the machine has other work. Exits 1 where the help takes 300 ms or more, or the
list 700 ms or more.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence, Match

INGOT = [sys.executable, "-c", "import sys; from ingot.cli.app import main; sys.argv[0] = 'ingot'; main()"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import typer": [sys.executable, "-c", "import typer"],
    "ingot --help": [*INGOT, "--help"],
    "ingot leads list": [*INGOT, "leads", "list"],
    "ingot leads list --json": [*INGOT, "leads", "list", "--json"],
    "ingot mail pending": [*INGOT, "mail", "pending"],
}
LIMITS_MS = {"ingot --help": 300, "ingot leads list": 700, "ingot leads list --json": 700}


async def stock(base: Path, count: int) -> None:
    """A base with so many leads, every second one matched."""
    manager = ConfigManager(base)
    manager.ensure_tree()
    upgrade(manager.database_url)
    engine = create_engine(manager.database_url)
    try:
        async with SqlAlchemyUnitOfWork(sessions(engine)) as uow:
            leads = [_lead(number) for number in range(count)]
            uow.session.add_all(leads)
            await uow.session.flush()
            uow.session.add_all(
                Match(lead_id=lead.id, match_score=number % 101, confidence_level=Confidence.high)
                for number, lead in enumerate(leads)
                if lead.status is LeadStatus.matched
            )
            await uow.commit()
    finally:
        await engine.dispose()


def _lead(number: int) -> Lead:
    return Lead(
        company_name=f"Company {number * 7919 % 100_000}",
        source_venue="yc",
        venue_ref=str(number),
        company_website=f"https://company{number}.example/",
        location="Ghent, Belgium",
        tags=["queues", "sensors"],
        record={"one_liner": "Queues for sensors. " * 10},
        initial_score=number % 997 / 997,
        status=LeadStatus.matched if number % 2 else LeadStatus.discovered,
    )


def milliseconds(words: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall time and processor time of one process."""
    started = time.perf_counter()
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    took = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError("A command failed: what it took says nothing.")
    return took * 1000, (used.ru_utime + used.ru_stime) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    given = parser.parse_args()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base"
        asyncio.run(stock(base, given.leads))
        environment = {**os.environ, "INGOT_BASE_DIR": str(base), "COLUMNS": "100"}
        environment.pop("INGOT_DATABASE_URL", None)
        for words in COMMANDS.values():
            milliseconds(words, environment)  # writes the byte code, and fills the cache of files
        for _ in range(given.rounds):
            for name, words in COMMANDS.items():
                taken[name].append(milliseconds(words, environment))
    print(f"{given.leads} leads, {given.rounds} rounds, load {os.getloadavg()[0]:.2f}")
    slow = []
    for name, times in taken.items():
        low, median, high = statistics.quantiles([wall for wall, _ in times], n=4)
        processor = statistics.median(used for _, used in times)
        limit = LIMITS_MS.get(name)
        told = f"{name:<26}{median:7.0f} ms   ({low:.0f} to {high:.0f}), processor {processor:.0f} ms"
        print(f"{told}{f', limit {limit}' if limit else ''}")
        slow += [name] if limit and median >= limit else []
    sys.exit(f"Too slow: {', '.join(slow)}." if slow else 0)


if __name__ == "__main__":
    main()
