import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.country_table import COUNTRY_TABLE, GENERIC_DOMAINS
from ingot.domain.place_table import CITY_TABLE, REGION_TABLE
from ingot.domain.places import Place, country_of_domain, place_of

LINE = re.compile(r"(\S+) (?:((?:[A-Z]\w+(?:/[\w-]+)+|UTC)\*?) )?(.+)")


def rows(table: str) -> list[tuple[str, str, list[str]]]:
    found = [LINE.fullmatch(line) for line in table.strip().splitlines()]
    return [(match[1], match[2] or "", match[3].split(", ")) for match in found if match]


COUNTRIES, REGIONS, CITIES = rows(COUNTRY_TABLE), rows(REGION_TABLE), rows(CITY_TABLE)
CODES = {code for code, _, _ in COUNTRIES}
COUNTRY_OF_STATES = {"US": "USA", "CA": "Canada", "AU": "Australia"}


def settled(text: str, domain: str = "") -> tuple[str, str]:
    place = place_of(text, domain=domain)
    assert place.confident, f"{text} is a guess: {place}"
    assert place.elsewhere == ()
    return place.country, place.zone


def test_the_tables_are_whole() -> None:
    assert len(COUNTRIES) == len(CODES) == 249
    assert len(REGIONS) == len({code for code, _, _ in REGIONS}) == 51 + 13 + 8
    assert {len(table.strip().splitlines()) for table in (COUNTRY_TABLE, REGION_TABLE)} == {
        len(COUNTRIES),
        len(REGIONS),
    }
    for _, zone, _ in (*COUNTRIES, *REGIONS, *(row for row in CITIES if row[1])):
        ZoneInfo(zone.rstrip("*"))
    assert {code for code, _, _ in CITIES} <= CODES | {code for code, _, _ in REGIONS}
    assert {domain.upper() for domain in GENERIC_DOMAINS} <= CODES
    for table in (COUNTRIES, REGIONS, CITIES):
        names = [(code, name) for code, _, names in table for name in names]
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("San Francisco, CA, USA; Remote", "US", "America/Los_Angeles"),
        ("Berlin, Germany", "DE", "Europe/Berlin"),
        ("London, England, United Kingdom", "GB", "Europe/London"),
        ("Bengaluru, Karnataka, India", "IN", "Asia/Kolkata"),
        ("Toronto, ON, Canada", "CA", "America/Toronto"),
        ("Mexico City, CDMX, Mexico; Remote", "MX", "America/Mexico_City"),
        ("Montréal, Québec", "CA", "America/Toronto"),
        ("KØBENHAVN, Danmark", "DK", "Europe/Copenhagen"),
        ("Newcastle, NSW, Australia", "AU", "Australia/Sydney"),
        ("Perth, WA, Australia", "AU", "Australia/Perth"),
        ("Zürich", "CH", "Europe/Zurich"),
        ("tel aviv-yafo", "IL", "Asia/Jerusalem"),
        ("SF Bay Area", "US", "America/Los_Angeles"),
        ("Greater Boston Area", "US", "America/New_York"),
        ("Austin TX 78701", "US", "America/Chicago"),
        ("Hybrid - Smallville, OH", "US", "America/New_York"),
        ("Phoenix, AZ or REMOTE", "US", "America/Phoenix"),
        ("Bosnia & Herzegovina", "BA", "Europe/Sarajevo"),
        ("Lisbon (Portugal)", "PT", "Europe/Lisbon"),
        ("Washington, D.C.", "US", "America/New_York"),
        ("Leeds, UK", "GB", "Europe/London"),
        ("Smallville MI", "US", "America/Detroit"),
    ],
)
def test_usual_locations_are_read(text: str, country: str, zone: str) -> None:
    assert settled(text) == (country, zone)


@pytest.mark.parametrize(
    ("text", "country", "zone"),
    [
        ("Remote, OR, USA", "US", "America/Los_Angeles"),  # a town
        ("Portland, ME, USA", "US", "America/New_York"),
        ("Moscow, ID, USA", "US", "America/Boise"),
        ("Cuba, MO", "US", "America/Chicago"),
        ("Paris, Texas", "US", "America/Chicago"),
        ("El Paso, TX", "US", "America/Denver"),
        ("Knoxville, Tennessee", "US", "America/New_York"),
        ("London, Ontario", "CA", "America/Toronto"),
        ("Vancouver, WA, USA", "US", "America/Los_Angeles"),
        ("Seattle, Washington", "US", "America/Los_Angeles"),
        ("Atlanta, Georgia", "US", "America/New_York"),
        ("Georgia, USA", "US", "America/New_York"),
        ("Tbilisi, Georgia", "GE", "Asia/Tbilisi"),
        ("St Helier, Jersey", "JE", "Europe/Jersey"),
        ("Jersey City, NJ", "US", "America/New_York"),
        ("Hyderabad, Pakistan", "PK", "Asia/Karachi"),
        ("Los Gatos, CA", "US", "America/Los_Angeles"),
        ("Toronto, CA", "CA", "America/Toronto"),
        ("Berlin, DE", "DE", "Europe/Berlin"),
        ("Wilmington, DE", "US", "America/New_York"),
        ("Cambridge, MA", "US", "America/New_York"),
        ("Casablanca, MA", "MA", "Africa/Casablanca"),
        ("Dublin, OH", "US", "America/New_York"),
    ],
)
def test_namesakes_are_told_apart_by_what_stands_behind_them(text: str, country: str, zone: str) -> None:
    assert settled(text) == (country, zone)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Georgia", {"US", "GE"}),
        ("Jersey", {"US", "JE"}),
        ("CA", {"US", "CA"}),
        ("Remote, CA", {"US", "CA"}),
        ("Kleinstadt, DE", {"US", "DE"}),
        ("Cambridge", {"US", "GB"}),
        ("Ontario, CA", {"US", "CA"}),
    ],
)
def test_what_stays_open_is_a_guess_and_every_country_it_may_mean_counts(text: str, countries: set[str]) -> None:
    place = place_of(text)
    assert not place.confident
    assert place.countries == countries


