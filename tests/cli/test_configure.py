import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from ingot.cli.configure import config_app
from ingot.config.manager import ConfigManager
from ingot.errors import ConfigError

app = typer.Typer()
app.add_typer(config_app)


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigManager:
    for variable in ("GMAIL_USERNAME", "GMAIL_APP_PASSWORD", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(variable, raising=False)
    for variable in ("OLLAMA_HOST", "INGOT_MAILING_ADDRESS", "INGOT_SENDER_NAME", "INGOT_TIME_ZONE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("INGOT_BASE_DIR", str(tmp_path / "base"))
    return ConfigManager()


def run(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(app, arguments, input=typed, env=environment, catch_exceptions=False)


def test_show_masks_secrets_in_table_and_json(manager: ConfigManager) -> None:
    manager.update({"smtp.password": "hunter2", "sender_name": "[bold]Kim[/bold]"})
    table, as_json = run("config", "show").stdout, run("config", "show", "--json").stdout
    assert "hunter2" not in table + as_json
    assert "••••" in table
    assert "[bold]Kim[/bold]" in table
    assert (json.loads(as_json)["smtp.password"], json.loads(as_json)["openai_api_key"]) == ("••••", "")


def test_a_field_of_pairs_is_shown_as_it_is_typed(manager: ConfigManager) -> None:
    assert run("config", "set", "country_stances", "de=warn, FR=block").exit_code == 0
    assert "DE=warn, FR=block" in run("config", "show").stdout
    with pytest.raises(ConfigError, match="two letters"):
        run("config", "set", "country_stances", "Germany=warn")


def test_set_reads_a_dash_from_standard_input_and_prints_no_value(manager: ConfigManager) -> None:
    result = run("config", "set", "smtp.password", "-", typed="hunter2 \n")
    assert "hunter2" not in result.output
    assert manager.load().smtp.password.get_secret_value() == "hunter2 "
    run("config", "set", "caps.per_day", "7")
    assert manager.load().caps.per_day == 7


def test_a_secret_given_as_an_argument_is_stored_with_a_word_about_the_history(manager: ConfigManager) -> None:
    result = run("config", "set", "openai_api_key", "hunter2")
    assert "history" in result.stderr
    assert "hunter2" not in result.output
    assert manager.load().openai_api_key.get_secret_value() == "hunter2"


def test_a_wrong_name_is_left_to_the_caller_as_a_config_error(manager: ConfigManager) -> None:
    with pytest.raises(ConfigError, match=r"caps\.per_day"):
        run("config", "set", "caps.perday", "7")


def test_path_prints_the_file(manager: ConfigManager) -> None:
    assert run("config", "path").stdout == f"{manager.path}\n"


def test_rotate_key_keeps_the_secrets(manager: ConfigManager) -> None:
    manager.set("smtp.password", "hunter2")
    assert "holds 2" in run("config", "rotate-key").stdout
    assert manager.load().smtp.password.get_secret_value() == "hunter2"


@pytest.mark.parametrize("command", ["config show", "config set", "config path", "config rotate-key"])
def test_every_help_has_an_example(command: str) -> None:
    assert "Example:" in run(*command.split(), "--help").stdout


def test_importing_the_commands_loads_nothing_heavy() -> None:
    code = "import sys, ingot.cli.configure, ingot.cli.setup.command, ingot.cli.review; print([m for m in ('pydantic', 'cryptography', 'rich.table') if m in sys.modules])"
    root = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=os.environ, capture_output=True, text=True, check=True
    )
    assert found.stdout.strip() == "[]"
