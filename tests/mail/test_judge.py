"""The order in which a mail is judged, and what a model may add."""

from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.inbound import Judgement, MailKind
from ingot.llm.outputs import ReplyLabel
from ingot.mail.judge import Unjudged, combine, judge

TODAY = date(2026, 3, 4)
LETTER = "Hi Bo,\n\nI read on your site that the ingest path moved to Rust in May.\n\nWould 20 minutes work for you?\n\nAda Quill"


def mail(text: str, *, subject: str = "Re: Rust at Millpond", **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Bo Reed <bo@millpond.example>", "ada@quill.example", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


def bounce(text: str = "") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: ada@quill.example\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        f"--x\r\nContent-Type: text/plain\r\n\r\nThe mail could not be delivered. {text}\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        "Final-Recipient: rfc822; bo@millpond.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n--x--\r\n"
    ).encode()


def ruled(raw: bytes) -> Judgement:
    found = judge(raw, sent=[LETTER], today=TODAY)
    assert isinstance(found, Judgement)
    return found


def label(**changes: object) -> ReplyLabel:
    return ReplyLabel.model_validate(
        {"kind": "positive", "confidence": 0.8, "clear_no": False, "asks_to_stop": False} | changes
    )


def test_a_bounce_is_judged_before_an_automatic_answer_and_a_demand() -> None:
    found = ruled(bounce("To unsubscribe, reply with stop."))
    assert (found.kind, found.suppress) == (MailKind.bounce, False)
    assert found.bounce is not None
    assert found.bounce.recipient == "bo@millpond.example"


def test_a_letter_that_is_still_being_tried_is_told_as_such() -> None:
    found = ruled(bounce().replace(b"Action: failed", b"Action: delayed").replace(b"5.1.1", b"4.4.1"))
    assert found.bounce is not None
    assert found.bounce.delayed
    assert not (ruled(bounce()).bounce or found.bounce).delayed


def test_a_complaint_is_a_demand_and_names_the_letter() -> None:
    raw = (
        b"From: feedback@provider.example\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/report; report-type=feedback-report; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/plain\r\n\r\nThis is a report about a letter.\r\n"
        b"--x\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\n\r\n"
        b"--x\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <letter-3@quill.example>\r\n\r\nHi Bo\r\n--x--\r\n"
    )
    found = ruled(raw)
    assert (found.kind, found.rule, found.suppress) == (MailKind.unsubscribe, "complaint", True)
    assert found.bounce is not None
    assert found.bounce.returned_message_id == "<letter-3@quill.example>"


def test_an_automatic_answer_is_judged_before_a_demand() -> None:
    text = "I am out of the office until 16 March 2026.\n\n-- \nMillpond. Unsubscribe from our newsletter: https://millpond.example/u"
    found = ruled(mail(text, subject="Automatic reply: Rust at Millpond", Auto_Submitted="auto-replied"))
    assert (found.kind, found.suppress, found.returns_on) == (MailKind.out_of_office, False, date(2026, 3, 16))


def test_an_automatic_answer_that_asks_not_to_be_written_to_is_kept_to() -> None:
    text = "Bo Reed has left the company. Please do not write to this address again."
    found = ruled(mail(text, subject="Automatic reply", Auto_Submitted="auto-replied"))
    assert found.kind in {MailKind.left_company, MailKind.auto_reply}
    assert found.suppress


def test_the_button_of_a_mail_program_is_a_demand_though_a_program_sent_it() -> None:
    text = "This message was automatically generated."
    found = ruled(mail(text, subject="unsubscribe", Auto_Submitted="auto-generated", Precedence="bulk"))
    assert (found.kind, found.rule, found.suppress) == (MailKind.unsubscribe, "subject_alone", True)


def test_a_demand_needs_no_model() -> None:
    quoted = "\n".join(f"> {line}" for line in LETTER.splitlines())
    found = ruled(mail(f"Nice work! But please take me off your list.\n\n{quoted}"))
    assert (found.kind, found.suppress, found.confidence) == (MailKind.unsubscribe, True, 1.0)
    assert found.words == "Nice work! But please take me off your list."


@pytest.mark.parametrize(
    "text",
    ["Nice.\n\n-- \nBo\nPS: do not write to me again.", "On 3 March 2026 Ada <ada@quill.example> wrote:\nplease remove me from your list"],
)  # fmt: skip
def test_a_demand_where_no_words_were_looked_for_is_found(text: str) -> None:
    assert ruled(mail(text)).suppress


def test_what_no_rule_decides_is_left_to_the_model() -> None:
    quoted = "\n".join(f"> {line}" for line in LETTER.splitlines())
    found = judge(mail(f"Thursday?\n\n{quoted}"), sent=[LETTER], today=TODAY)
    assert found == Unjudged(words="Thursday?", subject="Re: Rust at Millpond")


def test_a_mail_without_words_of_its_own_is_not_shown_to_a_model() -> None:
    found = ruled(mail(LETTER))
    assert (found.kind, found.rule, found.suppress) == (MailKind.other, "no_words", False)


def test_a_model_is_shown_a_bounded_text_but_the_rules_read_all_of_it() -> None:
    filler = "We run it on two nodes in Ghent and it has never failed us so far.\n" * 200
    found = judge(mail(filler), sent=[], today=TODAY)
    assert isinstance(found, Unjudged)
    assert len(found.words) <= 6_000
    assert ruled(mail(f"{filler}\nPlease remove me from your list.")).suppress


def test_a_label_becomes_a_judgement() -> None:
    found = combine(Unjudged(words="Thursday?", subject=""), label())
    assert found == Judgement(kind=MailKind.positive, confidence=0.8, rule="model", words="Thursday?")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [({"asks_to_stop": True}, "unsubscribe"), ({"kind": "unsubscribe"}, "unsubscribe"), ({"kind": "negative", "clear_no": True}, "negative"), ({"clear_no": True}, "positive")],
)  # fmt: skip
def test_a_model_can_add_suppression(changes: dict[str, object], kind: str) -> None:
    found = combine(Unjudged(words="", subject=""), label(**changes))
    assert (found.suppress, found.kind.value) == (True, kind)


def test_a_refusal_for_now_suppresses_nobody() -> None:
    assert not combine(Unjudged(words="", subject=""), label(kind="negative")).suppress


@pytest.mark.parametrize(("said", "kept"), [(7.0, 1.0), (-1.0, 0.0), (float("nan"), 0.0)])
def test_confidence_is_kept_between_0_and_1(said: float, kept: float) -> None:
    boastful = ReplyLabel.model_construct(kind="other", confidence=said, clear_no=False, asks_to_stop=False)
    assert combine(Unjudged(words="", subject=""), boastful).confidence == kept


@given(raw=st.binary(max_size=300), sent=st.lists(st.text(max_size=80), max_size=2))
def test_no_bytes_make_it_fail(raw: bytes, sent: list[str]) -> None:
    assert isinstance(judge(raw, sent=sent, today=TODAY), Judgement | Unjudged)
