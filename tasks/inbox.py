"""Stage: hear back. Read the inbox, judge what came, act on it, tell the user."""

from __future__ import annotations

from prefect import task
from prefect.events import emit_event

from ingot.actions import hear
from ingot.actions.mailbox import smtp_server
from ingot.actions.notify import News, heard, tell_by_desktop, tell_by_mail, unheard
from ingot.mail.outcome import OutcomeKind
from ingot.mail.smtp import Submission
from ingot.wiring import current
from tasks.guarded import guarded
from tasks.retry import RETRIES, RETRY_DELAYS, is_transient


@task(
    name="read the inbox",
    task_run_name="read the inbox",
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=is_transient,
)
@guarded("reading the inbox")
async def read_inbox() -> dict[str, int]:
    """Store what belongs to our letters. Reading again is harmless, so a lost connection is tried again."""
    wiring = current()
    polled = await hear.read_inbox(
        wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now, progress=wiring.progress
    )
    return {"read": polled.read, "kept": polled.kept}


@task(name="judge and act", task_run_name="judge and act")
@guarded("judging mail")
async def judge_and_act() -> dict[str, int]:
    """Judge new mail, draw the consequences, suggest answers; numbers by kind."""
    wiring = current()
    found = await hear.judge_new(
        wiring.uow, agents=wiring.agents, config=wiring.config, user_id=wiring.user_id, now=wiring.now
    )
    suggested = await hear.suggest_answers(
        wiring.uow, found.mail_ids, agents=wiring.agents, config=wiring.config, now=wiring.now
    )
    return {**found.kinds, "not_judged": found.unjudged, "answers_suggested": suggested}


@task(name="tell the user", task_run_name="tell the user")
@guarded("telling of answers")
async def tell() -> int:
    """Tell of every answer once: a Prefect event, the desktop, an e-mail to oneself. Returns how many."""
    wiring = current()
    async with wiring.uow() as uow:
        open_ones = await unheard(uow, user_id=wiring.user_id)
    told = 0
    if any(news for _, news in open_ones):
        async with Submission(smtp_server(wiring.config)) as submission:
            for event_id, news in open_ones:
                told += await _tell_one(submission, event_id, news)
    else:
        for event_id, _ in open_ones:
            await _mark(event_id)
    return told


async def _tell_one(submission: Submission, event_id: int, news: News | None) -> bool:
    """Marked only once the mail to oneself was taken: a server that is down delays the news, it does not lose it."""
    wiring = current()
    if news is not None:
        resource = {"prefect.resource.id": f"ingot.lead.{news.lead_id}", "prefect.resource.name": news.company}
        emit_event(event=f"ingot.reply.{news.kind.value}", resource=resource, payload={"mail_id": news.mail_id})
        await tell_by_desktop(news)
        outcome = await tell_by_mail(news, config=wiring.config, send=submission.send, now=wiring.now())
        if outcome.kind is OutcomeKind.later:
            return False
    await _mark(event_id)
    return news is not None


async def _mark(event_id: int) -> None:
    wiring = current()
    async with wiring.uow() as uow:
        await heard(uow, event_id, now=wiring.now())
