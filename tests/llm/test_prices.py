import pytest

from ingot.llm.prices import cost_micro_usd


@pytest.mark.parametrize(
    ("model", "cost"),
    [
        ("openai/gpt-4o", 2_500 + 1_000),
        ("openai/gpt-4o-2024-08-06", 2_500 + 1_000),
        ("openai/gpt-4o-mini", 150 + 60),
        ("anthropic/claude-haiku-4-5-20251001", 1_000 + 500),
        ("openai/o1-pro", 0),
        ("openai-compatible/gpt-4o", 0),
        ("ollama/llama3.1", 0),
    ],
)
def test_a_thousand_tokens_in_and_a_hundred_out_cost(model: str, cost: int) -> None:
    assert cost_micro_usd(model, input_tokens=1000, output_tokens=100) == cost
