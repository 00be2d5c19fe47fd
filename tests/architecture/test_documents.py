import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ingot.cli import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = [path for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))) if path.is_file()]

# A command stands in a block or between backticks, perhaps behind a prompt, variables or a path.
_COMMAND = re.compile(
    r"(?:^|`)[ \t]*(?:\$ +)?(?:[A-Z_]+=\S+ +)*(?:\S*/)?ingot((?: +[a-z][a-z-]*)*)((?: +--[a-z][a-z-]*)*)", re.MULTILINE
)


def commands(text: str) -> list[tuple[list[str], list[str]]]:
    """`ingot mail edit --insist` -> (["mail", "edit"], ["--insist"])."""
    found = re.sub(r"\\\n\s*", "", text)
    return [(match[1].split(), match[2].split()) for match in _COMMAND.finditer(found) if match[1].strip()]


def help_of(words: list[str]) -> tuple[str, list[str]]:
    """The help of the longest command that the words begin with, and the words that are left."""
    runner = CliRunner(env={"COLUMNS": "200"})
    for count in range(len(words), 0, -1):
        shown = runner.invoke(app, [*words[:count], "--help"])
        if shown.exit_code == 0 and f"ingot {' '.join(words[:count])} " in shown.output.replace("root ", "ingot "):
            return shown.output, words[count:]
    return "", words


@pytest.mark.long  # it asks every command for its help
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_a_document_names_exists(path: Path) -> None:
    for words, options in commands(path.read_text("utf-8")):
        told, _ = help_of(words)
        assert told, f"there is no command: ingot {' '.join(words)}"
        assert not [option for option in options if option not in told], f"ingot {' '.join(words)} {options}"


def test_commands_are_found_in_blocks_and_in_lines() -> None:
    text = "Run `ingot mail show 3`:\n\n    $ ingot leads list --json\n\n.venv/bin/ingot doctor\nINGOT_BASE_DIR=/x ingot setup\n"
    text += "the ingot mail of old; pip install ingot\n`ingot`\n"
    assert commands(text) == [
        (["mail", "show"], []),
        (["leads", "list"], ["--json"]),
        (["doctor"], []),
        (["setup"], []),
    ]


def test_a_command_that_does_not_exist_is_found_out() -> None:
    assert help_of(["nope"])[0] == ""
    assert "--insist" in help_of(["mail", "edit"])[0]
