import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import LLMError, LLMMisconfigured, LLMUnavailable
from ingot.llm.client import LLMClient
from ingot.llm.ollama_chat import CONTEXT_STEP, context_size
from ingot.llm.ollama_models import pull
from ingot.llm.outputs import TalkingPoints
from ingot.llm.providers import ProviderSettings
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import fails, says
from tests.llm.samples import TALKING_POINTS, prompt

pytestmark = pytest.mark.long


GOOD = says(json.dumps(TALKING_POINTS))


def client(server: OllamaServer, name: str = "scripted") -> LLMClient:
    return LLMClient(f"ollama/{name}", settings=ProviderSettings(ollama_host=server.host))


async def test_a_question_carries_its_schema_and_a_context_that_holds_it() -> None:
    with OllamaServer(GOOD) as server:
        done = await client(server).complete(prompt())
        (request,) = server.requests
    assert request.path == "/api/chat"
    assert request.body["model"] == "scripted"
    assert request.body["stream"] is False
    assert request.body["format"]["properties"].keys() == TalkingPoints.model_fields.keys()
    assert request.body["options"] == {"num_ctx": 4096, "num_predict": 2048, "temperature": 0.3}
    assert (done.usage.input_tokens, done.usage.output_tokens, done.usage.form) == (100, 20, "json_schema")


async def test_the_models_own_context_is_asked_for_once_and_never_exceeded() -> None:
    with OllamaServer(GOOD, GOOD, context=4000) as server:
        asking = client(server)
        for _ in range(2):
            await asking.complete(prompt())
        assert server.shown == ["scripted"]
        assert {request.body["options"]["num_ctx"] for request in server.requests} == {4000}


async def test_the_context_never_shrinks_so_that_the_model_stays_loaded() -> None:
    long = [{"id": 1, "kind": "fact", "quote": "water " * 5000}]
    with OllamaServer(GOOD, GOOD) as server:
        asking = client(server)
        await asking.complete(prompt(evidence=long))
        await asking.complete(prompt())
        first, second = (request.body["options"]["num_ctx"] for request in server.requests)
    assert first == second > 12_000


async def test_a_text_that_cannot_fit_is_refused_instead_of_being_cut_in_silence() -> None:
    long = [{"id": 1, "kind": "fact", "quote": "water " * 9000}]
    with OllamaServer(context=2048) as server:
        with pytest.raises(LLMError, match="too long for this model, which reads 2048 tokens"):
            await client(server).complete(prompt(evidence=long))
        assert server.requests == []


async def test_a_missing_model_is_named_with_the_command_that_fetches_it() -> None:
    with OllamaServer() as server:
        with pytest.raises(LLMMisconfigured, match=r"no model named mistral.*ollama pull mistral"):
            await client(server, "mistral").complete(prompt())
        assert server.requests == []


async def test_a_request_that_ollama_rejects_is_made_in_the_next_form() -> None:
    with OllamaServer(fails(400), GOOD) as server:
        await client(server).complete(prompt())
        assert [request.form for request in server.requests] == ["json_schema", "json"]


@given(st.integers(0, 2_000_000), st.integers(1, 8192))
def test_a_context_holds_question_and_answer_in_whole_steps(size: int, answer: int) -> None:
    context = context_size(size, answer, limit=None)
    assert context % CONTEXT_STEP == 0
    assert size // 3 + answer <= context < size // 3 + answer + CONTEXT_STEP


def test_a_context_that_is_short_for_the_answer_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert context_size(9000, 4096, limit=4096) == 4096
    assert "may be cut off" in caplog.text


async def test_fetching_tells_how_far_it_is() -> None:
    told: list[tuple[str, int, int]] = []
    with OllamaServer() as server:
        settings = ProviderSettings(ollama_host=server.host)
        await pull("scripted", settings, lambda *step: told.append(step))
        assert server.pulled == ["scripted"]
    assert told[1:3] == [("pulling abc", 100, 400), ("pulling abc", 400, 400)]
    assert told[-1] == ("success", 0, 0)


async def test_fetching_what_does_not_exist_or_without_ollama_fails_with_what_to_do() -> None:
    with OllamaServer() as server:
        settings = ProviderSettings(ollama_host=server.host)
        with pytest.raises(LLMError, match="cannot fetch mistrall"):
            await pull("mistrall", settings, lambda *_: None)
    with pytest.raises(LLMUnavailable, match="ollama serve"):
        await pull("scripted", settings, lambda *_: None)
