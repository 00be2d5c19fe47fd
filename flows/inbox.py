"""Hearing back: replies and bounces are read, judged and acted on.

python -m flows.inbox
"""

from __future__ import annotations

from prefect import flow

from tasks.inbox import judge_and_act, read_inbox, tell
from tasks.opening import opened_for_mail


@flow(name="inbox", flow_run_name="inbox")
async def inbox() -> dict[str, int]:
    """Read the inbox, judge what came, act on it, tell the user."""
    async with opened_for_mail():
        read = await read_inbox()
        judged = await judge_and_act()
        return {**read, **judged, "told": await tell()}


if __name__ == "__main__":
    from ingot.cli.passes import main

    main(inbox, "Read the inbox: judge replies and bounces, act on them, tell you of answers.")
