import json

import pytest

from ingot.errors import ConfigError, LLMMisconfigured, LLMRefused, LLMUnavailable
from ingot.llm.fallback import FallbackClient
from ingot.llm.providers import ProviderSettings
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import OpenAIServer, Reply, calls, fails, refuses, says
from tests.llm.samples import TALKING_POINTS, prompt

pytestmark = pytest.mark.long


GOOD = calls("TalkingPoints", TALKING_POINTS)
LOCAL = says(json.dumps(TALKING_POINTS))


async def nobody_waits(_: float) -> None:
    return None


def chain(server: OpenAIServer, ollama: OllamaServer, *models: str) -> FallbackClient:
    settings = ProviderSettings(openai_base_url=server.url, ollama_host=ollama.host, sleep=nobody_waits)
    return FallbackClient(models, settings=settings)


async def test_the_first_model_answers_where_it_can() -> None:
    with OpenAIServer(GOOD) as server, OllamaServer(LOCAL) as ollama:
        done = await chain(server, ollama, "openai-compatible/scripted", "ollama/scripted").complete(prompt())
        assert done.model == "openai-compatible/scripted"
        assert ollama.requests == []


@pytest.mark.parametrize(
    "failures",
    [[fails(500)] * 3, [refuses("no")], [says("")] * 7, [fails(429, code="insufficient_quota")], [fails(400)] * 5],
)
async def test_the_next_model_answers_and_the_usage_of_both_is_counted(failures: list[Reply]) -> None:
    with OpenAIServer(*failures) as server, OllamaServer(LOCAL) as ollama:
        done = await chain(server, ollama, "openai-compatible/scripted", "ollama/scripted").complete(prompt())
        assert done.model == "ollama/scripted"
        assert done.value.model_dump() == TALKING_POINTS
        assert done.usage.requests == len(failures) + 1
        assert len(server.requests) == len(failures)


async def test_where_nobody_answers_the_last_failure_is_told_with_the_usage_of_all() -> None:
    with OpenAIServer(*[fails(503)] * 3) as server, OllamaServer(fails(500), fails(500), fails(500)) as ollama:
        asking = chain(server, ollama, "openai-compatible/scripted", "ollama/scripted")
        with pytest.raises(LLMUnavailable) as caught:
            await asking.complete(prompt())
    assert caught.value.fields["usage"].requests == 6


async def test_a_wrong_key_of_the_first_model_is_told_and_not_hidden_by_the_second() -> None:
    with OpenAIServer(fails(401)) as server, OllamaServer(LOCAL) as ollama:
        asking = chain(server, ollama, "openai-compatible/scripted", "ollama/scripted")
        with pytest.raises(LLMMisconfigured):
            await asking.complete(prompt())
        assert ollama.requests == []


async def test_a_fallback_that_cannot_be_opened_or_is_not_there_is_skipped_with_a_warning(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with OpenAIServer(refuses("no")) as server, OllamaServer(LOCAL) as ollama:
        asking = chain(server, ollama, "openai-compatible/one", "openai/keyless", "ollama/away", "ollama/scripted")
        done = await asking.complete(prompt())
    assert done.model == "ollama/scripted"
    told = [record.getMessage() for record in caplog.records]
    assert any(line.startswith("openai/keyless is skipped") for line in told)
    assert any(line.startswith("ollama/away is skipped") for line in told)


async def test_the_failure_of_the_first_is_told_where_the_others_are_skipped() -> None:
    with OpenAIServer(refuses("no")) as server, OllamaServer() as ollama, pytest.raises(LLMRefused):
        await chain(server, ollama, "openai-compatible/one", "openai/keyless").complete(prompt())


def test_a_first_model_that_cannot_be_opened_is_an_error() -> None:
    with pytest.raises(ConfigError):
        FallbackClient(["openai/keyless", "ollama/scripted"])
    with pytest.raises(ConfigError):
        FallbackClient([])
