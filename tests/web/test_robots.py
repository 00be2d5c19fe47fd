from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.robots import LONGEST_DELAY, PRODUCT, Rules
from tests.web.fake_time import FakeTime
from tests.web.site import Answer, running

pytestmark = pytest.mark.long

PAGE = Answer()


def robots(text: str, **kinds: str) -> Answer:
    return Answer(body=text.encode(), content_type=kinds.get("content_type", "text/plain"))


async def refusal(answers: dict, url: str = "https://site.example/") -> PageError:
    with running({"/": PAGE, **answers}) as site:
        async with WebClient(replay=site.origin) as web:
            with pytest.raises(PageError) as caught:
                await web.get(url)
    assert "/" not in site.pages
    return caught.value


async def test_a_disallowed_page_is_not_asked_for_and_an_allowed_one_is():
    rules = "User-agent: *\nDisallow: /private/\nAllow: /private/press$"
    answers = {"/robots.txt": robots(rules), "/team": PAGE, "/private/press": PAGE}
    with running(answers) as site:
        async with WebClient(replay=site.origin) as web:
            await web.get("https://site.example/team")
            await web.get("https://site.example/private/press")
            with pytest.raises(PageError) as caught:
                await web.get("https://site.example/private/list?q=1")
    assert caught.value.reason == "robots"
    assert [path for _, path, _ in site.asked] == ["/robots.txt", "/team", "/private/press"]


async def test_rules_for_ingot_come_before_those_for_everybody_whatever_the_user_agent_says():
    rules = "User-agent: *\nDisallow:\n\nUser-agent: ingot\nDisallow: /"
    with running({"/": PAGE, "/robots.txt": robots(rules)}) as site:
        async with WebClient(replay=site.origin, user_agents=["Mozilla/5.0"]) as web:
            with pytest.raises(PageError) as caught:
                await web.get("https://site.example/")
    assert caught.value.reason == "robots"


async def test_each_origin_is_asked_once_however_many_pages_are_read_at_once():
    with running({f"/{n}": PAGE for n in range(8)}) as site:
        async with WebClient(replay=site.origin) as web:
            await asyncio.gather(*(web.get(f"https://site.example/{n}") for n in range(8)))
            await web.get("http://site.example/1")
    assert [path for _, path, _ in site.asked].count("/robots.txt") == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_without_a_robots_txt_everything_may_be_read(status):
    with running({"/": PAGE, "/robots.txt": Answer(status=status, body=b"User-agent: *\nDisallow: /")}) as site:
        async with WebClient(replay=site.origin) as web:
            await web.get("https://site.example/")
    assert site.pages == ["/"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=500), "robots"),
        (Answer(status=503), "robots"),
        (Answer(status=429), "robots"),
        (Answer(headers={"content-encoding": "br"}), "robots"),
        (Answer(headers={"content-length": "500", "connection": "close"}), "network"),
        (Answer(status=302, headers={"location": "http://u:p@other.example/robots.txt"}), "blocked"),
    ],
)
async def test_a_site_that_fails_to_give_its_rules_is_left_alone(answer, reason):
    assert (await refusal({"/robots.txt": answer})).reason == reason


async def test_a_site_that_failed_is_not_asked_again_in_this_run():
    with running({"/": PAGE, "/robots.txt": Answer(status=500)}) as site:
        async with WebClient(replay=site.origin) as web:
            for _ in range(3):
                with pytest.raises(PageError) as caught:
                    await web.get("https://site.example/")
                assert caught.value.fields["status"] == 500
    assert len(site.asked) == 1


async def test_rules_are_found_behind_redirects_and_an_endless_redirect_is_none():
    moved = Answer(status=301, headers={"location": "https://www.site.example/rules"})
    answers = {"/robots.txt": moved, "/rules": robots("User-agent: *\nDisallow: /", content_type="text/html")}
    assert (await refusal(answers)).reason == "robots"
    with running({"/": PAGE, "/robots.txt": Answer(status=302, headers={"location": "/robots.txt"})}) as site:
        async with WebClient(replay=site.origin) as web:
            await web.get("https://site.example/")
    assert site.pages == ["/"]


async def test_a_redirect_is_judged_by_the_rules_of_the_host_it_leads_to():
    answers = {"/": Answer(status=302, headers={"location": "https://other.example/deep/x"}), "/deep/x": PAGE}
    with running({**answers, "/robots.txt": robots("User-agent: *\nDisallow: /deep")}) as site:
        async with WebClient(replay=site.origin) as web:
            with pytest.raises(PageError) as caught:
                await web.get("https://site.example/")
    assert caught.value.reason == "robots"
    assert [(host, path) for host, path, _ in site.asked] == [
        ("site.example", "/robots.txt"),
        ("site.example", "/"),
        ("other.example", "/robots.txt"),
    ]


