"""Which errors are worth another try, and how long to wait."""

from __future__ import annotations

from typing import Any

from prefect.client.schemas.objects import State, TaskRun

from ingot.errors import Retryable

RETRIES = 2
RETRY_DELAYS = [2.0, 10.0]


# Asynchronous because the documented synchronous form silently never retries an async task.
async def is_transient(_task: Any, _run: TaskRun, state: State[Any]) -> bool:
    """Retry what the error itself calls transient; everything else would fail the same way again."""
    error = await state.aresult(raise_on_failure=False)
    return isinstance(error, Retryable)
