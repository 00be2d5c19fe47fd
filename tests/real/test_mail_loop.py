"""The whole way on real servers: approved, sent, delivered, answered, bounced, read, judged, acted on."""

from __future__ import annotations

import asyncio
import smtplib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingot.actions.hear import judge_new, read_inbox
from ingot.actions.outreach import send_due, settle_in_doubt
from ingot.actions.review import Approval, approve
from ingot.actions.try_mailbox import try_mailbox
from ingot.config.manager import ConfigManager
from ingot.domain.account import SentLookup
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.inbound import BounceClass, MailKind
from ingot.domain.lead_state import LeadStatus
from ingot.mail.imap import Mailbox
from ingot.mail.smtp import Submission
from ingot.wiring import Wiring, opened
from tests.fakes.entities import add_campaign, add_drafted
from tests.real.mail_servers import DOMAIN, MailServers, missing, running_mail_servers

pytestmark = [pytest.mark.real, pytest.mark.skipif(bool(missing()), reason=missing() or "installed")]

IMRE, BO, KIM = (f"{name}@{DOMAIN}" for name in ("imre", "bo", "kim"))
NOBODY = f"nobody@{DOMAIN}"
_ROUNDS, _PAUSE_S = 100, 0.2


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with running_mail_servers({IMRE: "one", BO: "two", KIM: "three"}) as running:
        yield running


@pytest.fixture
async def wiring(servers: MailServers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wiring]:
    """Three drafts: to Bo, to Kim, and to an address that does not exist."""
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(servers.certificates.authority))
    manager = ConfigManager(tmp_path)
    manager.update(
        {
            "mailing_address": "Quay 1, Ghent",
            "smtp.host": "localhost",
            "smtp.port": str(servers.ports.smtp),
            "smtp.username": IMRE,
            "smtp.password": "one",
            "imap.host": "localhost",
            "imap.port": str(servers.ports.imaps),
            "window.start": "00:00",
            "window.end": "23:59",
            "window.days": "Mon-Sun",
            "caps.min_gap_seconds": "0",
            "caps.max_gap_seconds": "0",
        }
    )
    began = datetime.now(UTC)
    shift = began.replace(hour=16, minute=30) - began  # no zone is then in the minute that no window holds
    async with opened(manager=manager, offline=True, now=lambda: datetime.now(UTC) + shift) as wiring:
        async with wiring.uow() as uow:
            campaign = await add_campaign(uow)
            for number, address in enumerate((BO, KIM, NOBODY), start=1):
                letter = await add_drafted(uow, campaign, number)
                (await uow.leads.get(letter.lead_id or 0)).person_email = address
            await uow.commit()
        yield wiring


async def send(wiring: Wiring) -> dict[str, int]:
    result = await send_due(
        wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now, progress=wiring.progress
    )
    return {"sent": result.sent, "failed": result.failed, "unknown": result.unknown}


async def yes_to_all(wiring: Wiring) -> None:
    approval = Approval(config=wiring.config, links=wiring.links, who="test", now=wiring.now())
    async with wiring.uow() as uow:
        await approve(uow, [1, 2, 3], approval)


async def heard(wiring: Wiring, until: Callable[[dict[str, int]], bool]) -> dict[str, int]:
    """Poll until what was heard is enough; the numbers by kind."""
    kinds: dict[str, int] = {}
    for _ in range(_ROUNDS):
        await read_inbox(
            wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now, progress=wiring.progress
        )
        found = await judge_new(
            wiring.uow, agents=wiring.agents, config=wiring.config, user_id=wiring.user_id, now=wiring.now
        )
        for kind, count in found.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + count
        if until(kinds):
            break
        await asyncio.sleep(_PAUSE_S)
    return kinds


