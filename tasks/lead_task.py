"""The Prefect task around one lead's work: how it is named and retried."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from prefect import Task, task

from tasks.guarded import guarded
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
        return as_task(guarded("working on lead {0}")(work))

    return wrap