def test_a_country_of_several_zones_without_a_finer_hint_is_a_guess() -> None:
    for text in ("Remote (US)", "REMOTE IN US", "U.S.A.", "us", "Remote, United States"):
        assert place_of(text) == Place("US", "America/New_York", confident=False)
    assert place_of("Canada") == Place("CA", "America/Toronto", confident=False)
    assert place_of("Nowhere, TN, USA") == Place("US", "America/Chicago", confident=False)
    assert place_of("Washington") == Place("US", "America/Los_Angeles", confident=False)


def test_a_finer_hint_about_the_same_country_is_taken_from_anywhere_in_the_text() -> None:
    assert settled("Remote (US); San Francisco, CA") == ("US", "America/Los_Angeles")


@pytest.mark.parametrize(
    ("text", "country", "elsewhere"),
    [
        ("New York, NY, USA; Berlin, Germany", "US", ("DE",)),
        ("San Francisco, London", "US", ("GB",)),
        ("London, Berlin, Germany", "GB", ("DE",)),
        ("Lisbon (Portugal), San Francisco and Seattle", "PT", ("US",)),
        ("Seattle, WA, London, UK", "US", ("GB",)),
        ("Germany, France", "DE", ("FR",)),
        ("Canada, US", "CA", ("US",)),
        ("Lille/Munich/Tokyo", "FR", ("DE", "JP")),
        ("San Juan, PR, USA", "PR", ("US",)),
    ],
)
def test_several_places_give_the_first_one_and_name_the_other_countries(
    text: str, country: str, elsewhere: tuple[str, ...]
) -> None:
    place = place_of(text)
    assert (place.country, place.elsewhere) == (country, elsewhere)
    assert place.countries == {country, *elsewhere}


@pytest.mark.parametrize(
    "text", ["", " ; ,", "Remote", "Europe", "Fully distributed", "contact us", "BASED IN", "94105"]
)
def test_a_text_that_names_no_place_says_so(text: str) -> None:
    assert place_of(text, domain="acme.com") == Place("", "", confident=False)
    assert place_of(text).countries == frozenset()


def test_the_country_of_the_domain_counts_where_the_text_names_none() -> None:
    assert place_of("Remote", domain="acme.de") == Place("DE", "Europe/Berlin", confident=True)
    assert place_of("", domain="www.acme.co.uk") == Place("GB", "Europe/London", confident=True)
    assert place_of("", domain="acme.ca.") == Place("CA", "America/Toronto", confident=False)


def test_a_domain_of_another_country_is_named_too() -> None:
    place = place_of("San Francisco, CA, USA", domain="acme.de")
    assert (place.country, place.zone, place.confident, place.also) == ("US", "America/Los_Angeles", True, "DE")
    assert place.countries == {"US", "DE"}
    assert place_of("Berlin", domain="acme.de").also == ""


def test_the_domain_settles_what_the_text_leaves_open_but_not_against_it() -> None:
    assert settled("Georgia", "acme.ge") == ("GE", "Asia/Tbilisi")
    assert settled("Kleinstadt, DE", "acme.de") == ("DE", "Europe/Berlin")
    assert place_of("London", domain="acme.ca").countries == {"GB", "CA"}


def test_domains_that_the_whole_world_uses_say_nothing() -> None:
    for domain in ("acme.io", "acme.ai", "acme.co", "acme.me", "acme.com", "acme.eu", "acme.app", "localhost", ""):
        assert country_of_domain(domain) == ""
    assert [country_of_domain(f"acme.{ending}") for ending in ("de", "fr", "co.uk", "com.au", "CH")] == [
        "DE", "FR", "GB", "AU", "CH",
    ]  # fmt: skip


def test_every_name_of_a_country_is_known() -> None:
    for code, _, names in COUNTRIES:
        for name in names:
            for text in (name, name.upper(), f"Smalltown, {name}", f"Remote ({name})"):
                assert code in place_of(text).countries, text


def test_every_city_of_a_state_is_there_when_the_address_is_whole() -> None:
    for code, _, names in CITIES:
        country, _, state = code.partition("-")
        for name in names if state else ():
            text = f"{name.removeprefix('~')}, {state}, {COUNTRY_OF_STATES[country]}"
            assert settled(text)[0] == country


@given(
    st.text(max_size=60) | st.lists(st.sampled_from("CA DE Georgia London US , ; ( ) or OR and / Paris TX -".split()))
)
def test_any_text_gives_a_place(text: str | list[str]) -> None:
    place = place_of(text if isinstance(text, str) else " ".join(text))
    assert place.countries <= CODES
    assert bool(place.country) == bool(place.zone)
    assert place.country or not place.confident
    assert place.country not in place.elsewhere
