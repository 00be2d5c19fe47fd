import pytest

from ingot.domain.work_terms import Remote, remote_stance, stated_pay, visa_stance

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("places", "text", "stance"),
    [
        ("", "", None),
        ("Ghent; Remote", "", Remote.partly),
        ("Remote", "", Remote.fully),
        ("Remote (EU)", "", Remote.fully),
        ("Ghent\nFully Remote", "", Remote.fully),
        ("Remote\nRemote\nPartly Remote", "", Remote.partly),
        ("Ghent", "We are remote-first.", Remote.fully),
        ("Ghent", "Millpond | Engineer | REMOTE | Go", Remote.fully),
        ("Ghent", "Ghent or remote.", Remote.partly),
        ("Ghent", "You can work remotely on Fridays.", Remote.partly),
        ("Ghent; Remote", "Please note: no remote, five days a week in our office.", Remote.on_site),
        ("Ghent", "Millpond | Engineer | ONSITE | Go", Remote.on_site),
        ("Ghent", "Millpond | Engineer | ONSITE or REMOTE | Go", Remote.fully),
        ("Ghent", "Remote sensing, remote control and remote patient monitoring.", None),
        ("Ghent", "Our hybrid cloud runs everywhere.", None),
    ],
)
def test_where_people_work_is_read_from_the_place_and_from_prose(places: str, text: str, stance: Remote | None):
    found, words = remote_stance(places, text)
    assert found is stance
    assert bool(words) is (stance is not None)


@pytest.mark.parametrize(
    ("text", "sponsors"),
    [
        ("Visa sponsorship is available.", True),
        ("Millpond | Ghent | VISA | Go", True),
        ("We gladly sponsor visas.", True),
        ("We cannot sponsor a visa.", False),
        ("No visa sponsorship.", False),
        ("You must be authorized to work in the US.", False),
        ("US citizens only.", False),
        ("A proud sponsor of the village fair; pay by Visa card.", None),
    ],
)
def test_whether_a_visa_is_sponsored(text: str, sponsors: bool | None):
    assert visa_stance(text)[0] is sponsors


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("Pay: $150k - $200k plus equity", (150_000, 200_000, "USD")),
        ("$120-160k", (120_000, 160_000, "USD")),
        ("€70,000–90,000 per year", (70_000, 90_000, "EUR")),
        ("A salary of £60k", (60_000, 60_000, "GBP")),
        ("CHF 100,000 to 130,000", (100_000, 130_000, "CHF")),
        ("Base of $95000", (95_000, 95_000, "USD")),
    ],
)
def test_pay_is_read_with_its_currency(text: str, pay: tuple[int, int, str]):
    [found] = stated_pay(text)
    assert (found.low, found.high, found.currency) == pay
    assert found.words in text


@pytest.mark.parametrize(
    "text",
    [
        "We raised $5M.",
        "We raised $500k.",
        "Customers save $120,000 a year.",
        "$45 an hour",
        "€90,000 - 70,000 a year",
        "It costs $99,000.",
        "base: $100k million",
    ],
)
def test_other_money_is_no_pay(text: str):
    assert list(stated_pay(text)) == []
