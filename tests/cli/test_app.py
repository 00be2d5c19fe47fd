import io
import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest
import typer

from ingot import __version__
from ingot.cli.app import EXIT_CODES, main, run
from ingot.cli.console import out
from ingot.errors import AgentError, ConfigError, DBError, IllegalMove, IngotError, LLMError, ResumeError
from tests.cli.conftest import Base, Run

Ingot = Callable[..., Run]

HEAVY = ("prefect", "sqlalchemy", "textual", "instructor", "openai", "httpx", "starlette", "uvicorn")


def test_help_loads_no_heavy_library() -> None:
    code = f"""
import contextlib, io, json, sys
from typer.testing import CliRunner
from ingot.cli import app
for line in (["--help"], ["leads", "--help"], ["mail", "show", "--help"], ["serve", "--help"]):
    assert CliRunner().invoke(app, line).exit_code == 0
print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))
"""
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(loaded.stdout) == []


def test_the_help_documents_the_exit_codes(ingot: Ingot) -> None:
    shown = ingot("--help")
    assert shown.code == 0
    assert all(str(code) in shown.out.split("Exit codes:")[1] for _, code in EXIT_CODES)


def test_the_version_is_shown(ingot: Ingot) -> None:
    assert ingot("--version").out == f"ingot {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ConfigError("c"), 3),
        (DBError("d"), 4),
        (ResumeError("r"), 5),
        (IllegalMove("i"), 5),
        (LLMError("l"), 1),
        (AgentError("a", agent="writer"), 1),
        (IngotError("x"), 1),
    ],
)
def test_each_family_of_errors_has_its_exit_code(
    error: IngotError, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def raise_it() -> None:
        raise error

    failing = typer.Typer()
    failing.command()(raise_it)
    monkeypatch.setattr(sys, "argv", ["failing"])
    with pytest.raises(SystemExit) as ended:
        run(failing)
    assert ended.value.code == code
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"Error: {error.message}")


@pytest.mark.parametrize(
    "words", [["nope"], ["leads", "nope"], ["leads", "approve"], ["leads", "list", "--limit", "0"]]
)
def test_a_wrong_command_line_is_told_with_help(words: list[str], ingot: Ingot) -> None:
    refused = ingot(*words)
    assert refused.code == 2
    assert "--help" in refused.err


def test_a_hint_is_one_line_in_a_narrow_terminal(base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    base.manager.set("mailing_address", "")
    assert 'ingot config set mailing_address "Street 1, City"' in ingot("mail", "approve", 1).err


def test_a_broken_configuration_is_told_and_left_alone(base: Base, ingot: Ingot) -> None:
    file = base.path / "config.json"
    file.write_text("{broken")
    for words in (("leads", "list"), ("mail", "pending"), ("profile", "show")):
        refused = ingot(*words)
        assert refused.code == 3
        assert "Traceback" not in refused.err
    assert file.read_text() == "{broken"


def test_a_file_that_is_no_database_is_told_and_left_alone(base: Base, ingot: Ingot) -> None:
    file = base.path / "outreach.db"
    file.write_bytes(b"certainly no database" * 50)
    refused = ingot("leads", "list")
    assert refused.code == 4
    assert file.read_bytes().startswith(b"certainly")


def test_a_database_server_that_does_not_answer_is_told(ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("INGOT_DATABASE_URL", "postgresql+asyncpg://someone:s3cret@127.0.0.1:1/x")
    refused = ingot("leads", "list")
    assert refused.code == 4
    assert "INGOT_DATABASE_URL" in refused.err
    assert "s3cret" not in refused.err


def test_words_that_are_not_utf8_are_refused(base: Base, ingot: Ingot) -> None:
    refused = ingot("leads", "reject", 4, "--reason", "caf\udce9")
    assert refused.code == 5
    assert base.statuses("lead")[3] == "matched"


def test_a_terminal_without_accents_gets_question_marks(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "argv", ["ingot", "mail", "show", "1"])
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding="ascii", write_through=True))
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    assert b"r?sum?, line 10" in shown.getvalue()


@pytest.mark.parametrize("words", [["mail", "show", "1"], ["mail", "show", "1", "--json"]])
def test_a_reader_that_goes_early_is_no_traceback(
    words: list[str], base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, write = os.pipe()
    os.close(read)
    monkeypatch.setattr(out, "quiet", False)  # Rich turns its console quiet, and this one is shared
    monkeypatch.setattr(sys, "argv", ["ingot", *words])
    with open(write, "w", encoding="utf-8", closefd=False) as gone:
        monkeypatch.setattr(sys, "stdout", gone)
        with pytest.raises(SystemExit) as ended:
            main()
        os.dup2(os.open(os.devnull, os.O_WRONLY), write)
    os.close(write)
    assert ended.value.code == 1