def write(servers: MailServers, sender: str, password: str, text: str, **headers: str) -> None:
    """Somebody writes to Imre with a mail program."""
    message = EmailMessage()
    message["From"], message["To"] = sender, IMRE
    message["Subject"] = headers.pop("subject", "Re: your letter")
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    with smtplib.SMTP("localhost", servers.ports.smtp, timeout=20) as client:
        client.starttls(context=servers.certificates.client_context())
        client.login(sender, password)
        client.send_message(message)


async def test_letters_leave_once_and_what_comes_back_has_its_consequences(
    wiring: Wiring, servers: MailServers
) -> None:
    async with (
        Submission(servers.smtp(IMRE)) as submission,
        Mailbox(servers.imap(IMRE)) as mailbox,
    ):
        trial = await try_mailbox(
            wiring.uow,
            user_id=wiring.user_id,
            config=wiring.config,
            send=submission.send,
            mailbox=mailbox,
            now=wiring.now,
        )
    assert (trial.arrived, trial.lookup) == (True, SentLookup.exact)

    await yes_to_all(wiring)
    assert await send(wiring) == {"sent": 3, "failed": 0, "unknown": 0}
    assert await send(wiring) == {"sent": 0, "failed": 0, "unknown": 0}
    async with wiring.uow() as uow:
        [to_bo, *_] = await uow.deliveries.of_letter(1)
    write(servers, BO, "two", "Hello Imre,\n\nyes, let us talk on Tuesday.\n\nBo", In_Reply_To=to_bo.message_id)
    # From Kim's other program, without any thread: known by the address.
    write(servers, KIM, "three", "Nice letter. Please do not contact me again.", subject="your mail")
    kinds = await heard(wiring, lambda found: sum(found.values()) >= 3)
    assert kinds == {"positive": 1, "unsubscribe": 1, "bounce": 1}

    async with wiring.uow() as uow:
        statuses = [(await uow.leads.get(number)).status for number in (1, 2, 3)]
        assert statuses == [LeadStatus.replied, LeadStatus.closed, LeadStatus.failed]
        assert await uow.suppressed.among([BO, KIM, NOBODY]) == {KIM, NOBODY}
        [failed] = await uow.deliveries.of_letter(3)
        assert (failed.status, failed.bounce_class) == (DeliveryStatus.sent, BounceClass.dead)
        found = {mail.kind: mail.matched_by for mail, _, _ in await uow.inbox.shown(
            user_id=wiring.user_id, kinds=None, limit=10)}  # fmt: skip
        assert (found[MailKind.positive], found[MailKind.unsubscribe]) == ("thread", "address")
        metric = await uow.accounts.metric(wiring.user_id)
        assert metric.bounce_count == 1


async def test_a_letter_in_doubt_is_found_in_sent(wiring: Wiring, servers: MailServers) -> None:
    """The sender died after the server had taken the letter, and before it could note that."""
    await yes_to_all(wiring)
    async with wiring.uow() as uow:
        account = await uow.accounts.of_user(wiring.user_id)
        account.sent_lookup = SentLookup.exact
        left, lost, _ = [(await uow.deliveries.of_letter(number))[0] for number in (1, 2, 3)]
        for delivery in (left, lost):
            delivery.claim(owner="gone", now=wiring.now() - timedelta(hours=2), raw=b"Date: x\r\n" + delivery.raw)
        await uow.commit()
    async with Submission(servers.smtp(IMRE)) as submission:
        await submission.send(left.sender, left.recipient, left.raw)

    later = timedelta(0)

    async def look() -> None:
        await settle_in_doubt(
            wiring.uow, config=wiring.config, user_id=wiring.user_id, now=lambda: wiring.now() + later
        )

    for minutes in (0, 15, 30):
        later = timedelta(minutes=minutes)
        await look()
    async with wiring.uow() as uow:
        found = await uow.deliveries.get(left.id or 0)
        absent = await uow.deliveries.get(lost.id or 0)
    assert (found.status, found.settled_by) == (DeliveryStatus.sent, "sent_mailbox")
    assert (absent.status, absent.raw) == (DeliveryStatus.queued, lost.raw)
