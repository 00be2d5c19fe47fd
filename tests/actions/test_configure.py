from pathlib import Path

import pytest

from ingot.actions.configure import MASK, SetupReport, apply_setup, missing, shown
from ingot.config.manager import ConfigManager
from ingot.config.presets import AGENTS, PRESETS, Preset
from ingot.config.schema import FIELD_NAMES
from ingot.errors import ConfigError

GMAIL = {"GMAIL_USERNAME": "kim@gmail.com", "GMAIL_APP_PASSWORD": "abcd efgh\xa0ijkl mnop"}
OTHER = {"GMAIL_USERNAME": "lou@gmail.com", "GMAIL_APP_PASSWORD": "other"}


@pytest.fixture
def manager(tmp_path: Path) -> ConfigManager:
    return ConfigManager(tmp_path / "base")


def mailbox(manager: ConfigManager) -> tuple[str, str, str, int, str, int]:
    smtp, imap = manager.load().smtp, manager.load().imap
    return smtp.username, smtp.password.get_secret_value(), smtp.host, smtp.port, imap.host, imap.port


KIM = ("kim@gmail.com", "abcdefghijklmnop", "smtp.gmail.com", 587, "imap.gmail.com", 993)


@pytest.mark.parametrize("preset", list(Preset))
def test_a_preset_gives_each_of_the_seven_agents_its_model(manager: ConfigManager, preset: Preset) -> None:
    apply_setup(manager, preset=preset.value)
    agents = manager.load().agents
    assert {agent: agents[agent].model for agent in AGENTS} == PRESETS[preset]


def test_an_unknown_preset_stores_nothing(manager: ConfigManager) -> None:
    with pytest.raises(ConfigError, match="fully_free"):
        apply_setup(manager, preset="fully_fre", environment=GMAIL)
    assert not manager.exists


def test_the_gmail_variables_set_a_whole_mailbox(manager: ConfigManager) -> None:
    report = apply_setup(manager, environment=GMAIL)
    assert mailbox(manager) == KIM
    assert {"smtp.username", "smtp.password", "smtp.host", "imap.host"} <= set(report.set)
    assert report.missing == ("mailing_address", "sender_name")


def test_a_second_run_changes_nothing_and_says_so(manager: ConfigManager) -> None:
    first = apply_setup(manager, preset="best_quality", environment=GMAIL)
    before = manager.path.read_bytes()
    second = apply_setup(manager, environment=GMAIL)
    assert manager.path.read_bytes() == before
    assert second == SetupReport(set=(), kept=first.set, missing=first.missing)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        OTHER,
        {"GMAIL_USERNAME": "", "GMAIL_APP_PASSWORD": ""},
        {"GMAIL_APP_PASSWORD": "other"},
        {"GMAIL_USERNAME": "lou@gmail.com"},
    ],
)
def test_a_stored_mailbox_is_kept_whatever_the_environment_has(
    manager: ConfigManager, environment: dict[str, str]
) -> None:
    apply_setup(manager, environment=GMAIL)
    apply_setup(manager, environment=environment)
    assert mailbox(manager) == KIM


def test_overwrite_takes_the_mailbox_of_the_environment(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL)
    apply_setup(manager, environment=OTHER, overwrite=True)
    assert mailbox(manager)[:2] == ("lou@gmail.com", "other")


def test_overwrite_without_variables_empties_nothing(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL)
    apply_setup(manager, environment={"GMAIL_USERNAME": " "}, overwrite=True)
    assert mailbox(manager) == KIM


def test_overwrite_renews_the_password_of_the_stored_gmail_account(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL)
    apply_setup(manager, environment={"GMAIL_APP_PASSWORD": "renewed"}, overwrite=True)
    assert mailbox(manager)[:2] == ("kim@gmail.com", "renewed")


def test_a_new_user_never_inherits_the_old_password(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL)
    report = apply_setup(manager, environment={"GMAIL_USERNAME": "lou@gmail.com"}, overwrite=True)
    assert mailbox(manager)[:2] == ("lou@gmail.com", "")
    assert "smtp.password" in report.missing
    apply_setup(manager, environment=GMAIL, overwrite=True)
    apply_setup(manager, answers={"smtp.username": "lou@example.org"})
    assert mailbox(manager)[:2] == ("lou@example.org", "")


