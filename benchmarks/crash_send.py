"""Kills the sender with -9 again and again: `.venv/bin/python -m benchmarks.crash_send --kills 200 --letters 500`.

A mail provider with drawn faults (`benchmarks.faulty_provider`) runs here. The sender is a process of its own
(`benchmarks.crash_sender`) that sends by the real actions over a real database, is killed at drawn moments, and started
again until every letter is settled. Half of the lives claim letter by letter, the others in batches. Time runs 600 times
as fast for the sender, so that leases, grace periods and retries pass within seconds; the provider's slowest acceptance and
filing must stay shorter than the grace, which is measured and printed. Senders are forked from multiprocessing's fork
server, which has imported everything and opened nothing: no engine, no socket, no thread.

Counted at the provider: letters per recipient. Ends with 1 unless each came once, with the bytes that were frozen.
"""

from __future__ import annotations

import argparse
import random
import sys

from benchmarks.crash_run import FACTOR, Tally, crash
from benchmarks.queued_letters import cores, migrated
from ingot.domain.delivery import LEASE, LOOK_AGAIN_AFTER


def _print(tally: Tally) -> None:
    kills = ", ".join(f"{count} {moment}" for moment, count in sorted(tally.kills.items()))
    print(f"\n{tally.kills.total()} kills ({kills}); {tally.died} senders ended by an error")
    print(f"faults: {', '.join(f'{count} {name}' for name, count in sorted(tally.faults.items()))}")
    spread = ", ".join(f"{count} letters {times}x" for times, count in sorted(tally.per_recipient.items()))
    print(f"taken by the provider: {spread} | lost {tally.lost}, twice {tally.twice}, changed {tally.changed}")
    doubt = tally.events.get("DeliveryUnknown", 0)
    again = tally.events.get("DeliveryQueuedAgain", 0)
    print(f"in doubt {doubt} times: found in Sent {tally.settled_by.get('sent_mailbox', 0)}, queued again {again}")
    print(
        f"deliveries: {tally.statuses}, most tries of one letter that were answered {tally.most_attempts}; records at odds: {tally.wrong}"
    )
    print(
        f"slowest acceptance and filing {tally.slowest_s:.2f} s, first look after {tally.grace_s:.2f} s (a claim holds "
        f"{LEASE.total_seconds() / FACTOR:.2f} s, the second look comes {LOOK_AGAIN_AFTER.total_seconds() / FACTOR:.2f} s later)"
    )
    print(f"{tally.seconds:.0f} s; {cores()}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Kill the sender with -9, and count what is lost or sent twice.")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000))
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--processes", type=int, default=1)
    given = parser.parse_args()
    print(f"seed {given.seed}, {given.database}, {given.processes} at a time", flush=True)
    with migrated(given.database) as url:
        tally = crash(
            url, kills=given.kills, letters=given.letters, seed=given.seed, processes=given.processes, tell=True
        )
    _print(tally)
    sys.exit(0 if tally.is_clean and tally.kills.total() >= given.kills else 1)


if __name__ == "__main__":
    main()
