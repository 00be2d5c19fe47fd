import asyncio
import re
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing

import pytest
from textual import events

from ingot.tui.app import IngotApp
from ingot.tui.face import Face
from tests.cli.conftest import ADDRESS, Base, Run
from tests.tui.conftest import SECONDS, face

pytestmark = pytest.mark.long

# Whatever could steer a terminal, but the line breaks between the rows.
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


async def elsewhere(base: Base, *statements: str) -> None:
    """Another INGOT decides; beside the event loop, as it waits where the face reads just now."""

    def decide() -> None:
        with closing(sqlite3.connect(base.path / "outreach.db", timeout=SECONDS)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    await asyncio.to_thread(decide)


async def test_the_pages_turn_by_number_and_show_what_is_stored(base: Base) -> None:
    async with face() as screen:
        await screen.sees("autumn (active)", "4 drafts to review: press 3", "5 this hour, 30 today")
        for key, seen in (
            ("2", "5 leads, by match"),
            ("3", "Draft 1 of 4"),
            ("4", "Nothing came back"),
            ("5", ADDRESS),
        ):
            await screen.press(key)
            await screen.sees(seen)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_it_is_left_by_key(key: str, base: Base) -> None:
    async with face() as screen:
        await screen.sees("autumn")
        screen.app.post_message(events.Key(key, None))
        await screen.until(lambda: not screen.app.is_running)
        assert screen.app.return_code in {None, 0}


def test_in_a_pipe_it_says_what_to_use_instead(ingot: Callable[..., Run]) -> None:
    refused = ingot("tui")
    assert refused.code == 5
    assert "needs a terminal" in refused.err


async def test_an_empty_base_says_what_to_type(empty: Base) -> None:
    async with face() as screen:
        await screen.sees("Welcome", "python -m flows.campaign", "ingot profile import", "Nothing yet.")
        for key, seen in (
            ("2", "No lead here yet"),
            ("3", "No draft waits"),
            ("4", "ingot mail poll"),
            ("5", "Before a letter can leave"),
        ):
            await screen.press(key)
            await screen.sees(seen)
        for keys in ("2ardstn", "3aeirgsmnu", "4aen"):  # nothing is there to be decided about
            await screen.press(*keys)
        await screen.press("1")
        await screen.sees("Welcome")


async def test_what_is_decided_elsewhere_is_seen_here(base: Base) -> None:
    async with face(every=0.05) as screen:
        await screen.sees("4 drafts to review")
        await elsewhere(base, "UPDATE email SET status = 'approved' WHERE id = 1")
        await screen.sees("3 drafts to review")
        await screen.press("2")
        await screen.sees("matched")
        await elsewhere(base, "UPDATE lead SET status = 'deferred', status_reason = 'after summer' WHERE id = 4")
        await screen.sees("deferred")


async def test_the_feed_tells_the_last_twenty_events_in_words(base: Base) -> None:
    statements = [
        "INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at) VALUES "
        f"('ReplyReceived', 'inbound', '{number}', '{{\"lead_id\": 4, \"kind\": \"no_{number}\"}}', '2026-11-22 10:30:00')"
        for number in range(25)
    ]
    await elsewhere(base, *statements)
    async with face(size=(80, 50)) as screen:
        await screen.sees("Millpond: answered: no-24", "Millpond: answered: no-5 ")
        assert "no-4" not in screen.words()


async def test_a_question_mark_explains_every_key_of_the_page(base: Base) -> None:
    async with face(size=(100, 40)) as screen:
        for page in "12345":
            await screen.press(page)
            await screen.until(lambda: screen.app.front is not None)
            await screen.press("question_mark")
            await screen.sees("Keys of", "Everywhere", "ctrl+r F5")
            assert screen.app.front is not None
            for binding in screen.app.front.BINDINGS:
                assert " ".join(binding.tooltip.split()[:3]) in screen.words()  # type: ignore[union-attr]
            await screen.press("escape")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_of_what_strangers_wrote_steers_the_terminal(size: tuple[int, int], base: Base) -> None:
    marked = "[red]Mill[/red]\x1b]52;c;aGk=\x07pond\x1b[2J\u202e"
    await elsewhere(base, f"UPDATE lead SET company_name = '{marked}' WHERE id = 4")
    await elsewhere(base, "UPDATE email SET status = 'rejected' WHERE id < 4")
    async with face(size=size) as screen:
        for page in "123":
            await screen.press(page)
            await screen.pilot.pause(0.05)
            assert not STEERING.search(screen.text())
        await screen.press("m")
        await screen.sees("]52;c;aGk=", "[2J")
        assert not STEERING.search(screen.text())
        await screen.press("escape", *(["s"] if size[0] < 110 else []))
        await screen.sees("rests on")
        assert not STEERING.search(screen.text())
        await screen.press("2", "slash")
        await screen.type("[red]")
        await screen.sees("[red]Mill[/red]]52", "1 lead, by match")
        await screen.press("enter")
        await screen.at("lead-table")
        await screen.press("d")
        await screen.sees("[red]Mill[/red]]52", "why defer?")
        await screen.press("enter")
        await screen.told("deferred")
        assert base.statuses("lead")[3] == "deferred"
        assert not any(STEERING.search(item.message.replace("\n", "")) for item in screen.app._notifications)


async def test_a_database_that_fails_is_told_once_and_seen_again_when_it_is_back(base: Base) -> None:
    async with face(every=0.05) as screen:
        await screen.sees("autumn")
        await elsewhere(base, "ALTER TABLE gate RENAME TO gone")
        await screen.told("The database does not work")
        await screen.pilot.pause(0.3)
        assert len(screen.app._notifications) == 1
        await elsewhere(base, "ALTER TABLE gone RENAME TO gate", "UPDATE campaign SET campaign_name = 'winter'")
        await screen.sees("winter")


async def test_without_colours_it_is_monochrome(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with face() as screen:
        await screen.sees("autumn")
        lines = screen.app.screen._compositor.render_strips()
        for segment in (segment for line in lines for segment in line):
            shown = screen.app._filters[-1].apply([segment], screen.app.screen.background_colors[1])[0].style
            assert shown is not None
            for colour in filter(None, (shown.color, shown.bgcolor)):
                red, green, blue = colour.get_truecolor()
                assert red == green == blue


async def test_a_key_pressed_twice_does_one_deed(base: Base) -> None:
    done: list[int] = []

    async def deed() -> None:
        done.append(1)
        await screen.until(lambda: release)

    release: list[int] = []
    async with face() as screen:
        await screen.sees("autumn")
        screen.app.perform(deed())
        screen.app.perform(deed())
        release.append(1)
        await screen.until(lambda: not screen.app._busy)
    assert done == [1]


def test_the_face_can_be_shown_in_a_browser() -> None:
    """`textual serve` starts the command with its own driver: nothing here may choose another."""
    assert issubclass(IngotApp, Face)
    assert "driver_class" not in vars(IngotApp)
    assert sys.modules["ingot.tui.app"].__doc__
