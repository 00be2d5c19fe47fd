from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.pace import NEVER, bounce_rate, free_at, must_pause, spacing, warm_up_cap

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def most_in_any(span: timedelta, moments: list[datetime]) -> int:
    return max((sum(first <= moment < first + span for moment in moments) for first in moments), default=0)


# Seconds between two attempts: a burst now and then, as a queue makes it.
gaps = st.lists(st.sampled_from([0, 1, 30]) | st.integers(0, 4000) | st.integers(0, 90_000), max_size=80)


@given(gaps, st.integers(0, 6), st.integers(0, 12))
def test_what_both_caps_admit_never_exceeds_either_in_any_rolling_window(
    gaps: list[int], per_hour: int, per_day: int
) -> None:
    sent: list[datetime] = []
    now = START
    for gap in gaps:
        now += timedelta(seconds=gap)
        holds = [free_at(sent, cap=per_hour, span=HOUR, now=now), free_at(sent, cap=per_day, span=DAY, now=now)]
        if holds == [None, None]:
            sent.append(now)
    assert most_in_any(HOUR, sent) <= per_hour
    assert most_in_any(DAY, sent) <= per_day


@given(gaps, st.integers(1, 6))
def test_the_next_place_is_free_at_that_very_instant_and_not_before(gaps: list[int], cap: int) -> None:
    now, sent = START, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        sent.append(now)
    free = free_at(sent, cap=cap, span=HOUR, now=now)
    if free is None:
        assert sum(moment > now - HOUR for moment in sent) < cap
        return
    assert now < free <= now + HOUR
    assert free_at(sent, cap=cap, span=HOUR, now=free) is None
    assert free_at(sent, cap=cap, span=HOUR, now=free - timedelta(microseconds=1)) == free


@given(gaps, st.integers(1, 6), st.randoms(use_true_random=False))
def test_a_clock_that_goes_back_admits_no_more(gaps: list[int], cap: int, random) -> None:
    sent: list[datetime] = []
    now = START
    for gap in gaps:
        now += timedelta(seconds=gap) * random.choice([1, 1, 1, -0.1])
        if free_at(sent, cap=cap, span=HOUR, now=now) is None:
            sent.append(now)
    assert most_in_any(HOUR, sent) <= cap


def test_a_place_is_free_again_exactly_one_span_later() -> None:
    sent = [at(30), at(0), at(10)]
    assert free_at(sent, cap=4, span=HOUR, now=at(40)) is None
    assert free_at(sent, cap=3, span=HOUR, now=at(40)) == at(60)
    assert free_at(sent, cap=2, span=HOUR, now=at(40)) == at(70)
    assert free_at(sent, cap=3, span=HOUR, now=at(60)) is None


def test_a_sending_of_the_future_counts() -> None:
    assert free_at([at(5)], cap=1, span=HOUR, now=at(0)) == at(65)


def test_an_hour_is_an_hour_though_the_clocks_change() -> None:
    new_york = ZoneInfo("America/New_York")
    sent = datetime(2026, 11, 1, 1, 30, tzinfo=new_york)  # an hour and a half before 02:00 on the wall
    now = datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=new_york)
    assert free_at([sent], cap=1, span=HOUR, now=now) == sent.astimezone(UTC) + HOUR


def test_a_cap_of_nothing_is_never_free_and_can_be_shown_everywhere() -> None:
    assert free_at([], cap=0, span=DAY, now=START) == NEVER
    assert NEVER.astimezone(ZoneInfo("Pacific/Kiritimati")).year == 9999


def test_a_young_mailbox_grows_by_two_for_each_day_of_sending() -> None:
    assert [warm_up_cap(sending_days=day, bounce_rate=0.03, day_cap=30) for day in (0, 1, 2, 12, 13, 400)] == [
        5, 7, 9, 29, 30, 30,
    ]  # fmt: skip
    assert warm_up_cap(sending_days=0, bounce_rate=0, day_cap=3) == 3
    assert warm_up_cap(sending_days=9, bounce_rate=0.5, day_cap=0) == 0


def test_bounces_halve_the_warm_up_but_leave_one() -> None:
    assert [warm_up_cap(sending_days=day, bounce_rate=0.031, day_cap=30) for day in (0, 1, 99)] == [2, 3, 15]
    assert warm_up_cap(sending_days=5, bounce_rate=1, day_cap=1) == 1


@given(st.integers(0, 400), st.floats(0, 1), st.integers(0, 200))
def test_the_warm_up_never_exceeds_the_cap(sending_days: int, rate: float, day_cap: int) -> None:
    cap = warm_up_cap(sending_days=sending_days, bounce_rate=rate, day_cap=day_cap)
    assert (cap == 0) if day_cap == 0 else (1 <= cap <= day_cap)


def test_the_bounce_rate_is_a_share() -> None:
    assert [bounce_rate(0, 0), bounce_rate(0, 2), bounce_rate(40, 1), bounce_rate(2, 3)] == [0.0, 0.0, 0.025, 1.0]


def test_over_five_in_a_hundred_pause_once_twenty_were_sent() -> None:
    assert not must_pause(19, 19)
    assert not must_pause(20, 1)
    assert must_pause(20, 2)
    assert not must_pause(100, 5)
    assert must_pause(100, 6)


def test_the_gap_between_two_letters_lies_between_its_bounds() -> None:
    gaps = [spacing(value, shortest=20, longest=90).total_seconds() for value in (0.0, 0.5, 0.999)]
    assert gaps[:2] == [20, 55]
    assert 89 < gaps[2] < 90
    assert spacing(0.7, shortest=0, longest=0) == timedelta(0)
