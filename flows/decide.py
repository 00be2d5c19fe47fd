"""A person's decisions as a form of the Prefect UI: run the deployment `decide/decide`, fill in the rows.

What is decided goes through the same actions as `ingot leads` and `ingot mail`; then the campaigns go on by themselves.
"""

from __future__ import annotations

from typing import Annotated

from prefect import flow
from pydantic import Field

from tasks.decide import MOST, DraftDecision, LeadDecision, QuestionAnswer, take_decisions
from tasks.opening import opened_for_mail
from tasks.upkeep import continue_campaigns


@flow(name="decide", flow_run_name="decide")
async def decide(
    leads: Annotated[list[LeadDecision], Field(max_length=MOST)] = [],  # noqa: B006 - shown in the form, never changed
    answers: Annotated[list[QuestionAnswer], Field(max_length=MOST)] = [],  # noqa: B006 - see above
    drafts: Annotated[list[DraftDecision], Field(max_length=MOST)] = [],  # noqa: B006 - see above
) -> dict[str, int]:
    """Take decisions about leads, answers to questions, and decisions about drafts.

    Each is taken by itself; the artifact `decisions` tells what became of it.

    Args:
        leads: who is written to and who is not; the numbers stand in the artifact of the campaign's leads.
        answers: what you answer to the questions about approved leads; they steer the next draft.
        drafts: which letters may leave, which are turned down, which are written anew.

    """
    async with opened_for_mail():
        told = await take_decisions(leads, answers, drafts)
        return {**told, "campaigns_started": await continue_campaigns()}
