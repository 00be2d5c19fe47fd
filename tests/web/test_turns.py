from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.retry_after import http_date, retry_after
from ingot.web.turns import SPREAD, Timer, Turns
from tests.web.fake_time import START, FakeTime
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long


def patient(site: Site, time: FakeTime, **options) -> WebClient:
    return WebClient(replay=site.origin, delay=1.0, timer=time.timer, clock=time.now, **options)


async def test_pages_of_one_host_take_turns_and_other_hosts_do_not_wait():
    time, asked_at = FakeTime(), []
    turns = Turns(delay=2.0, timer=time.timer)

    async def ask(host: str) -> None:
        await turns.wait(host)
        asked_at.append((host, time.seconds))

    for host in ("a.example", "b.example", "a.example", "b.example", "c.example"):
        await ask(host)
    assert asked_at == [("a.example", 0), ("b.example", 0), ("a.example", 2), ("b.example", 2), ("c.example", 2)]


async def test_those_who_wait_at_once_are_let_in_one_after_the_other():
    waits = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    turns = Turns(delay=1.0, timer=Timer(clock=lambda: 5.0, sleep=sleep, between=lambda low, _: low))
    await asyncio.gather(*(turns.wait("a.example", at_least=10.0) for _ in range(3)))
    assert waits == [10.0, 20.0]


@given(st.floats(0, 1))
def test_the_gap_varies_between_the_delay_and_its_triple(chance):
    slept = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def twice() -> None:
        turns = Turns(
            delay=1.0,
            timer=Timer(clock=lambda: 0.0, sleep=sleep, between=lambda low, high: low + (high - low) * chance),
        )
        await turns.wait("a.example")
        await turns.wait("a.example")

    asyncio.run(twice())
    assert len(slept) == 1
    assert 1.0 <= slept[0] <= SPREAD


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["30", "Mon, 02 Nov 2026 09:00:31 GMT"])
async def test_a_busy_site_is_asked_once_more_when_it_said(status, value):
    time, asked_at = FakeTime(), []
    busy = Answer(status=status, headers={"retry-after": value})

    def page() -> Answer:
        asked_at.append(time.seconds)
        return busy if len(asked_at) == 1 else Answer()

    with running({"/": page}) as site:
        async with patient(site, time) as web:
            assert (await web.get("https://site.example/")).status == 200
    assert asked_at == [1, 31]


async def test_a_site_that_stays_busy_is_given_up_with_the_time_it_named():
    time = FakeTime()
    with running({"/": Answer(status=429, headers={"retry-after": "20"})}) as site:
        async with patient(site, time) as web:
            with pytest.raises(PageError, match="2026-11-02 09:00:41 UTC") as caught:
                await web.get("https://site.example/")
    assert caught.value.reason == "busy"
    assert (caught.value.fields["status"], caught.value.fields["retry_at"]) == (429, "2026-11-02T09:00:41+00:00")
    assert site.pages == ["/", "/"]


async def test_a_site_that_is_busy_for_long_is_not_asked_until_then():
    time = FakeTime()
    answers = {"/": Answer(status=503, headers={"retry-after": "3600"}), "/a": Answer()}
    with running(answers) as site:
        async with patient(site, time) as web:
            for path in ("/", "/a"):
                with pytest.raises(PageError) as caught:
                    await web.get(f"https://site.example{path}")
                assert (caught.value.reason, caught.value.fields["retry_at"]) == ("busy", "2026-11-02T10:00:01+00:00")
            await web.get("https://other.example/a")
            time.seconds += 3600
            await web.get("https://site.example/a")
    assert site.pages == ["/", "/a", "/a"]


async def test_busy_without_a_time_is_an_ordinary_refusal():
    with running({"/": Answer(status=429), "/a": Answer(status=503, headers={"retry-after": "soon"})}) as site:
        async with WebClient(replay=site.origin) as web:
            for path in ("/", "/a"):
                with pytest.raises(PageError) as caught:
                    await web.get(f"https://site.example{path}")
                assert caught.value.reason == "status"
    assert site.pages == ["/", "/a"]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        (" 120 ", 120),
        ("9" * 400, 86_400),
        ("Mon, 02 Nov 2026 09:01:00 GMT", 60),
        ("Monday, 02-Nov-26 09:01:00 GMT", 60),
        ("Mon, 02 Nov 2026 08:00:00 GMT", 0),
        ("Mon, 02 Nov 2099 08:00:00 GMT", 86_400),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("Mon, 02 Nov 99999 08:00:00 GMT", None),
        ("٣", None),
    ],
)
def test_retry_after_is_read_in_seconds_or_as_a_date(value, seconds):
    assert retry_after(value, now=START) == seconds


@given(st.text(max_size=40))
def test_no_header_breaks_the_reading_of_dates(text):
    when = http_date(text)
    assert when is None or when.utcoffset() == timedelta(0)
    retry_after(text, now=START)
