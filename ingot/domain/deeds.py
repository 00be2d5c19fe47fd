"""What a line of a résumé says the user did, as the words that follow "I"."""

from __future__ import annotations

import re

PAST_IRREGULAR = frozenset(
    "built led cut wrote made ran won grew drove brought took kept set shipped began bought caught chose dealt drew found gave got "
    "held hit knew laid left met oversaw paid put read rebuilt rewrote said saw sent sold spent split spoke spun stood taught "
    "thought told understood upheld wound put co-founded cofounded co-authored spearheaded".split()
)

# These end like a past form and are none.
_NO_DEEDS = frozenset(
    "skilled experienced certified interested speed hundred unlimited limited advanced dedicated motivated detailed embedded related "
    "united based need seed feed breed talented gifted educated licensed licenced qualified accredited chartered devoted committed "
    "focused oriented varied assorted selected featured cited".split()
)
# `Set of tools`, `Put simply`, and what others did with it: `Adopted by 3 labs`.
_NO_DEED_AFTER = re.compile(r"\s+(?:of|simply|piece|aside|by)\b")

_SENTENCE_END = re.compile(r"(?<=[a-z0-9%+)])\.\s+(?=[A-Z])")


def deed(bullet: str) -> str | None:
    """A résumé bullet as what follows "I": `Cut p99 latency by 40 %.` -> `cut p99 latency by 40 %`; None if it is no deed."""
    # A second sentence of the line has no "I" in front of it.
    text = _SENTENCE_END.split(bullet.strip().lstrip("•-–—*·▪ "), maxsplit=1)[0].rstrip(". ;")
    first = re.match(r"[A-Za-z-]+", text)
    if first is None or len(text.split()) < 4:
        return None
    word = first.group()
    regular = word.endswith("ed") and len(word) > 4 and word.lower() not in _NO_DEEDS
    past = regular or word.lower() in PAST_IRREGULAR
    if _NO_DEED_AFTER.match(text[first.end() :]):
        return None
    return word[0].lower() + text[1:] if past and word[0].isupper() else None
