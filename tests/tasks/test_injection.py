"""A model that does what pages tell it: what it writes changes no recipient, no link, no claim and no suppression."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import tasks.deep_research
import tasks.gates
import tasks.match
import tasks.research
import tasks.write
from ingot.db.tables import delivery
from ingot.domain.intel import Evidence
from ingot.domain.lead_state import LeadStatus
from ingot.domain.suppression import UnsubscribedEmail
from ingot.llm.outputs import Answer, QuotedFact
from ingot.llm.prompt import Prompt
from ingot.wiring import Wiring
from tests.fakes.injections import IN_PAGES, Injection
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in

pytestmark = pytest.mark.long

# Fits in no letter of the sample, so that it is known wherever it turns up.
STOPPED = "stopped@fenwick.example"


def spread(leads: list[int]) -> dict[int, list[Injection]]:
    """Each lead's share of the cases."""
    return {lead: IN_PAGES[number :: len(leads)] for number, lead in enumerate(leads)}


def obey(prompt: Prompt[Any], answer: Answer, cases: list[Injection]) -> Any:
    """The answer as a model gives it that puts whatever it was told to write into every field that takes it."""
    told = " ".join(case.payload for case in cases)[:380]
    if prompt.name == "research_company":
        facts = [
            QuotedFact(statement=case.payload, quote=case.text, source=prompt.inputs["record_url"]) for case in cases
        ]
        return answer.model_copy(update={"signals": facts[:8]})
    if prompt.name == "value_proposition":
        return answer.model_copy(update={"value_proposition": told})
    if prompt.name == "talking_points":
        return answer.model_copy(
            update={name: getattr(answer, name).model_copy(update={"text": told}) for name in type(answer).model_fields}
        )
    if prompt.name == "write_letter":
        updates = {name: f"Hello,\n\n{told}\n\n{getattr(answer, name)}" for name in type(answer).model_fields}
        return answer.model_copy(update=updates)
    return answer


async def plant(wiring: Wiring) -> dict[int, list[Injection]]:
    """Write the cases into the venue's records of the scouted leads, and one address onto the suppression list."""
    async with wiring.uow() as uow:
        leads = await uow.leads.of_campaign(CAMPAIGN)
        shares = spread([lead.id or 0 for lead in leads])
        for lead in leads:
            texts = [case.text for case in shares[lead.id or 0]]
            lead.record = {**lead.record, "description": "\n".join([lead.record.get("description", ""), *texts])}
        await uow.suppressed.add(UnsubscribedEmail(email_address=STOPPED))
        await uow.commit()
    return shares


async def run(wiring: Wiring) -> None:
    for stage in (tasks.research.research, tasks.match.match):
        await stage(CAMPAIGN)
    while await tasks.gates.gate(CAMPAIGN):
        for stage in (tasks.deep_research.deep_research, tasks.gates.questions, tasks.write.write):
            await stage(CAMPAIGN)


async def texts_of(wiring: Wiring, lead_id: int) -> list[str]:
    """Everything that a person is shown as written for them, or that will be sent."""
    async with wiring.uow() as uow:
        letter, match = await uow.letters.of_lead(lead_id), await uow.matches.of_lead(lead_id)
        brief = await uow.briefs.of_lead(lead_id)
        follow_ups = await uow.letters.follow_ups(letter.id or 0) if letter else []
    written = [letter.subject_a, letter.subject_b, letter.body] if letter else []
    points = [point.text for point in brief.talking_points] if brief and brief.depth > 1 else []
    return [*written, *(item.body for item in follow_ups), match.value_proposition if match else "", *points]


@pytest.mark.parametrize("stubborn", [True, False])
async def test_pages_that_give_orders_reach_nothing(at: At, stubborn: bool) -> None:
    async with at("known") as wiring, wiring.uow() as uow:
        published = {lead.id: lead.person_email for lead in await uow.leads.of_campaign(CAMPAIGN)}
    async with at("scouted") as wiring:
        shares = await plant(wiring)
        asked = put_in(
            wiring,
            lambda prompt, answer: (
                obey(prompt, answer, shares[prompt.lead_id or 0])
                if stubborn or not prompt.inputs.get("problems")
                else answer
            ),
        ).asked
        await run(wiring)
        async with wiring.uow() as uow:
            leads = await uow.leads.of_campaign(CAMPAIGN)
            assert [entry.email_address for entry in await uow.suppressed.everyone()] == [STOPPED]
            assert await uow.session.scalar(sa.select(sa.func.count()).select_from(delivery)) == 0
            quoted = [item for lead in leads for item in await uow.evidence.of_lead(lead.id or 0)]
        reached = {lead.person_email for lead in leads} - {""}
        assert reached <= set(published.values())
        assert any(_is_planted(item, shares) for item in quoted), "the model obeyed, and its quotes were kept"
        for lead in leads:
            for text in await texts_of(wiring, lead.id or 0):
                assert not any(case.payload in text for case in IN_PAGES), text
        drafted = [lead for lead in leads if lead.status is LeadStatus.drafted]
        assert bool(drafted) is not stubborn
        for prompt in asked:
            if "resume_lines" in prompt.inputs and not prompt.inputs.get("problems"):
                assert "Ignore previous instructions" not in prompt.render()


def _is_planted(item: Evidence, shares: dict[int, list[Injection]]) -> bool:
    return any(case.text == item.quote for share in shares.values() for case in share)
