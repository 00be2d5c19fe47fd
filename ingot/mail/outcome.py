"""What became of one attempt to send, and whom a refusal is about."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_MOST_TEXT = 300
_ENHANCED = re.compile(r"^[245]\.\d{1,3}\.\d{1,3}\b", re.MULTILINE)  # RFC 3463, at the start of a line of the reply
# RFC 3463 and the IANA registry: 5.1.7 and 5.1.8 are the sender's address, 5.7.x is policy (spam, authentication).
# 5.4.5 is Gmail's daily limit; the registry's "mail system congestion" is nobody's address either.
_SENDER_STATUS = re.compile(r"5\.(?:1\.[78]|4\.5|7\.\d+)")
# A mailbox that is full or closed speaks of limits and quotas as well: there the recipient is meant.
_RECIPIENT_STATUS = re.compile(r"[45]\.(?:1\.[12346]|1\.10|2\.[1-4])")
_SENDING_LIMIT = re.compile(
    r"""(?:daily|hourly|sending|outbound|outgoing)\s(?:user\s|message\s|mail\s|e-?mail\s|sending\s|rate\s)*(?:limit|quota)
    | quota\sexceeded\sfor\ssending | exceeded\s[\w\s]{0,30}(?:per\s(?:day|hour)|sending)
    | (?:limit|quota)\s(?:for|of|on)\s(?:sending|outgoing|messages\sper) | unusual\ssending | outbound\s?spam | SendAsDenied""",
    re.IGNORECASE | re.VERBOSE,
)


class OutcomeKind(StrEnum):
    """`later` and `refused`: the server has not taken the letter. `unknown`: it may have, and must not be sent again."""

    sent = "sent"
    later = "later"
    refused = "refused"
    unknown = "unknown"


class Phase(StrEnum):
    """How far an attempt came. Only `data` can end in doubt."""

    connect = "connect"
    auth = "auth"
    envelope = "envelope"
    data = "data"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one attempt ended. `code` is 0 without a reply, `enhanced` is like "5.1.1" (RFC 3463) or empty.

    `text` is what the server said, or our words for what happened; it may hold an address: it belongs in the
    database, never in a log. `about_sender` means the account (login, limit, policy), not the recipient.
    """

    kind: OutcomeKind
    phase: Phase
    code: int = 0
    enhanced: str = ""
    text: str = ""
    about_sender: bool = False


def from_reply(code: int, message: str, *, phase: Phase, on_sender: bool = False) -> Outcome:
    """The outcome of a reply of the server; `on_sender` where it answered to the login or to MAIL FROM.

    4xx is later, 5xx refused (RFC 5321 4.2.1). Anything else is no answer: unknown once the letter went over.
    A refused login is later: the letter can go when the account works again.
    """
    found = _ENHANCED.search(message)
    enhanced = found[0] if found and found[0][0] == str(code)[0] else ""
    kind = _kind(code // 100, phase)
    about_sender = (on_sender and code // 100 == 5) or _is_about_sender(enhanced, message)
    return Outcome(
        kind=kind,
        phase=phase,
        code=max(code, 0),
        enhanced=enhanced,
        text=_clean(message),
        about_sender=about_sender and kind is not OutcomeKind.sent,
    )


def _kind(reply_class: int, phase: Phase) -> OutcomeKind:
    match phase, reply_class:
        case Phase.data, 2:
            return OutcomeKind.sent
        case ((Phase.envelope | Phase.data), 5):
            return OutcomeKind.refused
        case Phase.data, reply_class if reply_class != 4:
            return OutcomeKind.unknown
        case _:
            return OutcomeKind.later


def without_reply(reason: str, *, phase: Phase, about_sender: bool = False) -> Outcome:
    """The outcome of an attempt that ended without an answer: `unknown` only once the letter itself was on its way."""
    return Outcome(kind=_kind(0, phase), phase=phase, text=_clean(reason), about_sender=about_sender)


def _is_about_sender(enhanced: str, message: str) -> bool:
    if _SENDER_STATUS.fullmatch(enhanced):
        return True
    return bool(_SENDING_LIMIT.search(message)) and not _RECIPIENT_STATUS.fullmatch(enhanced)


def _clean(message: str) -> str:
    seen = "".join(" " if unicodedata.category(character)[0] in "CZ" else character for character in message)
    return " ".join(seen.split())[:_MOST_TEXT]
