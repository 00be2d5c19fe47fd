import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run
from tests.fakes.ollama_server import OllamaServer
from tests.fakes.openai_server import OpenAIServer, says

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


def test_agents_are_listed_with_their_models_and_who_stands_in(ingot: Ingot, base: Base) -> None:
    base.manager.update({"agents.writer.model": "ollama/one", "llm_fallback_chain": "offline/extractive"})
    told = json.loads(ingot("models", "list", "--json").out)
    assert {row["agent"]: row["model"] for row in told}["writer"] == "ollama/one"
    assert told[0]["fallback"] == ["offline/extractive"]
    assert "ollama/one" in ingot("models", "list").out


def test_a_model_that_works_is_shown_with_each_kind_of_answer(ingot: Ingot, base: Base) -> None:
    run = ingot("models", "check")
    assert run.code == 0
    for output in ("CompanyFacts", "Letter", "ReplyLabel"):
        assert output in run.out
        assert f"offline/extractive  {output}  works" in run.err
    assert all(row["works"] for row in json.loads(ingot("models", "check", "--json").out))


def test_a_model_that_fails_exits_with_one_and_says_what_to_do(ingot: Ingot, base: Base) -> None:
    with OpenAIServer(always=lambda _: says("Rivers are long.")) as server:
        base.manager.update({"openai_base_url": server.url})
        run = ingot("models", "check", "--model", "openai-compatible/x")
    assert run.code == 1
    assert "LLMUnfit" in run.out
    assert "Use a larger model." in run.out


def test_a_model_is_fetched_with_its_progress(ingot: Ingot, base: Base) -> None:
    with OllamaServer() as server:
        base.manager.update({"ollama_host": server.host})
        run = ingot("models", "pull", "ollama/scripted")
        assert server.pulled == ["scripted"]
    assert run.code == 0
    assert "pulling abc" in run.err
    assert "ingot models check --model ollama/scripted" in run.out


def test_a_model_that_cannot_be_fetched_exits_with_one(ingot: Ingot, base: Base) -> None:
    with OllamaServer() as server:
        base.manager.update({"ollama_host": server.host})
        run = ingot("models", "pull", "nothing")
    assert run.code == 1
    assert "cannot fetch nothing" in run.err
