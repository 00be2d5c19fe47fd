"""Which failures of a model's service pass by themselves, and how long they are waited for."""

from __future__ import annotations

import asyncio
import itertools
import math
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, TypeVar

from ingot.errors import LLMError, LLMMisconfigured, LLMUnavailable

if TYPE_CHECKING:
    from openai import APIError

    from ingot.llm.providers import Endpoint, ProviderSettings

R = TypeVar("R")

_BUSY = frozenset({408, 409, 425, 429})
_REJECTED = frozenset({400, 422, 501})
_MISCONFIGURED = frozenset({401, 403, 404})
_OPTIONS = ("temperature", "max_tokens")
# By the code in the body, or by status: what happened, and what to do; the hint about the key depends on the provider.
_FINAL: dict[str | int, tuple[str, str]] = {
    "insufficient_quota": ("the account has no credit left", "Add credit, or use another provider."),
    "context_length_exceeded": ("the text is too long for this model", "Use a model with a larger context."),
    401: ("it does not accept the key", ""),
    403: ("it does not accept the key", ""),
    404: ("it does not know this model", "Check the name, and the address of the service."),
}


class RequestRefused(LLMError):
    """The service rejects the request itself: 400, 422 or 501. `param` is the part it names, where it names one."""

    def __init__(self, message: str, *, param: str, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.param = param


async def persist(ask: Callable[[], Awaitable[R]], settings: ProviderSettings) -> R:
    """Call `ask` until it answers, at most `max_tries` times, and again only after `LLMUnavailable`.

    Waits as long as the service said, or else 1, 2, 4 ... times `backoff_s`. A longer wait than `timeout_s` is left to
    the caller: `retry_after` of the error says how long.
    """
    for failures in itertools.count(1):
        try:
            async with asyncio.timeout(settings.timeout_s):
                return await ask()
        except TimeoutError:
            error = LLMUnavailable(
                "The model did not answer in time.", hint="Use a smaller model or a longer time-out."
            )
        except LLMUnavailable as unavailable:
            error = unavailable
        wait = settings.backoff_s * 2 ** (failures - 1) if error.retry_after is None else error.retry_after
        if failures == settings.max_tries or wait > settings.timeout_s:
            raise error
        await settings.sleep(wait)
    raise AssertionError  # pragma: no cover - count() does not end


def explain(error: APIError, endpoint: Endpoint) -> LLMError:
    """Turn a failure of the OpenAI library into one of ours. Its own text may quote the prompt: it is left out."""
    from openai import APIStatusError

    if not isinstance(error, APIStatusError):
        return away(endpoint)
    return explain_status(
        error.status_code,
        error.response.headers,
        endpoint,
        code=error.code or "",
        param=error.param or "",
        text=error.message,
    )


def away(endpoint: Endpoint) -> LLMUnavailable:
    """Nobody answers at the endpoint, or the connection broke."""
    return LLMUnavailable("The model's service cannot be reached.", hint=endpoint.when_away)


def explain_status(
    status: int, headers: Mapping[str, str], endpoint: Endpoint, *, code: str = "", param: str = "", text: str = ""
) -> LLMError:
    """Turn an HTTP status into an error. `text` is only searched for the name of an option, never repeated."""
    said = f"The model's service answered {status}"
    for sign in (code, status):
        if sign in _FINAL:
            reason, hint = _FINAL[sign]
            kind = LLMMisconfigured if sign in _MISCONFIGURED else LLMError
            return kind(f"{said}: {reason}.", hint=hint or endpoint.when_refused)
    if status in _REJECTED:
        # Many servers name the option in their message only.
        named = param or next((option for option in _OPTIONS if option in text), "")
        return RequestRefused(f"{said}: it rejects the request.", param=named, hint="Use another model.")
    if status in _BUSY or status >= 500:
        return LLMUnavailable(f"{said}.", retry_after=_retry_after(headers), hint=endpoint.when_away)
    return LLMError(f"{said}.", hint="Use another model or another provider.")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds from `Retry-After`, which is a number or a date (RFC 9110, 10.2.3); a date counts from the server's own."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        pass
    else:
        return max(seconds, 0.0) if math.isfinite(seconds) else None
    try:
        until = parsedate_to_datetime(value)
        since = parsedate_to_datetime(headers["date"]) if "date" in headers else datetime.now(UTC)
        return max((until - since).total_seconds(), 0.0)
    except (ValueError, TypeError):  # neither number nor date: as if nothing had been said
        return None
