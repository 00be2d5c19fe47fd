"""What strangers write reaches a real pseudo-terminal without anything that steers it."""

import hashlib
import os
import sys
from pathlib import Path

import pytest

from ingot.domain.inbound import InboundMail, MailKind
from ingot.wiring import LOCAL_USER, opened, utc_now
from tests.cli.conftest import HOSTILE, Base
from tests.fakes.terminal import Terminal, steering

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
SET_CLIPBOARD, CLEAR, REVERSE = b"\x1b]52", b"\x1b[2J", "\u202e".encode()


def run(base: Base, *words: str) -> Terminal:
    env = {"PATH": os.environ["PATH"], "HOME": str(base.path), "INGOT_BASE_DIR": str(base.path)}
    return Terminal([str(Path(sys.executable).parent / "ingot"), *words], env=env, cwd=ROOT)


async def add_reply(base: Base) -> None:
    raw = b"From: x@y.example\r\n\r\nx\r\n"
    async with opened() as wiring, wiring.uow() as uow:
        await uow.inbox.add(
            InboundMail(
                user_id=LOCAL_USER, mailbox="INBOX", uid_validity=1, uid=1, raw=raw, raw_sha256=hashlib.sha256(raw).hexdigest(),
                from_address="x@y.example", subject=HOSTILE, lead_id=5, kind=MailKind.positive, rule=HOSTILE, words=HOSTILE,
                matched_by="thread", judged_version=1, received_at=utc_now(), judged_at=utc_now(),
            )
        )  # fmt: skip
        await uow.commit()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("leads", "list"), "5 leads"),
        (("leads", "show", "5"), "company_name"),
        (("mail", "show", "4"), "Subject A:"),
        (("mail", "replies"), "mail 1: positive"),
    ],
)
async def test_a_hostile_lead_or_reply_is_harmless(base: Base, words: tuple[str, ...], shown: str) -> None:
    await add_reply(base)
    with run(base, *words) as terminal:
        terminal.expect(shown)
        assert terminal.ended() == 0
    assert b"Mill" in terminal.raw
    assert steering(terminal.raw) == b""


def test_a_hostile_draft_is_harmless_in_the_review(base: Base) -> None:
    with run(base, "mail", "review", "4") as terminal:
        terminal.answer("Key [n]:", "s")
        terminal.expect("rests on")
        terminal.answer("Key [n]:", "q")
        assert terminal.ended() == 0
    assert b"Mill" in terminal.raw
    assert steering(terminal.raw) == b""


def test_ctrl_c_ends_a_review_at_once(base: Base) -> None:
    with run(base, "mail", "review") as terminal:
        terminal.answer("Key [n]:", "r")
        terminal.answer("Why", "dull")
        terminal.expect("Key [n]:")
        terminal.interrupt()
        terminal.expect("Nothing is lost")
        assert terminal.ended() == 130
    assert base.statuses("email")[0] == "rejected"


@pytest.mark.parametrize("sent", [SET_CLIPBOARD, CLEAR, REVERSE, b"\x9b", b"\xc2\x9b31m"])
def test_what_steers_is_found(sent: bytes) -> None:
    assert steering(b"\x1b[1mMill\x1b[0m" + sent + b"pond\r\n") or sent == b"\x9b"
