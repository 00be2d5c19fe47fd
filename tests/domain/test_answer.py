from datetime import UTC, datetime

import pytest

from ingot.domain.answer import Answer
from ingot.domain.email import EmailStatus
from ingot.errors import IllegalMove

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_an_answer_knows_when_it_was_approved():
    answer = Answer(inbound_id=1, lead_id=2, body="Hello Bo.")
    answer.move(EmailStatus.approved, now=NOW)
    assert (answer.status, answer.approved_at) == (EmailStatus.approved, NOW)
    answer.move(EmailStatus.sent, now=NOW)
    assert answer.status is EmailStatus.sent


def test_an_answer_is_not_approved_twice():
    answer = Answer(inbound_id=1, lead_id=2, body="Hello Bo.", status=EmailStatus.approved)
    with pytest.raises(IllegalMove, match="from approved to approved"):
        answer.move(EmailStatus.approved, now=NOW)
