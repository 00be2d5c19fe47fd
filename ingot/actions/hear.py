"""One pass over the inbox, step by step: read it, judge what came, draw the consequences, suggest answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from ingot.actions.act_on_mail import act_on_mail
from ingot.actions.judge_mail import judge_mail
from ingot.actions.mailbox import imap_server
from ingot.actions.poll import Polled, Progress, poll
from ingot.actions.suggest_answer import suggest_answer
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditType
from ingot.errors import IngotError, LLMError
from ingot.mail.imap import Mailbox
from ingot.mail.judge import JUDGE_VERSION

UowFactory = Callable[[], SqlAlchemyUnitOfWork]


@dataclass(kw_only=True)
class Heard:
    """What became of the mail that was judged: how many of which kind, and how many no model could judge."""

    kinds: dict[str, int] = field(default_factory=dict)
    unjudged: int = 0
    mail_ids: list[int] = field(default_factory=list)


async def read_inbox(
    uow: UowFactory, *, config: AppConfig, user_id: str, now: Callable[[], datetime], progress: Progress
) -> Polled:
    """Read the configured inbox. Raises `ImapDown` or `ConfigError`; what was read until then is kept."""
    async with Mailbox(imap_server(config)) as mailbox:
        return await poll(uow, mailbox, user_id=user_id, now=now, progress=progress)


async def judge_new(
    uow: UowFactory,
    *,
    agents: Agents,
    config: AppConfig,
    user_id: str,
    now: Callable[[], datetime],
    again: bool = False,
) -> Heard:
    """Judge what is not judged yet and act on it, mail by mail. With `again`, also what older rules have judged.

    A mail that the model cannot judge is left for the next pass; what rules can tell does not wait for it.
    """
    heard = Heard()
    async with uow() as work:
        if again:
            todo = await work.inbox.judged_before(JUDGE_VERSION, user_id=user_id)
        else:
            todo = await work.inbox.unjudged(user_id=user_id, version=JUDGE_VERSION)
    for mail_id in todo:
        try:
            await judge_mail(uow, mail_id, agents=agents, now=now())
        except LLMError as error:
            heard.unjudged += 1
            await _note_unjudged(uow, mail_id, error)
    async with uow() as work:
        to_act_on = await work.inbox.to_act_on(user_id=user_id)
    for mail_id in to_act_on:
        async with uow() as work:
            mail = await act_on_mail(work, mail_id, config=config, now=now())
        assert mail.kind is not None
        heard.kinds[mail.kind.value] = heard.kinds.get(mail.kind.value, 0) + 1
        heard.mail_ids.append(mail_id)
    return heard


async def suggest_answers(
    uow: UowFactory, mail_ids: list[int], *, agents: Agents, config: AppConfig, now: Callable[[], datetime]
) -> int:
    """Suggest an answer to each of these mails that deserves one. Returns how many were. Failures are noted."""
    suggested = 0
    for mail_id in mail_ids:
        try:
            suggested += await suggest_answer(uow, mail_id, agents=agents, config=config, now=now()) is not None
        except IngotError as error:  # also a lead whose campaign was deleted: the others go on
            await _note_unjudged(uow, mail_id, error)
    return suggested


async def _note_unjudged(uow: UowFactory, mail_id: int, error: IngotError) -> None:
    async with uow() as work:
        audit.note(
            work,
            AuditType.error,
            f"Mail {mail_id} could not be worked on by the model.",
            level=AuditLevel.WARNING,
            mail=mail_id,
            code=type(error).__name__,
        )
        await work.commit()
