"""Telling the user of an answer, once."""

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from ingot.actions.act_on_mail import act_on_mail
from ingot.actions.notify import News, heard, tell_by_desktop, tell_by_mail, unheard
from ingot.domain.inbound import MailKind
from tests.fakes.entities import USER
from tests.fakes.incoming import Uow, add_sent, store
from tests.fakes.memory_mailbox import mail
from tests.fakes.outgoing import ADDRESS, MONDAY, ScriptedSubmission, config

NEWS = News(mail_id=1, lead_id=1, company="Millpond 1", kind=MailKind.positive, words="Yes, let us talk.")


async def answer(uow: Uow, kind: MailKind) -> None:
    mail_id = await store(uow, mail("bo@millpond1.example", str(kind)))
    async with uow() as work:
        stored = await work.inbox.get(mail_id)
        stored.kind, stored.lead_id, stored.delivery_id, stored.words = kind, 1, 1, "Yes, let us talk."
        await work.commit()
    async with uow() as work:
        await act_on_mail(work, mail_id, config=config(), now=MONDAY)


async def open_news(uow: Uow, user_id: str = USER) -> list[tuple[int, News | None]]:
    async with uow() as work:
        return await unheard(work, user_id=user_id)


async def test_an_answer_is_news_until_it_was_told(uow: Uow):
    await add_sent(uow)
    await answer(uow, MailKind.positive)
    [(event_id, news)] = await open_news(uow)
    assert news == NEWS
    assert news.headline == "Millpond 1 answered: positive"
    async with uow() as work:
        await heard(work, event_id, now=MONDAY)
    assert await open_news(uow) == []


async def test_a_refusal_interrupts_nobody_and_an_event_without_its_mail_is_no_news(uow: Uow):
    await add_sent(uow)
    await answer(uow, MailKind.negative)
    await answer(uow, MailKind.positive)
    async with uow() as work:
        await work.inbox.delete(await work.inbox.get(2))
        await work.commit()
    assert [news for _, news in await open_news(uow)] == [None, None]


async def test_another_users_news_is_not_told(uow: Uow):
    await add_sent(uow)
    await answer(uow, MailKind.positive)
    assert await open_news(uow, "user_other") == []


@pytest.mark.parametrize("words", ["Yes, let us talk.", "bell\x07 next\x85line \ud800 tab\t", "", "x" * 9000])
async def test_an_e_mail_to_oneself_tells_it_whatever_the_mail_held(words: str, uow: Uow):
    submission = ScriptedSubmission()
    news = News(mail_id=1, lead_id=1, company=f"Mill\r\npond {'x' * 400}", kind=MailKind.positive, words=words)
    outcome = await tell_by_mail(news, config=config(), send=submission.send, now=MONDAY)
    assert outcome.code == 250
    [(sender, recipient, raw)] = submission.letters
    assert sender == recipient == ADDRESS
    read = message_from_bytes(raw, policy=policy.default)
    assert read["Subject"].startswith("Mill pond xxx")
    assert read["Date"] is not None
    assert "ingot mail replies" in read.get_content()


@pytest.mark.parametrize(
    ("script", "shown"), [("exit 0", True), ("exit 1", False), (None, False), ("exec sleep 60", False)]
)
async def test_the_desktop_is_told_where_there_is_one(
    script: str | None, shown: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ingot.actions.notify._DESKTOP_SECONDS", 0.05 if script == "exec sleep 60" else 5.0)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    if script is not None:
        program = tmp_path / "notify-send"
        program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/told\n{script}\n')
        program.chmod(0o700)
    else:
        monkeypatch.setenv("PATH", str(tmp_path))
    assert await tell_by_desktop(NEWS) is shown
    if shown:
        told = (tmp_path / "told").read_text()
        assert "Millpond 1 answered: positive" in told
        assert NEWS.words not in told


async def test_without_a_screen_no_program_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not await tell_by_desktop(NEWS)
