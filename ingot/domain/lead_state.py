"""The lead's way as a table: which status may follow which."""

from __future__ import annotations

from enum import StrEnum

from ingot.errors import IllegalMove


class LeadStatus(StrEnum):
    """Where a lead stands. Each flow finds its work by this."""

    discovered = "discovered"
    researching = "researching"
    matched = "matched"
    approved = "approved"
    rejected = "rejected"
    deferred = "deferred"
    drafted = "drafted"
    sent = "sent"
    replied = "replied"
    closed = "closed"
    failed = "failed"


_S = LeadStatus

MOVES: dict[LeadStatus, frozenset[LeadStatus]] = {
    _S.discovered: frozenset({_S.researching, _S.closed, _S.failed}),
    _S.researching: frozenset({_S.matched, _S.closed, _S.failed}),
    _S.matched: frozenset({_S.approved, _S.rejected, _S.deferred, _S.closed, _S.failed}),
    _S.approved: frozenset({_S.drafted, _S.rejected, _S.deferred, _S.closed, _S.failed}),
    # A person may change their mind: nothing was spent on these, nothing has been sent.
    _S.rejected: frozenset({_S.approved, _S.deferred, _S.closed}),
    _S.deferred: frozenset({_S.approved, _S.rejected, _S.closed}),
    # Back to approved is "write it again"; rejected is "not this company after all".
    _S.drafted: frozenset({_S.sent, _S.approved, _S.rejected, _S.closed, _S.failed}),
    _S.sent: frozenset({_S.replied, _S.closed, _S.failed}),
    _S.replied: frozenset({_S.closed}),
    _S.closed: frozenset(),
    # A failed lead can be tried again by a person: from where research starts, or from the approval on.
    _S.failed: frozenset({_S.discovered, _S.approved, _S.closed}),
}


def check_move(current: LeadStatus, to: LeadStatus) -> None:
    """Raise `IllegalMove` unless `to` may follow `current`."""
    if to not in MOVES[current]:
        allowed = ", ".join(sorted(MOVES[current])) or "nothing: this is an end"
        raise IllegalMove(
            f"A lead cannot go from {current} to {to}.",
            hint=f"From {current} it can go to: {allowed}.",
            current=current,
            to=to,
        )
