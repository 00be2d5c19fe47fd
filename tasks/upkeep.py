"""Stage: upkeep. What a decision should have started and did not."""

from __future__ import annotations

from prefect import task

from ingot.actions.go_on import go_on
from ingot.config.prefect_server import configured_server
from ingot.wiring import current
from tasks.guarded import guarded
from tasks.retry import RETRIES, RETRY_DELAYS, is_transient


@task(
    name="continue campaigns",
    task_run_name="continue campaigns",
    retries=RETRIES,
    retry_delay_seconds=RETRY_DELAYS,
    retry_condition_fn=is_transient,
)
@guarded("continuing campaigns")
async def continue_campaigns() -> int:
    """Start a run for every campaign with a yes that none has taken up; none where no server is configured."""
    wiring, server = current(), configured_server()
    if server is None:
        return 0
    return len(await go_on(wiring.uow, server, user_id=wiring.user_id, now=wiring.now))
