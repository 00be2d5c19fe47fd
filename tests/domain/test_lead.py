import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.lead import SHARED_HOSTS, Lead, dedupe_keys, normal_email, website_host
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.errors import IllegalMove

locals_ = st.from_regex(r"[a-z][a-z.]{0,8}[a-z]", fullmatch=True)
hosts = st.from_regex(r"[a-z]{2,10}(\.[a-z]{2,8})?\.(com|io|example|co\.uk)", fullmatch=True).filter(
    lambda host: not host.startswith("www.") and host not in SHARED_HOSTS
)


def lead(**changes: object) -> Lead:
    return Lead(**{"company_name": "Millpond", "source_venue": "yc", "id": 4, **changes})


@given(st.sampled_from(LeadStatus), st.sampled_from(LeadStatus))
def test_a_lead_moves_as_the_table_says_or_not_at_all(current: LeadStatus, to: LeadStatus):
    company = lead(status=current, status_reason="before")
    if to in MOVES[current]:
        event = company.move(to, "because")
        assert (company.status, company.status_reason) == (to, "because")
        assert (event.event_type, event.aggregate_type, event.aggregate_id) == (f"Lead{to.value.title()}", "lead", "4")
        assert event.payload == {"from": current.value, "to": to.value}
    else:
        with pytest.raises(IllegalMove):
            company.move(to, "because")
        assert (company.status, company.status_reason) == (current, "before")


@given(st.text(max_size=40))
def test_a_normal_address_is_normal(text: str):
    assert normal_email(normal_email(text)) == normal_email(text)


@given(locals_, hosts, st.from_regex(r"\+[a-z0-9+]{0,6}", fullmatch=True), st.booleans())
def test_case_spaces_and_sub_addresses_do_not_make_another_mailbox(local: str, host: str, sub: str, upper: bool):
    spelled = f" {local}{sub}@{host} "
    assert normal_email(spelled.upper() if upper else spelled) == f"{local}@{host}"


@given(locals_, st.sampled_from(["gmail.com", "googlemail.com", "Gmail.com"]))
def test_gmail_reads_no_dots(local: str, host: str):
    assert normal_email(f"{local}@{host}") == f"{local.replace('.', '')}@gmail.com"


@given(locals_, locals_, hosts)
def test_different_mailboxes_stay_different(first: str, second: str, host: str):
    assert (normal_email(f"{first}@{host}") == normal_email(f"{second}@{host}")) == (first == second)


def test_an_address_that_is_only_a_sub_address_keeps_it():
    assert normal_email("+jobs@millpond.example") == "+jobs@millpond.example"


@given(
    hosts,
    st.sampled_from(["", "http://", "https://", "HTTPS://", "http://www.", "www."]),
    st.sampled_from(["", "/", "/about", "?a=b", ":8080/x", "#top"]),
    st.booleans(),
)
def test_a_website_is_its_host(host: str, before: str, after: str, upper: bool):
    website = f" {before}{host}{after} "
    assert website_host(website.upper() if upper else website) == host


@given(st.sampled_from(sorted(SHARED_HOSTS)), st.sampled_from(["", "www.", "team."]))
def test_a_host_that_many_companies_share_tells_nothing(host: str, before: str):
    assert website_host(f"https://{before}{host}/millpond") == ""


@pytest.mark.parametrize("website", ["", "  ", "localhost", "https://", "http://[::1", "http://[::1]/", "n/a", "///"])
def test_what_names_no_host_is_empty(website: str):
    assert website_host(website) == ""


@given(st.text(max_size=40))
def test_any_text_can_be_asked_for_its_host(text: str):
    host = website_host(text)
    assert host == "" or "." in host


texts = st.text(max_size=12)


@given(texts, texts, texts, texts, texts)
def test_a_record_always_has_keys_and_always_the_same(email: str, venue: str, ref: str, website: str, name: str):
    first = dedupe_keys(email=email, venue=venue, venue_ref=ref, website=website, company_name=name)
    assert first
    assert all(first)
    assert len(set(first)) == len(first)
    assert first == dedupe_keys(email=email, venue=venue, venue_ref=ref, website=website, company_name=name)
    if email:
        assert f"email:{normal_email(email)}" in first
    if website_host(website):
        assert f"host:{website_host(website)}" in first


def test_without_address_number_and_website_the_name_within_the_venue_is_the_key():
    named = dedupe_keys(email="", venue="csv", venue_ref="", website="", company_name="  The  Mill ")
    assert named == ("csv:name:the mill",)
    assert dedupe_keys(email="", venue="yc", venue_ref="7", website="https://mill.example", company_name="x") == (
        "yc:7",
        "host:mill.example",
    )


@pytest.mark.parametrize(
    ("email", "website", "keys"),
    [
        ("bo@mill.example", "https://mill.example", ("email:bo@mill.example", "host:mill.example")),
        ("bo@mill.example", "", ("email:bo@mill.example", "host:mill.example")),
        ("bo@agency.example", "mill.example", ("email:bo@agency.example", "host:mill.example")),
        ("bo@gmail.com", "", ("email:bo@gmail.com",)),
        ("", "https://jobs.lever.co/mill", ("csv:name:mill",)),
    ],
)
def test_a_company_is_known_by_its_host_also_where_there_is_an_address(
    email: str, website: str, keys: tuple[str, ...]
) -> None:
    assert dedupe_keys(email=email, venue="csv:list-1", venue_ref="", website=website, company_name="Mill") == keys


def test_numbers_count_within_one_source_and_names_within_all_lists_of_a_kind() -> None:
    numbered = [
        dedupe_keys(email="", venue=f"csv:{name}", venue_ref="1", website="", company_name="Mill") for name in "ab"
    ]
    named = [dedupe_keys(email="", venue=f"csv:{name}", venue_ref="", website="", company_name="Mill") for name in "ab"]
    assert numbered == [("csv:a:1",), ("csv:b:1",)]
    assert named == [("csv:name:mill",)] * 2
