"""What holds for every command of the tree."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from ingot.cli.app import EXIT_CODES, app
from ingot.cli.console import out
from tests.cli.conftest import Base, Run
from tests.cli.poison import POISON, poison
from tests.cli.test_console import is_harmless

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]

DOCUMENT = Path(__file__).parents[2] / "docs" / "commands.md"
CAMPAIGN = f"autumn{POISON}"

# Those that only read, each with arguments for the poisoned base: a new command belongs here or into CHANGES.
READS: dict[str, tuple[str, ...]] = {
    "agents inspect": ("writer",),
    "agents list": (),
    "agents logs": (),
    "campaign list": (),
    "campaign report": (),
    "campaign show": (CAMPAIGN,),
    "config path": (),
    "config show": (),
    "data emails": (),
    "data leads": (),
    "data stats": (),
    "doctor": (),
    "eval compare": ("1", "1"),
    "eval trend": (),
    "hooks list": (),
    "leads contacts": ("1",),
    "leads explain": ("1",),
    "leads list": (),
    "leads show": ("1",),
    "mail pending": (),
    "mail replies": (),
    "mail show": ("1",),
    "mail status": (),
    "mail track": (),
    "models list": (),
    "prices list": (),
    "prices path": (),
    "privacy report": (),
    "profile learned": (),
    "profile preferences": (),
    "profile show": (),
    "profile weights": (),
    "stats": (),
    "suppress export": (),
    "suppress list": (),
    "venues list": (),
}
CHANGES = frozenset(
    {
        "backup", "chat", "config rotate-key", "config set", "config setup", "data export", "eval replay", "eval run", "hooks test",
        "leads address", "leads approve", "leads defer", "leads reject", "leads rescore", "mail answer", "mail approve",
        "mail edit", "mail pause", "mail poll", "mail reclassify", "mail regenerate", "mail reject", "mail resume", "mail review",
        "mail send", "mail settle", "mail test", "models check", "models pull", "prices set", "privacy erase", "privacy export",
        "profile edit", "profile import", "profile preferences set", "profile set", "profile weights accept",
        "profile weights propose", "profile weights set", "restore", "run campaign", "run followup", "run match", "run research",
        "run scout", "run send", "run write", "campaign pause", "campaign resume", "serve", "setup", "suppress add",
        "suppress import", "tui", "venues import", "venues new", "venues test",
    }
)  # fmt: skip
# These print one path, or write files in a form that the user names.
WITHOUT_JSON = frozenset({"config path", "prices path", "data emails", "data leads", "suppress export"})


def _walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    parts = getattr(command, "commands", {})
    if path and (not parts or command.invoke_without_command):
        yield " ".join(path), command
    for name, part in parts.items():
        yield from _walk(part, (*path, name))


COMMANDS = dict(_walk(typer.main.get_command(app)))


def options(name: str) -> list[str]:
    return [option for parameter in COMMANDS[name].params for option in parameter.opts]


def test_every_command_is_known_to_read_or_to_change() -> None:
    assert COMMANDS.keys() - CHANGES - READS.keys() == set(), "add it to READS or to CHANGES"
    assert READS.keys() - COMMANDS.keys() == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_every_command_has_an_example(name: str) -> None:
    told = f"{COMMANDS[name].help}\n{COMMANDS[name].epilog}"
    assert "ingot " in told.partition("Example")[2]


@pytest.mark.parametrize("name", sorted(READS.keys() - WITHOUT_JSON))
def test_every_command_that_reads_can_give_json(name: str) -> None:
    assert "--json" in options(name)


def documented() -> str:
    """The table of `docs/commands.md` as the commands themselves give it."""
    rows = [
        f"| `ingot {name}` | {command.get_short_help_str(limit=500)} |" for name, command in sorted(COMMANDS.items())
    ]
    return "\n".join(rows)


def test_the_document_names_every_command_and_exit_code() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert documented() in text, f"replace the table of docs/commands.md by:\n{documented()}"
    codes = {0, 2, 130, *(code for _, code in EXIT_CODES)}
    assert [f"| {code} |" for code in sorted(codes) if f"| {code} |" not in text] == []


def test_a_shell_completes_the_name_of_a_command() -> None:
    code = "import sys; from ingot.cli.app import main; sys.argv = ['ingot']; main()"
    asked = {**os.environ, "_INGOT_COMPLETE": "complete_bash", "COMP_WORDS": "ingot leads ap", "COMP_CWORD": "2"}
    told = subprocess.run(
        [sys.executable, "-c", code], env=asked, capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.split() == ["approve"]


@pytest.fixture(scope="session")
def poisoned(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = shutil.copytree(stocked, tmp_path_factory.mktemp("poisoned") / "base")
    poison(path)
    return path


@pytest.fixture
def hostile(base: Base, poisoned: Path) -> Base:
    shutil.rmtree(base.path)
    shutil.copytree(poisoned, base.path)
    return base


@pytest.mark.parametrize("name", sorted(READS))
def test_nothing_stored_can_steer_the_terminal_of_a_command_that_reads(hostile: Base, ingot: Ingot, name: str) -> None:
    wordings = [(), ("--json",)] if "--json" in options(name) else [()]
    for extra in wordings:
        shown = ingot(*name.split(), *READS[name], *extra)
        assert shown.code in ({0, 1} if name == "doctor" else {0}), shown.err
        # CSV ends its lines as RFC 4180 has it.
        told = shown.out.replace("\r\n", "\n") if name.startswith("data ") else shown.out
        assert [character for character in told + shown.err if not is_harmless(character)] == []
        if extra:
            json.loads(shown.out)


def test_the_poison_is_what_the_test_looks_for(hostile: Base) -> None:
    assert hostile.ask("SELECT company_name FROM lead WHERE id = 1") == [f"Millpond{POISON}"]
    assert not is_harmless(POISON)


LISTS = ("campaign list", "leads list", "mail pending", "mail replies", "mail status", "suppress list", "venues list")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("columns", [40, 60])
def test_a_list_in_a_narrow_terminal_breaks_no_word_and_no_number(
    base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch, name: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setattr(out, "_force_terminal", True)
    shown = re.sub(r"\x1b\[[0-9;]*m", "", ingot(*name.split()).out)
    assert "…" not in shown
    assert max(map(len, shown.splitlines()), default=0) <= columns
    known = json.loads(ingot(*name.split(), "--json").out)
    for row in known if isinstance(known, list) else []:
        numbers = [str(value) for value in row.values() if type(value) is int and value]
        assert [number for number in numbers if number not in shown] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_in_a_pipe_is_a_line_for_each_row_without_borders(
    base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = ingot(*name.split()).out
    assert not set(shown) & set("│┃─━…")
    known = json.loads(ingot(*name.split(), "--json").out)
    if isinstance(known, list) and known:
        assert len([line for line in shown.splitlines() if line.strip()]) >= len(known) + 2


def test_quiet_silences_remarks_and_neither_results_nor_errors(base: Base, ingot: Ingot, tmp_path: Path) -> None:
    assert "rows" in ingot("data", "export", tmp_path / "one").err
    quiet = ingot("--quiet", "data", "export", tmp_path / "two")
    assert (quiet.code, quiet.err, "Written to" in quiet.out) == (0, "", True)
    assert "There is no lead" in ingot("--quiet", "leads", "show", 99).err
    assert "rows" in ingot("data", "export", tmp_path / "three").err  # the next one is told again
