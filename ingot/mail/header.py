"""Text on its way into a header: what nobody sees is taken out, what could become syntax is broken up."""

from __future__ import annotations

import re
import unicodedata

MOST_IN_A_SUBJECT = 250  # characters; mail programs show about 70

_BREAKS = ("Cc", "Zl", "Zp")  # controls and line ends of every kind
_INVISIBLE = ("Cf", "Cs")  # format and bidi controls, lone surrogates
_JOINERS = "\u200c\u200d"  # invisible as well, but Persian and emoji need them
# The reply and forward prefixes of mail programs in English, German, Dutch, Scandinavian languages, Spanish,
# Italian, Polish, Turkish and Chinese, with or without a counter: "Re[2]:", "AW:", "回复：".
_PREFIX = re.compile(
    r"(?:re|aw|antw|antwort|sv|vs|res|rif|odp|ynt|fwd?|wg|回复|答复|转发)(?:\s*[\[(^]\d{1,3}[\])]?)?\s*[:：]\s*",
    re.IGNORECASE,
)


def clean_header(text: str) -> str:
    """`text` on one line: no controls, no bidi controls, no surrogates, and no `=?`, which begins an encoded word."""
    seen = "".join(_seen(character) for character in text).replace("=?", "= ?")
    return " ".join(seen.split())


def reply_subject(subject: str) -> str:
    """`Re: ` and the subject without the prefixes it had, cut where a long one would not be sent."""
    rest = clean_header(subject)
    while match := _PREFIX.match(rest):
        rest = rest[match.end() :]
    return clean_header(f"Re: {rest}"[:MOST_IN_A_SUBJECT])


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BREAKS:
        return " "
    return "" if category in _INVISIBLE and character not in _JOINERS else character
