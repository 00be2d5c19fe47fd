import subprocess
import sys

import pytest

from ingot.errors import ConfigError
from ingot.llm.client import LLMClient
from ingot.llm.providers import ANTHROPIC_URL, OPENAI_URL, ProviderSettings, endpoint_of, open_engine


@pytest.mark.parametrize(
    ("provider", "settings", "url"),
    [
        ("openai", ProviderSettings(openai_api_key="k"), OPENAI_URL),
        ("anthropic", ProviderSettings(anthropic_api_key="k"), ANTHROPIC_URL),
        ("openai-compatible", ProviderSettings(openai_base_url="http://127.0.0.1:1/v1"), "http://127.0.0.1:1/v1"),
        ("ollama", None, "http://127.0.0.1:11434"),
        ("ollama", ProviderSettings(ollama_host="127.0.0.1:9"), "http://127.0.0.1:9"),
        ("ollama", ProviderSettings(ollama_host="http://box:9/v1/"), "http://box:9"),
    ],
)
def test_each_provider_opens_at_its_address(provider: str, settings: ProviderSettings | None, url: str) -> None:
    assert endpoint_of(provider, settings or ProviderSettings()).url == url


@pytest.mark.parametrize(
    ("provider", "setting"),
    [
        ("openai", "openai_api_key"),
        ("anthropic", "anthropic_api_key"),
        ("openai-compatible", "openai_base_url"),
    ],
)
def test_a_missing_setting_is_named_with_the_command_that_sets_it(provider: str, setting: str) -> None:
    with pytest.raises(ConfigError, match=f"ingot config set {setting}"):
        LLMClient(f"{provider}/m", settings=ProviderSettings())


@pytest.mark.parametrize(
    ("provider", "order"),
    [
        ("openai", "tools json_schema json markdown xml"),
        ("anthropic", "tools json_schema json markdown xml"),
        ("openai-compatible", "json_schema tools json markdown xml"),
        ("ollama", "json_schema json markdown xml"),
    ],
)
def test_a_service_is_asked_with_tools_first_and_a_server_of_ones_own_by_a_schema(provider: str, order: str) -> None:
    settings = ProviderSettings(
        openai_api_key="k", anthropic_api_key="k", openai_base_url="http://127.0.0.1:1/v1", ollama_host="127.0.0.1:1"
    )
    assert [form.name for form in open_engine(provider, "m", settings)._chat.forms] == order.split()


def test_an_address_without_http_is_refused() -> None:
    with pytest.raises(ConfigError, match="no http address"):
        open_engine("openai-compatible", "m", ProviderSettings(openai_base_url="file:///etc/passwd"))


def test_an_unknown_provider_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(ConfigError, match=r"offline, openai, anthropic, openai-compatible, ollama"):
        LLMClient("cohere/m")


def test_a_model_name_with_slashes_keeps_them() -> None:
    engine = open_engine("openai-compatible", "org/model", ProviderSettings(openai_base_url="http://127.0.0.1:1/v1"))
    assert engine._name == "org/model"


@pytest.mark.parametrize("bad", [{"max_tries": 0}, {"timeout_s": 0.0}, {"backoff_s": -1.0}])
def test_settings_that_never_ask_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        ProviderSettings(**bad)


def test_keys_are_in_no_repr() -> None:
    settings = ProviderSettings(openai_api_key="sk-secret", anthropic_api_key="sk-secret")
    assert "sk-secret" not in repr(settings)
    assert "sk-secret" not in repr(endpoint_of("openai", settings))


def test_opening_a_model_loads_no_model_library() -> None:
    program = (
        "import sys; from ingot.llm.client import LLMClient; from ingot.llm.providers import ProviderSettings;"
        "LLMClient('openai/gpt-4o', settings=ProviderSettings(openai_api_key='k'));"
        "sys.exit(bool({'openai', 'instructor'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
