"""What a text is about: the stems of its words without those that carry no topic."""

from __future__ import annotations

from functools import lru_cache

from ingot.domain.words import plain, stem, tokens

STOP_WORDS = frozenset(
    "a about after all also an and any are as at be because been before being both but by can could did do does each even every for "
    "from get had has have he her here his how i if in into is it its just like made make many may me more most much my new no not now "
    "of on one only or other our out over own per same she so some such than that the their them then there these they this those "
    "through to too under until up us use used uses using very via was way we well were what when where which while who whose why will "
    "with within without would you your yours".split()
)


@lru_cache(maxsize=4096)  # a campaign holds the same lines against each other again and again
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning; numbers are not among them."""
    return frozenset(stem(word) for word in tokens(plain(text)) if len(word) > 1 and word.lower() not in STOP_WORDS)
