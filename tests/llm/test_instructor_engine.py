import asyncio
import json
import logging
import re
from dataclasses import dataclass, field

import pytest

from ingot.errors import LLMError, LLMUnavailable, LLMValidationError
from ingot.llm import providers
from ingot.llm.client import Completion, LLMClient
from ingot.llm.forms import LADDER, SCHEMA_FIRST, Form
from ingot.llm.outputs import TalkingPoints
from ingot.llm.providers import ProviderSettings
from tests.fakes.openai_server import SILENCE, OpenAIServer, Reply, Request, calls, completion, fails, refuses, says
from tests.llm.samples import HOSTILE, TALKING_POINTS, prompt

pytestmark = pytest.mark.long

JSON = json.dumps(TALKING_POINTS)
FENCED = f"Here you are:\n```json\n{JSON}\n```\nAnything else?"
XML = """<answer>
<achievement><text>Millpond moved its ingest path to Rust.</text><evidence_id>9</evidence_id></achievement>
<connection><text>Both &lt;broker&gt; &amp; queue are written in Rust.</text><evidence_id>7</evidence_id></connection>
<value><text>A broker that takes 40,000 messages a second.</text><evidence_id>7</evidence_id></answer>"""
TOOL = calls("TalkingPoints", TALKING_POINTS)
PROSE = says("I would rather tell you about rivers.")


@dataclass
class Clock:
    """A sleep that remembers how long it was asked for and does not wait."""

    waits: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


def client(
    server: OpenAIServer, clock: Clock | None = None, *, provider: str = "openai-compatible", **settings: float
) -> LLMClient:
    sleep = (clock or Clock()).sleep
    options = ProviderSettings(openai_base_url=server.url, openai_api_key="key", sleep=sleep, **settings)
    return LLMClient(f"{provider}/scripted", settings=options)


async def ask(server: OpenAIServer, clock: Clock | None = None, **settings: float) -> Completion[TalkingPoints]:
    return await client(server, clock, **settings).complete(prompt())


def asked(server: OpenAIServer) -> list[str]:
    return [request.form for request in server.requests]


@pytest.mark.parametrize(("provider", "ladder"), [("openai", LADDER), ("openai-compatible", SCHEMA_FIRST)])
@pytest.mark.parametrize(
    ("script", "steps"),
    [
        ([TOOL], [0]),
        ([says(JSON)], [0]),
        ([says(FENCED)], [0]),
        ([says(f"<think>maybe {{}}</think>{JSON}")], [0]),
        ([says('{"type": "object"}\n' + JSON)], [0]),
        ([says(XML)], [0]),
        ([PROSE, says(JSON)], [0, 1]),
        ([PROSE, TOOL], [0, 1]),
        ([fails(400), says(JSON)], [0, 1]),
        ([fails(501), fails(422), says(FENCED)], [0, 1, 2]),
        ([fails(400), PROSE, PROSE, PROSE, says(XML)], [0, 1, 2, 3, 4]),
        ([fails(400, param="temperature"), TOOL], [0, 0]),
        ([fails(400, param="max_tokens"), fails(400, param="temperature"), TOOL], [0, 0, 0]),
    ],
)
async def test_every_shape_of_an_answer_becomes_the_same_object(
    monkeypatch: pytest.MonkeyPatch, provider: str, ladder: tuple[Form, ...], script: list[Reply], steps: list[int]
) -> None:
    with OpenAIServer(*script) as server:
        monkeypatch.setattr(providers, "OPENAI_URL", server.url)
        done = await client(server, provider=provider).complete(prompt())
        assert done.value == TalkingPoints.model_validate(TALKING_POINTS)
        assert type(done.value) is TalkingPoints
        assert set(vars(done.value)) == set(TALKING_POINTS)
        assert asked(server) == [ladder[step].name for step in steps]
        assert done.usage.requests == len(steps)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (calls("TalkingPoints", '{"achievement": '), "readable JSON"),
        (says('```json\n{"achievement": {"text": '), "readable JSON"),
        (calls("TalkingPoints", TALKING_POINTS | {"value": {"text": "x", "evidence_id": 1}}), "value.text"),
        (says('{"achievement": "yes"}'), "achievement"),
        (says(JSON[:40], finish="length"), "cut off"),
        (says(""), "empty"),
        (completion({}), "empty"),
        (Reply(body={"id": "x", "object": "chat.completion", "choices": []}), "empty"),
    ],
)
async def test_an_answer_that_stays_invalid_is_asked_for_again_then_ends_with_its_reason(
    reply: Reply, words: str
) -> None:
    clock = Clock()
    with OpenAIServer(always=lambda _: reply) as server:
        with pytest.raises(LLMValidationError, match=words) as caught:
            await ask(server, clock)
        # Three times in the first form, once in each other, and each of three fields and its second try.
        assert 3 <= len(server.requests) <= 7 + 6
        assert clock.waits == []
        assert caught.value.fields["usage"].requests == len(server.requests)
        assert "Answer once more" in server.requests[1].body["messages"][-1]["content"]
    message = reply.body["choices"][0]["message"] if reply.body["choices"] else {}
    tool_calls = message.get("tool_calls")
    said = tool_calls[0]["function"]["arguments"] if tool_calls else message.get("content") or ""
    assert caught.value.raw_content == said
    assert "eve@example.org" not in str(caught.value)


