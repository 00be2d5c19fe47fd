import pytest

from ingot.mail.outcome import Phase, from_reply


@pytest.mark.parametrize(
    ("reply", "about_sender"),
    [
        ("5.4.5 Daily user sending limit exceeded", True),
        ("5.4.6 Unusual sending activity detected", True),
        ("quota exceeded for sending messages", True),
        ("You have exceeded the number of messages per hour", True),
        ("5.2.0 message submission; OutboundSpamException", True),
        ("5.2.252 SendAsDenied", True),
        ("5.7.708 traffic not accepted", True),
        ("5.1.1 The account does not exist", False),
        ("5.2.1 The account is disabled", False),
        ("mailbox is over quota", False),
        ("5.4.4 no route to the host", False),
        ("5.1.10 recipient not found", False),
    ],
)
def test_a_refusal_is_about_the_account_or_about_the_recipient(reply: str, about_sender: bool) -> None:
    assert from_reply(550, reply, phase=Phase.envelope).about_sender is about_sender


def test_what_a_server_says_is_kept_short_and_without_controls() -> None:
    outcome = from_reply(550, "5.1.1 no\x1b[2J\nsuch\u202e user \udcff" + "x" * 1000, phase=Phase.envelope)

    assert outcome.text.startswith("5.1.1 no [2J such user x")
    assert len(outcome.text) == 300