async def test_what_stands_beyond_500_kilobytes_is_not_read():
    start, end = "User-agent: *\nDisallow: /a\n", "Disallow: /b\n"
    padding = "# " + "x" * 600_000 + "\n"
    with running({"/b": PAGE, "/robots.txt": robots(start + padding + end)}) as site:
        async with WebClient(replay=site.origin) as web:
            await web.get("https://site.example/b")
            with pytest.raises(PageError):
                await web.get("https://site.example/a")


async def test_a_venues_own_data_is_no_crawled_page():
    data = Answer(body=b"[1]", content_type="application/json")
    with running({"/api": data, "/robots.txt": robots("User-agent: *\nDisallow: /")}) as site:
        async with WebClient(replay=site.origin) as web:
            assert await web.get_json("https://api.example/api") == [1]
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("rule", "gap"),
    [("Crawl-delay: 10", 10), ("Crawl-delay: 0.5", 1), ("Request-rate: 1/5", 5), ("Request-rate: 2/1m 0100-0200", 30)],
)
async def test_pages_are_as_far_apart_as_the_site_asks(rule, gap):
    time, asked_at = FakeTime(), []

    def page() -> Answer:
        asked_at.append(time.seconds)
        return PAGE

    with running({"/": page, "/a": page, "/robots.txt": robots(f"User-agent: *\n{rule}\nDisallow: /b")}) as site:
        async with WebClient(replay=site.origin, delay=1.0, timer=time.timer, clock=time.now) as web:
            for path in ("/", "/a", "/"):
                await web.get(f"https://site.example{path}")
    assert asked_at == [gap, 2 * gap, 3 * gap]  # the robots.txt was asked for at 0


@pytest.mark.parametrize(
    "rule", [f"Crawl-delay: {LONGEST_DELAY + 1}", "Request-rate: 1/2m", f"Request-rate: 1/{'9' * 4000}"]
)
async def test_a_site_that_wants_more_patience_than_a_run_has_is_left_alone(rule):
    error = await refusal({"/robots.txt": robots(f"User-agent: *\n{rule}")})
    assert error.reason == "crawl-delay"


async def test_a_replay_does_not_wait_unless_it_is_told_to():
    time = FakeTime()
    with running({"/": PAGE, "/robots.txt": robots("User-agent: *\nCrawl-delay: 30")}) as site:
        async with WebClient(replay=site.origin, timer=time.timer) as web:
            await web.get("https://site.example/")
            await web.get("https://site.example/")
    assert time.seconds == 0


def test_a_file_made_to_eat_memory_is_refused_before_it_is_parsed():
    agents = "".join(f"Useragent in{n}\n" for n in range(15_000))
    with pytest.raises(PageError) as caught:
        Rules.read(agents + "Disallow: /\n" * 15_000)
    assert caught.value.reason == "robots"
    Rules.read("".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /\n" * 15_000)


NAMES = st.sampled_from(
    ["*", "**", "ingot", "INGOT*", "Ingo", "x", "i", "ingotbot", "googlebot", "in got", "", "i*ngot"]
)
LINES = st.one_of(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from(["User-agent", " useragent", "USER AGENT"]),
        st.sampled_from([":", ": ", " : ", " "]),
        NAMES,
        st.sampled_from(["", " # x", "#"]),
    ),
    st.builds(
        "{}: {}".format,
        st.sampled_from(["Disallow", "allow", "Dissallow", "nonsense"]),
        st.sampled_from(["", "/", "/a", "/a/b$", "/*b"]),
    ),
    st.sampled_from(
        ["", "# x", "Sitemap: /s", "Host: a", "junk", "Crawl-delay: 3", "crawl delay 7", "Request-rate: 1/9"]
    ),
)


@given(st.lists(LINES, max_size=12))
def test_the_rules_are_those_that_protego_finds(lines):
    text = "\n".join(lines)
    ours, theirs = Rules.read(text), Protego.parse(text)
    for path in ("/", "/a", "/a/b", "/c?b"):
        url = f"https://site.example{path}"
        assert ours.parsed.can_fetch(url, PRODUCT) == theirs.can_fetch(url, PRODUCT)
    assert ours.parsed.crawl_delay(PRODUCT) == theirs.crawl_delay(PRODUCT)
    assert ours.parsed.request_rate(PRODUCT) == theirs.request_rate(PRODUCT)