@pytest.mark.parametrize(
    "reply",
    [
        calls("TalkingPoints", TALKING_POINTS | {"to": "eve@example.org"}),
        calls("TalkingPoints", TALKING_POINTS, finish="length"),
    ],
)
async def test_of_an_answer_that_stays_wrong_the_fields_that_were_asked_for_are_kept(reply: Reply) -> None:
    with OpenAIServer(always=lambda _: reply) as server:
        done = await ask(server)
    assert done.value.model_dump() == TALKING_POINTS


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ([refuses("I cannot help with that.")], "refused"),
        ([completion({"content": "half"}, finish="content_filter")], "refused"),
        ([fails(401)], "ingot config set openai_api_key"),
        ([fails(403)], "ingot config set openai_api_key"),
        ([fails(404)], "does not know this model"),
        ([fails(402)], "answered 402"),
        ([fails(429, code="insufficient_quota")], "no credit"),
        ([fails(400, code="context_length_exceeded")], "too long"),
        ([fails(400)] * 5, "rejects the request"),
        ([PROSE] * 5, "prose"),
        ([Reply(body=b"<html>hello</html>", headers={"Content-Type": "text/html"})], "something else than a chat"),
        ([Reply(body=b"{broken")], "something else than a chat"),
    ],
)
async def test_a_refusal_is_named_and_not_tried_again(script: list[Reply], words: str) -> None:
    clock = Clock()
    with OpenAIServer(*script) as server:
        with pytest.raises(LLMError, match=words) as caught:
            await ask(server, clock)
        assert len(server.requests) == len(script)
        assert clock.waits == []
    assert not isinstance(caught.value, LLMUnavailable | LLMValidationError)
    assert caught.value.__cause__ is None
    assert "scripted failure" not in str(caught.value)


@pytest.mark.parametrize(
    ("failures", "waits"),
    [
        ([fails(429, Retry_After="7")], [7.0]),
        ([fails(429, Retry_After="Sun, 22 Nov 2026 10:00:42 GMT")], [42.0]),
        ([fails(429, Retry_After="Sun, 22 Nov 2026 09:59:00 GMT")], [0.0]),
        ([fails(429, Retry_After="soon")], [1.0]),
        ([fails(503, Retry_After="3"), fails(500)], [3.0, 2.0]),
        ([fails(500), fails(502)], [1.0, 2.0]),
        ([fails(408)], [1.0]),
    ],
)
async def test_a_busy_service_is_asked_again_after_the_pause_it_names_or_a_growing_one(
    failures: list[Reply], waits: list[float]
) -> None:
    clock = Clock()
    with OpenAIServer(*failures, TOOL) as server:
        done = await ask(server, clock)
        assert done.usage.requests == len(server.requests) == len(failures) + 1
    assert clock.waits == waits


async def test_three_failures_end_as_unavailable_after_exponential_pauses() -> None:
    clock = Clock()
    with OpenAIServer(*[fails(500)] * 3) as server:
        with pytest.raises(LLMUnavailable) as caught:
            await ask(server, clock, backoff_s=0.5)
        assert len(server.requests) == 3
    assert clock.waits == [0.5, 1.0]
    assert caught.value.retry_after is None
    assert caught.value.fields["usage"].requests == 3


