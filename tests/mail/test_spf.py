import pytest

from ingot.mail.dns import Finding, Record, State, check_domain
from tests.fakes.dns_server import running_dns
from tests.mail.domain_check import checked, of

pytestmark = pytest.mark.long


async def spf(record: str, more: str = "", **given) -> Finding:
    return of(await checked(f'acme.example. 60 IN TXT "{record}"\n{more}', **given), "SPF")


@pytest.mark.parametrize(
    ("host", "value"),
    [
        ("smtp.office365.com", "v=spf1 include:spf.protection.outlook.com ~all"),
        ("SMTP.Fastmail.com.", "v=spf1 include:spf.messagingengine.com ~all"),
        ("mail.acme.example", "v=spf1 a:mail.acme.example ~all"),
        ("", "v=spf1 mx ~all"),
    ],
)
async def test_the_record_to_add_names_the_sending_host(host: str, value: str) -> None:
    found = of(await checked("", sending_host=host), "SPF")
    assert found.record == Record("acme.example", "TXT", value)
    assert ("If your provider" in found.sentence) == (host in {"", "mail.acme.example"})


async def test_a_name_that_cannot_be_asked_for_is_unknown() -> None:
    assert (await spf(f"v=spf1 include:{'a' * 64}.example ~all")).state is State.unknown


async def test_several_spf_records_are_wrong_and_joined_into_one() -> None:
    found = await spf("v=spf1 mx -all", 'acme.example. 60 IN TXT "v=spf1 mx include:_spf.google.com ~all"')
    assert found.state is State.wrong
    assert found.record == Record("acme.example", "TXT", "v=spf1 mx include:_spf.google.com -all")


@pytest.mark.parametrize("ending", ["+all", "all", "ALL"])
async def test_a_record_that_lets_anybody_send_is_wrong(ending: str) -> None:
    found = await spf(f"v=spf1 mx {ending}")
    assert found.state is State.wrong
    assert found.record == Record("acme.example", "TXT", "v=spf1 mx ~all")


async def test_an_included_or_redirected_record_that_lets_anybody_send_is_wrong() -> None:
    for record in ("v=spf1 include:open.example -all", "v=spf1 redirect=open.example"):
        found = await spf(record, 'open.example. 60 IN TXT "v=spf1 +all"')
        assert (found.state, found.record) == (State.wrong, None)


async def test_more_than_ten_look_ups_are_wrong_and_the_count_goes_through_includes() -> None:
    nested = 'in.example. 60 IN TXT "v=spf1 a mx exists:e.example ptr ?all"'  # four, and the include itself
    assert (
        await spf("v=spf1 include:in.example include:in.example ~all", nested)
    ).sentence == "One record, 10 of 10 look-ups."
    for one_more in ("a:x.example", "include:in.example", "redirect=in.example"):
        end = "" if one_more.startswith("redirect") else " ~all"
        found = await spf(f"v=spf1 include:in.example include:in.example {one_more}{end}", nested)
        assert found.state is State.wrong
        assert "more than 10" in found.sentence


async def test_a_record_that_includes_itself_comes_to_an_end() -> None:
    async with running_dns('acme.example. 60 IN TXT "v=spf1 include:acme.example ~all"') as (server, resolver):
        report = await check_domain("me@acme.example", resolver=resolver)
        assert of(report, "SPF").state is State.wrong
        assert server.asked.count(("acme.example", "TXT")) <= 11


async def test_what_stands_behind_all_does_not_count() -> None:
    found = await spf("v=spf1 ip4:192.0.2.1 -all include:nowhere.example redirect=nowhere.example")
    assert (found.state, found.sentence) == (State.ok, "One record, 0 of 10 look-ups.")


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:nowhere.example ~all",
        "v=spf1 redirect=nowhere.example",
        "v=spf1 ipv4:192.0.2.1 ~all",
        "v=spf1 ip4:192.0.2.256 ~all",
        "v=spf1 ip4 ~all",
        "v=spf1 ~all,mx",
    ],
)
async def test_a_record_that_receivers_cannot_use_is_wrong(record: str) -> None:
    assert (await spf(record)).state is State.wrong


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1",
        "V=SPF1 MX A/24 MX:mail.acme.example//64 ?all",
        "v=spf1 a:web.acme.example/28 exp=why.acme.example -all",
        "v=spf1 include:%{i}._spf.acme.example -all",
    ],
)
async def test_unusual_records_are_right(record: str) -> None:
    assert (await spf(record)).state is State.ok


async def test_two_records_at_an_included_name_are_wrong() -> None:
    found = await spf(
        "v=spf1 include:b.example ~all", 'b.example. 60 IN TXT "v=spf1 a"\nb.example. 60 IN TXT "v=spf1 mx"'
    )
    assert "several SPF records" in found.sentence


GOOGLE = '_spf.google.com. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all"'


async def test_a_record_that_leaves_out_the_provider_is_wrong_and_completed() -> None:
    found = await spf("v=spf1 ip4:198.51.100.7 -all", GOOGLE, sending_host="smtp.gmail.com")
    assert found.state is State.wrong
    assert found.record == Record("acme.example", "TXT", "v=spf1 include:_spf.google.com ip4:198.51.100.7 -all")


async def test_a_redirect_stays_the_last_word_of_a_completed_record() -> None:
    more = f'{GOOGLE}\nweb.example. 60 IN TXT "v=spf1 a ~all"'
    found = await spf("v=spf1 redirect=web.example", more, sending_host="smtp.gmail.com")
    assert found.record == Record("acme.example", "TXT", "v=spf1 include:_spf.google.com redirect=web.example")


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 include:flat.example ~all",  # through another name
        "v=spf1 redirect=_spf.google.com",
        "v=spf1 ip4:192.0.2.0/25 ~all",  # by its addresses
        "v=spf1 exists:%{i}.spf.acme.example ~all",  # by a macro, which cannot be told
    ],
)
async def test_a_provider_named_in_another_way_is_named(record: str) -> None:
    more = f'{GOOGLE}\nflat.example. 60 IN TXT "v=spf1 include:_spf.google.com ~all"'
    assert (await spf(record, more, sending_host="smtp.gmail.com")).state is State.ok


async def test_a_provider_whose_own_record_is_broken_is_not_the_users_fault() -> None:
    assert (await spf("v=spf1 mx ~all", sending_host="smtp.gmail.com")).state is State.ok
