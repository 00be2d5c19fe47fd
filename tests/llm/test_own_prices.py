import pytest

from ingot.llm.prices import FREE, Prices


@pytest.mark.parametrize("model", ["offline/extractive", "ollama/llama3.1", "openai-compatible/any"])
@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "http://localhost/v1", "http://[::1]:9/v1"])
def test_what_runs_on_the_users_machines_is_free(model: str, url: str) -> None:
    assert Prices(openai_base_url=url).of(model) == FREE


@pytest.mark.parametrize("url", ["https://models.example/v1", "", "http://127.0.0.1.models.example/v1"])
def test_a_compatible_server_elsewhere_has_a_price_only_where_the_user_says_it(url: str) -> None:
    assert Prices(openai_base_url=url).of("openai-compatible/any") is None
    own = Prices({"openai-compatible/any": (1.0, 2.0)}, openai_base_url=url)
    assert own.micro_usd("openai-compatible/any", input_tokens=10, output_tokens=5) == 20


def test_the_users_price_stands_over_the_list_price_also_for_a_dated_name() -> None:
    own = Prices({"openai/gpt-4o": (1.0, 2.0), "ollama/own": (0.5, 0.5)})
    assert own.of("openai/gpt-4o-2024-08-06") == own.table()["openai/gpt-4o"] == (1.0, 2.0)
    assert own.of("ollama/own") == (0.5, 0.5)
    assert own.of("openai/gpt-4o-mini") == Prices().of("openai/gpt-4o-mini")


def test_an_unknown_price_is_not_guessed() -> None:
    assert Prices().of("openai/next") is None
    assert Prices().micro_usd("openai/next", input_tokens=1, output_tokens=1) is None
