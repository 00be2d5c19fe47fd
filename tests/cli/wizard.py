"""`ingot setup` in this process, on a base directory of its own."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ingot.cli.app import app
from ingot.config.manager import ConfigManager
from ingot.sample import sample_path

USER, PASSWORD = "kim@valk.example", "hunter2"
RESUME = str(sample_path("resume.pdf"))
READ = (
    "GMAIL_USERNAME", "GMAIL_APP_PASSWORD", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_HOST",
    "INGOT_MAILING_ADDRESS", "INGOT_SENDER_NAME", "INGOT_TIME_ZONE", "INGOT_DATABASE_URL",
)  # fmt: skip


def new_base(place: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigManager:
    """Nothing is set up in it; its database is there already, which saves half a second."""
    for variable in READ:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "200")
    base = place / "base"
    base.mkdir(mode=0o700)
    shutil.copy(template, base / "outreach.db")
    monkeypatch.setenv("INGOT_BASE_DIR", str(base))
    return ConfigManager()


def setup(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    """Run it, with lines typed."""
    return CliRunner().invoke(app, ["setup", *arguments], input=typed, env=environment, catch_exceptions=False)
