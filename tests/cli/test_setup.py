"""`ingot setup`: the wizard, step by step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingot.cli.setup import writing
from ingot.config.manager import ConfigManager
from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import MailStore, SmtpSink
from tests.cli.wizard import PASSWORD, RESUME, USER, new_base, setup
from tests.fakes.ollama_server import OllamaServer

pytestmark = pytest.mark.long

MAILBOX = f"{USER}\n\nsmtp.valk.example\n\nimap.valk.example\n\n\n{PASSWORD}\n"
ADDRESS = "1 Example Street\nKim Example\n"
UNTIL_MODELS = f"{MAILBOX}{ADDRESS}{RESUME}\n\n"
HOURS, CAPS = "\n\n\n", "\n\n"


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> ConfigManager:
    return new_base(tmp_path, sqlite_template, monkeypatch)


@pytest.fixture
def mail(manager: ConfigManager) -> Iterator[tuple[SmtpSink, ImapServer]]:
    store = MailStore({USER: PASSWORD})
    with SmtpSink(store) as smtp, ImapServer(store) as imap:
        yield smtp, imap


def test_the_wizard_asks_stores_and_shows_no_secret(manager: ConfigManager) -> None:
    result = setup(typed=f"{UNTIL_MODELS}offline\n{HOURS}{CAPS}n\n")
    assert result.exit_code == 0
    assert PASSWORD not in result.output
    config = manager.load()
    assert (config.smtp.username, config.smtp.password.get_secret_value()) == (USER, PASSWORD)
    assert (config.smtp.host, config.smtp.port, config.imap.host) == ("smtp.valk.example", 587, "imap.valk.example")
    assert (config.mailing_address, config.sender_name) == ("1 Example Street", "Kim Example")
    assert config.time_zone == "Europe/Berlin"
    assert "Rowan Adeyemi" in result.output
    assert "open: ingot setup letter" in result.output


def test_it_can_be_left_anywhere_and_goes_on_at_the_first_step_that_is_open(manager: ConfigManager) -> None:
    left = setup(typed=f"{MAILBOX}1 Example Street\n")  # the input ends: as with Ctrl-C
    assert left.exit_code == 130
    assert manager.load().smtp.username == USER
    again = setup(typed=f"{ADDRESS}{RESUME}\n\n")
    assert "✓ Mailbox" in again.output
    assert "1/8" not in again.output
    assert "2/8" in again.output
    last = setup(typed="offline\n")
    assert "4/8" in last.output
    assert "3/8" not in last.output
    assert "4/8" not in setup(typed="").output


def test_a_named_step_is_gone_through_again_alone(manager: ConfigManager) -> None:
    setup(typed=f"{UNTIL_MODELS}offline\n{HOURS}{CAPS}n\n")
    result = setup("caps", typed="7\n2\n")
    assert "6/8" in result.output
    assert "7/8" not in result.output
    assert (manager.load().caps.per_day, manager.load().caps.per_hour) == (7, 2)
    assert setup("nonsense").exit_code == 2


def test_a_wrong_answer_is_told_and_asked_again(manager: ConfigManager) -> None:
    result = setup("hours", typed="Nowhere\n\n\nEurope/Paris\n17:00-09:00\n\nEurope/Paris\n08:00-16:30\nMon-Thu\n")
    config = manager.load()
    assert "time_zone" in result.output
    assert (config.time_zone, config.window.days) == ("Europe/Paris", ["Mon", "Tue", "Wed", "Thu"])
    assert f"{config.window.start:%H:%M}-{config.window.end:%H:%M}" == "08:00-16:30"


def test_a_personal_account_is_used_only_after_a_yes(manager: ConfigManager) -> None:
    no = setup("mailbox", typed="no address\nkim@gmail.com\nn\n\n")
    assert "only personal account" in no.output
    assert manager.load().smtp.username == ""
    yes = setup("mailbox", typed="kim@gmail.com\ny\n\nabcd efgh\n")
    assert "myaccount.google.com/apppasswords" in yes.output
    config = manager.load()
    assert (config.smtp.host, config.smtp.password.get_secret_value()) == ("smtp.gmail.com", "abcdefgh")


@pytest.mark.parametrize(
    ("provider", "host", "port"), [("fastmail", "smtp.fastmail.com", 465), ("outlook", "smtp.office365.com", 587)]
)
def test_a_provider_brings_its_servers(manager: ConfigManager, provider: str, host: str, port: int) -> None:
    result = setup("mailbox", typed=f"{USER}\nyahoo\n{provider}\n{PASSWORD}\n")
    assert "Please answer one of" in result.output
    assert (manager.load().smtp.host, manager.load().smtp.port) == (host, port)


def test_outlook_is_told_about_before_it_is_tried(manager: ConfigManager) -> None:
    assert "September 2024" in setup("mailbox", typed=f"{USER}\noutlook\n{PASSWORD}\n").output


def test_a_user_name_that_is_no_address_keeps_the_address(manager: ConfigManager) -> None:
    setup("mailbox", typed=f"{USER}\n\nsmtp.valk.example\n\nimap.valk.example\n\nkim\n{PASSWORD}\n")
    assert (manager.load().smtp.username, manager.load().sender_address) == ("kim", USER)


def test_enter_alone_keeps_what_is_stored(manager: ConfigManager) -> None:
    setup(typed=f"{UNTIL_MODELS}offline\n{HOURS}{CAPS}n\n")
    manager.set("mailing_address", "1 Example Street\nExampletown")
    before = manager.load()
    for step in ("mailbox", "address", "models", "hours", "caps"):
        assert setup(step, typed="\n" * 9).exit_code == 0
    assert manager.load() == before


def test_a_resume_that_cannot_be_read_is_told_and_another_asked_for(manager: ConfigManager, tmp_path: Path) -> None:
    result = setup("resume", typed=f"{tmp_path / 'none.pdf'}\n'{RESUME}'\ny\n")
    assert "Rowan Adeyemi" in result.output
    assert "✓ Résumé" in result.output


def test_models_that_do_not_answer_are_told_and_may_be_kept(
    manager: ConfigManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OllamaServer(models=()) as server:
        manager.set("ollama_host", server.host)
        result = setup("models", typed="fully_free\nn\noffline\n")
        assert "ollama pull llama3.1" in result.output
        assert manager.load().agents.writer.model == "offline/extractive"
        setup("models", typed="fully_free\ny\n")
    assert manager.load().agents.writer.model == "ollama/llama3.1"
    monkeypatch.setattr(writing, "PATIENCE_SECONDS", 0.0)
    assert "no answer in that time" in setup("models", typed="fully_free\ny\n").output


def test_a_model_for_each_agent_asks_for_the_key_it_needs(manager: ConfigManager) -> None:
    agents = "\n" * 4 + "openai/gpt-4o\n" + "\n" * 2
    result = setup("models", typed=f"custom\n{agents}\ny\n")
    assert "openai_api_key (not shown" in result.output
    assert manager.load().agents.writer.model == "openai/gpt-4o"
    assert "4/8" in result.output
    local = setup("models", typed="custom\n" + "\n" * 4 + "openai-compatible/x\n\n\nhttp://127.0.0.1:9/v1\ny\n")
    assert "openai_base_url" in local.output
    assert manager.load().openai_base_url == "http://127.0.0.1:9/v1"


def test_a_letter_to_oneself_proves_the_mailbox(manager: ConfigManager, mail: tuple[SmtpSink, ImapServer]) -> None:
    smtp, imap = mail
    typed = f"{USER}\n\n127.0.0.1\n{smtp.port}\n127.0.0.1\n{imap.port}\nn\n\n{PASSWORD}\n"
    setup("mailbox", typed=typed)
    result = setup("letter", typed="y\n")
    assert "✓ A letter to yourself" in result.output
    assert [letter.recipients for letter in smtp.accepted] == [(USER,)]
    assert "nothing to look up" in setup("dns").output
    assert "open: ingot setup letter" in setup("mailbox", typed=typed.replace(USER, "other@valk.example", 1)).output


def test_a_mailbox_that_refuses_is_told_and_setup_goes_on(
    manager: ConfigManager, mail: tuple[SmtpSink, ImapServer]
) -> None:
    smtp, imap = mail
    setup("mailbox", typed=f"{USER}\n\n127.0.0.1\n{smtp.port}\n127.0.0.1\n{imap.port}\nn\n\nwrong\n")
    result = setup("letter", typed="y\n")
    assert result.exit_code == 0
    assert "open: ingot setup letter" in result.output


def test_without_a_mailbox_there_is_nothing_to_look_up_or_to_try(manager: ConfigManager) -> None:
    assert "no mailbox yet" in setup("dns").output
    assert "no mailbox yet" in setup("letter").output
