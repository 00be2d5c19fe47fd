"""Sending: approved letters, follow-ups and answers that may leave now.

    python -m flows.outreach

What is killed goes on with the next run: a letter that may have left is looked for, never sent again blindly.
"""

from __future__ import annotations

from typing import Literal

from prefect import flow

from ingot.domain.delivery import DeliveryKind
from tasks.opening import opened_for_mail
from tasks.send import check_domain, report, send_due, settle_in_doubt


@flow(name="outreach", flow_run_name="outreach")
async def outreach(only: Literal["follow_up"] | None = None) -> dict[str, int]:
    """Settle what is in doubt, check the sending domain, send what is due, tell where letters stand.

    Args:
        only: `follow_up` sends follow-ups alone; without it letters, follow-ups and answers leave.

    """
    async with opened_for_mail():
        await settle_in_doubt()
        await check_domain()
        await send_due(DeliveryKind(only) if only else None)
        return await report()


if __name__ == "__main__":
    from ingot.cli.passes import main

    main(outreach, "Send what is due: approved letters, follow-ups and answers, inside windows and caps.")
