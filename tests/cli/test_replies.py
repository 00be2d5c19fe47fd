import json
from collections.abc import Callable, Iterator

import pytest

from tests.cli.conftest import Base, Run
from tests.cli.mailbox import Running, running_mailbox

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


@pytest.fixture
def mailbox(base: Base, ingot: Ingot) -> Iterator[Running]:
    """Letter 1 has left."""
    with running_mailbox(base.manager) as running:
        ingot("mail", "approve", 1)
        ingot("mail", "send", "--now")
        yield running


def test_an_answer_is_read_judged_and_answered(base: Base, ingot: Ingot, mailbox: Running) -> None:
    mailbox.answer("Hi Imre, this is interesting. Could we talk next week?")
    polled = json.loads(ingot("mail", "poll", "--json").out)
    assert (polled["kept"], polled["kinds"], polled["answers"]) == (1, {"positive": 1}, 1)
    assert json.loads(ingot("mail", "poll", "--json").out)["kept"] == 0
    [reply] = json.loads(ingot("mail", "replies", "--json").out)
    assert (reply["kind"], reply["matched_by"], reply["answer_status"]) == ("positive", "thread", "drafted")
    assert "Suggested answer" in ingot("mail", "replies", "--kind", "positive").out
    assert "queued" in ingot("mail", "answer", 1, "--approve").out
    assert "Sent 1" in ingot("mail", "send", "--now").out
    answer = mailbox.smtp.accepted[-1]
    assert answer.recipients == ("bo@millpond1.example",)
    assert b"In-Reply-To: <answer@millpond.example>" in answer.raw
    assert base.statuses("lead")[0] == "replied"
    assert base.ask("SELECT status FROM followup WHERE parent_email_id = 1") == ["skipped"]
    assert ingot("mail", "answer", 1, "--approve").code == 5


def test_who_polls_is_told_who_answered_and_is_told_once(ingot: Ingot, mailbox: Running) -> None:
    mailbox.answer("Hi Imre, this is interesting. Could we talk next week?")
    assert "Millpond answered: positive." in ingot("mail", "poll").out
    assert "answered" not in ingot("mail", "poll").out


def test_whoever_asks_to_be_left_alone_is(base: Base, ingot: Ingot, mailbox: Running) -> None:
    mailbox.answer("Impressive work, really. But please remove me from your list.")
    polled = ingot("mail", "poll")
    assert "1 unsubscribe" in polled.out
    assert "bo@millpond1.example" in ingot("suppress", "list").out
    assert base.statuses("lead")[0] == "closed"
    assert base.statuses("delivery") == ["sent", "skipped"]
    assert ingot("mail", "answer", 1, "--body", "Sorry to hear that, Bo.").code == 5


def test_an_own_answer_passes_the_same_check(base: Base, ingot: Ingot, mailbox: Running) -> None:
    mailbox.answer("What did you build with Kafka?")
    ingot("mail", "poll")
    false = ingot("mail", "answer", 1, "--body", "I led forty engineers at Brightwater for ten years.")
    assert false.code == 1
    assert base.statuses("delivery")[-1] != "queued" or len(base.statuses("delivery")) == 2
    true = ingot("mail", "answer", 1, "--body", "-", stdin="I built a Kafka pipeline in Go for truck positions.")
    assert true.code == 0
    assert ingot("mail", "answer", 1).code == 5


def test_stored_mail_is_judged_again_by_newer_rules_only(ingot: Ingot, mailbox: Running) -> None:
    mailbox.answer("No thanks, we are not hiring.")
    ingot("mail", "poll")
    assert "0 mails were judged again" in ingot("mail", "reclassify").out
    assert json.loads(ingot("mail", "reclassify", "--json").out) == {"kinds": {}, "not_judged": 0}


def test_an_empty_inbox_is_told(ingot: Ingot, mailbox: Running) -> None:
    assert "nothing to act on" in ingot("mail", "poll").out
    assert "Nothing came back yet" in ingot("mail", "replies").out
