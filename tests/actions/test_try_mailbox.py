"""A letter to oneself, and what it shows."""

import re

import pytest

from ingot.actions.try_mailbox import Trial, try_mailbox
from ingot.domain.account import MailAccount, SentLookup
from ingot.mail.errors import MailError
from ingot.mail.outcome import Outcome
from tests.fakes.entities import USER
from tests.fakes.incoming import Uow
from tests.fakes.memory_mailbox import SENT, MemoryMailbox
from tests.fakes.outgoing import ADDRESS, MONDAY, Clock, ScriptedSubmission, config, later

SIGNED = b"DKIM-Signature: v=1; d=valk.example; s=mail2026; b=x\r\n"


class Provider(ScriptedSubmission):
    """Delivers to the inbox and files in Sent, as it is told."""

    def __init__(
        self,
        mailbox: MemoryMailbox,
        *,
        delivers: bool = True,
        files: bool = True,
        rewrites: bool = False,
        signs: bytes = b"",
    ) -> None:
        super().__init__()
        self.mailbox, self.delivers, self.files, self.rewrites, self.signs = mailbox, delivers, files, rewrites, signs

    async def send(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        outcome = await super().send(sender, recipient, raw)
        if self.rewrites:
            raw = re.sub(rb"Message-ID: <[^>]+>", b"Message-ID: <their@own.example>", raw)
        if self.delivers:
            self.mailbox.deliver(self.signs + raw, on=MONDAY.date())
        if self.files:
            self.mailbox.deliver(raw, folder=SENT, on=MONDAY.date())
        return outcome


async def attempt(uow: Uow, mailbox: MemoryMailbox, provider: ScriptedSubmission) -> tuple[Trial, MailAccount]:
    trial = await try_mailbox(
        uow, user_id=USER, config=config(), send=provider.send, mailbox=mailbox, now=Clock(), wait_seconds=0.0
    )
    async with uow() as work:
        return trial, await work.accounts.of_user(USER)


@pytest.mark.parametrize(
    ("given", "lookup", "arrived"),
    [
        ({}, SentLookup.exact, True),
        ({"delivers": False}, SentLookup.exact, False),
        ({"files": False}, SentLookup.not_filed, True),
        ({"rewrites": True}, SentLookup.rewritten, True),
        ({"delivers": False, "files": False}, SentLookup.not_filed, False),
    ],
)
async def test_what_the_provider_does_with_a_letter_is_learnt(
    given: dict[str, bool], lookup: SentLookup, arrived: bool, uow: Uow
):
    mailbox = MemoryMailbox()
    trial, account = await attempt(uow, mailbox, Provider(mailbox, **given))
    assert trial == Trial(arrived=arrived, lookup=lookup, sent_mailbox=SENT, dkim_selector="")
    assert (account.address, account.sent_lookup, account.sent_mailbox) == (ADDRESS, lookup, SENT)


async def test_a_mailbox_without_a_sent_folder_shows_nothing(uow: Uow):
    mailbox = MemoryMailbox(sent=False)
    trial, _ = await attempt(uow, mailbox, Provider(mailbox, files=False))
    assert (trial.lookup, trial.sent_mailbox) == (SentLookup.not_filed, "")


@pytest.mark.parametrize(
    ("domain", "selector"),
    [("valk.example", "mail2026"), ("alk.example", ""), ("provider.example", ""), ("example", "mail2026")],
)
async def test_the_selector_that_signs_for_the_senders_domain_is_remembered(domain: str, selector: str, uow: Uow):
    mailbox = MemoryMailbox()
    signs = SIGNED.replace(b"valk.example", domain.encode())
    _, account = await attempt(uow, mailbox, Provider(mailbox, signs=signs))
    assert account.dkim_selector == selector


async def test_a_server_that_does_not_take_it_is_told_and_nothing_is_learnt(uow: Uow):
    mailbox = MemoryMailbox()
    with pytest.raises(MailError, match="did not take a letter to yourself"):
        await attempt(uow, mailbox, ScriptedSubmission([later(535)]))
    async with uow() as work:
        assert (await work.accounts.of_user(USER)).sent_lookup is SentLookup.untested
