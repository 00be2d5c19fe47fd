import base64

import pytest

from ingot.errors import ValidationError
from ingot.mail.dns import Finding, Record, State, blocking, check_domain, mx_of
from tests.fakes.dns_server import running_dns
from tests.mail.domain_check import checked, of

pytestmark = pytest.mark.long

RSA_2048 = base64.b64encode(bytes(294)).decode()

GOOD = f"""
acme.example. 60 IN TXT "some-verification=1"
acme.example. 60 IN TXT "v=spf1 include:_spf.google.com ~all"
_spf.google.com. 60 IN TXT "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 ~all"
google._domainkey.acme.example. 60 IN TXT "v=DKIM1; k=rsa; p={RSA_2048[:200]}" "{RSA_2048[200:]}"
_dmarc.acme.example. 60 IN TXT "v=DMARC1; p=quarantine; adkim=s; rua=mailto:d@acme.example"
"""


async def dmarc(zone: str, **given) -> Finding:
    return of(await checked(zone, **given), "DMARC")


async def test_a_domain_in_order_blocks_nothing() -> None:
    report = await checked(GOOD, dkim_selectors=["google"], sending_host="smtp.gmail.com")

    assert [(finding.kind, finding.state) for finding in report.findings] == [
        ("SPF", State.ok), ("DKIM", State.ok), ("DMARC", State.ok),
    ]  # fmt: skip
    assert blocking(report) == []
    assert of(report, "SPF").sentence == "One record, 1 of 10 look-ups."
    assert of(report, "DMARC").sentence == "The policy is quarantine; DKIM must match the domain exactly."


async def test_an_empty_domain_is_told_the_exact_records() -> None:
    report = await checked("other.example. 60 IN A 192.0.2.1", dkim_selectors=["google"], sending_host="smtp.gmail.com")

    assert {finding.state for finding in blocking(report)} == {State.missing}
    assert [finding.record for finding in blocking(report)] == [
        Record("acme.example", "TXT", "v=spf1 include:_spf.google.com ~all"),
        Record(
            "google._domainkey.acme.example", "TXT", "v=DKIM1; k=rsa; p=<the key that your mail provider shows you>"
        ),
        Record("_dmarc.acme.example", "TXT", "v=DMARC1; p=none"),
    ]


@pytest.mark.parametrize("fault", ["servfail", "silent"])
async def test_a_server_that_does_not_answer_is_unknown_and_never_missing(fault: str) -> None:
    report = await checked(GOOD, dkim_selectors=["google"], **{fault: ["example"]})

    assert {finding.state for finding in report.findings} == {State.unknown}
    assert blocking(report) == []


async def test_a_server_that_fails_for_an_include_leaves_spf_unknown() -> None:
    for fault in ("servfail", "silent"):
        report = await checked(GOOD, **{fault: ["google.com"]})
        assert [of(report, kind).state for kind in ("SPF", "DMARC")] == [State.unknown, State.ok]


async def test_the_domain_of_a_provider_is_the_providers_business() -> None:
    async with running_dns("", servfail=["com", "de", "me"]) as (server, resolver):
        for address in (
            "a@gmail.com",
            "a@Outlook.com",
            "a@hotmail.fr",
            "a@yahoo.co.uk",
            "a@icloud.com",
            "a@proton.me",
            "a@web.de",
        ):
            report = await check_domain(address, resolver=resolver)
            assert {finding.state for finding in report.findings} == {State.managed}
            assert blocking(report) == []
        assert server.asked == []


@pytest.mark.parametrize(
    ("record", "sentence"),
    [
        ("v=DMARC1; p=none", "The policy is none; subdomains count as the domain."),
        ("v=DMARC1;p=REJECT;aspf=s;adkim=s", "The policy is reject; DKIM and SPF must match the domain exactly."),
        ("v=DMARC1; p=quarantine; aspf=s; sp=none", "The policy is quarantine; SPF must match the domain exactly."),
    ],
)
async def test_a_policy_is_told_with_its_alignment(record: str, sentence: str) -> None:
    found = await dmarc(f'_dmarc.acme.example. 60 IN TXT "{record}"')
    assert (found.state, found.sentence) == (State.ok, sentence)


