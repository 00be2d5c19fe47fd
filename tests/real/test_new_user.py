"""A new user's first hour, at a real pseudo-terminal: set up, look at the profile, run a campaign, review, see what waits."""

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingot.sample import SampleServer, sample_path
from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import MailStore, SmtpSink
from tests.fakes.terminal import Terminal

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]
USER, PASSWORD = "rowan@adeyemi.example", "a pass word"
ADDRESS = "14 Fernhill Street, Portland, OR 97205"
EDITOR = """#!/bin/sh
sed -i 's/Could we talk for 20 minutes/Would you have 20 minutes to talk/' "$1"
"""


@dataclass(frozen=True)
class Desk:
    """The user's home, and servers of the sample world: the web and a mailbox."""

    home: Path
    web: str
    store: MailStore
    smtp: SmtpSink
    imap: ImapServer

    def run(self, *words: str) -> Terminal:
        """`ingot ...`, or `python -m flows.campaign ...` where the first word is `campaign`."""
        bin_ = Path(sys.executable).parent
        command = (
            [sys.executable, "-m", "flows.campaign"] if words[0] == "campaign" else [str(bin_ / "ingot"), words[0]]
        )
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        env = {
            **kept,
            "HOME": str(self.home),
            "INGOT_BASE_DIR": str(self.home / "ingot"),
            "PREFECT_HOME": str(self.home / "prefect"),
            "TZ": "America/Los_Angeles",
            "EDITOR": str(self.home / "editor"),
        }
        return Terminal([*command, *words[1:]], env=env, cwd=ROOT)

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.home / "ingot" / "outreach.db", timeout=30)) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("home")
    editor = home / "editor"
    editor.write_text(EDITOR)
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    (home / "cv.pdf").write_bytes(sample_path("resume.pdf").read_bytes())
    store = MailStore({USER: PASSWORD.replace(" ", "")})
    with SampleServer() as web, SmtpSink(store) as smtp, ImapServer(store) as imap:
        yield Desk(home=home, web=web.url, store=store, smtp=smtp, imap=imap)


def test_setup_can_be_left_and_goes_on_where_it_was(desk: Desk):
    with desk.run("setup") as terminal:
        terminal.expect("1/8 Mailbox")
        terminal.answer("E-mail address to send from", "rowan@gmail.com")
        terminal.answer("Use it all the same?", "n")
        terminal.answer("E-mail address to send from", USER)
        terminal.answer("Provider [custom]")
        terminal.answer("SMTP server (out)", "127.0.0.1")
        terminal.answer("Its port (587", str(desk.smtp.port))
        terminal.answer("IMAP server (in)", "127.0.0.1")
        terminal.answer("Its port [993]", str(desk.imap.port))
        terminal.answer("Does it use TLS?", "n")
        terminal.answer("User name there")
        terminal.answer_hidden("App password", PASSWORD)
        terminal.expect("2/8")
        terminal.picture("setup-mailbox", title="ingot setup")
        terminal.expect("Postal address")
        terminal.interrupt()
        terminal.expect("Nothing is lost")
        assert terminal.ended() == 130
        assert PASSWORD.encode() not in terminal.raw
    with desk.run("setup") as terminal:
        terminal.expect("✓ Mailbox")
        terminal.answer("Postal address, in one line", ADDRESS)
        terminal.answer("Your name as the sender", "Rowan Adeyemi")
        terminal.answer("File of your résumé", "~/cv.pdf")
        terminal.expect("Is this you?")
        terminal.picture("setup-resume", title="ingot setup")
        terminal.type()
        terminal.answer("Models [offline]")
        terminal.answer("Your time zone [America/Los_Angeles]")
        terminal.answer("Window [09:00-17:00]")
        terminal.answer("Days")
        terminal.answer("Letters a day, at most [30]", "20")
        terminal.answer("Letters an hour, at most [5]")
        terminal.answer("Send a letter to yourself now?")
        terminal.expect("All is set up")
        terminal.picture("setup-done", title="ingot setup")
        assert terminal.ended() == 0
    assert len(desk.smtp.accepted) == 1


def test_the_profile_is_shown(desk: Desk):
    with desk.run("profile", "show") as terminal:
        terminal.expect("Profile, version 1")
        terminal.picture("profile", title="ingot profile show")
        assert terminal.ended() == 0


def test_a_campaign_asks_about_leads_questions_and_drafts(desk: Desk):
    venue = ("--venue", "yc", "--source", desk.web, "--replay", desk.web)
    with desk.run("campaign", "--name", "first", "--limit", "4", "--offline", "--review", "ask", *venue) as terminal:
        terminal.expect("companies to decide about")
        decide(terminal)
        answer_questions(terminal)
        terminal.expect("[1/4]")
        companies = [str(row[0]) for row in desk.ask(IN_ORDER)]
        for company in companies:
            terminal.expect("[?] explains")
            REVIEW[company](terminal)
        terminal.answer("That was the last draft.", "u")
        terminal.expect("is a draft again")
        terminal.answer("Key [n]", "?")
        terminal.expect("quit; what you decided is kept")
        terminal.picture("review-help", title="ingot mail review")
        last = [company for company in companies if company in APPROVED][-1]
        terminal.answer("Key [n]", "a")
        if last == "Freightlark":
            terminal.answer("Your reason for writing there", GROUND)
        terminal.expect("is approved")
        for _ in companies[companies.index(last) + 1 :]:
            terminal.answer("Key [n]", "n")
        terminal.answer("That was the last draft.", "q")
        terminal.expect("Approved 2, rejected 0, 2 drafts left.")
        assert terminal.ended() == 0
        assert b"usage data" not in terminal.raw  # Prefect announces its telemetry where it is not switched off


