"""Kills the main job with -9 again and again: `.venv/bin/python -m benchmarks.crash_campaign --kills 10 [--seed N]`.

One campaign is run to its end unkilled. Others are killed, process group and all, at drawn moments (within each stage in
turn, and at any time), and started again until they come to their end. Compared: the drafts (subjects, bodies,
follow-ups), the ledger, and the logged model calls. Ends with 1 when a letter is lost, changed or there twice, or when a
model call that was completed was made again.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingot.sample import SampleServer, sample_path

# The stages of the ledger, and what comes before them.
STAGES = ("start", "research", "match", "deep research", "questions", "write")
ANY_TIME = "any time"
_RUN_DEADLINE_S = 300.0
_POLL_S = 0.004

DRAFTS = """
    SELECT lead.company_name, email.subject_a, email.subject_b, email.body, group_concat(followup.body, '|') FROM email
    JOIN lead ON lead.id = email.lead_id JOIN followup ON followup.parent_email_id = email.id
    GROUP BY email.id ORDER BY lead.company_name
"""
# Names instead of ids: ids differ between two databases.
CALLS = """
    SELECT agentlog.step_description, lead.company_name FROM agentlog JOIN lead ON lead.id = agentlog.lead_id
    WHERE agentlog.status = 'completed'
"""
ROWS = """
    SELECT jobs.name, lead.company_name, job_rows.processed_at FROM job_rows
    JOIN jobs ON jobs.id = job_rows.job_id JOIN lead ON lead.id = job_rows.row_number WHERE job_rows.status = 'completed'
"""
LEADS = "SELECT company_name, status FROM lead ORDER BY company_name"


@dataclass(frozen=True, kw_only=True)
class Kill:
    """One kill: the moment drawn, where the campaign stood, and what was done by then."""

    drawn: str
    after_s: float
    hit: str
    drafts: int
    calls: int
    redone: int


@dataclass(kw_only=True)
class Tally:
    """Killed campaigns against the unkilled one. All but the first four should stay 0."""

    kills: list[Kill] = field(default_factory=list)
    campaigns: int = 0
    drafts: int = 0
    calls: int = 0
    lost: int = 0
    changed: int = 0
    twice: int = 0
    wrong_status: int = 0
    redone: int = 0
    repeated_calls: int = 0
    missing_calls: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, nothing is there twice, and no completed row or model call was done again."""
        return not any(
            (
                *(self.lost, self.changed, self.twice, self.wrong_status),
                *(self.redone, self.repeated_calls, self.missing_calls),
            )
        )


class CrashingCampaign:
    """The main job as a process of its own, in a base directory of its own."""

    def __init__(self, base: Path, url: str, *, prefect_home: Path, offline: bool = True) -> None:
        self.database = base / "outreach.db"
        self._arguments = [
            "--name",
            "crash",
            *(["--offline"] if offline else []),
            "--review",
            "auto",
            "--json",
            "--venue",
            "yc",
            "--source",
            url,
        ]
        self._arguments += ["--replay", url, "--resume", str(sample_path("resume.txt"))]
        self._log = base.with_suffix(".log")
        self._environment = os.environ | {"INGOT_BASE_DIR": str(base), "PREFECT_HOME": str(prefect_home)}
        self._environment.pop("INGOT_DATABASE_URL", None)

    def start(self) -> subprocess.Popen[bytes]:
        """Start the job at the head of a process group."""
        command = [sys.executable, "-m", "flows.campaign", *self._arguments]
        with self._log.open("ab") as log:
            return subprocess.Popen(command, env=self._environment, start_new_session=True, stdout=log, stderr=log)

    def run_to_the_end(self) -> float:
        """Run the job, return its seconds; RuntimeError with what it printed where it fails."""
        started = time.monotonic()
        process = self.start()
        try:
            code = process.wait(_RUN_DEADLINE_S)
        finally:
            kill_group(process)
        if code != 0:
            raise RuntimeError(f"The campaign ended with {code}:\n{self._log.read_text()[-3000:]}")
        return time.monotonic() - started

    def run_until(self, stage: str, wait_s: float) -> float | None:
        """Run the job, and kill it `wait_s` after `stage` has begun. None where it came to its end before."""
        started = time.monotonic()
        process = self.start()
        try:
            while stage not in {"start", ANY_TIME} and process.poll() is None and self.at_work() != stage:
                time.sleep(_POLL_S)
            deadline = time.monotonic() + wait_s
            while process.poll() is None and time.monotonic() < deadline:
                time.sleep(_POLL_S)
            ended = process.poll() is not None
        finally:
            kill_group(process)
        return None if ended else time.monotonic() - started

    def at_work(self) -> str:
        """The stage whose rows are being worked on, or `between`."""
        rows = self.read(
            "SELECT jobs.name FROM jobs JOIN job_rows ON job_rows.job_id = jobs.id WHERE job_rows.status = 'processing'"
        )
        return str(rows[0][0]) if rows else "between"

    def read(self, query: str) -> list[tuple[object, ...]]:
        """Rows of the job's database; none as long as it does not exist."""
        try:
            with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=10)) as connection:
                return connection.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            # Not made yet, or made but not migrated.
            if "unable to open" in str(error) or "no such table" in str(error):
                return []
            raise


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and Prefect's server beside it, without a word."""
    with suppress(ProcessLookupError):  # it came to its end by itself
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def crash(folder: Path, *, kills: int, seed: int, tell: bool = False) -> Tally:
    """Run an unkilled campaign and as many others as `kills` kills take, in `folder`. `tell` prints a line per kill."""
    draw, tally = random.Random(seed), Tally()
    targets = _targets(draw, kills)
    with SampleServer() as server:
        whole = CrashingCampaign(folder / "whole", server.url, prefect_home=folder / "prefect")
        seconds = whole.run_to_the_end()
        while targets:
            name = f"broken-{tally.campaigns}"
            broken = CrashingCampaign(folder / name, server.url, prefect_home=folder / "prefect")
            _kill_until_it_ends(broken, draw, targets, seconds, tally, tell=tell)
            add_comparison(tally, whole, broken)
    return tally


