from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.config.fields import WEEKDAYS
from ingot.config.presets import AGENTS, PRESETS, Preset, preset_changes
from ingot.config.schema import FIELD_NAMES, SECRET_FIELDS, AgentsConfig, AppConfig, attribute, parse_config, plain
from ingot.errors import ConfigError

lines = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=30)
trimmed = lines.map(str.strip)
configs = st.fixed_dictionaries(
    {
        "smtp": st.fixed_dictionaries({"host": trimmed, "username": trimmed, "password": lines}),
        "mailing_address": st.lists(trimmed.filter(bool), max_size=3).map("\n".join),
        "anthropic_api_key": lines,
        "openai_api_key": lines,
        "sender_name": trimmed,
        "window": st.fixed_dictionaries(
            {
                "start": st.times(max_value=time(11)).map(lambda value: f"{value:%H:%M}"),
                "days": st.lists(st.sampled_from(WEEKDAYS), min_size=1),
            }
        ),
        "caps": st.fixed_dictionaries({"per_day": st.integers(0, 500)}),
        "time_zone": st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]),
        "llm_fallback_chain": st.lists(st.sampled_from(["ollama/llama3.1", "openai/gpt-4o"]), max_size=3),
    }
)


@given(data=configs)
def test_what_is_written_plain_reads_back_equal(data: dict) -> None:
    config = parse_config(data)
    assert parse_config(plain(config)) == config
    assert config.smtp.password.get_secret_value() == data["smtp"]["password"]


def test_the_defaults_are_those_of_the_design() -> None:
    config = AppConfig()
    assert (config.caps.per_day, config.caps.per_hour, config.max_retries, config.min_score) == (30, 5, 3, 40)
    assert (config.window.start, config.window.end) == (time(9), time(17))
    assert config.window.days == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert (config.smtp.port, config.imap.port, config.time_zone) == (587, 993, "UTC")


def test_the_seven_agents_are_the_same_everywhere() -> None:
    assert tuple(AgentsConfig.model_fields) == AGENTS
    assert {AppConfig().agents[agent].model for agent in AGENTS} == {"offline/extractive"}
    with pytest.raises(ConfigError, match="no agent"):
        AppConfig().agents["caretaker"]


@pytest.mark.parametrize("preset", list(Preset))
def test_a_preset_names_a_valid_model_for_each_of_the_seven_agents(preset: Preset) -> None:
    config = parse_config({"agents": {agent: {"model": model} for agent, model in PRESETS[preset].items()}})
    assert preset_changes(preset) == {f"agents.{agent}.model": config.agents[agent].model for agent in AGENTS}


def test_the_presets_give_the_promised_models() -> None:
    assert set(PRESETS[Preset.fully_free].values()) == {"ollama/llama3.1"}
    assert set(PRESETS[Preset.offline].values()) == {"offline/extractive"}
    best = PRESETS[Preset.best_quality]
    assert {agent for agent in AGENTS if best[agent].startswith("anthropic/claude-sonnet-")} == {"writer", "research"}
    assert sum(model.startswith("anthropic/claude-haiku-") for model in best.values()) == 5


def test_secrets_are_fields_and_never_shown_by_printing() -> None:
    assert set(SECRET_FIELDS) <= set(FIELD_NAMES)
    config = parse_config(
        {"smtp": {"password": "hunter2"}}
        | dict.fromkeys(("openai_api_key", "anthropic_api_key", "hunter_api_key"), "hunter2")
    )
    assert "hunter2" not in repr(config) + str(config) + config.model_dump_json()
    assert {attribute(config, name).get_secret_value() for name in SECRET_FIELDS} == {"hunter2"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"smtp": {"password": 31337}}, "smtp.password"),
        ({"smtp": {"password": "31337\n"}}, "smtp.password"),
        ({"smtp": {"host": "31337\r\nX: y"}}, "smtp.host"),
        ({"smtp": {"host": "31337\udcff"}}, "smtp.host"),
        ({"smtp": {"port": 31337000}}, "smtp.port"),
        ({"smtp": "31337"}, "smtp"),
        ({"openai_base_url": "http://user:31337@host/v1"}, "openai_base_url"),
        ({"openai_base_url": "http://[31337"}, "openai_base_url"),
        ({"openai_base_url": "http://host:p31337"}, "openai_base_url"),
        ({"ollama_host": "ftp://31337"}, "ollama_host"),
        ({"agents": {"writer": {"model": "31337"}}}, "agents.writer.model"),
        ({"llm_fallback_chain": ["ollama/a", "31337"]}, "llm_fallback_chain.1"),
        ({"window": {"start": "31337"}}, "window.start"),
        ({"window": {"start": 31337}}, "window.start"),
        ({"window": {"days": "Mon-31337"}}, "window.days.0"),
        ({"window": {"days": 31337}}, "window.days"),
        ({"window": {"days": []}}, "window.days"),
        ({"window": {"start": "17:00", "end": "09:00"}}, "window"),
        ({"time_zone": "Mars/31337"}, "time_zone"),
        ({"time_zone": "../../etc/31337"}, "time_zone"),
        ({"time_zone": ""}, "time_zone"),
        ({"min_score": 101}, "min_score"),
        ({"caps": {"per_day": -1}}, "caps.per_day"),
        ({"surprise": 31337}, "surprise"),
        ({"agents": {"caretaker": {"model": "ollama/a"}}}, "agents.caretaker"),
    ],
)
def test_a_wrong_field_is_named_and_its_value_is_not(data: dict, name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config(data)
    assert caught.value.fields["names"] == (name,)
    assert "31337" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Mon-Fri", ["Mon", "Tue", "Wed", "Thu", "Fri"]),
        ("sat-mon", ["Mon", "Sat", "Sun"]),
        ("Wed, Mon, Wed", ["Mon", "Wed"]),
        ("Sun - Sun", ["Sun"]),
    ],
)
def test_days_are_read_as_people_type_them(text: str, days: list[str]) -> None:
    assert parse_config({"window": {"days": text}}).window.days == days


def test_an_ollama_host_without_scheme_gains_one() -> None:
    assert parse_config({"ollama_host": "0.0.0.0:11434"}).ollama_host == "http://0.0.0.0:11434"


def test_user_agents_are_typed_with_bars_between_them() -> None:
    typed = "Mozilla/5.0 (X11; Linux) Gecko, like | INGOT/9 "
    assert parse_config({"web": {"user_agents": typed}}).web.user_agents == [
        "Mozilla/5.0 (X11; Linux) Gecko, like",
        "INGOT/9",
    ]


@pytest.mark.parametrize(
    ("field", "value"), [("contact", "a)b"), ("contact", "mañana"), ("contact", "a\r\nX: y"), ("user_agents", ["é"])]
)
def test_what_no_header_can_carry_is_refused(field: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config({"web": {field: value}})
    assert f"web.{field}" in str(caught.value)
