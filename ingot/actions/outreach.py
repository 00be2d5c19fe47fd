"""One pass of outreach, step by step: settle what is in doubt, look at the domain, send what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ingot.actions.claim import abandoned_to_unknown
from ingot.actions.in_doubt import Looked, look_for_unknown
from ingot.actions.mailbox import imap_server, smtp_server
from ingot.actions.send import PassResult, Progress, SendPass
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind, DeliveryStatus
from ingot.domain.job import AuditLevel, AuditType
from ingot.errors import ConfigError
from ingot.mail.errors import MailboxMissing, MailError
from ingot.mail.imap import Mailbox
from ingot.mail.smtp import Submission

UowFactory = Callable[[], SqlAlchemyUnitOfWork]
# Longer than the longest gap between two letters: a pass waits for the next one instead of leaving it to the next pass.
PATIENCE = timedelta(minutes=5)


async def settle_in_doubt(uow: UowFactory, *, config: AppConfig, user_id: str, now: Callable[[], datetime]) -> Looked:
    """Look for unknown letters in Sent; the mailbox is opened only where there are any.

    A mailbox that cannot be asked leaves them unknown; that is noted, and keeps no other letter from being sent.
    """
    async with uow() as work:
        await abandoned_to_unknown(work, user_id=user_id, now=now())
        unknown = await work.deliveries.with_status(DeliveryStatus.unknown, user_id=user_id)
    if not any(item.may_be_looked_for(now()) for item, _ in unknown):
        return Looked(waiting=len(unknown))
    try:
        return await _look(uow, config=config, user_id=user_id, now=now)
    except (MailError, ConfigError) as error:
        async with uow() as work:
            audit.note(
                work,
                AuditType.error,
                "The Sent mailbox could not be asked about letters in doubt; they stay unknown.",
                level=AuditLevel.WARNING,
                code=type(error).__name__,
            )
            await work.commit()
        return Looked(waiting=len(unknown), asked=False)


async def _look(uow: UowFactory, *, config: AppConfig, user_id: str, now: Callable[[], datetime]) -> Looked:
    async with uow() as work:
        account = await work.accounts.of_user(user_id)
        await work.commit()
    async with Mailbox(imap_server(config)) as mailbox:
        name = account.sent_mailbox or await mailbox.sent_mailbox()
        if not name:
            raise MailboxMissing("The account has no Sent mailbox.", hint="Run `ingot mail test`.")

        async def find(message_id: str) -> bool:
            return await mailbox.find_message_id(name, message_id)

        return await look_for_unknown(uow, find, user_id=user_id, config=config, now=now)


async def send_due(
    uow: UowFactory,
    *,
    config: AppConfig,
    user_id: str,
    now: Callable[[], datetime],
    progress: Progress,
    patience: timedelta = PATIENCE,
    only: DeliveryKind | None = None,
) -> PassResult:
    """Send what may leave now; with `only`, what is of this kind. Raises `ConfigError` where the mailbox is not set up."""
    async with Submission(smtp_server(config)) as submission:
        sending = SendPass(
            uow=uow,
            submission=submission,
            config=config,
            user_id=user_id,
            now=now,
            patience=patience,
            only=only,
            progress=progress,
        )
        return await sending.run()
