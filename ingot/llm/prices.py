"""What a call costs: list prices, and those that the user wrote down. The price of an unknown model is not guessed."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from ingot.config.schema import LOOPBACK

Price = tuple[float, float]
"""US dollars for a million input tokens and for a million output tokens."""

FREE: Price = (0.0, 0.0)

# The vendors' list prices of May 2026, without discounts for caching or batches.
LIST_PRICES: dict[str, Price] = {
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


class Prices:
    """The list prices with the user's `own` over them. `openai_base_url` tells whether that server is this machine."""

    def __init__(self, own: Mapping[str, Price] | None = None, *, openai_base_url: str = "") -> None:
        self.own = dict(own or {})
        self._compatible_is_here = _is_here(openai_base_url)

    def of(self, model: str) -> Price | None:
        """The price of `provider/name`; None where it is not known. What runs on the user's own machines is free.

        A release date at the end of the name (`gpt-4o-2024-08-06`) does not change the price.
        """
        for table in (self.own, LIST_PRICES):
            for name in (model, _RELEASE.sub("", model)):
                if name in table:
                    return table[name]
        provider = model.partition("/")[0]
        is_local = provider in {"offline", "ollama"} or (provider == "openai-compatible" and self._compatible_is_here)
        return FREE if is_local else None

    def micro_usd(self, model: str, *, input_tokens: int, output_tokens: int) -> int | None:
        """Micro-dollars for one call, rounded: one dollar for a million tokens is one micro-dollar for one token.

        None where the price is not known.
        """
        price = self.of(model)
        return None if price is None else round(input_tokens * price[0] + output_tokens * price[1])

    def table(self) -> dict[str, Price]:
        """Every price that is written down, by model."""
        return dict(sorted((LIST_PRICES | self.own).items()))


def cost_micro_usd(model: str, *, input_tokens: int, output_tokens: int) -> int:
    """Micro-dollars for one call by the list prices; 0 for local and for unknown models."""
    return _LISTED.micro_usd(model, input_tokens=input_tokens, output_tokens=output_tokens) or 0


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in LOOPBACK


_LISTED = Prices()