def _targets(draw: random.Random, kills: int) -> list[str]:
    """Moments to kill at, in the order of the stages, every third one at any time."""
    turns = [ANY_TIME if number % 3 == 2 else STAGES[number * len(STAGES) // kills] for number in range(kills)]
    if kills < len(STAGES):
        turns = sorted(draw.sample(STAGES, kills), key=STAGES.index)
    return turns


def _kill_until_it_ends(
    campaign: CrashingCampaign,
    draw: random.Random,
    targets: list[str],
    seconds: float,
    tally: Tally,
    *,
    tell: bool,
) -> None:
    """Kill the campaign at the next targets, which are taken from the list, until it gets to its end."""
    while True:
        before = _completed(campaign)
        if not targets:
            campaign.run_to_the_end()
            tally.redone += _changed(before, _completed(campaign))
            return
        wait_s = {"start": draw.uniform(0.3, 4.0), ANY_TIME: draw.uniform(0.0, seconds)}.get(
            targets[0], draw.uniform(0.0, 0.35)
        )
        after = campaign.run_until(targets[0], wait_s)
        redone = _changed(before, _completed(campaign))
        tally.redone += redone
        if after is None:
            return
        kill = Kill(
            drawn=targets.pop(0),
            after_s=after,
            hit=campaign.at_work(),
            drafts=len(campaign.read(DRAFTS)),
            calls=len(campaign.read(CALLS)),
            redone=redone,
        )
        tally.kills.append(kill)
        if tell:
            print(_line(len(tally.kills), kill), flush=True)


def _completed(campaign: CrashingCampaign) -> dict[tuple[object, object], object]:
    return {(stage, company): moment for stage, company, moment in campaign.read(ROWS)}


def _changed(before: dict[tuple[object, object], object], after: dict[tuple[object, object], object]) -> int:
    """How many rows that were completed have another time of completion now, or none."""
    return sum(after.get(row) != moment for row, moment in before.items())


def add_comparison(tally: Tally, whole: CrashingCampaign, broken: CrashingCampaign) -> None:
    """Hold a killed campaign, which came to its end, against the unkilled one."""
    expected, found = ({str(row[0]): row for row in campaign.read(DRAFTS)} for campaign in (whole, broken))
    wanted_calls, made_calls = (Counter(campaign.read(CALLS)) for campaign in (whole, broken))
    tally.campaigns += 1
    tally.drafts += len(found)
    tally.calls += made_calls.total()
    tally.lost += len(expected.keys() - found.keys())
    tally.changed += sum(found[name] != expected[name] for name in expected.keys() & found.keys())
    tally.twice += len(broken.read(DRAFTS)) - len(found) + len(found.keys() - expected.keys())
    tally.wrong_status += len(set(whole.read(LEADS)) ^ set(broken.read(LEADS)))
    tally.repeated_calls += (made_calls - wanted_calls).total()
    tally.missing_calls += (wanted_calls - made_calls).total()


def _line(number: int, kill: Kill) -> str:
    return f"{number:>4}  {kill.drawn:<14} {kill.after_s:>7.2f} s  {kill.hit:<14} {kill.drafts:>7} {kill.calls:>7} {kill.redone:>7}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill the main job with -9, and count what is lost or done twice.")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}\nkill  drawn           killed at  hit             drafts   calls  redone", flush=True)
    with tempfile.TemporaryDirectory(prefix="ingot-crash-") as folder:
        result = crash(Path(folder), kills=arguments.kills, seed=arguments.seed, tell=True)
    print(
        f"\n{len(result.kills)} kills in {result.campaigns} campaigns: {result.drafts} drafts, {result.lost} lost, "
        f"{result.changed} changed, {result.twice} twice; {result.wrong_status} leads elsewhere; "
        f"{result.redone} completed rows done again; {result.calls} model calls, {result.repeated_calls} repeated, "
        f"{result.missing_calls} missing"
    )
    sys.exit(0 if result.is_clean else 1)


if __name__ == "__main__":
    main()
