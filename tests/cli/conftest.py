"""A base directory stocked once; `ingot` runs the console script in this process, on a copy of it."""

import asyncio
import io
import shutil
import sqlite3
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer

from ingot.cli import console
from ingot.cli.app import app, run
from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import Question, Tie
from ingot.domain.follow_up import FollowUp
from ingot.domain.intel import EvidenceKind
from tests.fakes.entities import PRODUCT, RESUME, add_campaign, add_drafted, add_matched, make_evidence

SIGNAL = "We moved 200 customers to our own storage engine in March 2026."
ADDRESS = "Reedweg 4, Ghent"
HOSTILE = "Mill\x1b]52;c;aGk=\x07pond\x1b[2J\u202e\x9b31m"
HOSTILE_QUOTE = "Mill\x1b[2Jpond builds\u202e a queue for sensor data in Go."


@dataclass(frozen=True)
class Run:
    """What a command line did."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Base:
    """A base directory: leads 1-3 have letters of the same number, 4 is matched, 5 has hostile texts."""

    path: Path

    @property
    def manager(self) -> ConfigManager:
        return ConfigManager(self.path)

    def ask(self, query: str, *values: Any) -> list[Any]:
        """The first column of a query."""
        connection = sqlite3.connect(self.path / "outreach.db")
        try:
            return [row[0] for row in connection.execute(query, values)]
        finally:
            connection.close()

    def statuses(self, table: str) -> list[str]:
        return self.ask(f"SELECT status FROM {table} ORDER BY id")


@cache
def _command() -> Any:
    """What `main` runs; typer takes 25 ms to build it."""
    return typer.main.get_command(app)


@pytest.fixture(scope="session")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("stocked")
    manager = ConfigManager(base)
    manager.ensure_tree()
    manager.update(
        {"mailing_address": ADDRESS, "smtp.host": "127.0.0.1", "smtp.port": "1", "smtp.username": "imre@valk.example"}
    )
    upgrade(manager.database_url)
    asyncio.run(_stock(manager.database_url))
    return base


async def _stock(url: str) -> None:
    engine = create_engine(url)
    try:
        await _fill(SqlAlchemyUnitOfWork(sessions(engine)))
    finally:
        await engine.dispose()


async def _fill(unit: SqlAlchemyUnitOfWork) -> None:
    async with unit as uow:
        campaign = await add_campaign(uow)
        for number in (1, 2, 3):
            letter = await add_drafted(uow, campaign, number, engine="offline/extractive")
            lead_id = letter.lead_id or 0
            await uow.evidence.keep(lead_id, [make_evidence(SIGNAL, kind=EvidenceKind.signal)])
            options = ["Millpond builds a queue for sensor data in Go", SIGNAL.rstrip(".")]
            await uow.questions.add(
                Question(lead_id=lead_id, position=1, text="Open with?", topic="angle", options=options)
            )
            await uow.letters.set_ties(letter, await _ties(uow, lead_id))
            uow.session.add(FollowUp(parent_email_id=letter.id, scheduled_for_day=3, body="One more line."))
        await add_matched(uow, campaign, 4, score=55)
        for lead in await uow.leads.of_campaign(campaign.id or 0):
            lead.company_name = "Millpond"  # as the quotes name it
        hostile = await add_drafted(uow, campaign, 5, subject_a=HOSTILE, body=f"Hi\n\n{HOSTILE_QUOTE}")
        lead = await uow.leads.get(hostile.lead_id or 0)
        lead.company_name, lead.status_reason, lead.person_name = HOSTILE, HOSTILE, HOSTILE
        tie = Tie(part="body", sentence_no=1, sentence=HOSTILE_QUOTE, claim=HOSTILE, source="evidence", quote=HOSTILE)
        await uow.letters.set_ties(hostile, [tie])
        await uow.commit()


async def _ties(uow: SqlAlchemyUnitOfWork, lead_id: int) -> list[Tie]:
    evidence = (await uow.evidence.of_lead(lead_id))[0]
    theirs = Tie(part="body", sentence_no=1, sentence=PRODUCT, claim=PRODUCT, source="evidence", quote=PRODUCT)
    theirs.evidence_id = evidence.id
    own, line = "I built a Kafka pipeline in Go for truck positions.", RESUME.splitlines()[9]
    ours = Tie(part="body", sentence_no=2, sentence=own, claim=own, source="resume", resume_line=9, quote=line)
    return [Tie(part="body", sentence_no=0, sentence="Hello Bo,"), theirs, ours]


@pytest.fixture
def base(stocked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Base:
    path = shutil.copytree(stocked, tmp_path / "base")
    for variable in ("INGOT_DATABASE_URL", "VISUAL", "EDITOR", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("INGOT_BASE_DIR", str(path))
    monkeypatch.setenv("COLUMNS", "80")
    for written in (console.out, console.err, console.notes):
        # It keeps the COLUMNS of the moment in which it was imported, which may be that of another test.
        monkeypatch.setattr(written, "_width", None)
    return Base(path)


@pytest.fixture
def empty(base: Base) -> Base:
    """Migrated on first use, nothing in it."""
    shutil.rmtree(base.path)
    return base


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | bytes], None]:
    """Put something on standard input."""

    def _type(given: str | bytes) -> None:
        content = given.encode() if isinstance(given, str) else given
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return _type


@pytest.fixture
def ingot(
    base: Base,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: Callable[[str | bytes], None],
) -> Callable[..., Run]:
    """`ingot("mail", "show", "1", stdin="...")`."""

    def _run(*arguments: str | int, stdin: str | bytes = "") -> Run:
        words: Sequence[str] = ["ingot", *map(str, arguments)]
        monkeypatch.setattr(sys, "argv", words)
        typed(stdin)
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run(_command())
        told = capsys.readouterr()
        return Run(int(ended.value.code or 0), told.out, told.err)

    return _run
