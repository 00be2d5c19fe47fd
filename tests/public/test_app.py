import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

import ingot.public.app
from ingot.actions.queue import UNSUBSCRIBE
from ingot.cli.serve import listener, make_server
from ingot.config.manager import ConfigManager
from ingot.public.app import ASKED, DONE, HEADERS, PIXEL
from ingot.wiring import Wiring
from tests.fakes.entities import add_campaign, add_drafted
from tests.fakes.mailing import add_delivery
from tests.public.conftest import READER, page, pixel, talking_to

pytestmark = pytest.mark.long

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def suppressed(wiring: Wiring) -> list[str]:
    async with wiring.uow() as uow:
        return [entry.email_address for entry in await uow.suppressed.everyone()]


async def test_reading_the_page_changes_nothing(wiring: Wiring, client: httpx.AsyncClient) -> None:
    for method in ("GET", "HEAD"):
        shown = await client.request(method, page(wiring))
        assert shown.status_code == 200
    assert await suppressed(wiring) == []
    assert (await client.get("/u/nonsense")).text == (await client.get(page(wiring))).text == ASKED
    assert '<form method="post">' in ASKED


async def test_posting_unsubscribes(wiring: Wiring, client: httpx.AsyncClient) -> None:
    answer = await client.post(page(wiring), data=ONE_CLICK)
    assert (answer.status_code, answer.text) == (200, DONE)
    assert await suppressed(wiring) == ["bo@millpond1.example"]


async def test_an_unsubscription_counts_whatever_its_body(wiring: Wiring, client: httpx.AsyncClient) -> None:
    form = {"files": {"List-Unsubscribe": (None, "One-Click")}}
    for number, body in enumerate((form, {"content": b""}, {"content": b"\xff"}, {"json": [1]}), start=2):
        async with wiring.uow() as uow:
            letter = await add_drafted(uow, await add_campaign(uow, f"c{number}"), number)
            await add_delivery(uow, letter, key=f"letter-{number}", recipient=f"bo@millpond{number}.example")
            await uow.commit()
        await client.post(f"/u/{wiring.links.sign(UNSUBSCRIBE, f'letter-{number}')}", **body)
    assert len(await suppressed(wiring)) == 4


async def test_known_used_unknown_and_forged_tokens_are_answered_alike(
    wiring: Wiring, client: httpx.AsyncClient
) -> None:
    own = page(wiring)
    forged = own[:-1] + ("A" if own[-1] != "A" else "B")
    tokens = [
        own,
        own,
        forged,
        f"/u/{wiring.links.sign(UNSUBSCRIBE, 'letter-9')}",
        "/u/x",
        f"/u/{'a' * 5000}",
        "/u/%00%0d%0a",
    ]
    answers = [await client.post(token, data=ONE_CLICK) for token in tokens]
    assert len({(answer.status_code, answer.content, tuple(answer.headers.multi_items())) for answer in answers}) == 1
    assert len(await suppressed(wiring)) == 1


async def test_nothing_that_was_sent_comes_back(client: httpx.AsyncClient) -> None:
    marked = "zebra<script>"
    for method in ("GET", "POST", "PUT"):
        for path in (f"/u/{marked}", f"/o/{marked}.gif", f"/{marked}"):
            answer = await client.request(method, path, headers={"Host": "zebra.example", "Cookie": "a=zebra"})
            assert "zebra" not in f"{answer.text} {answer.headers}"


async def test_a_long_body_is_not_read_to_its_end(wiring: Wiring, client: httpx.AsyncClient) -> None:
    taken = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            taken.append(100)
            yield b"x" * 100

    answer = await client.post(page(wiring), content=endless())
    assert answer.text == DONE
    assert sum(taken) < 2000
    assert len(await suppressed(wiring)) == 1


async def test_a_body_that_never_comes_is_not_waited_for(
    wiring: Wiring, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingot.public.app, "BODY_WITHIN_S", 0.02)

    async def stalled() -> AsyncIterator[bytes]:
        yield b"List-"
        await asyncio.Event().wait()

    answer = await client.post(page(wiring), content=stalled())
    assert answer.text == DONE
    assert len(await suppressed(wiring)) == 1


