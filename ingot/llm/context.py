"""What fits into a model's context: inputs are cut by importance, and what was left out is counted.

A question is cut before its key is made: what the model never saw is no part of what it was asked, so a change there
costs no second call, and what is stored beside an answer is what was shown.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingot.errors import ContextTooSmall
from ingot.llm.prompt import Prompt, T

# English takes about four characters a token; French, German and JSON less. Scripts without spaces take one or two.
CHARACTERS_PER_TOKEN = 3.5
DEFAULT_CONTEXT = 8_192
# Kept free: the longest usual answer, asked once more, and what every question begins with.
_ANSWER_TOKENS = 2_048

# The longest name that a model's begins with counts. Tokens, as the vendors state them; input alone where they differ.
_CONTEXTS = {
    "openai/gpt-4o": 128_000,
    "openai/gpt-4.1": 1_000_000,
    "openai/gpt-5": 272_000,
    "anthropic/claude": 200_000,
}
# A text is not cut below this many characters.
_LEAST_TEXT = 200
_SENTENCE_END = re.compile(r"[.!?…][\"')\]»”]*(?=\s)|\n|[。！？]")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """How much of an input was left out: `left_out` of `whole`, in `unit` (items or characters)."""

    name: str
    left_out: int
    whole: int
    unit: str


def estimate_tokens(text: str) -> int:
    """A rough number of tokens, rounded up: characters by 3.5."""
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)


def context_tokens(model: str) -> int | None:
    """The context of `provider/name` in tokens: a cautious default where it is not known. None for the embedded engine."""
    if model.startswith("offline/"):
        return None
    known = [name for name in _CONTEXTS if model.startswith(name)]
    return _CONTEXTS[max(known, key=len)] if known else DEFAULT_CONTEXT


def question_tokens(prompt: Prompt[Any]) -> int:
    """What the question takes, with the shape of its answer."""
    return estimate_tokens(prompt.render() + _shape(prompt))


def fit(prompt: Prompt[T], models: Sequence[str]) -> tuple[Prompt[T], list[Cut]]:
    """The prompt as it fits into the smallest context of these models, and what was left out of which input.

    Cut are the inputs that the template names under `cut:`, in that order, each as far as needed: a list from its end
    down to its first item, a text at the end of a sentence. Raises `ContextTooSmall` where that is not enough.
    """
    contexts = [tokens for tokens in map(context_tokens, models) if tokens is not None]
    if not contexts:
        return prompt, []
    room = math.floor((min(contexts) - _ANSWER_TOKENS) * CHARACTERS_PER_TOKEN) - len(_shape(prompt))
    fitted = prompt
    for name in prompt.cuttable:
        fitted = _trimmed(_fewer(fitted, name, room), name, room)
    if len(fitted.render()) > room:
        raise ContextTooSmall(
            f"The question {prompt.name} does not fit into the {min(contexts)} tokens of {models[0]}.",
            hint=f"Choose a model with more context for the agent {prompt.agent}: ingot config set agents.{prompt.agent}.model",
        )
    return fitted, [cut for name in prompt.cuttable for cut in _cuts(name, prompt.inputs[name], fitted.inputs[name])]


def _shape(prompt: Prompt[Any]) -> str:
    return json.dumps(prompt.output.model_json_schema(), ensure_ascii=False)


def _excess(prompt: Prompt[Any], room: int) -> int:
    return len(prompt.render()) - room


def _with(prompt: Prompt[T], name: str, value: Any) -> Prompt[T]:
    return dataclasses.replace(prompt, inputs={**prompt.inputs, name: value})


def _fewer(prompt: Prompt[T], name: str, room: int) -> Prompt[T]:
    """The prompt with as many first items of a list as fit, one at least: how many depends on no item that goes."""
    items = prompt.inputs[name]
    if not isinstance(items, list) or _excess(prompt, room) <= 0:
        return prompt
    kept = bisect_right(range(1, len(items)), 0, key=lambda count: _excess(_with(prompt, name, items[:count]), room))
    return _with(prompt, name, items[: max(kept, 1)])


def _trimmed(prompt: Prompt[T], name: str, room: int) -> Prompt[T]:
    """The prompt with a text, or the longest text of a single item, cut as far as needed."""
    excess = _excess(prompt, room)
    return prompt if excess <= 0 else _with(prompt, name, _shortened(prompt.inputs[name], excess))


def _shortened(value: Any, excess: int) -> Any:
    if isinstance(value, str):
        return _to_sentence_end(value, max(len(value) - excess, _LEAST_TEXT))
    if isinstance(value, list):
        return [_shortened(item, excess) for item in value]
    if not isinstance(value, dict):
        return value
    texts = {name: text for name, text in value.items() if isinstance(text, str)}
    longest = max(texts, key=lambda name: len(texts[name]), default="")
    return {**value, longest: _shortened(texts[longest], excess)} if longest else value


def _to_sentence_end(text: str, most: int) -> str:
    """The beginning of a text, `most` characters at most, up to the last whole sentence or else the last whole word."""
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, most + 1) if found.end() <= most]
    if ends:
        return text[: ends[-1]].rstrip()
    return text[:most].rpartition(" ")[0].rstrip() or text[:most]


def _length(value: Any) -> int:
    """The characters of all texts within a value, at least 1."""
    if isinstance(value, dict):
        return max(1, sum(_length(item) for item in value.values()))
    if isinstance(value, list):
        return max(1, sum(_length(item) for item in value))
    return max(1, len(str(value)))


def _cuts(name: str, whole: Any, kept: Any) -> list[Cut]:
    if whole == kept:
        return []
    if isinstance(whole, list) and len(whole) > len(kept):
        cuts = [Cut(name=name, left_out=len(whole) - len(kept), whole=len(whole), unit="items")]
        return [*cuts, *_cuts(name, whole[: len(kept)], kept)]
    before, after = _length(whole), _length(kept)
    return [Cut(name=name, left_out=before - after, whole=before, unit="characters")]
