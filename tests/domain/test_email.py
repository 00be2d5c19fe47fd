from datetime import UTC, datetime
from itertools import product

import pytest

from ingot.domain.email import EMAIL_MOVES, Email, EmailStatus
from ingot.errors import IllegalMove

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PAIRS = list(product(EmailStatus, EmailStatus))


def letter(status: EmailStatus) -> Email:
    return Email(subject_a="One", subject_b="Two", body="Hello", id=5, lead_id=4, status=status)


@pytest.mark.parametrize(("current", "to"), [pair for pair in PAIRS if pair[1] in EMAIL_MOVES[pair[0]]])
def test_a_letter_moves_and_tells_it_without_its_text(current: EmailStatus, to: EmailStatus):
    email = letter(current)
    event = email.move(to, now=NOW, reason="why")
    assert email.status is to
    assert (event.event_type, event.aggregate_id, event.payload) == (f"Email{to.value.title()}", "5", {"lead_id": 4})
    assert email.reject_reason == ("why" if to is EmailStatus.rejected else "")


@pytest.mark.parametrize(("current", "to"), [pair for pair in PAIRS if pair[1] not in EMAIL_MOVES[pair[0]]])
def test_every_other_move_is_refused(current: EmailStatus, to: EmailStatus):
    email = letter(current)
    with pytest.raises(IllegalMove, match=f"from {current} to {to}"):
        email.move(to, now=NOW)
    assert email.status is current


def test_an_approval_is_dated_and_taken_back_with_the_approval():
    email = letter(EmailStatus.drafted)
    email.move(EmailStatus.approved, now=NOW)
    assert email.approved_at == NOW
    email.move(EmailStatus.drafted, now=NOW)
    assert email.approved_at is None


def test_only_what_was_approved_is_sent_and_what_was_sent_stays_so():
    assert [status for status, after in EMAIL_MOVES.items() if EmailStatus.sent in after] == [EmailStatus.approved]
    assert EMAIL_MOVES[EmailStatus.sent] == frozenset()
    assert EMAIL_MOVES.keys() == set(EmailStatus)
