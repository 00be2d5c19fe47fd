"""What DNS and services say of the ways to reach a lead."""

from __future__ import annotations

from typing import Any

import pytest

from ingot.actions.contacts import accept, candidates, check_mail_exchanges
from ingot.actions.look_up import look_up
from ingot.domain.contact import ContactKind, MailExchange
from ingot.errors import ConfigError, ValidationError
from ingot.web.contact_finder import FoundContact, Wanted
from tests.fakes.dns_server import running_dns
from tests.fakes.entities import NOW
from tests.fakes.reachable import HOST, UOW, a_page, bounce, lead_of, listed, stock

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("zone", "given", "answer"),
    [
        (f"{HOST}. 60 MX 10 mx.{HOST}.", {}, MailExchange.yes),
        (f"{HOST}. 60 A 192.0.2.7", {}, MailExchange.yes),
        (f"{HOST}. 60 MX 0 .", {}, MailExchange.no),
        ("other.example. 60 A 192.0.2.7", {}, MailExchange.no),
        ("other.example. 60 A 192.0.2.7", {"servfail": [HOST]}, MailExchange.unknown),
        ("other.example. 60 A 192.0.2.7", {"silent": [HOST]}, MailExchange.unknown),
    ],
)
async def test_dns_says_whether_the_host_takes_mail(
    uow: UOW, zone: str, given: dict[str, Any], answer: MailExchange
) -> None:
    lead_id = await stock(uow, a_page())
    async with uow() as work:
        found = await candidates(work, lead_id)
    assert {item.mail_exchange for item in found.found} == {MailExchange.unchecked}
    async with running_dns(zone, **given) as (_, resolver):
        await check_mail_exchanges(uow, found, resolver=resolver)
    after = await listed(uow, lead_id)
    assert {item.mail_exchange for item in after.values()} == {answer}
    if answer is MailExchange.no:
        assert {item.confidence for item in after.values()} == {0.0}
        async with uow() as work:
            with pytest.raises(ValidationError, match="takes no mail"):
                await accept(work, lead_id, f"ada@{HOST}", who="cli", now=NOW)


class Cards:
    name = "cards"

    def __init__(self, *found: FoundContact) -> None:
        self.found, self.asked = list(found), list[Wanted]()

    async def find(self, wanted: Wanted) -> list[FoundContact]:
        self.asked.append(wanted)
        return self.found


async def test_what_a_service_knows_is_an_offer_with_its_sources(uow: UOW) -> None:
    lead_id = await stock(uow, a_page())
    seen = FoundContact(
        address=f"ada@{HOST}", person_name="Ada Quill", confidence=0.9, sources=("https://paper.example",)
    )
    cards = Cards(seen, FoundContact(address="not an address"), FoundContact(address=f"noreply@{HOST}"))
    assert await look_up(uow, lead_id, [cards], who="cli") == 1
    assert cards.asked == [Wanted(host=HOST, company_name="Quillmark", person_name="Ada Quill")]
    found = await listed(uow, lead_id)
    assert next(iter(found)) == f"ada@{HOST}"
    item = found[f"ada@{HOST}"]
    assert (item.kind, item.confidence, item.needs_yes) == (ContactKind.looked_up, 0.9, True)
    assert item.source == "cards, seen on https://paper.example"
    assert (await lead_of(uow, lead_id)).person_email == ""
    await bounce(uow, f"bo@{HOST}", "Bo Lind")
    assert (await listed(uow, lead_id))[f"ada@{HOST}"].confidence < 0.5


async def test_a_look_up_needs_a_service_and_a_host(uow: UOW) -> None:
    lead_id = await stock(uow, a_page(), company_website="")
    with pytest.raises(ConfigError, match="No service"):
        await look_up(uow, lead_id, [], who="cli")
    with pytest.raises(ValidationError, match="no host"):
        await look_up(uow, lead_id, [Cards()], who="cli")
