"""What an inbound mail means, in the order of `MailKind`: by rules where rules can tell, else left to a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ingot.domain.inbound import Bounce, Judgement, MailKind
from ingot.mail.auto_reply import find_auto_reply
from ingot.mail.bounce import complained_about, find_bounce
from ingot.mail.opt_out import asks_in_person, asks_to_stop
from ingot.mail.parse import parse_mail
from ingot.mail.quotes import own_words, unsent_words

# Raised with every change of the rules: stored mail of an older version is judged anew.
JUDGE_VERSION = 1

_MOST_WORDS = 6_000  # characters; more than a person answers, and all that a model is shown


@dataclass(frozen=True, kw_only=True)
class Unjudged:
    """A person's answer that no rule decides: the writer's own words and the answer's subject."""

    words: str
    subject: str


class Label(Protocol):
    """A model's opinion of an answer (`ingot.llm.outputs.ReplyLabel`)."""

    @property
    def kind(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def clear_no(self) -> bool: ...
    @property
    def asks_to_stop(self) -> bool: ...


def judge(raw: bytes, *, sent: Sequence[str], today: date) -> Judgement | Unjudged:
    """Judge a mail: bounce, complaint, automatic answer, demand not to be written to; else it is `Unjudged`. Never raises.

    `sent` are the bodies of our letters that it may quote. `today` is the day the mail came (for dates of return).
    """
    mail = parse_mail(raw)
    bounce = find_bounce(mail)
    if bounce is not None:
        return Judgement(kind=MailKind.bounce, confidence=1.0, rule="bounce", bounce=bounce)
    complaint = complained_about(mail)
    if complaint is not None:  # somebody pressed "this is spam"
        about = Bounce(returned_message_id=complaint)
        return Judgement(kind=MailKind.unsubscribe, confidence=1.0, rule="complaint", suppress=True, bounce=about)
    words = own_words(mail.text, sent=sent)
    shown = words[:_MOST_WORDS]
    # Mail programs send the demand behind their unsubscribe button themselves (RFC 2369, 3.2): it looks automatic.
    by_subject = asks_to_stop("", mail.subject)
    automatic = None if by_subject else find_auto_reply(mail, today=today)
    # Below a signature, or where a quote was seen that is none, only words in the first person count.
    in_person = asks_in_person(unsent_words(mail.text, sent=sent))
    if automatic is not None:
        return Judgement(
            kind=automatic.kind,
            confidence=1.0,
            rule=automatic.rule,
            words=shown,
            suppress=bool(in_person),
            returns_on=automatic.returns_on,
        )
    if rule := by_subject or asks_to_stop(words) or in_person:
        return Judgement(kind=MailKind.unsubscribe, confidence=1.0, rule=rule, words=shown, suppress=True)
    if not words:
        return Judgement(kind=MailKind.other, confidence=1.0, rule="no_words")
    return Unjudged(words=shown, subject=mail.subject)


def combine(unjudged: Unjudged, label: Label) -> Judgement:
    """The judgement from a model's label. A model can add suppression; what the rules suppress never gets here."""
    kind = MailKind.unsubscribe if label.asks_to_stop else MailKind(label.kind)
    return Judgement(
        kind=kind,
        confidence=min(1.0, max(0.0, label.confidence)),
        rule="model",
        words=unjudged.words,
        suppress=kind is MailKind.unsubscribe or label.clear_no,
    )