async def test_a_subdomain_falls_back_to_the_domain_above_it() -> None:
    zone = '_dmarc.acme.example. 60 IN TXT "v=DMARC1; p=reject; sp={}"'
    for below, policy in (("quarantine", "quarantine"), ("nonsense", "reject")):
        found = await dmarc(zone.format(below), address="me@jobs.mail.acme.example")
        assert found.sentence.startswith(f"The policy is {policy}, taken from acme.example;")


async def test_the_top_level_is_not_asked() -> None:
    async with running_dns("") as (server, resolver):
        report = await check_domain("me@a.acme.example", resolver=resolver)
        assert of(report, "DMARC").state is State.missing
        assert {name for name, _ in server.asked if name.startswith("_dmarc")} == {
            "_dmarc.a.acme.example",
            "_dmarc.acme.example",
        }


async def test_policies_that_receivers_ignore_are_wrong() -> None:
    for record in ("v=DMARC1; p=maybe", "v=DMARC1", "v=DMARC1; rua=mailto:d@acme.example"):
        found = await dmarc(f'_dmarc.acme.example. 60 IN TXT "{record}"')
        assert found.state is State.wrong
        assert found.record == Record("_dmarc.acme.example", "TXT", "v=DMARC1; p=none")
    two = '_dmarc.acme.example. 60 IN TXT "v=DMARC1; p=none"\n_dmarc.acme.example. 60 IN TXT "v=DMARC1; p=reject"'
    assert (await dmarc(two)).state is State.wrong
    assert (await dmarc('_dmarc.acme.example. 60 IN TXT "v=DMARC10; p=none"')).state is State.missing


async def test_an_international_domain_is_asked_in_ascii() -> None:
    async with running_dns('_dmarc.xn--bcher-kva.example. 60 IN TXT "v=DMARC1; p=none"') as (_, resolver):
        report = await check_domain("me@Bücher.example", resolver=resolver)
        assert report.domain == "xn--bcher-kva.example"
        assert of(report, "DMARC").state is State.ok


async def test_what_is_no_domain_is_refused_without_repeating_it() -> None:
    async with running_dns("") as (_, resolver):
        for address in ("me@", "me@bad domain.example", "me@-x-.example", "localhost"):
            with pytest.raises(ValidationError) as caught:
                await check_domain(address, resolver=resolver)
            assert "example" not in str(caught.value)
        assert (await mx_of("bad domain", resolver=resolver)).has_mail is False


@pytest.mark.parametrize(
    ("zone", "has_mail", "hosts"),
    [
        (
            "a.example. 60 IN MX 20 Two.a.example.\na.example. 60 IN MX 10 one.a.example.",
            True,
            ("one.a.example", "two.a.example"),
        ),
        ("a.example. 60 IN MX 0 .", False, ()),
        ("a.example. 60 IN MX 0 .\na.example. 60 IN MX 5 one.a.example.", True, ("one.a.example",)),
        ("a.example. 60 IN A 192.0.2.1", True, ("a.example",)),
        ("a.example. 60 IN AAAA 2001:db8::1", True, ("a.example",)),
        ('a.example. 60 IN TXT "hello"', False, ()),
        ("b.example. 60 IN A 192.0.2.1", False, ()),
    ],
)
async def test_a_domain_takes_mail_by_mx_or_address_unless_it_refuses(
    zone: str, has_mail: bool, hosts: tuple[str, ...]
) -> None:
    async with running_dns(zone) as (_, resolver):
        report = await mx_of("A.example", resolver=resolver)
    assert (report.domain, report.has_mail, report.hosts) == ("a.example", has_mail, hosts)


@pytest.mark.parametrize("fault", ["servfail", "silent"])
async def test_whether_a_domain_takes_mail_stays_open_without_an_answer(fault: str) -> None:
    async with running_dns("a.example. 60 IN MX 10 one.a.example.", **{fault: ["a.example"]}) as (_, resolver):
        report = await mx_of("a.example", resolver=resolver)
    assert report.has_mail is None
