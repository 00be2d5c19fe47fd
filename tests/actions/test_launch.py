"""Whether the sending domain is fit to send from, and the recipient's to receive."""

from datetime import timedelta

import pytest
from dns.asyncresolver import Resolver

from ingot.actions.launch import check_launch, report_on, take_no_mail
from ingot.errors import ConfigError
from tests.fakes.dns_server import running_dns
from tests.fakes.entities import USER, add_campaign, add_drafted
from tests.fakes.incoming import Uow
from tests.fakes.outgoing import ADDRESS, MONDAY, config

pytestmark = pytest.mark.long

CONFIG = config()
GOOD = """
valk.example. IN TXT "v=spf1 ip4:192.0.2.1 -all"
mail._domainkey.valk.example. IN TXT "v=DKIM1; k=ed25519; p=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
_dmarc.valk.example. IN TXT "v=DMARC1; p=none"
"""
NOTHING = 'valk.example. IN TXT "hello"\n'


async def launch(uow: Uow, resolver: Resolver, *, hours: float = 0, address: str = ADDRESS) -> None:
    by = CONFIG if address == ADDRESS else config(smtp={"host": "smtp.other.example", "username": address})
    await check_launch(uow, config=by, user_id=USER, now=MONDAY + timedelta(hours=hours), resolver=resolver)


async def selector(uow: Uow) -> None:
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        account.address, account.dkim_selector = ADDRESS, "mail"
        await work.commit()


async def test_missing_records_refuse_and_are_told_to_be_added(uow: Uow):
    async with running_dns(NOTHING) as (_, resolver):
        with pytest.raises(ConfigError) as caught:
            await launch(uow, resolver)
        assert "SPF" in caught.value.message
        assert "_dmarc.valk.example  TXT  v=DMARC1; p=none" in caught.value.hint
        with pytest.raises(ConfigError):  # it is asked again at once
            await launch(uow, resolver)


async def test_a_good_answer_holds_for_a_day_and_for_this_domain_only(uow: Uow):
    await selector(uow)
    async with running_dns(GOOD) as (server, resolver):
        await launch(uow, resolver)
        asked = len(server.asked)
        await launch(uow, resolver, hours=23)
        assert len(server.asked) == asked
        await launch(uow, resolver, hours=24)
        assert len(server.asked) > asked
        with pytest.raises(ConfigError):
            await launch(uow, resolver, hours=25, address="imre@other.example")
    async with uow() as work:
        account = await work.accounts.of_user(USER)
    assert (account.dns_report["domain"], account.dns_checked_at) == ("other.example", None)


async def test_what_dns_does_not_answer_holds_nothing_back(uow: Uow):
    async with running_dns(NOTHING, silent=["valk.example"]) as (_, resolver):
        await launch(uow, resolver)


async def test_letters_to_this_machine_need_no_records():
    assert await report_on(config(smtp={"host": "127.0.0.1", "username": ADDRESS})) is None
    assert await report_on(config(smtp={"host": "smtp.valk.example"})) is None


async def test_recipients_whose_domain_takes_no_mail_are_named(uow: Uow):
    zone = """
millpond1.example. IN MX 10 mx.millpond1.example.
millpond2.example. IN MX 0 .
millpond3.example. IN MX 10 mx.millpond3.example.
"""
    async with uow() as work:
        campaign = await add_campaign(work)
        ids = [(await add_drafted(work, campaign, number)).id or 0 for number in (1, 2, 3, 4)]
        (await work.leads.get(4)).person_email = ""
        await work.commit()
    async with running_dns(zone, silent=["millpond3.example"]) as (_, resolver):
        assert await take_no_mail(uow, ids, config=CONFIG, resolver=resolver) == {2}
        loopback = config(smtp={"host": "localhost", "username": ADDRESS})
        assert await take_no_mail(uow, ids, config=loopback, resolver=resolver) == set()
