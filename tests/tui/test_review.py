from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from ingot.tui.app import IngotApp
from tests.cli.conftest import Base
from tests.tui.conftest import Screen, face
from tests.tui.test_face import elsewhere

pytestmark = pytest.mark.long


class Suspending(IngotApp):
    """A terminal that gives way to an editor, as the one of these tests cannot."""

    @contextmanager
    def suspend(self) -> Iterator[None]:
        yield


async def opened_review(screen: Screen) -> None:
    await screen.press("3")
    await screen.sees("Draft 1 of 4", "Subject A: Sensor data in Go")


async def test_a_draft_is_approved_and_the_next_one_shown(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        await screen.press("a")
        await screen.sees("Draft 1 of 3", "letter 2")
        assert base.statuses("email") == ["approved", "drafted", "drafted", "drafted"]
        assert base.ask("SELECT who FROM audit_logs WHERE message = 'Letter 1 approved.'") == ["tui"]


async def test_a_draft_is_rejected_with_a_reason_and_brought_back(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        await screen.press("r")
        await screen.sees("Reject this letter")
        await screen.type("wrong angle")
        await screen.press("enter")
        await screen.sees("letter 2")
        assert base.ask("SELECT reject_reason FROM email WHERE id = 1") == ["wrong angle"]
        assert base.statuses("lead")[0] == "rejected"
        await screen.press("u")
        await screen.sees("Draft 1 of 4", "letter 1")
        assert (base.statuses("email")[0], base.statuses("lead")[0]) == ("drafted", "drafted")


async def test_an_approval_is_taken_back(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        await screen.press("a")
        await screen.sees("letter 2")
        await screen.press("u")
        await screen.sees("Draft 1 of 4", "letter 1")
        assert base.statuses("email")[0] == "drafted"
        assert base.ask("SELECT count(*) FROM delivery") == [0]
        await screen.press("u")
        await screen.told("Nothing to take back")


async def test_next_goes_round_and_decides_nothing(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        for letter in ("letter 2", "letter 3", "letter 4", "letter 1"):
            await screen.press("n")
            await screen.sees(letter)
        assert set(base.statuses("email")) == {"drafted"}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_sources_and_match_are_a_key_away(size: tuple[int, int], base: Base) -> None:
    async with face(size=size) as screen:
        await opened_review(screen)
        is_wide = size[0] > 100
        assert ("rests on" in screen.words()) is is_wide
        await screen.press("s")
        if is_wide:
            await screen.until(lambda: "rests on" not in screen.words())
        else:
            await screen.sees("rests on", "https://millpond.example/", "résumé, line 10")
        await screen.press("s")
        await screen.sees("Subject A: Sensor data in Go")
        await screen.press("m")
        await screen.sees("Letter 1 is drafted", "Talking points")


async def test_a_letter_is_edited_on_the_screen(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "false")
    async with face() as screen:
        await opened_review(screen)
        await screen.press("i")
        await screen.sees("Letter 1: subject A", "Ctrl+S")
        await screen.press("shift+tab", "shift+tab")
        await screen.press("end")
        await screen.type(" here")
        await screen.press("ctrl+s")
        await screen.sees("Subject A: Sensor data in Go here")
        assert base.ask("SELECT subject_a FROM email WHERE id = 1") == ["Sensor data in Go here"]
        assert len(base.ask("SELECT id FROM email_edit")) == 1


async def test_a_letter_is_edited_in_the_users_editor(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/Hello Bo,/Dear Bo,/'")
    async with face(app=Suspending) as screen:
        await opened_review(screen)
        await screen.press("e")
        await screen.sees("Dear Bo,")
        assert base.ask("SELECT body FROM email WHERE id = 1")[0].startswith("Dear Bo,")


async def test_an_editor_that_fails_is_told_and_the_screen_comes_back(
    base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "false")
    async with face(app=Suspending) as screen:
        await opened_review(screen)
        await screen.press("e")
        await screen.told("The editor 'false' failed")
        await screen.press("n")
        await screen.sees("letter 2")


async def test_where_no_editor_can_open_it_is_edited_on_the_screen(base: Base, monkeypatch: pytest.MonkeyPatch) -> None:
    for editor in ("", "vi"):  # none at all; and one, but a screen that cannot give way to it
        monkeypatch.setenv("EDITOR", editor)
        async with face() as screen:
            await opened_review(screen)
            await screen.press("e")
            await screen.sees("Ctrl+S")
            await screen.press("escape")
            await screen.told("Nothing was changed")


async def test_an_unbacked_claim_is_stored_only_at_the_users_wish(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        for key, stored in (("n", 0), ("y", 1)):
            await screen.press("i")
            await screen.sees("Ctrl+S")
            await screen.type("I invented Kubernetes at Google. ")
            await screen.press("ctrl+s")
            await screen.sees("Not backed", "Store it all the same?")
            await screen.press(key)
            await screen.until(lambda: not screen.app._busy)
            assert len(base.ask("SELECT id FROM email_edit")) == stored
            assert ("Kubernetes" in base.ask("SELECT body FROM email WHERE id = 1")[0]) is bool(stored)


async def test_a_letter_is_written_anew_with_another_answer(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        before = base.ask("SELECT body FROM email WHERE id = 1")
        await screen.press("g")
        await screen.sees("Open with?", "3 Leave it open")
        await screen.press("2")
        await screen.told("Letter 1 is written anew")
        await screen.sees("moved 200", "Draft 1 of 4")
        assert base.ask("SELECT body FROM email WHERE id = 1") != before
        assert base.ask("SELECT answer FROM question WHERE lead_id = 1")[0].startswith("We moved 200")
        await screen.press("g")
        await screen.sees("3 Leave it: We moved 200")
        await screen.press("escape")
        await screen.until(lambda: not screen.app._busy)


async def test_while_it_is_written_this_is_shown(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        with screen.app.working("writing letter 1"):
            await screen.sees("writing letter 1 ...")
        await screen.until(lambda: "letter 1 ..." not in screen.words())


async def test_a_refused_approval_is_told_with_what_to_do(base: Base) -> None:
    base.manager.set("mailing_address", "")
    async with face() as screen:
        await opened_review(screen)
        await screen.press("a")
        await screen.told("ingot config set mailing_address")
        assert base.statuses("email")[0] == "drafted"
        base.manager.set("mailing_address", "Reedweg 4, Ghent")  # elsewhere; it holds here at once
        await screen.press("a")
        await screen.sees("letter 2")
        assert base.statuses("email")[0] == "approved"


async def test_where_a_country_asks_for_a_reason_it_is_asked_for(base: Base) -> None:
    await elsewhere(base, "UPDATE lead SET location = 'Berlin, Germany', person_email = 'bo@millpond.de' WHERE id = 1")
    base.manager.set("country_stances", "DE=warn")
    async with face() as screen:
        await opened_review(screen)
        for basis, status in (("", "drafted"), ("we met at a meetup", "approved")):
            await screen.press("a")
            await screen.sees("Your reason for writing there?")
            await screen.type(basis)
            await screen.press("enter")
            await screen.until(lambda: not screen.app._busy)
            assert base.statuses("email")[0] == status
            assert base.ask("SELECT basis FROM email WHERE id = 1") == [basis]


async def test_a_yes_is_said_to_what_was_read_only(base: Base) -> None:
    async with face() as screen:
        await opened_review(screen)
        await elsewhere(base, "UPDATE email SET body = 'Hello Bo,' WHERE id = 1")
        await screen.press("a")
        await screen.told("was changed elsewhere since you saw it")
        assert base.statuses("email")[0] == "drafted"


async def test_a_letter_decided_elsewhere_stays_until_one_goes_on(base: Base) -> None:
    async with face(every=0.05) as screen:
        await opened_review(screen)
        await elsewhere(base, "UPDATE email SET status = 'rejected' WHERE id = 1")
        await screen.sees("Letter 1 is rejected by now", "Sensor data in Go")
        await screen.press("n")
        await screen.sees("Draft 1 of 3", "letter 2")


async def test_after_the_last_draft_it_says_what_comes_next(base: Base) -> None:
    await elsewhere(base, "UPDATE email SET status = 'rejected' WHERE id > 1")
    async with face() as screen:
        await screen.press("3")
        await screen.sees("Draft 1 of 1")
        await screen.press("a")
        await screen.sees("No draft waits for you")
