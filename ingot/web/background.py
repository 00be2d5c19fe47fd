"""What a page says of a person's public work: talks, posts, open source. The sentences themselves, no summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_LINE = 300
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[\w\"“(])")
_TOPICS = (
    ("talk", r"\b(?:talks?|keynotes?|speaks?|spoke|presented|panel|conference|podcast|interview(?:s|ed)?|webinar)\b"),
    ("post", r"\b(?:wrote|writes|written by|published|blog post|article|essay|book|paper)\b"),
    ("open source", r"\b(?:open[- ]source|maintain(?:s|er|ed)|contribut(?:es|ed|or))\b"),
)


def said_about(name: str, text: str) -> Iterator[tuple[str, str]]:
    """(topic, sentence) of each sentence that names the person in full together with a talk, a post or open source."""
    if len(name.split()) < 2:
        return
    spelled = r"\s+".join(map(re.escape, name.split()))
    named = re.compile(rf"(?<!\w){spelled}(?!\w)", re.IGNORECASE)
    for line in text.splitlines():
        if named.search(line) is None:
            continue
        for sentence in _SENTENCES.split(line):
            topic = next((topic for topic, cue in _TOPICS if re.search(cue, sentence, re.IGNORECASE)), "")
            if topic and len(sentence) <= MAX_LINE and named.search(sentence):
                yield topic, sentence
