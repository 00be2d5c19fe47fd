import base64

import pytest

from ingot.mail.dns import Finding, Record, State, check_domain
from tests.fakes.dns_server import running_dns
from tests.mail.domain_check import checked, of

pytestmark = pytest.mark.long

RSA_2048 = base64.b64encode(bytes(294)).decode()
RSA_512 = base64.b64encode(bytes(94)).decode()


async def dkim(zone: str, **given) -> Finding:
    return of(await checked(zone, **given), "DKIM")


def key(selector: str, value: str) -> str:
    return f'{selector}._domainkey.acme.example. 60 IN TXT "{value[:200]}" "{value[200:]}"\n'


async def test_the_selectors_of_real_letters_decide_alone() -> None:
    zone = key("google", f"v=DKIM1; p={RSA_2048}")
    async with running_dns(zone) as (server, resolver):
        report = await check_domain("me@acme.example", resolver=resolver, dkim_selectors=["old", "2024a"])
        assert of(report, "DKIM").state is State.missing
        assert {name for name, _ in server.asked if "_domainkey" in name} == {
            "old._domainkey.acme.example",
            "2024a._domainkey.acme.example",
        }
    assert (await dkim(zone, dkim_selectors=["old", " Google "])).state is State.ok


async def test_without_a_known_selector_only_a_key_that_is_found_proves_something() -> None:
    assert (
        await dkim(key("fm2", f"v=DKIM1; k=rsa; p={RSA_2048}"))
    ).sentence == "There is a key under the selector fm2."
    for zone in ("", key("google", "v=DKIM1; p="), key("google", f"k=rsa; p={RSA_512}")):
        found = await dkim(zone)
        assert found.state is State.unknown
        assert "ingot mail test" in found.sentence


async def test_a_key_behind_an_alias_is_found() -> None:
    zone = (
        "s1._domainkey.acme.example. 60 IN CNAME s1.provider.example.\n"
        f's1.provider.example. 60 IN TXT "k=rsa; p={RSA_2048[:200]}" "{RSA_2048[200:]}"\n'
    )
    assert (await dkim(zone, dkim_selectors=["s1"])).state is State.ok


async def test_an_answer_too_long_for_a_datagram_comes_over_tcp() -> None:
    zone = key("google", f"v=DKIM1; p={RSA_2048}") + key("google", "unrelated" * 20)
    async with running_dns(zone) as (server, resolver):
        report = await check_domain("me@acme.example", resolver=resolver, dkim_selectors=["google"])
        assert of(report, "DKIM").state is State.ok
        assert server.over_tcp >= 1


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (f"p={RSA_2048}", State.ok),
        (f"v=DKIM1; k=rsa; t=s; p={RSA_2048[:80]} {RSA_2048[80:]}", State.ok),
        (f"v=DKIM1; k=ed25519; p={base64.b64encode(bytes(32)).decode()}", State.ok),
        ("v=DKIM1; p=", State.wrong),
        ("v=DKIM1; p=***", State.wrong),
        (f"v=DKIM1; p={RSA_512}", State.wrong),
        (f"v=DKIM2; p={RSA_2048}", State.wrong),
        (f"v=DKIM1; k=ed25519; p={RSA_2048}", State.wrong),
        (f"v=DKIM1; k=gost; p={RSA_2048}", State.wrong),
        ("v=spf1 -all", State.missing),
    ],
)
async def test_a_key_is_judged_by_what_receivers_accept(value: str, state: State) -> None:
    found = await dkim(key("me", value), dkim_selectors=["me"])
    assert found.state is state
    assert (found.record is None) == (state is State.ok)


async def test_a_revoked_key_is_called_so() -> None:
    assert "revoked" in (await dkim(key("me", "v=DKIM1; p="), dkim_selectors=["me"])).sentence


async def test_a_provider_that_publishes_the_key_itself_is_pointed_to() -> None:
    found = await dkim("", dkim_selectors=["fm1"], sending_host="smtp.fastmail.com")
    assert found.record == Record("fm1._domainkey.acme.example", "CNAME", "fm1.acme.example.dkim.fmhosted.com")


async def test_one_selector_that_does_not_answer_keeps_dkim_unknown() -> None:
    found = await dkim("", dkim_selectors=["a", "b"], servfail=["b._domainkey.acme.example"])
    assert found.state is State.unknown