def test_a_password_that_comes_later_completes_the_mailbox(manager: ConfigManager) -> None:
    apply_setup(manager, environment={"GMAIL_USERNAME": "kim@gmail.com"})
    apply_setup(manager, environment={"GMAIL_APP_PASSWORD": GMAIL["GMAIL_APP_PASSWORD"]})
    assert mailbox(manager) == KIM


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_gmail_password_is_not_given_to_another_provider(manager: ConfigManager, overwrite: bool) -> None:
    manager.update({"smtp.host": "mail.example.org", "smtp.username": "kim@example.org"})
    apply_setup(manager, environment={"GMAIL_APP_PASSWORD": "abcd"}, overwrite=overwrite)
    assert mailbox(manager)[:3] == ("kim@example.org", "", "mail.example.org")


def test_the_environment_fills_gaps_only_unless_told_to_overwrite(manager: ConfigManager) -> None:
    environment = {
        "ANTHROPIC_API_KEY": "a-key",
        "OPENAI_API_KEY": "o-key",
        "OPENAI_BASE_URL": "http://127.0.0.1:8080/v1",
        "OLLAMA_HOST": "127.0.0.1:9999",
        "INGOT_MAILING_ADDRESS": "1 Example Street\nExampletown",
        "INGOT_SENDER_NAME": "Kim Example",
        "INGOT_TIME_ZONE": "Europe/Berlin",
    }
    apply_setup(manager, environment=environment)
    config = manager.load()
    assert config.anthropic_api_key.get_secret_value() == "a-key"
    assert config.openai_api_key.get_secret_value() == "o-key"
    assert (config.openai_base_url, config.ollama_host) == ("http://127.0.0.1:8080/v1", "http://127.0.0.1:9999")
    assert (config.mailing_address, config.sender_name) == ("1 Example Street\nExampletown", "Kim Example")
    assert config.time_zone == "Europe/Berlin"
    changed = dict.fromkeys(environment, "UTC") | {"OPENAI_BASE_URL": "http://b", "OLLAMA_HOST": "http://c"}
    apply_setup(manager, environment=changed)
    assert manager.load() == config
    apply_setup(manager, environment=changed, overwrite=True)
    assert (manager.load().time_zone, manager.load().ollama_host) == ("UTC", "http://c")


def test_answers_replace_what_is_stored_and_empty_ones_do_not(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL, answers={"sender_name": "Kim"})
    report = apply_setup(manager, answers={"sender_name": "Kim Example", "smtp.password": "", "mailing_address": " "})
    assert report.set == ("sender_name",)
    assert mailbox(manager) == KIM


def test_answers_beat_the_environment(manager: ConfigManager) -> None:
    apply_setup(manager, environment=OTHER, answers={"smtp.username": "kim@googlemail.com", "smtp.password": "mine"})
    assert mailbox(manager)[:3] == ("kim@googlemail.com", "mine", "smtp.gmail.com")


def test_an_answered_user_that_the_environment_names_too_gets_its_password(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL, answers={"smtp.username": "kim@gmail.com"})
    assert mailbox(manager) == KIM


def test_a_wrong_answer_stores_nothing(manager: ConfigManager) -> None:
    with pytest.raises(ConfigError, match="time_zone"):
        apply_setup(manager, environment=GMAIL, answers={"time_zone": "Nowhere"})
    assert not manager.exists


def test_what_is_missing_depends_on_the_models(manager: ConfigManager) -> None:
    manager.update({"llm_fallback_chain": "openai-compatible/qwen", "agents.writer.model": "openai/gpt-4o"})
    assert {"openai_api_key", "openai_base_url"} <= set(missing(manager.load()))
    assert "anthropic_api_key" not in missing(manager.load())


def test_shown_fields_are_complete_and_masked(manager: ConfigManager) -> None:
    apply_setup(manager, environment=GMAIL)
    values = shown(manager.load())
    assert tuple(values) == FIELD_NAMES
    assert (values["smtp.password"], values["openai_api_key"], values["window.start"]) == (MASK, "", "09:00")
    assert "abcdefghijklmnop" not in str(values)
