"""What became of letters that left."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from ingot.actions.track import story_of, tracked
from ingot.db.tables import inbound
from ingot.domain.inbound import BounceClass, MailKind
from ingot.errors import ValidationError
from tests.fakes.entities import USER
from tests.fakes.incoming import Uow, add_sent, store
from tests.fakes.outgoing import MONDAY, QUEUED

pytestmark = pytest.mark.long


async def test_letters_that_left_are_shown_with_what_came_of_them(uow: Uow) -> None:
    first = await add_sent(uow, 1, opens=2, variant="b", letter={"created_at": MONDAY - timedelta(days=1)})
    bounced = await add_sent(
        uow, 2, sent_at=MONDAY + timedelta(hours=1), bounced_at=MONDAY, bounce_class=BounceClass.dead
    )
    await add_sent(uow, 3, status=QUEUED, claimed_at=None, sent_at=None)
    mail_id = await store(
        uow, b"From: bo@millpond1.example\r\n\r\nYes, gladly.\r\n", received_at=MONDAY + timedelta(days=1)
    )
    async with uow() as work:
        changed = {"lead_id": first.lead_id, "kind": MailKind.positive}
        await work.session.execute(sa.update(inbound).where(inbound.c.id == mail_id).values(**changed))
        await work.commit()
    async with uow() as work:
        shown = await tracked(work, user_id=USER, limit=10)
        story = await story_of(work, first.email_id or 0)
        assert [item.letter_id for item in await tracked(work, user_id=USER, limit=1)] == [bounced.email_id]
    assert [(item.company, item.opens, item.bounced, item.replies) for item in shown] == [
        ("Millpond 2", 0, "dead", ()),
        ("Millpond 1", 2, "", ("positive",)),
    ]
    told = [moment.told for moment in story]
    assert "letter sent with subject B" in told
    assert told[-1] == "came back: positive"


async def test_a_letter_that_is_not_there_is_an_error(uow: Uow) -> None:
    async with uow() as work:
        with pytest.raises(ValidationError, match="no letter 7"):
            await story_of(work, 7)
