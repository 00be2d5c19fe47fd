"""The Prefect task around one lead's work: how it is named and retried, and what Prefect may be told when it breaks."""

from __future__ import annotations

import functools
import traceback
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from prefect import Task, task

from ingot.errors import AgentError, IngotError
from tasks.retry import RETRIES, RETRY_DELAYS, is_transient

LeadFunction = Callable[[int, str], Coroutine[Any, Any, None]]


def lead_task(name: str, *, run_name: str) -> Callable[[LeadFunction], Task[[int, str], Coroutine[Any, Any, None]]]:
    """Make a task of `work(lead_id, job_id)`. `run_name` may hold `{lead_id}`. What is transient is tried again."""
    as_task = task(
        name=name,
        task_run_name=run_name,
        retries=RETRIES,
        retry_delay_seconds=RETRY_DELAYS,
        retry_condition_fn=is_transient,
    )

    def wrap(work: LeadFunction) -> Task[[int, str], Coroutine[Any, Any, None]]:
        @functools.wraps(work)
        async def guarded(lead_id: int, job_id: str) -> None:
            try:
                await work(lead_id, job_id)
            except IngotError:
                raise
            except Exception as error:  # noqa: BLE001 - raised again without its text
                # Prefect stores the text of what a task raises, and this one may quote a page or a letter.
                raise unexpected(error, lead_id) from None

        return as_task(guarded)

    return wrap


def unexpected(error: Exception, lead_id: int) -> AgentError:
    """A fault of ours as an error that may be shown: its class and the line it was raised at, without its text."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return AgentError(
        f"Unexpected {type(error).__name__}{place} while working on lead {lead_id}.",
        agent="orchestrator",
        hint="This is a fault of INGOT; please report it with this line.",
    )
