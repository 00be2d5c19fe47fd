"""The match stage by the user's own rules: what it rejects, and what it asks of no model."""

from __future__ import annotations

import pytest

import tasks.gates
import tasks.match
from ingot.actions.preferences import change_wishes
from ingot.domain.lead_state import LeadStatus
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in

pytestmark = pytest.mark.long


async def test_a_lead_that_a_deal_breaker_meets_is_rejected_before_the_gate_and_before_any_model(at: At) -> None:
    async with at("researched") as wiring:
        async with wiring.uow() as uow:
            await change_wishes(uow, wiring.user_id, assignments=["deal-breaker=industry:fintech"], unset=[])
            await uow.commit()
        client = put_in(wiring)
        assert await tasks.match.match(CAMPAIGN) == 0
        await tasks.gates.gate(CAMPAIGN)
        async with wiring.uow() as uow:
            [lead] = await uow.leads.due_for(LeadStatus.rejected, campaign_id=CAMPAIGN)
            match, gate = await uow.matches.of_lead(lead.id or 0), await uow.gates.of_lead(lead.id or 0)
        assert lead.company_name == "Ledgerfen"
        assert lead.status_reason.startswith("Deal-breaker industry:fintech holds")
        assert match is not None
        assert (match.value_proposition, match.match_score > 0) == ("", True)
        assert gate is not None
        assert gate.decided_by == "preferences"
        assert len(client.asked) == 11
