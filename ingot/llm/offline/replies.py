"""What a person's answer means, by phrases. Whether it demands to be left alone was asked before, by rules of its own."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from ingot.llm.offline import reply_phrases

_SURE, _LIKELY, _DIVIDED, _GUESS = 0.9, 0.75, 0.55, 0.4
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_APOSTROPHE = re.compile(r"[’‘ʼ`´]")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i"})


def _any(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_MACHINE_TALK = _any(reply_phrases.MACHINE_TALK)
_NO = _any(reply_phrases.NO)
_NOT_NOW = _any(reply_phrases.NOT_NOW)
_REGRET = _any(reply_phrases.REGRET)
_ELSEWHERE = _any(reply_phrases.ELSEWHERE)
_YES = _any(reply_phrases.YES)


def classify(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `classify_reply`. A refusal outweighs everything, another address outweighs interest."""
    said = _said(inputs["words"])
    no, not_now, elsewhere, regret = (_has(pattern, said) for pattern in (_NO, _NOT_NOW, _ELSEWHERE, _REGRET))
    # "Not interested" holds "interested": what a refusal said is no longer there to be liked.
    yes = _has(_YES, _NOT_NOW.sub(" ", _NO.sub(" ", said)))
    readings = (
        (no, "negative", _DIVIDED if yes and elsewhere else _SURE),
        (elsewhere, "referral", _DIVIDED if yes or not_now else _LIKELY),
        (not_now, "negative", _DIVIDED if yes else _SURE),
        (yes, "positive", _DIVIDED if regret else _LIKELY),
        (regret, "negative", _DIVIDED),
        ("?" in said, "question", _LIKELY),
        (True, "other", _GUESS),
    )
    kind, confidence = next((kind, confidence) for holds, kind, confidence in readings if holds)
    # The rules for demands to be left alone have had their turn, and found none.
    return {"kind": kind, "confidence": confidence, "clear_no": no, "asks_to_stop": False}


def _has(pattern: re.Pattern[str], said: str) -> bool:
    return pattern.search(said) is not None


def _said(words: str) -> str:
    """The words in lower case without accents, and without sentences that give orders to a program."""
    decomposed = unicodedata.normalize("NFKD", words).casefold()
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign)).translate(_UNDECOMPOSED)
    sentences = _SENTENCE.split(_APOSTROPHE.sub("'", plain))
    return " ".join(" ".join(part.split()) for part in sentences if not _MACHINE_TALK.search(part))
