from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.send_window import SendWindow, business_day_after, is_open, next_slot
from ingot.errors import ValidationError

ZONES = (
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Africa/Cairo",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Europe/London",
)
WEEKDAYS, EVERY_DAY = frozenset(range(5)), frozenset(range(7))
OFFICE = (time(9), time(17), WEEKDAYS)
MINUTE = timedelta(minutes=1)

# Sao Paulo had its last change in 2019, so its years are older. A year and a bit: both changes, either hemisphere.
STARTS = {zone: datetime(2018 if zone == "America/Sao_Paulo" else 2026, 1, 1, tzinfo=UTC) for zone in ZONES}
zones = st.sampled_from(ZONES)
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
# Around the hours in which clocks change, too: half of all examples.
nights = st.integers(0, 4 * 60).map(lambda minute: time(minute // 60, minute % 60))


@st.composite
def windows(draw: st.DrawFn) -> SendWindow:
    start, end = sorted(draw(st.lists(minutes | nights, min_size=2, max_size=2, unique=True)))
    return SendWindow(start, end, draw(st.frozensets(st.integers(0, 6), min_size=1)), draw(zones))


def changes(zone: str) -> list[datetime]:
    """The instants, to the minute, at which the clocks change in the zone's year."""
    rules = ZoneInfo(zone)
    hours = [STARTS[zone] + timedelta(hours=hour) for hour in range(366 * 24)]
    offsets = [hour.astimezone(rules).utcoffset() for hour in hours]
    found = []
    for hour, before, after in zip(hours, offsets, offsets[1:], strict=False):
        if before != after:
            found += [
                hour + MINUTE * number
                for number in range(1, 61)
                if (hour + MINUTE * number).astimezone(rules).utcoffset()
                != (hour + MINUTE * (number - 1)).astimezone(rules).utcoffset()
            ]
    return found


CHANGES = {zone: changes(zone) for zone in ZONES}


@st.composite
def instants(draw: st.DrawFn, zone: str) -> datetime:
    """Any second of the zone's year, or one within two days before and after a change of its clocks."""
    anywhere = st.integers(0, 365 * 86400).map(lambda seconds: STARTS[zone] + timedelta(seconds=seconds))
    if not CHANGES[zone]:
        return draw(anywhere)
    near = st.builds(
        lambda change, seconds: change + timedelta(seconds=seconds),
        st.sampled_from(CHANGES[zone]),
        st.integers(-2 * 86400, 2 * 86400),
    )
    return draw(anywhere | near)


def test_the_zones_change_their_clocks_as_the_examples_need() -> None:
    assert {zone: len(found) for zone, found in CHANGES.items()} == {
        zone: 0 if zone in {"Asia/Kathmandu", "Asia/Tokyo"} else 2 for zone in ZONES
    }


@given(st.data(), windows())
def test_a_slot_is_inside_the_window_and_not_before_now_and_stays(data: st.DataObject, window: SendWindow) -> None:
    now = data.draw(instants(window.zone))
    slot = next_slot(now, window)

    local = slot.astimezone(ZoneInfo(window.zone))
    assert slot >= now
    assert slot.tzinfo is UTC
    assert window.start <= local.time() < window.end
    assert local.weekday() in window.days
    assert is_open(slot, window)
    assert next_slot(slot, window) == slot
    assert (slot == now) == is_open(now, window)


@given(st.data(), windows())
def test_no_opening_is_skipped(data: st.DataObject, window: SendWindow) -> None:
    now = data.draw(instants(window.zone))
    slot = next_slot(now, window)

    minute = now.replace(second=0, microsecond=0) + MINUTE
    step = MINUTE if slot - now < timedelta(days=1) else timedelta(minutes=13)
    while minute < slot:  # windows and changes are of whole minutes, so nothing opens between two of them
        assert not is_open(minute, window)
        minute += step
    if slot > now:
        assert not is_open(slot - timedelta(microseconds=1), window)


@pytest.mark.parametrize("zone", ZONES)
def test_every_opening_of_a_year_is_found_and_no_other(zone: str) -> None:
    window, rules = SendWindow(*OFFICE, zone), ZoneInfo(zone)
    now, end, found = STARTS[zone], STARTS[zone] + timedelta(days=366), []
    while (slot := next_slot(now, window)) < end:
        if slot > now:
            found.append(slot)
        local = slot.astimezone(rules)
        now = datetime.combine(local.date(), window.end, rules).astimezone(UTC)

    days = [STARTS[zone].date() + timedelta(days=number) for number in range(-1, 368)]
    expected = [datetime.combine(day, window.start, rules).astimezone(UTC) for day in days if day.weekday() < 5]
    assert found == [opening for opening in expected if STARTS[zone] < opening < end]


@given(st.data(), zones, st.integers(1, 30), minutes)
def test_business_days_are_counted_as_on_a_calendar(data: st.DataObject, zone: str, days: int, at: time) -> None:
    sent_at, rules = data.draw(instants(zone)), ZoneInfo(zone)
    due = business_day_after(sent_at, days, zone, at=at).astimezone(rules)

    first = sent_at.astimezone(rules).date()
    between = [first + timedelta(days=number) for number in range(1, (due.date() - first).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
    assert due.weekday() < 5
    skipped = datetime.combine(due.date(), at, rules).astimezone(UTC).astimezone(rules).time() != at
    assert skipped or due.time() == at
    assert due > sent_at


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_window_that_starts_in_a_skipped_hour_opens_when_the_skip_ends() -> None:
    window = SendWindow(time(2, 30), time(4), EVERY_DAY, "Europe/Berlin")
    assert next_slot(utc("2026-03-28T23:00"), window) == utc("2026-03-29T01:00")


def test_a_window_inside_a_skipped_hour_stays_closed_that_day() -> None:
    window = SendWindow(time(2, 10), time(2, 50), frozenset({6}), "Europe/Berlin")
    assert next_slot(utc("2026-03-28T23:00"), window) == utc("2026-04-05T00:10")


def test_a_window_in_a_repeated_hour_opens_twice() -> None:
    window = SendWindow(time(0, 30), time(1, 30), EVERY_DAY, "America/New_York")
    assert next_slot(utc("2026-11-01T05:29"), window) == utc("2026-11-01T05:29")
    assert next_slot(utc("2026-11-01T05:30"), window) == utc("2026-11-01T06:00")
    assert next_slot(utc("2026-11-01T06:30"), window) == utc("2026-11-02T05:30")


def test_half_an_hour_is_a_change_too() -> None:
    window = SendWindow(time(1, 45), time(1, 50), EVERY_DAY, "Australia/Lord_Howe")
    first = next_slot(utc("2026-04-04T14:00"), window)
    assert [first, next_slot(first + 5 * MINUTE, window)] == [utc("2026-04-04T14:45"), utc("2026-04-04T15:15")]


def test_a_day_that_comes_again_over_midnight_opens_again() -> None:
    window = SendWindow(time(23, 30), time(23, 50), EVERY_DAY, "Africa/Cairo")
    first = next_slot(utc("2026-10-29T20:00"), window)
    assert first == utc("2026-10-29T20:30")
    assert next_slot(first + 20 * MINUTE, window) == first + timedelta(hours=1)


def test_after_the_last_slot_on_friday_comes_monday() -> None:
    window = SendWindow(*OFFICE, "Asia/Kathmandu")
    friday_evening = datetime(2026, 11, 27, 17, 0, tzinfo=ZoneInfo("Asia/Kathmandu"))
    assert not is_open(friday_evening, window)
    assert next_slot(friday_evening, window) == datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Asia/Kathmandu"))


def test_days_after_a_letter_begin_with_the_recipients_day() -> None:
    sent_at = utc("2026-11-26T20:00")  # Thursday, but Friday in Auckland
    for zone, day in (("Europe/London", date(2026, 12, 1)), ("Pacific/Auckland", date(2026, 12, 2))):
        due = business_day_after(sent_at, 3, zone, at=time(10))
        assert due.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, time(10))


def test_what_makes_no_sense_is_refused() -> None:
    for start, end, days, zone in (
        (time(17), time(9), WEEKDAYS, "UTC"),
        (time(9), time(9), WEEKDAYS, "UTC"),
        (time(9), time(17), frozenset[int](), "UTC"),
        (time(9), time(17), frozenset({7}), "UTC"),
        (time(9), time(17), WEEKDAYS, "Mars/Olympus"),
        (time(9), time(17), WEEKDAYS, "../etc/passwd"),
    ):
        with pytest.raises(ValidationError):
            SendWindow(start, end, days, zone)
    with pytest.raises(ValidationError):
        is_open(datetime(2026, 1, 5, 10), SendWindow(*OFFICE, "UTC"))  # noqa: DTZ001 - that is the mistake
    with pytest.raises(ValidationError):
        business_day_after(utc("2026-01-05T10:00"), 0, "UTC", at=time(9))
