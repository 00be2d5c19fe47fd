"""The suppression list by hand."""

import pytest
import sqlalchemy as sa

from ingot.actions.suppress import Added, as_csv, read_csv, suppress
from ingot.db.tables import audit_logs
from ingot.errors import ValidationError
from tests.fakes.incoming import Uow, add_sent, suppressed
from tests.fakes.outgoing import MONDAY, QUEUED, statuses


async def add(uow: Uow, *entries: str) -> Added:
    async with uow() as work:
        return await suppress(work, [(entry, "by hand") for entry in entries], who="cli", now=MONDAY)


async def test_entries_are_added_once_and_noted_without_naming_them(uow: Uow):
    assert await add(uow, "Kim+x@Acme.example", "kim@acme.example", "@Other.example") == Added(new=2, known=1)
    assert await suppressed(uow) == ["kim@acme.example", "@other.example"]
    assert await add(uow, "kim@acme.example") == Added(new=0, known=1)
    async with uow() as work:
        messages = (await work.session.scalars(sa.select(audit_logs.c.message))).all()
    assert messages == ["2 entries suppressed.", "0 entries suppressed."]


@pytest.mark.parametrize("entry", ["Bo+x@millpond1.example", "@millpond1.example"])
async def test_what_is_queued_for_them_is_skipped_at_once(entry: str, uow: Uow):
    await add_sent(uow, 1, status=QUEUED, claimed_at=None)
    await add_sent(uow, 2, recipient="bo@not-millpond1.example")
    await add(uow, entry)
    assert await statuses(uow) == ["skipped", "skipped", "skipped", "sent", "queued", "queued"]


async def test_an_underscore_is_no_wild_card(uow: Uow):
    await add_sent(uow, 1, recipient="bo@aXb.example")
    await add(uow, "@a_b.example")
    assert await statuses(uow) == ["sent", "queued", "queued"]


async def test_one_that_is_not_valid_adds_none(uow: Uow):
    with pytest.raises(ValidationError):
        await add(uow, "kim@acme.example", "nonsense")
    assert await suppressed(uow) == []


async def test_what_was_exported_can_be_imported(uow: Uow):
    await add(uow, "kim@acme.example", "@other.example")
    async with uow() as work:
        text = as_csv(await work.suppressed.everyone())
    assert text.splitlines()[:2] == [
        "email_address,unsubscribe_reason,unsubscribed_at", "kim@acme.example,by hand,2026-11-23T10:00:00+00:00",
    ]  # fmt: skip
    assert read_csv(text) == [("kim@acme.example", "by hand"), ("@other.example", "by hand")]


@pytest.mark.parametrize(
    "text", ["a@b.example\nc@d.example, asked\n", "\ufeffEmail,why\r\na@b.example,\r\n\r\nc@d.example,asked\r\n"]
)
def test_lists_of_other_programs_are_read(text: str):
    assert read_csv(text) == [("a@b.example", "imported"), ("c@d.example", "asked")]


def test_a_line_that_is_no_entry_is_named_and_not_passed_over():
    with pytest.raises(ValidationError, match="Line 2 of the file") as caught:
        read_csv("a@b.example\nno address\n")
    assert "Nothing was added" in caught.value.hint
    assert "no address" not in str(caught.value)
