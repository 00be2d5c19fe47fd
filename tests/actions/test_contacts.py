"""The ways to reach a lead: what is published, what is guessed of it, and the user's yes."""

from __future__ import annotations

import pytest

from ingot.actions.contacts import SECURITY_ONLY, accept, candidates, published_contacts
from ingot.actions.lead_address import set_address
from ingot.actions.recipient import recipient
from ingot.domain.contact import ContactKind
from ingot.domain.lead_source import LeadSource
from ingot.errors import ValidationError
from tests.fakes.entities import NOW, add_campaign, add_drafted, make_lead, make_profile
from tests.fakes.reachable import HOST, UOW, a_page, bounce, entry, lead_of, listed, person, stock

pytestmark = pytest.mark.long


async def test_published_addresses_come_first_each_with_where_it_stands(uow: UOW) -> None:
    lead_id = await stock(
        uow,
        a_page(addresses=[entry(f"hello@{HOST}"), entry(f"support@{HOST}", letters=False)]),
        a_page(
            "yc", "yc", addresses=[entry("bo.lind@quillmark.example", personal=True)], people=[person("Bo Lind", "COO")]
        ),
        a_page("humans.txt", "humans.txt", addresses=[entry(f"web@{HOST}")]),
        a_page(
            "security.txt", "security.txt", addresses=[entry(f"cert2@{HOST}", letters=False), entry(f"hello@{HOST}")]
        ),
        record={"person_email": "jobs@quillmark.example", "url": "https://news.ycombinator.com/item?id=1"},
        source_venue="hn",
    )
    found = await listed(uow, lead_id)
    told = {address: item.source for address, item in found.items() if item.kind is ContactKind.published}
    assert told == {
        f"jobs@{HOST}": "HN post: https://news.ycombinator.com/item?id=1",
        f"hello@{HOST}": f"company site: https://{HOST}/",
        f"bo.lind@{HOST}": f"YC page: https://{HOST}/yc",
        f"web@{HOST}": f"humans.txt: https://{HOST}/humans.txt",
        f"support@{HOST}": f"company site: https://{HOST}/",
        f"cert2@{HOST}": f"security.txt, {SECURITY_ONLY}: https://{HOST}/security.txt",
    }
    kinds = [item.kind for item in found.values()]
    assert kinds == sorted(kinds, key=lambda kind: kind is not ContactKind.published)
    assert found[f"bo.lind@{HOST}"].person == "Bo Lind"
    assert found[f"cert2@{HOST}"].note == SECURITY_ONLY
    assert found[f"support@{HOST}"].note == "not a mailbox for letters"


async def test_guesses_follow_the_pattern_that_a_colleague_shows_and_need_a_yes(uow: UOW) -> None:
    plain = await stock(uow, a_page())
    before = await listed(uow, plain)
    assert next(iter(before)) == f"ada@{HOST}"
    assert all(item.needs_yes and item.kind is ContactKind.guessed for item in before.values())
    shown = a_page(addresses=[entry(f"bo.lind@{HOST}", personal=True)], people=[person("Bo Lind", "COO")])
    after = await listed(uow, await stock(uow, shown))
    assert next(address for address in after if after[address].needs_yes) == f"ada.quill@{HOST}"
    assert (await lead_of(uow, plain)).person_email == ""


async def test_nothing_is_guessed_for_nobody_for_a_known_address_or_at_a_shared_host(uow: UOW) -> None:
    own = a_page(addresses=[entry(f"ada@{HOST}", personal=True)], people=[person("Ada Quill", "CTO")])
    assert list(await listed(uow, await stock(uow, own))) == [f"ada@{HOST}"]
    assert await listed(uow, await stock(uow, a_page(), person_name="")) == {}
    assert await listed(uow, await stock(uow, a_page(), company_website="https://github.com/quillmark")) == {}


async def test_a_name_that_shared_mailboxes_bear_is_not_guessed(uow: UOW) -> None:
    assert f"dev@{HOST}" not in await listed(uow, await stock(uow, a_page(), person_name="Dev Ramanujam"))


async def test_an_address_that_came_back_is_not_offered_and_its_pattern_is_worth_less(uow: UOW) -> None:
    lead_id = await stock(uow, a_page(addresses=[entry(f"hello@{HOST}")]))
    before = await listed(uow, lead_id)
    await bounce(uow, f"bo@{HOST}", "Bo Lind")
    await bounce(uow, f"ada.quill@{HOST}", "Ada Quill")
    after = await listed(uow, lead_id)
    assert after[f"ada@{HOST}"].confidence < before[f"ada@{HOST}"].confidence
    assert f"ada.quill@{HOST}" not in after
    async with uow() as work:
        with pytest.raises(ValidationError, match="does not exist"):
            await set_address(work, lead_id, f"Ada.Quill@{HOST}", who="cli")
    await bounce(uow, f"hello@{HOST}", "")
    assert f"hello@{HOST}" not in await listed(uow, lead_id)


