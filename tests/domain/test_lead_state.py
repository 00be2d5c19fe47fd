from itertools import product

import pytest

from ingot.domain.lead_state import MOVES, LeadStatus, check_move
from ingot.errors import IllegalMove

PAIRS = list(product(LeadStatus, LeadStatus))


@pytest.mark.parametrize(("current", "to"), [pair for pair in PAIRS if pair[1] in MOVES[pair[0]]])
def test_a_move_of_the_table_is_allowed(current: LeadStatus, to: LeadStatus):
    check_move(current, to)


@pytest.mark.parametrize(("current", "to"), [pair for pair in PAIRS if pair[1] not in MOVES[pair[0]]])
def test_every_other_move_is_refused_and_says_what_is_allowed(current: LeadStatus, to: LeadStatus):
    with pytest.raises(IllegalMove, match=f"from {current} to {to}") as caught:
        check_move(current, to)
    assert caught.value.fields == {"current": current, "to": to}
    assert all(allowed.value in caught.value.hint for allowed in MOVES[current])


def test_every_status_has_its_row_and_none_leads_to_itself():
    assert MOVES.keys() == set(LeadStatus)
    assert all(status not in following for status, following in MOVES.items())


def reachable(start: LeadStatus) -> set[LeadStatus]:
    found, new = {start}, {start}
    while new:
        new = {to for status in new for to in MOVES[status]} - found
        found |= new
    return found


def test_every_status_is_reached_from_discovered_and_every_lead_can_be_closed():
    assert reachable(LeadStatus.discovered) == set(LeadStatus)
    assert all(LeadStatus.closed in reachable(status) for status in LeadStatus)


def test_only_closed_is_an_end():
    assert [status for status, following in MOVES.items() if not following] == [LeadStatus.closed]


def test_nothing_is_drafted_that_was_not_approved_and_nothing_sent_that_was_not_drafted():
    assert [status for status, following in MOVES.items() if LeadStatus.drafted in following] == [LeadStatus.approved]
    assert [status for status, following in MOVES.items() if LeadStatus.sent in following] == [LeadStatus.drafted]


def test_what_was_sent_is_never_written_again():
    after = reachable(LeadStatus.sent) - {LeadStatus.sent}
    assert LeadStatus.sent not in {
        to for status in MOVES[LeadStatus.sent] - {LeadStatus.failed} for to in reachable(status)
    }
    assert LeadStatus.replied in after
