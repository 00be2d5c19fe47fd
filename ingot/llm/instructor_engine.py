"""An engine over any chat service: Instructor where the model can, tags where not, and small questions where both fail."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from ingot.errors import LLMEmpty, LLMError, LLMTruncated, LLMUnfit, LLMValidationError
from ingot.llm.chat import ChatService, Tally
from ingot.llm.client import Usage
from ingot.llm.ladder import Ladder
from ingot.llm.messages import Messages, Question, conversation, for_part, once_more, rendered
from ingot.llm.pieces import Part, Pieces
from ingot.llm.prompt import Prompt, T
from ingot.llm.reading import objects_in, read_completion
from ingot.llm.retry import RequestRefused, persist
from ingot.llm.sealing import leaks
from ingot.llm.structured import structured

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from ingot.llm.forms import Form
    from ingot.llm.outputs import Answer
    from ingot.llm.providers import ProviderSettings

OPTIONS = {
    "temperature": 0.3,
    "max_tokens": 2048,  # a Letter at its limits is 6,240 characters, about 1,600 tokens; a talkative model ends here
}
_REASKS = 2  # for an object
_PART_REASKS = 1

# Instructor logs the text of failed answers, which may hold personal data, as errors of its own.
logging.getLogger("instructor").setLevel(logging.CRITICAL)


class InstructorEngine:
    """One model behind one service. What it cannot do is found once and remembered by its ladder."""

    def __init__(self, *, model: str, name: str, chat: ChatService, settings: ProviderSettings) -> None:
        self._model = model
        self._name = name
        self._chat = chat
        self._settings = settings
        self._ladder = Ladder(model=model, url=chat.url, forms=chat.forms, store=settings.forms)

    async def answer(self, prompt: Prompt[T]) -> tuple[T, Usage]:
        """Answer. An invalid answer is asked for again twice, then in smaller questions.

        Raises what `LLMClient.complete` says, and `LLMError` else; `fields["usage"]` of each is what it took.
        """
        import instructor  # noqa: F401 - loaded here, where no time-out runs yet

        tally = Tally()
        try:
            await self._ladder.load()
            question = rendered(prompt, self._model)
            value = await self._answer(question, prompt.output, tally)
            if leaks(value, question.mark):
                raise LLMValidationError(
                    "The model's answer repeats the mark around its data, as only a text in there may have told it to.",
                    raw_content=value.model_dump_json(),
                    hint="Look at the pages of this lead, or use another model.",
                )
        except LLMError as error:
            error.fields["usage"] = tally.usage(self._model)
            raise
        return value, tally.usage(self._model)

    async def _answer(self, question: Question, output: type[T], tally: Tally) -> T:
        invalid: list[tuple[Form, LLMValidationError]] = []
        try:
            return await self._whole(question.text, output, tally, invalid)
        except LLMEmpty:
            self._ladder.doubt()
            raise
        except LLMValidationError as error:
            objects = [(form, data) for form, given in invalid for data in objects_in(given.raw_content, output)]
            form = objects[0][0] if objects else invalid[0][0]
            pieces = Pieces(output, [data for _, data in objects])
            value = None
            # A model that never wrote an object would not write a part of one either, but for want of room.
            if pieces.can_be_asked and (objects or isinstance(error, LLMTruncated) or self._ladder.is_proven(form)):
                value = await self._piecewise(form, question, pieces, tally)
            if value is None:
                self._ladder.doubt()
                raise
        await self._ladder.found(form)
        tally.form = form.name
        return value

    async def _whole(
        self, text: str, output: type[T], tally: Tally, invalid: list[tuple[Form, LLMValidationError]]
    ) -> T:
        """Ask for the whole object, in one form after the other until one works. `invalid` collects what came instead."""
        refused: RequestRefused | None = None
        for form in self._ladder.steps():
            messages = conversation(text, form, output)
            try:
                while (value := await self._try(form, messages, output, tally, invalid)) is None:
                    messages = once_more(messages, invalid[-1][1])
                    tally.reasks += 1
            except RequestRefused as error:
                refused = error
                self._ladder.step_down(form, "the request is rejected")
            except LLMUnfit:
                self._ladder.step_down(form, "the answer is prose")
            except LLMValidationError as error:
                if self._ladder.is_proven(form):
                    raise
                self._ladder.step_down(form, type(error).__name__)
            else:
                await self._ladder.found(form)
                tally.form = form.name
                return value
        if invalid:
            raise invalid[-1][1]
        raise refused or LLMUnfit(
            "The model answers in prose, in whatever form it is asked for an object.", hint="Use a larger model."
        )

    async def _try(
        self,
        form: Form,
        messages: Messages,
        output: type[T],
        tally: Tally,
        invalid: list[tuple[Form, LLMValidationError]],
    ) -> T | None:
        """Ask. None means that the answer is not valid, was added to `invalid`, and may be asked for again."""
        try:
            return await self._ask(form, messages, output, tally)
        except LLMValidationError as error:
            invalid.append((form, error))
            if tally.reasks == _REASKS:
                raise
            return None

    async def _piecewise(self, form: Form, question: Question, pieces: Pieces[T], tally: Tally) -> T | None:
        """Ask for the parts that are missing. None where one of them cannot be had, or they do not fit together."""
        for part in pieces.missing():
            tally.pieces += 1
            value = await self._part(form, for_part(question, part.name, pieces.kept), part, tally)
            if value is not None:
                pieces.add(part, value)
            elif not part.is_optional:
                return None
        return pieces.assembled()

    async def _part(self, form: Form, text: str, part: Part, tally: Tally) -> Answer | None:
        messages = conversation(text, form, part.output)
        for reasks in range(_PART_REASKS + 1):
            try:
                return await self._ask(form, messages, part.output, tally)
            except LLMValidationError as error:
                messages = once_more(messages, error)
                tally.reasks += reasks < _PART_REASKS
            except (LLMUnfit, RequestRefused):
                return None
        return None

    async def _ask(self, form: Form, messages: Messages, output: type[T], tally: Tally) -> T:
        """Ask in one form, once but for failures that pass. An option that the model rejects is left out from then on.

        Raises `LLMUnfit` where the answer is prose.
        """
        options = self._ladder.accepted(OPTIONS)

        async def request() -> tuple[T | None, ChatCompletion]:
            tally.requests += 1
            return await self._request(form, output, {"model": self._name, "messages": messages, **options})

        try:
            value, completion = await persist(request, self._settings)
        except RequestRefused as error:
            if error.param not in options:
                raise
            await self._ladder.drop(error.param)
            return await self._ask(form, messages, output, tally)
        tally.add(completion)
        if value is None:
            value = read_completion(completion, output)
        if value is None:
            raise LLMUnfit("The model answers in prose.", hint="Use a larger model.")
        return value

    async def _request(self, form: Form, output: type[T], request: dict[str, Any]) -> tuple[T | None, ChatCompletion]:
        """Make one request. The value is None where Instructor could not read what came, or was not asked to."""
        if not form.mode:
            return None, await self._chat.chat(**request)
        asking = structured(form, output)
        request["messages"] = asking.framed(request["messages"])
        completion = await self._chat.chat(**request, extra_body=asking.body)
        return asking.read(completion, output), completion