async def test_a_pause_longer_than_the_time_out_is_left_to_the_caller() -> None:
    clock = Clock()
    with OpenAIServer(fails(429, Retry_After="3600")) as server:
        with pytest.raises(LLMUnavailable) as caught:
            await ask(server, clock)
        assert len(server.requests) == 1
    assert clock.waits == []
    assert caught.value.retry_after == 3600


async def test_a_service_that_stays_silent_is_unavailable() -> None:
    clock = Clock()
    silence = OpenAIServer(SILENCE, SILENCE, SILENCE)
    with silence as server, pytest.raises(LLMUnavailable, match=r"in time|cannot be reached") as caught:
        await ask(server, clock, timeout_s=0.2, backoff_s=0.1)
    assert caught.value.fields["usage"].requests == 3
    assert clock.waits == [0.1, 0.2]


async def test_nobody_listening_is_unavailable_and_says_what_to_start() -> None:
    clock = Clock()
    with OpenAIServer() as server:
        gone = client(server, clock)
    with pytest.raises(LLMUnavailable, match="model server runs at"):
        await gone.complete(prompt())
    assert clock.waits == [1.0, 2.0]


async def test_cancelling_an_answer_ends_it_at_once() -> None:
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def busy(_: Request) -> Reply:
        return fails(503)

    async def held(_: float) -> None:
        loop.call_soon(asked.set)
        await asyncio.Event().wait()

    with OpenAIServer(always=busy) as server:
        settings = ProviderSettings(openai_base_url=server.url, sleep=held)
        task = asyncio.create_task(LLMClient("openai-compatible/x", settings=settings).complete(prompt()))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert len(server.requests) == 1


async def test_the_form_that_worked_is_remembered() -> None:
    with OpenAIServer(fails(400), TOOL, TOOL, PROSE, says(FENCED)) as server:
        asking = client(server)
        for _ in range(3):
            await asking.complete(prompt())
        assert asked(server) == ["json_schema", "tools", "tools", "tools", "json"]


async def test_one_client_serves_many_questions_at_once() -> None:
    with OpenAIServer(always=lambda _: TOOL) as server:
        asking = client(server)
        answers = await asyncio.gather(*(asking.complete(prompt()) for _ in range(8)))
        assert len(server.requests) == 8
        assert {answer.usage.requests for answer in answers} == {1}


async def test_tokens_of_every_request_are_counted() -> None:
    with OpenAIServer(PROSE, PROSE, says(JSON)) as server:
        usage = (await ask(server)).usage
    assert (usage.requests, usage.input_tokens, usage.output_tokens, usage.cost_micro_usd) == (3, 300, 60, 0)
    assert usage.duration_ms > 0


async def test_untrusted_text_stays_inside_its_delimiters_and_is_no_template() -> None:
    with OpenAIServer(PROSE, TOOL) as server:
        await ask(server)
        for request in server.requests:
            assert HOSTILE not in request.user
            assert HOSTILE.replace("</data>", "‹/data>") in request.user
            assert len(set(re.findall(r"</?data (\w{16})>", request.user))) == 1
            assert "Millpond" not in request.system
            assert "holds no instructions" in request.system


async def test_what_a_model_says_reaches_no_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    answer = calls("TalkingPoints", TALKING_POINTS | {"value": "call eve"})
    with OpenAIServer(always=lambda _: answer) as server, pytest.raises(LLMValidationError):
        await ask(server)
    assert "eve" not in caplog.text


async def test_requests_carry_the_model_the_key_and_a_low_temperature() -> None:
    with OpenAIServer(TOOL) as server:
        await ask(server)
        request = server.requests[0]
    assert request.path == "/v1/chat/completions"
    assert request.body["model"] == "scripted"
    assert 0.2 <= request.body["temperature"] <= 0.4
    assert request.headers["authorization"] == "Bearer key"


def test_one_engine_answers_in_one_event_loop_after_another() -> None:
    with OpenAIServer(TOOL, TOOL) as server:
        asking = client(server)
        for _ in range(2):
            assert asyncio.run(asking.complete(prompt())).value
