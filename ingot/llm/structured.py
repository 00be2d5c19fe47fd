"""What Instructor adds to a request in each form, and its reading of the answer.

Instructor works a schema out anew for each call, which takes longer than the call's own share of the processor: its
handlers are therefore asked once for each form and kind of object, and what they add is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingot.llm.prompt import T

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from ingot.llm.forms import Form
    from ingot.llm.messages import Messages
    from ingot.llm.outputs import Answer

_SLOTS = ("\0system", "\0question")  # no text that is sent holds a NUL


@dataclass(frozen=True)
class Structured:
    """A form, ready for one kind of object. `body` is what the request holds besides messages and options."""

    body: dict[str, Any]
    _frame: tuple[dict[str, str], ...]
    _parse: Any
    _model: Any

    def framed(self, messages: Messages) -> Messages:
        """The messages with what Instructor says about the form: in the first two, the instructions and the question."""
        first = [
            {"role": frame["role"], "content": frame["content"].replace(slot, message["content"])}
            for frame, slot, message in zip(self._frame, _SLOTS, messages, strict=False)
        ]
        return [*first, *messages[len(first) :]]

    def read(self, completion: ChatCompletion, output: type[T]) -> T | None:
        """The object in an answer, or None where it is not there, or not in the form that was asked for."""
        from instructor.core import InstructorError

        try:
            # No context: it would run the answer through templates.
            parsed = self._parse(response=completion, response_model=self._model, strict=False)
            # What Instructor returns is of a class of its own and carries the whole completion along.
            return output.model_validate(parsed.model_dump())
        except (
            InstructorError,
            ValueError,
            TypeError,
            AttributeError,
            IndexError,
            AssertionError,
        ):  # it takes the shape for granted
            return None


@lru_cache(maxsize=256)
def structured(form: Form, output: type[Answer]) -> Structured:
    """Ask Instructor's handlers of a form (with a mode) what they add for an object of this kind."""
    import instructor
    from instructor.v2 import Provider, mode_registry
    from instructor.v2.core.response_model import prepare_response_model

    handlers = mode_registry.get_handlers(Provider.OPENAI, instructor.Mode[form.mode])
    slots = [{"role": role, "content": slot} for role, slot in zip(("system", "user"), _SLOTS, strict=True)]
    model, request = handlers.request_handler(response_model=prepare_response_model(output), kwargs={"messages": slots})
    frame = tuple(request.pop("messages"))
    return Structured(request, frame, handlers.response_parser, model)