async def test_a_letter_signed_with_a_key_made_meanwhile_can_be_unsubscribed_from(
    manager: ConfigManager, wiring: Wiring, client: httpx.AsyncClient
) -> None:
    old = page(wiring)
    manager.rotate_key()
    new = page(replace(wiring))
    assert new.split(".")[0] != old.split(".")[0]
    await client.post(new, data=ONE_CLICK)
    assert len(await suppressed(wiring)) == 1


async def test_every_answer_is_kept_nowhere_and_loads_nothing(wiring: Wiring, client: httpx.AsyncClient) -> None:
    for path in (page(wiring), pixel(wiring), "/health", "/nope"):
        answer = await client.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "set-cookie" not in answer.headers
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
    for html in (ASKED, DONE):
        assert not [mark for mark in ("src=", "href=", "http:", "https:", "<script", "style=") if mark in html]


async def test_health_is_ok(client: httpx.AsyncClient) -> None:
    answer = await client.get("/health")
    assert (answer.status_code, answer.text) == (200, "ok")


async def test_anything_else_is_not_found(client: httpx.AsyncClient) -> None:
    paths = ["/", "/u/", "/u/a/", "/u/a/b", "/u/a%2Fb", "/o/a", "/o/.gif", "/docs", "/health/"]
    assert {path: (await client.get(path)).status_code for path in paths} == dict.fromkeys(paths, 404)


async def test_other_methods_are_refused(client: httpx.AsyncClient) -> None:
    for method, path, allowed in (
        ("PUT", "/u/a", "GET HEAD POST"),
        ("OPTIONS", "/u/a", "GET HEAD POST"),
        ("POST", "/o/a.gif", "GET HEAD"),
        ("POST", "/health", "GET HEAD"),
    ):
        answer = await client.request(method, path)
        assert answer.status_code == 405
        assert sorted(answer.headers["allow"].split(", ")) == allowed.split()


async def test_without_a_database_the_client_is_asked_to_come_back(
    broken: Wiring, caplog: pytest.LogCaptureFixture
) -> None:
    async with talking_to(broken) as client:
        answer = await client.post(page(broken), data=ONE_CLICK)
    assert (answer.status_code, answer.text, answer.headers["retry-after"]) == (503, "Please try again later.", "120")
    assert [record.getMessage() for record in caplog.records] == ["A request could not be served (OperationalError)."]


async def test_a_key_file_that_is_damaged_is_an_outage(
    manager: ConfigManager, wiring: Wiring, client: httpx.AsyncClient
) -> None:
    own = page(wiring)
    (manager.base_dir / ".key").write_text("damaged\n")
    answer = await client.post(own, data=ONE_CLICK)
    assert answer.status_code == 503
    assert "key" not in answer.text


async def test_presses_at_the_same_moment_are_one(wiring: Wiring, client: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(client.post(page(wiring), data=ONE_CLICK) for _ in range(8)))
    assert {answer.text for answer in answers} == {DONE}
    assert len(await suppressed(wiring)) == 1


async def test_over_a_socket_it_answers_logs_nothing_and_names_no_server(
    wiring: Wiring, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="uvicorn")
    server = make_server(wiring)
    with listener("127.0.0.1", 0) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        try:
            base = f"http://127.0.0.1:{listening.getsockname()[1]}"
            async with httpx.AsyncClient(base_url=base, headers=READER, timeout=10) as client:
                asked = await client.get(page(wiring))
                done = await client.post(page(wiring), data=ONE_CLICK, headers={"X-Forwarded-For": "192.0.2.7"})
                picture = await client.get(pixel(wiring))
        finally:
            server.should_exit = True
            await asyncio.wait_for(serving, 10)
    assert [asked.text, done.text, picture.content] == [ASKED, DONE, PIXEL]
    assert "server" not in done.headers
    assert len(await suppressed(wiring)) == 1
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]
