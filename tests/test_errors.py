import inspect
from typing import Any

import pytest

from ingot import errors
from ingot.errors import (
    AgentError,
    IngotError,
    LLMError,
    LLMUnavailable,
    LLMValidationError,
    PageError,
    Retryable,
    UnbackedClaims,
    ValidationError,
    VenueError,
)

CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if cls.__module__ == errors.__name__]
# What a class asks for beside its message.
REQUIRED: dict[str, str] = {"agent": "writer", "raw_content": "{", "reason": "timeout"}


def make(cls: type[IngotError], **more: Any) -> IngotError:
    given = {name: value for name, value in REQUIRED.items() if name in inspect.signature(cls).parameters}
    return cls("It broke.", hint="Mend it.", **given, **more)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_belongs_to_the_family_and_is_explained(cls: type[IngotError]):
    assert issubclass(cls, IngotError)
    assert cls.__doc__


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_says_what_happened_what_to_do_and_keeps_its_fields(cls: type[IngotError]):
    error = make(cls, status=503, lead_id=4)
    assert (error.message, error.hint) == ("It broke.", "Mend it.")
    assert str(error).endswith("It broke. Mend it.")
    assert {"status": 503, "lead_id": 4}.items() <= error.fields.items()


@pytest.mark.parametrize("cls", CLASSES)
def test_every_error_keeps_its_cause(cls: type[IngotError]):
    cause = KeyError("inner")
    with pytest.raises(IngotError) as caught:
        raise make(cls) from cause
    assert caught.value.__cause__ is cause


@pytest.mark.parametrize("cls", CLASSES)
def test_a_message_without_a_hint_stands_alone(cls: type[IngotError]):
    error = make(cls)
    error.hint = ""
    assert str(error).endswith("It broke.")


def test_an_agents_error_names_the_agent():
    error = AgentError("It broke.", agent="writer", hint="Mend it.", lead_id=4)
    assert str(error) == "writer: It broke. Mend it."
    assert (error.agent, error.fields) == ("writer", {"lead_id": 4})
    assert str(VenueError("Empty.")) == "scout: Empty."
    assert isinstance(UnbackedClaims("No.", agent="writer", claims=["x"]), AgentError)


def test_what_may_work_later_says_when_and_stays_what_it_is():
    error = LLMUnavailable("Busy.", retry_after=2.5, hint="Wait.", status=429)
    assert isinstance(error, Retryable)
    assert isinstance(error, LLMError)
    assert (error.retry_after, error.fields, str(error)) == (2.5, {"status": 429}, "Busy. Wait.")
    assert LLMUnavailable("Busy.").retry_after is None


def test_the_raw_answer_of_a_model_is_no_part_of_the_message():
    error = LLMValidationError("No object.", raw_content="<secret>")
    assert error.raw_content == "<secret>"
    assert "<secret>" not in str(error) + repr(error)


def test_a_page_error_has_its_reason_in_one_word():
    assert PageError("Gone.", reason="status", status=404).reason == "status"


def test_an_illegal_move_and_an_unreadable_resume_are_input_errors():
    assert issubclass(errors.IllegalMove, ValidationError)
    assert issubclass(errors.ResumeError, ValidationError)
