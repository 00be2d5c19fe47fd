"""Stage: send what is due. No Prefect retry stands around a send: the database knows what became of each letter."""

from __future__ import annotations

from prefect import task
from prefect.artifacts import acreate_markdown_artifact

from ingot.actions import outreach
from ingot.actions.launch import check_launch
from ingot.actions.mail_status import MailStatus, mail_status
from ingot.domain.delivery import DeliveryKind
from ingot.wiring import current
from tasks.guarded import guarded


@task(name="settle letters in doubt", task_run_name="settle letters in doubt")
@guarded("settling letters in doubt")
async def settle_in_doubt() -> dict[str, int]:
    """Look for letters of which nobody knows whether they left. An inbox that is down leaves them unknown."""
    wiring = current()
    looked = await outreach.settle_in_doubt(wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now)
    return {"found": looked.found, "queued_again": looked.queued_again, "waiting": looked.waiting}


@task(name="check the domain", task_run_name="check the domain")
@guarded("checking the domain")
async def check_domain() -> None:
    """Refuse to send while the sending domain misses records that receivers ask for."""
    wiring = current()
    await check_launch(wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now())


@task(name="send due letters", task_run_name="send due letters")
@guarded("sending")
async def send_due(only: DeliveryKind | None = None) -> dict[str, int]:
    """Send everything that may leave now, or only what is of this kind; numbers only."""
    wiring = current()
    result = await outreach.send_due(
        wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now, progress=wiring.progress, only=only
    )
    return {"sent": result.sent, "later": result.later, "failed": result.failed, "unknown": result.unknown}


@task(name="tell where letters stand", task_run_name="tell where letters stand")
@guarded("telling where letters stand")
async def report() -> dict[str, int]:
    """The queue as an artifact: numbers and holds, no person and no address."""
    wiring = current()
    async with wiring.uow() as uow:
        status = await mail_status(uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now())
    await acreate_markdown_artifact(key="outreach", markdown=_page(status), description="Where letters stand")
    return dict(status.counts)


def _page(status: MailStatus) -> str:
    rows = "\n".join(f"| {name} | {count} |" for name, count in status.counts.items())
    holds = "\n".join(f"- {count} x {hold}" for hold, count in status.holds.items()) or "- none"
    paused = f"\n\n**Paused:** {status.paused}" if status.paused else ""
    return f"| letters | how many |\n| --- | --- |\n{rows}\n\nHeld back:\n{holds}{paused}"
