"""From a chat completion to a validated object, whatever shape the model chose to answer in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pydantic

from ingot.errors import LLMEmpty, LLMRefused, LLMTruncated, LLMValidationError
from ingot.llm.prompt import T
from ingot.llm.xml_fallback import parse_xml

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL | re.IGNORECASE)
_JSON_STARTS = re.compile(r'\{\s*["}]')
_DECODER = json.JSONDecoder(strict=False)  # small models put bare line breaks into strings


def read_completion(completion: ChatCompletion, output: type[T]) -> T | None:
    """Read a tool call, JSON alone, JSON in a fence or amid prose, or XML. None where the answer is prose only.

    Raises `LLMEmpty`, `LLMTruncated` or `LLMRefused` where there is nothing to read, `LLMValidationError` where there
    is an object, but not the one asked for.
    """
    if not getattr(completion, "choices", None):
        raise LLMEmpty("The model's answer is empty.", raw_content="", hint="Use another model.")
    choice = completion.choices[0]
    message = choice.message
    raw = raw_content(completion)
    if choice.finish_reason == "length":
        raise LLMTruncated(
            "The model's answer was cut off at its length limit: it must be shorter.",
            raw_content=raw,
            hint="Use a model with a larger context.",
        )
    if message.refusal or choice.finish_reason == "content_filter":
        raise LLMRefused("The model refused to answer.", hint="Use another model for this agent.")
    if not raw.strip():
        raise LLMEmpty("The model's answer is empty.", raw_content=raw, hint="Use another model.")
    found = list(objects_in(raw, output))
    if found:
        return _first_valid(found, output, raw)
    if message.tool_calls or _JSON_STARTS.search(raw):
        raise _invalid(output, "it is no readable JSON object with the fields asked for", raw)
    return None


def raw_content(completion: ChatCompletion) -> str:
    """Return what the model said: the arguments of its first tool call, or its text without its thinking."""
    message = completion.choices[0].message
    for call in message.tool_calls or []:
        if call.type == "function":
            return call.function.arguments
    return _THINKING.sub("", message.content or "")


def objects_in(text: str, output: type[T]) -> Iterator[dict[str, Any]]:
    """Yield every JSON object in `text` that has a field of `output`, then what the XML reader finds."""
    at = 0
    while match := _JSON_STARTS.search(text, at):
        at = match.start() + 1
        try:
            value, end = _DECODER.raw_decode(text, match.start())
        except (ValueError, RecursionError):  # no object starts here; the next brace is looked at
            continue
        if output.model_fields.keys() & value.keys():
            at = end
            yield value
    if from_tags := parse_xml(text, output):
        yield from_tags


def _first_valid(found: list[dict[str, Any]], output: type[T], raw: str) -> T:
    """Validate in turn: some models echo the schema or an example before they answer."""
    problems = []
    for data in found:
        try:
            return output.model_validate(data)
        except pydantic.ValidationError as error:
            problems.append(error)
    raise _invalid(output, _describe(problems[0]), raw) from None


def _invalid(output: type[T], why: str, raw: str) -> LLMValidationError:
    return LLMValidationError(
        f"The model's answer is no valid {output.__name__}: {why}.",
        raw_content=raw,
        hint="Use a larger model.",
    )


def _describe(error: pydantic.ValidationError) -> str:
    """Name the fields and the rules broken, never a value or a name that the model made up."""
    return "; ".join(
        "a field that was not asked for"
        if problem["type"] == "extra_forbidden"
        else f"{'.'.join(map(str, problem['loc'])) or 'object'}: {problem['msg'][:200]}"
        for problem in error.errors(include_input=False, include_context=False, include_url=False)[:6]
    )
