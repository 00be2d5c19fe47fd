"""The second check by counting words: what share of what a sentence says stands in its quotes."""

from __future__ import annotations

from typing import Any

from ingot.domain.claims import Text
from ingot.domain.words import plain, words

_SUPPORTED, _PARTLY = 0.6, 0.3


def entail(inputs: dict[str, Any]) -> dict[str, Any]:
    """Answer `entail`. Coarser than the check that came before: a sentence without content words counts as supported."""
    names = {word.text.lower() for name in ("company_name", "user_name") for word in words(plain(inputs[name]))}
    return {"verdicts": [{"no": pair["no"], "verdict": _verdict(pair, names)} for pair in inputs["pairs"]]}


def _verdict(pair: dict[str, Any], names: set[str]) -> str:
    quotes = Text(plain("\n".join(quote["text"] for quote in pair["quotes"])))
    sentence = Text(plain(pair["sentence"]))
    said = [word for word in sentence.content if word.text.lower() not in names]
    held = [word for word in said if word.meaning in quotes.meanings or word.text.lower() in quotes.lower_words]
    skills = [skill in quotes.skills for skill in sentence.skills]
    figures = [any(there.backs(figure) for there in quotes.figures) for figure in sentence.figures]
    if not all(figures):
        return "no"
    total = len(said) + len(skills)
    share = (len(held) + sum(skills)) / total if total else 1.0
    return "yes" if share >= _SUPPORTED else "partly" if share >= _PARTLY else "no"
