"""One family of errors. The message says what happened, `hint` says what to do next.

No error text may hold personal data or secrets: messages end up in Prefect's store and in logs.
Exit codes are the business of whoever catches the error.
"""

from __future__ import annotations

from typing import Any


class IngotError(Exception):
    """The root of everything INGOT raises on purpose.

    `hint` is one sentence a person can act on; `fields` are the facts a program can read.
    """

    def __init__(self, message: str, *, hint: str = "", **fields: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class ConfigError(IngotError):
    """A configuration, key or secret that cannot be read, or that is not safe to use."""


class DBError(IngotError):
    """The database is missing, locked for too long, or not of the version this INGOT expects."""


class ValidationError(IngotError):
    """Input that does not have the shape it must have. Nothing was stored."""


class ResumeError(ValidationError):
    """A résumé that cannot be read, or that holds too little to write truthfully from."""


class IllegalMove(ValidationError):
    """A status change that the state machine does not know."""


class Retryable(IngotError):
    """Mix-in: the same call may work later. `retry_after` is seconds, where the other side named them."""

    def __init__(self, message: str, *, retry_after: float | None = None, hint: str = "", **fields: Any) -> None:
        super().__init__(message, hint=hint, **fields)
        self.retry_after = retry_after


class LLMError(IngotError):
    """A model call that failed."""


class LLMUnavailable(Retryable, LLMError):
    """The model's service did not answer, or asked to come back later (429, 5xx, time-out)."""


class LLMValidationError(LLMError):
    """The model answered, and the answer is not a valid object. `raw_content` holds what it said.

    The raw text may quote untrusted pages: it belongs in the database, never in a log line, and is
    therefore no part of the message.
    """

    def __init__(self, message: str, *, raw_content: str, hint: str = "", **fields: Any) -> None:
        super().__init__(message, hint=hint, **fields)
        self.raw_content = raw_content


class LLMEmpty(LLMValidationError):
    """The model answered with nothing."""


class LLMTruncated(LLMValidationError):
    """The model's answer was cut off at its length limit."""


class LLMRefused(LLMError):
    """The model declined to answer, or its provider withheld the answer."""


class LLMUnfit(LLMError):
    """The model gives no object, in whatever form it is asked for one."""


class LLMMisconfigured(LLMError):
    """The service does not accept the key, or does not know the model: only a person can mend that."""


class AgentError(IngotError):
    """One of the seven agents could not do its work. `agent` names it."""

    def __init__(self, message: str, *, agent: str, hint: str = "", **fields: Any) -> None:
        super().__init__(message, hint=hint, **fields)
        self.agent = agent

    def __str__(self) -> str:
        return f"{self.agent}: {super().__str__()}"


class VenueError(AgentError):
    """A source of leads that is broken, empty or not reachable."""

    def __init__(self, message: str, *, hint: str = "", **fields: Any) -> None:
        super().__init__(message, agent="scout", hint=hint, **fields)


class PageError(IngotError):
    """A web page that could not be read.

    `reason` is one word: blocked, robots, crawl-delay, busy, timeout, status, redirects, empty, type, size, network.
    """

    def __init__(self, message: str, *, reason: str, hint: str = "", **fields: Any) -> None:
        super().__init__(message, hint=hint, **fields)
        self.reason = reason


class PrefectUnavailable(Retryable):
    """The Prefect server did not start what it was asked to start. Nothing is lost: `upkeep` asks again."""


class UnbackedClaims(AgentError):
    """A draft says something that neither the evidence nor the résumé says. It is not queued."""


class BudgetExceeded(LLMError):
    """A model call that was not made: it would pass a limit of the budget. No lead fails for it: the stage stops here."""


class PriceUnknown(BudgetExceeded):
    """A model call that was not made: dollars are limited, and what this model costs is not known."""


class ContextTooSmall(LLMError):
    """A question that does not fit into the model's context, even without everything that may be left out of it."""
