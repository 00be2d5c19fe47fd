from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.account import INBOX_FRESH_FOR, MailAccount, PauseKind, SentLookup

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


def make(**changes: object) -> MailAccount:
    return MailAccount(user_id="user_local", **changes)  # type: ignore[arg-type]


def test_a_pause_that_stands_keeps_its_first_reason():
    account = make()
    assert account.pause(PauseKind.bounces, "2 of 20 bounced.", now=NOW)
    assert not account.pause(PauseKind.person, "holidays", now=NOW + timedelta(days=1))
    assert (account.pause_kind, account.pause_reason, account.paused_at) == (PauseKind.bounces, "2 of 20 bounced.", NOW)


def test_resuming_says_why_it_was_paused():
    account = make()
    account.pause(PauseKind.account, "The provider refused the sender.", now=NOW)
    assert account.resume() == "The provider refused the sender."
    assert (account.pause_kind, account.pause_reason, account.paused_at) == (None, "", None)


def test_a_day_of_sending_counts_once():
    account = make()
    for hours in (0, 1, 5):
        account.sent_on(NOW + timedelta(hours=hours), "UTC")
    assert (account.sending_days, account.last_sending_day) == (1, "2026-11-23")
    account.sent_on(NOW + timedelta(days=1), "UTC")
    assert account.sending_days == 2


def test_a_letter_found_late_does_not_count_its_day_again():
    account = make()
    for days in (0, 1, 0, 1, 0):
        account.sent_on(NOW + timedelta(days=days), "UTC")
    assert (account.sending_days, account.last_sending_day) == (2, "2026-11-24")


def test_a_day_is_one_where_the_sender_is():
    account = make()
    account.sent_on(datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Asia/Tokyo")
    assert account.last_sending_day == "2026-11-24"


def test_today_is_no_earlier_day():
    account = make()
    assert account.earlier_sending_days(NOW, "UTC") == 0
    account.sent_on(NOW, "UTC")
    assert account.earlier_sending_days(NOW, "UTC") == 0
    assert account.earlier_sending_days(NOW + timedelta(days=1), "UTC") == 1
    assert account.earlier_sending_days(NOW - timedelta(days=1), "UTC") == 0  # the zone was changed meanwhile


@given(st.lists(st.integers(0, 400), max_size=30))
def test_the_warm_up_never_grows_by_more_than_one_a_day(hours: list[int]):
    account = make()
    for hour in hours:
        account.sent_on(NOW + timedelta(hours=hour), "UTC")
    assert account.sending_days <= len({(NOW + timedelta(hours=hour)).date() for hour in hours})


@pytest.mark.parametrize(
    ("read_at", "fresh"),
    [(None, False), (NOW - INBOX_FRESH_FOR, True), (NOW - INBOX_FRESH_FOR - timedelta(seconds=1), False), (NOW, True)],
)
def test_an_inbox_is_fresh_for_some_hours(read_at: datetime | None, fresh: bool):
    assert make(inbox_read_at=read_at).inbox_is_fresh(NOW) is fresh


def test_what_was_learnt_of_one_mailbox_is_not_believed_of_another():
    account = make(sent_lookup=SentLookup.exact, sent_mailbox="Sent", dkim_selector="s1", dns_checked_at=NOW)
    account.use("imre@valk.example")
    assert account.finds_in_sent("imre@valk.example")
    assert not account.finds_in_sent("other@valk.example")
    account.use("imre@valk.example")
    assert account.sent_lookup is SentLookup.exact
    account.use("imre@elsewhere.example")
    assert (account.sent_lookup, account.sent_mailbox, account.dkim_selector) == (SentLookup.untested, "", "")
    assert account.dns_checked_at is None
    assert not account.finds_in_sent("imre@elsewhere.example")
