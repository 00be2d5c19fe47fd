import json
from collections.abc import Callable, Iterator

import pytest

from tests.cli.conftest import Base, Run
from tests.cli.mailbox import USER, Running, running_mailbox

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


@pytest.fixture
def mailbox(base: Base) -> Iterator[Running]:
    with running_mailbox(base.manager) as running:
        yield running


def test_an_approved_letter_is_shown_as_queued_and_sent_once(base: Base, ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1, 2)
    status = json.loads(ingot("mail", "status", "--json").out)
    assert (status["counts"]["queued"], status["left"]["warm_up"]) == (4, 5)
    assert "Nothing was sent" in ingot("mail", "send").out
    assert mailbox.smtp.accepted == []
    sent = ingot("mail", "send", "--now")
    assert sent.code == 0
    assert "Sent 2, later 0, refused 0, in doubt 0." in sent.out
    assert "Sent 0" in ingot("mail", "send", "--now").out
    assert [letter.recipients for letter in mailbox.smtp.accepted] == [
        ("bo@millpond1.example",),
        ("bo@millpond2.example",),
    ]
    assert base.statuses("email") == ["sent", "sent", "drafted", "drafted"]
    assert base.statuses("lead")[:3] == ["sent", "sent", "drafted"]


def test_a_letter_that_has_left_is_neither_edited_nor_rejected(base: Base, ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1)
    ingot("mail", "send", "--now")
    assert ingot("mail", "edit", 1, "--subject-a", "Another subject").code == 5
    assert ingot("mail", "reject", 1).code == 5
    assert base.statuses("email")[0] == "sent"


def test_a_paused_mailbox_sends_nothing_until_somebody_resumes_it(base: Base, ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1)
    ingot("mail", "pause", "--reason", "holiday")
    held = ingot("mail", "send", "--now")
    assert "Sent 0" in held.out
    assert "holiday. Then: ingot mail resume." in held.out
    assert "Sending is paused: holiday." in ingot("mail", "status").out
    assert ingot("mail", "resume", stdin="n\n").code == 1
    resumed = ingot("mail", "resume", "--yes")
    assert "Paused because: holiday." in resumed.out
    assert "Sent 1" in ingot("mail", "send", "--now").out
    assert ingot("mail", "resume", "--yes").code == 5


def test_a_paused_campaign_holds_its_letters(ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1)
    assert ingot("mail", "pause", "--campaign", "autumn").code == 0
    assert "Sent 0" in ingot("mail", "send", "--now").out
    [held, _] = json.loads(ingot("mail", "status", "--json").out)["lines"]
    assert held["hold"] == "campaign_paused"
    assert ingot("mail", "resume", "--campaign", "winter").code == 5
    ingot("mail", "resume", "--campaign", "autumn")
    assert "Sent 1" in ingot("mail", "send", "--now").out


def test_a_letter_to_oneself_shows_that_letters_in_doubt_can_be_looked_up(ingot: Ingot, mailbox: Running) -> None:
    assert "untested" in ingot("mail", "status").out
    tried = json.loads(ingot("mail", "test", "--json").out)
    assert tried == {"arrived": True, "lookup": "exact", "sent_mailbox": "Sent", "dkim_selector": ""}
    assert mailbox.smtp.accepted[0].recipients == (USER,)
    assert "untested" not in ingot("mail", "status").out
    assert "can be looked up" in ingot("mail", "test").out


def test_a_wrong_password_is_told_as_such(base: Base, ingot: Ingot, mailbox: Running) -> None:
    base.manager.set("smtp.password", "wrong")
    refused = ingot("mail", "test")
    assert refused.code == 3
    assert "refused the user name or the password" in refused.err
    assert "wrong" not in refused.err.replace("wrong command", "")


def test_a_refused_login_pauses_the_account_and_keeps_the_letter(base: Base, ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1)
    base.manager.set("smtp.password", "wrong")
    held = ingot("mail", "send", "--now")
    assert "Sent 0" in held.out
    assert "refused the sender" in ingot("mail", "status").out
    assert base.statuses("delivery") == ["queued", "queued"]


def test_nothing_is_sent_without_a_mailbox(base: Base, ingot: Ingot) -> None:
    base.manager.update({"smtp.host": "", "smtp.username": ""})
    refused = ingot("mail", "send", "--now")
    assert refused.code == 3
    assert "ingot setup" in refused.err
    approval = ingot("mail", "approve", 1)
    assert approval.code == 3
    assert base.statuses("email")[0] == "drafted"


def test_only_a_letter_in_doubt_is_settled_by_hand(base: Base, ingot: Ingot, mailbox: Running) -> None:
    ingot("mail", "approve", 1)
    assert ingot("mail", "settle", 1, "--sent").code == 5
    assert ingot("mail", "settle", 1).code == 5
    assert base.statuses("delivery")[0] == "queued"


def test_an_address_given_by_hand_is_where_the_letter_goes(base: Base, ingot: Ingot, mailbox: Running) -> None:
    given = ingot("leads", "address", 1, "kim@pond.example")
    assert given.code == 0
    ingot("mail", "approve", 1)
    ingot("mail", "send", "--now")
    assert mailbox.smtp.accepted[0].recipients == ("kim@pond.example",)
    assert ingot("leads", "address", 1, "lou@pond.example").code == 5
    assert ingot("leads", "address", 2, "no address").code == 5
    ingot("suppress", "add", "@pond.example")
    assert "suppression list" in ingot("leads", "address", 2, "max@pond.example").err
