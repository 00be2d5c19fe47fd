"""What a call costs, from list prices. Local models cost nothing; the price of an unknown model is not guessed."""

from __future__ import annotations

import re

# US dollars for a million input and output tokens: the vendors' list prices of May 2026, without discounts for caching or batches.
_DOLLARS: dict[str, tuple[float, float]] = {
    "openai/gpt-4o": (2.50, 10.00),
    "openai/gpt-4o-mini": (0.15, 0.60),
    "openai/gpt-4.1": (2.00, 8.00),
    "openai/gpt-4.1-mini": (0.40, 1.60),
    "openai/gpt-4.1-nano": (0.10, 0.40),
    "openai/gpt-5": (1.25, 10.00),
    "openai/gpt-5-mini": (0.25, 2.00),
    "openai/gpt-5-nano": (0.05, 0.40),
    "anthropic/claude-3-haiku": (0.25, 1.25),
    "anthropic/claude-3-5-haiku": (0.80, 4.00),
    "anthropic/claude-haiku-4-5": (1.00, 5.00),
    "anthropic/claude-3-5-sonnet": (3.00, 15.00),
    "anthropic/claude-3-7-sonnet": (3.00, 15.00),
    "anthropic/claude-sonnet-4": (3.00, 15.00),
    "anthropic/claude-sonnet-4-5": (3.00, 15.00),
    "anthropic/claude-opus-4": (15.00, 75.00),
    "anthropic/claude-opus-4-1": (15.00, 75.00),
    "anthropic/claude-sonnet-4-6": (3.00, 15.00),
    "anthropic/claude-opus-4-5": (5.00, 25.00),
    "anthropic/claude-opus-4-6": (5.00, 25.00),
    "anthropic/claude-opus-4-7": (5.00, 25.00),
}
_RELEASE = re.compile(r"-(\d{8}|\d{4}-\d{2}-\d{2}|latest|0)$")


def cost_micro_usd(model: str, *, input_tokens: int, output_tokens: int) -> int:
    """Micro-dollars for one call of `provider/name`, rounded; 0 for local and for unknown models.

    One dollar for a million tokens is one micro-dollar for one token. A release date at the end of the name
    (`gpt-4o-2024-08-06`) does not change the price.
    """
    per_input, per_output = _DOLLARS.get(_RELEASE.sub("", model), (0.0, 0.0))
    return round(input_tokens * per_input + output_tokens * per_output)
