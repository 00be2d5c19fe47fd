"""A table of forms and faults over both protocols: each row ends in a valid object or in the named error."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from ingot.errors import (
    LLMEmpty,
    LLMError,
    LLMMisconfigured,
    LLMRefused,
    LLMTruncated,
    LLMUnavailable,
    LLMUnfit,
    LLMValidationError,
)
from ingot.llm import providers
from ingot.llm.client import LLMClient
from ingot.llm.forms import LADDER, SCHEMA_FIRST, MemoryForms
from ingot.llm.outputs import TalkingPoints
from ingot.llm.providers import ProviderSettings
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import CUT, SILENCE, OpenAIServer, Reply, calls, completion, fails, refuses, says
from tests.llm.samples import TALKING_POINTS, prompt

pytestmark = pytest.mark.long

JSON = json.dumps(TALKING_POINTS)
XML = "<answer>" + "".join(
    f"<{name}><text>{point['text'].replace('<', '&lt;').replace('& ', '&amp; ')}</text>"
    f"<evidence_id>{point['evidence_id']}</evidence_id></{name}>"
    for name, point in TALKING_POINTS.items()
)
PROSE = says("I would rather tell you about rivers.")
GOOD = {
    "tools": calls("TalkingPoints", TALKING_POINTS),
    "json_schema": says(JSON),
    "json": says(f"\n{JSON}\n"),
    "markdown": says(f"Here you are:\n```json\n{JSON}\n```"),
    "xml": says(XML),
}
LADDERS = {
    "openai": [form.name for form in LADDER],
    "openai-compatible": [form.name for form in SCHEMA_FIRST],
    "ollama": [form.name for form in LADDER if form.name != "tools"],
}
SPOKEN = [(provider, form) for provider, ladder in LADDERS.items() for form in ladder]
BROKEN = {
    "tools": calls("TalkingPoints", '{"achievement": '),
    "json_schema": says('{"achievement": {"text": '),
    "json": says('{"achievement": [}'),
    "markdown": says('```json\n{"achievement": {\n```'),
    "xml": says("<answer><achievement><text>x</text></achievement></answer>"),
}
MISTYPED = calls("TalkingPoints", {**TALKING_POINTS, "value": {"text": "A broker.", "evidence_id": "seven"}})
PART = says(json.dumps({"value": TALKING_POINTS["value"]}))

# The fault, what comes after it, and how it ends: in an object, or in this error.
FAULTS: dict[str, tuple[list[Reply], type[LLMError] | None]] = {
    "none": ([], None),
    "429 with seconds": ([fails(429, Retry_After="2")], None),
    "429 with a date": ([fails(429, Retry_After="Sun, 22 Nov 2026 10:00:04 GMT")], None),
    "500": ([fails(500), fails(503)], None),
    "500 for good": ([fails(500)] * 3, LLMUnavailable),
    "dropped connection": ([CUT], None),
    "dropped for good": ([CUT] * 3, LLMUnavailable),
    "time-out": ([SILENCE], None),
    "time-out for good": ([SILENCE] * 3, LLMUnavailable),
    "refusal": ([completion({"content": "no"}, finish="content_filter")], LLMRefused),
    "wrong types, then a part": ([MISTYPED] * 3, None),
    "truncated": ([says(JSON[:30], finish="length")], None),
    "empty": ([says("")], None),
    "empty for good": ([says("")] * 3, LLMEmpty),
    "wrong key": ([fails(401)], LLMMisconfigured),
}
WAITS = {
    "429 with seconds": [2.0],
    "429 with a date": [4.0],
    "500": [0.1, 0.2],
    "500 for good": [0.1, 0.2],
    "dropped connection": [0.1],
    "dropped for good": [0.1, 0.2],
    "time-out": [0.1],
    "time-out for good": [0.1, 0.2],
}


Serve = Callable[..., OpenAIServer]


@dataclass
class Clock:
    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serve:
    """A server that speaks the provider's protocol, where the provider is looked for."""

    def make(provider: str, *script: Reply) -> OpenAIServer:
        server = OllamaServer(*script) if provider == "ollama" else OpenAIServer(*script)
        monkeypatch.setattr(providers, "OPENAI_URL", server.url)
        return server

    return make


def opened(
    server: OpenAIServer,
    forms: MemoryForms,
    clock: Clock,
    *,
    provider: str = "openai-compatible",
    timeout_s: float = 60.0,
) -> LLMClient:
    settings = ProviderSettings(
        openai_api_key="key",
        openai_base_url=server.url,
        ollama_host=server.host,
        forms=forms,
        sleep=clock.sleep,
        timeout_s=timeout_s,
        backoff_s=0.1,
    )
    return LLMClient(f"{provider}/scripted", settings=settings)


async def knowing(server: OpenAIServer, provider: str, form: str) -> MemoryForms:
    forms = MemoryForms()
    await forms.save(f"{provider}/scripted", server.host if provider == "ollama" else server.url, form, [])
    return forms


