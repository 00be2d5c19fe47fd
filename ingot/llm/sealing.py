"""Data between delimiters that no page can write: each question has marks of its own, and a model that repeats them gives itself away.

The mark is derived from the question's key: the same question is sealed in the same way, so that stored answers stay
valid, and a page cannot hold its own mark, since the key depends on every character of the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_DELIMITER = re.compile(r"<(?=[\s/]*data\b)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)data>")
# Not seen by a reader and read by a model; line breaks and tabs are.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)
_MARK_LENGTH = 16


def mark_of(key: str) -> str:
    """The mark of the question with this key (see `Prompt.key`): 16 characters."""
    return hashlib.sha256(f"seal {key}".encode()).hexdigest()[:_MARK_LENGTH]


def sealed(value: Any) -> Any:
    """`value` with every `<data` in its strings broken and every character taken out that no reader sees."""
    if isinstance(value, str):
        return _DELIMITER.sub("‹", _UNSEEN.sub("", value))
    if isinstance(value, Mapping):
        return {key: sealed(item) for key, item in value.items()}
    return [sealed(item) for item in value] if isinstance(value, list | tuple) else value


def delimited(text: str, mark: str) -> str:
    """A prompt rendered from sealed inputs, with the mark in each of its delimiters: `<data 1f..>` and `</data 1f..>`."""
    return _TAG.sub(rf"<\1data {mark}>", text)


def leaks(answer: BaseModel, mark: str) -> bool:
    """Whether an answer repeats the mark, which stands nowhere but around the data and is asked for by no question."""
    return any(mark in text.casefold() for text in _texts(answer.model_dump(mode="json")))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [re.sub(r"[\W_]+", "", value), value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for item in items for text in _texts(item)]
