"""Links, addresses and telephone numbers in a text, and whose they are: a letter holds the user's own and no others."""

from __future__ import annotations

import re
from collections.abc import Collection

# As they are written; ".js" and ".rs" name programs, not places.
_TLDS = (
    "com|net|org|info|biz|io|ai|co|app|dev|xyz|online|site|shop|club|live|link|click|top|icu|work|works|jobs|tech|cloud|store|space|"
    "website|page|pro|me|tv|cc|ws|ly|gg|to|sh|so|fm|im|test|example|invalid|onion|edu|gov|mil|int|eu|uk|us|de|fr|nl|be|lu|at|ch|it|es|pt|"
    "ie|dk|se|no|fi|is|pl|cz|sk|hu|ro|bg|gr|tr|ru|su|ua|by|kz|cn|jp|kr|tw|hk|sg|my|id|th|vn|ph|in|pk|ir|il|ae|sa|eg|za|ng|ke|au|nz|"
    "ca|mx|br|ar|cl|pe|ve|ga|gq|cf|ml|tk|pw|cx|nu|li|lt|lv|ee|si|hr|zip|mov|moe|lol|fun|pics|host|press|wiki|news|blog|email|chat|run|"
    "systems|solutions|agency|digital|finance|bank|health|careers|company|group|global|world|today|team|tools|software|engineering|"
    "vip|win|bid|loan|men|party|review|science|stream|trade|date|download|racing|accountant|faith|cricket|cat|mobi|name|asia"
)  # fmt: skip
_LINK = re.compile(
    rf"""\b[a-z][a-z0-9+.-]{{1,20}}://\S+
    | \b(?:mailto|tel|sms|javascript|data|callto):\S+
    | \bwww\d?\.\S+
    | [\w.+-]*@[\w.-]+
    | (?<![\w@.-])(?:[^\W_](?:[\w-]*[^\W_])?\.)+(?:{_TLDS}|xn--\w+)(?![\w-])(?:[:/?\#]\S*)?
    | \b\w+\s?[\[(]?\s?dot\s?[\])]?\s?(?:com|net|org|io|co|example)\b
    | \b\w+\s?[\[(]\s?\.\s?[\])]\s?\w{{2,}}
    | \b\w+\s\.\s(?:com|net|org|io|co|example)\b
    | (?<![\d.])(?:\d{{1,3}}\.){{3}}\d{{1,3}}(?![\d.])\S*""",
    re.VERBOSE | re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+|00|\()?\d(?:[\s()./-]{0,3}\d){6,}(?![\w%])")
_FEWEST_DIGITS, _FEWEST_DIGITS_ABROAD = 9, 7
# Browsers read these as the dot of a domain.
_DOTS = str.maketrans("。．｡", "...")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–/]\s*(?:19|20)\d\d")


def foreign_links(text: str, *, own: Collection[str], names: Collection[str]) -> list[str]:
    """The links, domains, addresses and telephone numbers of a text that are not the user's own, as they stand there.

    `own` may stand in full; `names` are texts whose bare domain names are only names ("Booking.com" as an employer).
    """
    text = text.translate(_DOTS)
    allowed = {_bare(value) for value in own} - {""}
    called = "\n".join(names).casefold()
    found = [match.group().strip() for match in _LINK.finditer(text)]
    foreign = [link for link in found if _bare(link) not in allowed and not _is_name(link, called)]
    digits = {_digits(value) for value in own}
    numbers = [match.group().strip() for match in _PHONE.finditer(_LINK.sub(" ", text))]
    return foreign + [number for number in numbers if _is_phone(number) and _digits(number) not in digits]


def _bare(link: str) -> str:
    """A link as it is compared: without scheme, `www.` and what punctuation follows it."""
    plain = re.sub(r"^(?:https?://|mailto:)?(?:www\.)?", "", link.strip().casefold())
    return plain.rstrip(".,;:!?)]>\"'”’/")


def _is_name(link: str, names: str) -> bool:
    bare = link.rstrip(".,;:!?)]>\"'”’").casefold()
    return bool(re.fullmatch(r"[\w.-]+", bare)) and bool(
        re.search(rf"(?<![\w.@/-]){re.escape(bare)}(?![\w/@-])", names)
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_phone(number: str) -> bool:
    fewest = _FEWEST_DIGITS_ABROAD if number.startswith(("+", "00", "(")) else _FEWEST_DIGITS
    return len(_digits(number)) >= fewest and not _SPAN_OF_YEARS.search(number)
