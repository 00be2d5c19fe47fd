"""What the people of the sample world write back: one is glad, one is away, one asks to be left alone."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from ingot.sample.mailbox import Accepted, MailStore

_GLAD = (
    "Hi,\n\nthanks for this, it is the first letter in weeks by somebody who has read what we do. "
    "Could you do a call on Thursday at 3 pm?\n\nBest,\n{name}\n"
)
_AWAY = "Thank you for your mail. I am out of the office until {back:%d %B %Y} and will answer after that.\n"
_ENOUGH = (
    "What a thoughtful letter, you clearly know your craft. Still, please take me off your list, "
    "I get far too many of these.\n\n{name}\n"
)


def deliver_answers(store: MailStore, letters: Sequence[Accepted], *, now: datetime) -> int:
    """Put an answer to each of the first three letters into the sender's inbox. Returns how many."""
    answers = (_GLAD, _AWAY, _ENOUGH)
    for letter, text in zip(letters, answers, strict=False):
        store.deliver(letter.sender, _answer(letter, text, now=now, automatic=text is _AWAY), on=now.date())
    return min(len(letters), len(answers))


def _answer(letter: Accepted, text: str, *, now: datetime, automatic: bool) -> bytes:
    sent = email.message_from_bytes(letter.raw, policy=email.policy.default)
    recipient = letter.recipients[0]
    name = parseaddr(str(sent["To"]))[0] or "The team"
    words = text.format(name=name, back=now.date() + timedelta(days=9))
    answer = EmailMessage(policy=email.policy.SMTP)
    answer["From"], answer["To"] = f"{name} <{recipient}>", letter.sender
    answer["Subject"] = f"{'Automatic reply' if automatic else 'Re'}: {sent['Subject']}"
    answer["Date"] = format_datetime(now)
    answer["Message-ID"] = f"<answer.{sent['Message-ID'].strip('<>')}>"
    answer["In-Reply-To"] = answer["References"] = str(sent["Message-ID"])
    if automatic:
        answer["Auto-Submitted"] = "auto-replied"
        answer.set_content(words)
    else:
        body = sent.get_content() if not sent.is_multipart() else ""
        quoted = "".join(f"> {line}\n" for line in body.splitlines())
        answer.set_content(f"{words}\nOn {now:%a, %d %b %Y}, you wrote:\n{quoted}")
    return answer.as_bytes()