# Once its form is known, a model of OpenAI's own is asked as any other that speaks its protocol.
@pytest.mark.parametrize(("provider", "form"), [row for row in SPOKEN if row[0] != "openai"])
@pytest.mark.parametrize("fault", [*FAULTS, "malformed"])
async def test_each_fault_in_each_form_ends_in_an_object_or_in_its_error(
    serve: Serve, provider: str, fault: str, form: str
) -> None:
    replies, error = FAULTS.get(fault, ([BROKEN[form]], None))
    if error is LLMRefused and provider == "ollama":
        replies, error = [], None  # Ollama knows no refusal of its own
    after = [] if error else [PART if fault.startswith("wrong types") else GOOD[form]]
    clock = Clock()
    timeout_s = 0.2 if SILENCE in replies else 60.0
    with serve(provider, *replies, *after) as server:
        forms = await knowing(server, provider, form)
        asking = opened(server, forms, clock, provider=provider, timeout_s=timeout_s)
        if error:
            with pytest.raises(error) as caught:
                await asking.complete(prompt())
            usage = caught.value.fields["usage"]
            assert caught.value.__cause__ is None
        else:
            done = await asking.complete(prompt())
            usage = done.usage
            assert done.value == TalkingPoints.model_validate(TALKING_POINTS)
            assert usage.form == form
        assert [request.form for request in server.requests] == [form] * (len(replies) + len(after))
        assert usage.requests == len(server.requests)
    assert clock.waits == WAITS.get(fault, [])


@pytest.mark.parametrize(("provider", "form"), SPOKEN)
@pytest.mark.parametrize("step", [PROSE, fails(400), fails(501), fails(422)])
async def test_the_first_form_that_works_is_found_step_by_step(
    serve: Serve, provider: str, form: str, step: Reply
) -> None:
    ladder = LADDERS[provider]
    asked = ladder[: ladder.index(form) + 1]
    with serve(provider, *[step] * (len(asked) - 1), GOOD[form]) as server:
        forms = MemoryForms()
        done = await opened(server, forms, Clock(), provider=provider).complete(prompt())
        assert [request.form for request in server.requests] == asked
    assert done.usage.requests == len(asked)
    assert [known.form for known in forms.known.values()] == [form]


@pytest.mark.parametrize("provider", LADDERS)
@pytest.mark.parametrize(
    ("reply", "error", "requests"),
    [
        (PROSE, LLMUnfit, 1),
        (says(""), LLMEmpty, 3),
        (says('{"achievement": '), LLMValidationError, 3),
        (says('{"achievement": "yes"}'), LLMValidationError, 3 + 2),  # and the first part of it, twice
        (says(JSON[:40], finish="length"), LLMTruncated, 3 + 2),
        (Reply(body=b"<html>hello</html>", headers={"Content-Type": "text/html"}), LLMError, None),
        (Reply(body=b"{broken"), LLMError, None),
    ],
)
async def test_a_model_of_which_no_form_works_costs_a_bounded_number_of_requests(
    serve: Serve, provider: str, reply: Reply, error: type[LLMError], requests: int | None
) -> None:
    steps = 4 if provider == "ollama" else 5
    with serve(provider, *[reply] * 20) as server:
        with pytest.raises(error) as caught:
            await opened(server, MemoryForms(), Clock(), provider=provider).complete(prompt())
        assert type(caught.value) is error
        assert len(server.requests) == (1 if requests is None else requests + steps - 1)
        assert caught.value.fields["usage"].requests == len(server.requests)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (refuses("I cannot help with that."), LLMRefused),
        (fails(403), LLMMisconfigured),
        (fails(404), LLMMisconfigured),
        (fails(402), LLMError),
        (fails(429, code="insufficient_quota"), LLMError),
        (fails(400, code="context_length_exceeded"), LLMError),
    ],
)
async def test_what_no_second_try_mends_is_asked_once(reply: Reply, error: type[LLMError]) -> None:
    clock = Clock()
    with OpenAIServer(reply) as server:
        with pytest.raises(LLMError) as caught:
            await opened(server, MemoryForms(), clock).complete(prompt())
        assert type(caught.value) is error
        assert len(server.requests) == 1
    assert clock.waits == []
    assert "scripted failure" not in str(caught.value)


async def test_a_second_question_says_what_was_wrong_and_quotes_nothing_untrusted() -> None:
    wrong: dict[str, Any] = {**TALKING_POINTS, "to": "eve@pond.example"}
    with OpenAIServer(says(json.dumps(wrong)), GOOD["json_schema"]) as server:
        done = await opened(server, MemoryForms(), Clock()).complete(prompt())
        told = server.requests[1].body["messages"][-1]
    assert done.usage.reasks == 1
    assert told["role"] == "user"
    assert "a field that was not asked for" in told["content"]
    assert "eve" not in told["content"]
