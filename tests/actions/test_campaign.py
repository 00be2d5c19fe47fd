from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ingot.actions.campaign import DEFAULTS, means, open_campaign, summary
from ingot.db import outbox
from ingot.db.models import Campaign
from ingot.db.repositories.web_cache import DatabaseCache
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.cached_page import CachedPage
from ingot.domain.campaign import CampaignStatus, Gate
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ConfigError
from tests.fakes.entities import NOW, USER, add_campaign, add_matched, make_lead, make_profile

UOW = Callable[[], SqlAlchemyUnitOfWork]


async def start(uow: UOW, name: str = "autumn", user_id: str = USER, **options: Any) -> Campaign:
    async with uow() as work:
        profile = await work.profiles.add_version(make_profile(user_id=user_id))
        return await open_campaign(
            work, name=name, options=options, profile_id=profile.id or 0, user_id=user_id, now=NOW
        )


async def test_a_new_campaign_has_the_defaults_under_what_was_given(uow: UOW):
    campaign = await start(uow, limit=3, filters=None)
    assert campaign.options == {**DEFAULTS, "limit": 3}
    assert (campaign.started_at, campaign.status) == (NOW, CampaignStatus.active)
    async with uow() as work:
        [event] = await outbox.unprocessed(work.session)
    assert (event.event_type, event.aggregate_id) == ("CampaignStarted", str(campaign.id))


async def test_the_same_name_goes_on_with_what_was_chosen_before(uow: UOW):
    first = await start(uow, limit=3, review="auto")
    async with uow() as work:
        (await work.campaigns.get(first.id or 0)).status = CampaignStatus.completed
        await work.commit()
    again = await start(uow, limit=7, review=None)
    assert again.id == first.id
    assert (again.options["limit"], again.options["review"], again.status) == (7, "auto", CampaignStatus.active)
    async with uow() as work:
        assert len(await outbox.unprocessed(work.session)) == 1
        assert (await work.campaigns.get(first.id or 0)).options["limit"] == 7


async def test_users_have_campaigns_of_their_own(uow: UOW):
    assert (await start(uow)).id != (await start(uow, user_id="user_2")).id


async def test_pages_that_were_read_over_a_month_ago_are_forgotten(uow: UOW):
    cache = DatabaseCache(uow)
    for days in (29, 31):
        read_at = NOW - timedelta(days=days)
        await cache.save(
            CachedPage(
                url=f"https://site.example/{days}", final_url="", status=200, content_type="", body=b"", sha256="",
                fetched_at=read_at, expires_at=read_at,
            )
        )  # fmt: skip
    await start(uow)
    assert await cache.load("https://site.example/29") is not None
    assert await cache.load("https://site.example/31") is None


async def test_an_unknown_option_starts_nothing(uow: UOW):
    with pytest.raises(ConfigError, match="'colour'") as caught:
        await start(uow, colour="red")
    assert "min_score" in caught.value.hint
    async with uow() as work:
        assert await work.campaigns.newest(user_id=USER) is None


async def test_two_campaigns_share_no_options(uow: UOW):
    first = await start(uow, "first")
    first.options["filters"]["batch"] = "Winter 2025"
    assert (await start(uow, "second")).options["filters"] == {}
    assert DEFAULTS["filters"] == {}


def test_a_loopback_source_is_what_a_run_may_read():
    venues = [{"kind": "yc", "source": None}, {"kind": "csv", "source": "leads.csv"}]
    assert means({**DEFAULTS, "venues": venues}) == {"offline": False, "replay": None, "source": None}
    venues.append({"kind": "yc", "source": "http://127.0.0.1:8080/api/"})
    told = means({**DEFAULTS, "venues": venues, "offline": True, "replay": "http://127.0.0.1:9"})
    assert told == {"offline": True, "replay": "http://127.0.0.1:9", "source": "http://127.0.0.1:8080/api/"}


async def test_the_summary_counts_where_leads_stand_and_what_waits(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        lead = await add_matched(work, campaign, 1)
        await add_matched(work, campaign, 2)
        await work.leads.add(make_lead(3, campaign_id=campaign.id, status=LeadStatus.failed))
        await work.leads.add(make_lead(4))
        await work.gates.add(Gate(campaign_id=campaign.id or 0, lead_id=lead.id or 0))
        assert await summary(work, campaign.id or 0) == {"leads": 3, "matched": 2, "failed": 1, "open_gates": 1}
