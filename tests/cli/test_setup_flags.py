"""`ingot setup` without questions: from flags and the environment."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from ingot.cli.setup.storing import system_time_zone
from ingot.config.manager import ConfigManager
from ingot.errors import ConfigError, ResumeError, ValidationError
from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import MailStore, SmtpSink
from tests.cli.wizard import PASSWORD, RESUME, USER, new_base, setup
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import fails

pytestmark = pytest.mark.long


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> ConfigManager:
    return new_base(tmp_path, sqlite_template, monkeypatch)


@pytest.fixture
def mail(manager: ConfigManager) -> Iterator[tuple[SmtpSink, ImapServer]]:
    store = MailStore({USER: PASSWORD})
    with SmtpSink(store) as smtp, ImapServer(store) as imap:
        yield smtp, imap


def unattended(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    return setup("--non-interactive", *arguments, typed=typed, **environment)


def test_flags_answer_everything(manager: ConfigManager, mail: tuple[SmtpSink, ImapServer], tmp_path: Path) -> None:
    smtp, imap = mail
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    manager.set("imap.tls", "false")
    mailbox = ("--email", USER, "--smtp-host", "127.0.0.1", "--smtp-port", str(smtp.port), "--imap-host", "127.0.0.1")
    sender = ("--address", "1 Example Street", "--name", "Kim", "--resume", RESUME)
    rest = (
        "--time-zone",
        "Asia/Tokyo",
        "--window",
        "08:00-12:00",
        "--days",
        "Mon",
        "--per-day",
        "9",
        "--per-hour",
        "3",
    )
    tried = ("--check-models", "--check-dns", "--test-letter", "--model", "writer=offline/extractive", "--json")
    result = unattended(
        *mailbox, "--imap-port", str(imap.port), "--password-file", str(tmp_path / "password"), *sender, *rest, *tried
    )
    assert json.loads(result.stdout)["missing"] == []
    config = manager.load()
    assert (config.time_zone, config.window.days, config.caps.per_day, config.caps.per_hour) == (
        "Asia/Tokyo",
        ["Mon"],
        9,
        3,
    )
    assert len(smtp.accepted) == 1
    shown = setup(typed="").output
    assert "All is set up" in shown


def test_all_that_is_missing_is_named_in_one_error(manager: ConfigManager) -> None:
    with pytest.raises(ConfigError, match=r"--smtp-host.*--imap-host.*--password-file"):
        unattended("--email", USER)
    with pytest.raises(ConfigError, match=r"--email.*--password-file"):
        unattended("--test-letter")
    with pytest.raises(ConfigError, match=r"--personal-account"):
        unattended("--email", "kim@gmail.com", GMAIL_APP_PASSWORD="x")
    assert not manager.exists
    with pytest.raises(ConfigError, match="AGENT=PROVIDER/NAME"):
        unattended("--model", "poet=x/y")
    with pytest.raises(ConfigError, match="provider of that name"):
        unattended("--provider", "pigeon")
    with pytest.raises(ValidationError, match="password"):
        unattended("--email", USER, "--password-file", str(manager.base_dir / "none"))
    assert setup("caps", "--non-interactive").exit_code == 2


def test_the_password_comes_from_standard_input_or_the_environment(manager: ConfigManager) -> None:
    given = ("--email", USER, "--username", "kim", "--provider", "fastmail")
    unattended(*given, "--password-file", "-", typed="abcd efgh\n")
    config = manager.load()
    assert (config.smtp.username, config.sender_address, config.smtp.host) == ("kim", USER, "smtp.fastmail.com")
    assert config.smtp.password.get_secret_value() == "abcdefgh"
    unattended("--email", "lou@gmail.com", "--personal-account", GMAIL_APP_PASSWORD="mine")
    config = manager.load()
    assert (config.smtp.username, config.smtp.host) == ("lou@gmail.com", "smtp.gmail.com")
    assert config.smtp.password.get_secret_value() == "mine"


def test_what_cannot_be_done_at_once_ends_with_an_error_and_keeps_the_rest(manager: ConfigManager) -> None:
    with pytest.raises(ResumeError):
        unattended("--name", "Kim", "--resume", "/none.pdf")
    assert manager.load().sender_name == "Kim"
    with OllamaServer(fails(500), models=()) as server, pytest.raises(ConfigError, match="does not answer"):
        unattended("--preset", "fully_free", "--check-models", OLLAMA_HOST=server.host)
    with pytest.raises(ConfigError, match="not fit to send"):
        unattended("--check-dns")


def test_a_second_non_interactive_setup_keeps_the_first_mailbox(manager: ConfigManager) -> None:
    unattended(
        "--preset",
        "fully_free",
        GMAIL_USERNAME="kim@gmail.com",
        GMAIL_APP_PASSWORD="abcd efgh",
    )
    second = unattended(GMAIL_USERNAME="lou@gmail.com", GMAIL_APP_PASSWORD="x")
    assert second.exit_code == 0
    assert "Kept: smtp.host, smtp.username" in second.stdout
    config = manager.load()
    assert (config.smtp.username, config.smtp.password.get_secret_value()) == ("kim@gmail.com", "abcdefgh")
    assert config.agents.writer.model == "ollama/llama3.1"
    assert config.time_zone == "Europe/Berlin"


def test_setup_reports_as_json_what_is_missing(manager: ConfigManager) -> None:
    report = json.loads(unattended("--preset", "best_quality", "--json").stdout)
    assert report["path"] == str(manager.path)
    assert "anthropic_api_key" in report["missing"]
    assert "agents.writer.model" in report["set"]


def test_setup_tells_the_command_for_each_missing_field(manager: ConfigManager) -> None:
    output = unattended().stdout
    assert "Missing: smtp.password (ingot config set smtp.password -, or GMAIL_APP_PASSWORD" in output


@pytest.mark.parametrize(
    ("variable", "zone"),
    [("Asia/Tokyo", "Asia/Tokyo"), (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"), ("<+03>-3", "")],
)
def test_the_zone_of_the_computer_is_an_iana_name_or_nothing(
    monkeypatch: pytest.MonkeyPatch, variable: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", variable)
    assert system_time_zone() == zone


def test_the_help_has_examples() -> None:
    assert setup("--help").stdout.count("Example:") == 3