async def test_suppressed_addresses_are_withheld_and_counted(uow: UOW) -> None:
    lead_id = await stock(uow, a_page(addresses=[entry(f"hello@{HOST}")]))
    async with uow() as work:
        await work.suppressed.suppress(f"ada@{HOST}", reason="asked", now=NOW)
        await work.commit()
        found = await candidates(work, lead_id)
    assert found.withheld == 1
    assert f"ada@{HOST}" not in {item.address for item in found.found}
    async with uow() as work:
        with pytest.raises(ValidationError, match="not among those"):
            await accept(work, lead_id, f"ada@{HOST}", who="cli", now=NOW)


async def test_a_yes_makes_a_guess_the_leads_address(uow: UOW) -> None:
    lead_id = await stock(uow, a_page())
    async with uow() as work:
        lead, told = await accept(work, lead_id, f" Ada.Quill@{HOST}", who="cli", now=NOW)
    assert (lead.person_email, told) == (f"ada.quill@{HOST}", "")
    assert (await lead_of(uow, lead_id)).person_email == f"ada.quill@{HOST}"
    found = await listed(uow, lead_id)
    assert found[f"ada.quill@{HOST}"].note == "in use, you said yes"


async def test_a_yes_to_a_colleague_makes_them_the_recipient_unless_a_letter_greets_somebody(uow: UOW) -> None:
    team = a_page(addresses=[entry(f"bo@{HOST}", personal=True)], people=[person("Bo Lind", "CTO")])
    lead_id = await stock(uow, team)
    async with uow() as work:
        lead, told = await accept(work, lead_id, f"bo@{HOST}", who="cli", now=NOW)
    assert (lead.person_name, lead.person_role, told) == ("Bo Lind", "CTO", "")
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        drafted = await work.leads.get(letter.lead_id or 0)
        drafted.person_name, drafted.company_website = "Ada Quill", f"https://{HOST}"
        again = a_page(
            addresses=[entry(f"bo2@{HOST}"), entry(f"bo@{HOST}", personal=True)], people=[person("Bo Lind", "CTO")]
        )
        await work.pages.replace(drafted.id or 0, [again])
        await work.commit()
        lead, told = await accept(work, drafted.id or 0, f"bo@{HOST}", who="cli", now=NOW)
    assert lead.person_name == "Ada Quill"
    assert "greets Ada Quill" in told


@pytest.mark.parametrize("address", [f"cert2@{HOST}", f"unknown@{HOST}", "nonsense"])
async def test_who_takes_security_reports_and_what_nobody_offered_is_refused(uow: UOW, address: str) -> None:
    page = a_page("security.txt", addresses=[entry(f"cert2@{HOST}", letters=False)])
    lead_id = await stock(uow, page)
    async with uow() as work:
        with pytest.raises(ValidationError):
            await accept(work, lead_id, address, who="cli", now=NOW)
    assert (await lead_of(uow, lead_id)).person_email == ""


async def test_what_turns_out_to_be_published_is_no_guess_any_more(uow: UOW) -> None:
    lead_id = await stock(uow, a_page())
    assert (await listed(uow, lead_id))[f"ada@{HOST}"].needs_yes
    async with uow() as work:
        page = a_page(addresses=[entry(f"ada@{HOST}", personal=True)], people=[person("Ada Quill", "CTO")])
        await work.pages.replace(lead_id, [page])
        await work.commit()
    assert {address: item.needs_yes for address, item in (await listed(uow, lead_id)).items()} == {f"ada@{HOST}": False}


def test_every_venue_that_names_an_address_is_a_source_and_broken_ones_are_not() -> None:
    lead = make_lead(1, record={"person_email": "Nobody At All"})
    source = LeadSource(
        lead_id=1, venue_name="csv:list", record={"person_email": f"bo@{HOST}", "person_name": "Bo Lind"}
    )
    [found] = published_contacts(lead, [], [source])
    assert (found.address, found.person_name, found.source) == (f"bo@{HOST}", "Bo Lind", "venue's record: csv:list")


def test_a_posts_further_addresses_are_sources_with_their_words() -> None:
    post = "Quillmark | Press Engineer | Ghent\nMail ada (at) quillmark.io or jobs@quillmark.io"
    lead = make_lead(1, source_venue="hn", record={"description": post, "person_email": "ada@quillmark.io", "url": "u"})
    found = {item.address: (item.source, item.quote) for item in reversed(list(published_contacts(lead, [])))}
    assert set(found) == {"ada@quillmark.io", "jobs@quillmark.io"}
    assert all(source == "HN post: u" and quote in post for source, quote in found.values())


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("bo@quillmark.example", "Bo Lind"),
        ("kim@quillmark.example", ""),
        ("jobs@quillmark.example", "Ada Quill"),
        ("", "Ada Quill"),
    ],
)
def test_a_letter_to_a_given_address_greets_nobody_else(address: str, name: str) -> None:
    team = a_page(people=[person("Ada Quill", "CTO"), person("Bo Lind", "Founder")])
    chosen, reason = recipient(make_lead(1, person_email=address), [team], make_profile())
    assert chosen.name == name
    assert reason


def test_an_address_that_two_people_may_bear_is_nobodys() -> None:
    page = a_page(
        addresses=[entry(f"kim@{HOST}", personal=True)], people=[person("Kim Wu", "CEO"), person("Kim Gu", "CTO")]
    )
    [found] = published_contacts(make_lead(1), [page])
    assert found.person_name == ""