def decide(terminal: Terminal) -> None:
    """The best four are approved, the fifth is turned down, the sixth waits."""
    for key in "aaaa":
        terminal.answer("[q]uit [s]:", key)
    terminal.expect("[5/8]")
    terminal.picture("campaign-decide", title="python -m flows.campaign --review ask")
    for key in "rdq":
        terminal.answer("[q]uit [s]:", key)


def answer_questions(terminal: Terminal) -> None:
    """Three for each of the four, always with the first option."""
    for number in range(12):
        terminal.expect("[q]uit asking [s]:")
        terminal.rest()
        if number == 2:
            terminal.picture("campaign-questions", title="python -m flows.campaign --review ask")
        terminal.type("1")


def look_and_approve(terminal: Terminal) -> None:
    terminal.answer("Key [n]:", "s")
    terminal.expect("rests on")
    terminal.picture("review-sources", title="ingot mail review")
    terminal.type("a")
    terminal.expect("is approved")


def approve_with_a_ground(terminal: Terminal) -> None:
    terminal.answer("Key [n]:", "a")
    terminal.expect("Your reason for writing there")
    terminal.picture("review-country", title="ingot mail review")
    terminal.type(GROUND)
    terminal.expect("is approved")


def edit(terminal: Terminal) -> None:
    terminal.answer("Key [n]:", "e")
    terminal.expect("every claim is backed")
    terminal.expect("[?] explains")
    terminal.picture("review-edited", title="ingot mail review")
    terminal.answer("Key [n]:", "n")


def regenerate(terminal: Terminal) -> None:
    terminal.expect("Key [n]:")
    terminal.picture("review-draft", title="ingot mail review")
    terminal.type("g")
    for option in ("2", "3", "k"):
        terminal.answer("[k]eep [k]:", option)
    terminal.expect("[?] explains")
    terminal.picture("review-regenerated", title="ingot mail review")
    terminal.answer("Key [n]:", "n")


GROUND = "They publish this address for people who want to work there."
APPROVED = ("Freightlark", "Tensorquay")
REVIEW = {
    "Tensorquay": look_and_approve,
    "Freightlark": approve_with_a_ground,
    "Carewick": edit,
    "Quillstone": regenerate,
}
LETTERS = "email JOIN lead ON lead.id = email.lead_id"
IN_ORDER = f"SELECT company_name FROM {LETTERS} ORDER BY email.id"


def test_mail_status_shows_what_waits(desk: Desk):
    with desk.run("mail", "status") as terminal:
        terminal.expect("Inbox read")
        terminal.picture("mail-status", title="ingot mail status")
        assert terminal.ended() == 0


def test_all_that_was_decided_stands_in_the_database(desk: Desk):
    letters = desk.ask(f"SELECT company_name, email.status, generation, basis FROM {LETTERS} ORDER BY company_name")
    assert letters == [
        ("Carewick", "drafted", 1, ""),
        ("Freightlark", "approved", 1, GROUND),
        ("Quillstone", "drafted", 2, ""),
        ("Tensorquay", "approved", 1, ""),
    ]
    others = "SELECT company_name, status FROM lead WHERE id NOT IN (SELECT lead_id FROM email) AND status != 'matched'"
    assert {("Siltworks", "rejected"), ("Ledgerfen", "deferred")} <= set(desk.ask(others))
    assert desk.ask("SELECT kind, status, count(*) FROM delivery GROUP BY kind, status ORDER BY kind") == [
        ("follow_up", "queued", 4),
        ("letter", "queued", 2),
    ]
    [(before, after)] = [map(str, row) for row in desk.ask("SELECT before, after FROM email_edit")]
    assert "Could we talk for 20 minutes" in before
    assert after == before.replace("Could we talk for 20 minutes", "Would you have 20 minutes to talk")
    [(answers,)] = desk.ask(f"SELECT mcq_answers_json FROM {LETTERS} WHERE company_name = 'Quillstone'")
    assert "We raised $4.2 million" in str(answers)


def test_nothing_has_left_but_the_letter_to_oneself(desk: Desk):
    assert [letter.recipients for letter in desk.smtp.accepted] == [(USER,)]
    config = json.loads((desk.home / "ingot" / "config.json").read_text())
    assert config["smtp"]["password"].startswith("__encrypted__:")
    assert (config["caps"]["per_day"], config["time_zone"]) == (20, "America/Los_Angeles")
