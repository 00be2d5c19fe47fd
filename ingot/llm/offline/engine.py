"""`offline/extractive`: answers every prompt by extracting from its inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydantic

from ingot.errors import ConfigError, LLMValidationError
from ingot.llm.client import Usage
from ingot.llm.offline import answers, chat, company, entailment, letter, points, questions, replies
from ingot.llm.prompt import Prompt, T

_COMPOSERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "research_company": company.facts,
    "value_proposition": points.value_proposition,
    "talking_points": points.talking_points,
    "questions": questions.questions,
    "write_letter": letter.compose,
    "classify_reply": replies.classify,
    "read_question": answers.read_question,
    "suggest_answer": answers.compose,
    "entail": entailment.entail,
    "choose_action": chat.choose_action,
}


class ExtractiveEngine:
    """Composes from the inputs alone: what it writes is quoted or turned from what stands there."""

    def __init__(self, name: str) -> None:
        if name != "extractive":
            raise ConfigError(f"There is no offline engine {name!r}.", hint="The embedded one is offline/extractive.")

    async def answer(self, prompt: Prompt[T]) -> tuple[T, Usage]:
        """Compose the answer. `LLMValidationError` where the inputs hold too little to say anything."""
        composer = _COMPOSERS.get(prompt.name)
        if composer is None:
            raise ConfigError(
                f"The offline engine has no way to answer {prompt.name!r}.", hint="Set a model for this agent."
            )
        composed = composer(prompt.inputs)
        try:
            return prompt.output.model_validate(composed), Usage()
        except pydantic.ValidationError as error:
            fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors(include_input=False))
            raise LLMValidationError(
                f"Too little is known for {prompt.name.replace('_', ' ')}: {fields}.",
                raw_content=str(composed),
                hint="Read another page of the company, or set a model for this agent.",
            ) from error
