import json
import logging
from collections.abc import Callable

import pytest

from ingot.db.repositories.model_forms import DatabaseForms
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import LLMUnfit
from ingot.llm.client import LLMClient
from ingot.llm.forms import LADDER, SCHEMA_FIRST, FormStore, MemoryForms
from ingot.llm.ladder import Ladder
from ingot.llm.providers import ProviderSettings
from tests.fakes.openai_server import OpenAIServer, calls, fails, says
from tests.llm.samples import TALKING_POINTS, prompt

pytestmark = pytest.mark.long


URL = "http://127.0.0.1:1/v1"
NAMES = [form.name for form in LADDER]


@pytest.fixture(params=["memory", "database"])
def store(request: pytest.FixtureRequest, uow: Callable[[], SqlAlchemyUnitOfWork]) -> FormStore:
    return MemoryForms() if request.param == "memory" else DatabaseForms(uow)


async def ladder(store: FormStore, model: str = "x/y", url: str = URL) -> Ladder:
    made = Ladder(model=model, url=url, forms=LADDER, store=store)
    await made.load()
    return made


def order(of: Ladder) -> list[str]:
    return [form.name for form in of.steps()]


async def test_what_is_found_is_known_to_the_next_process_and_to_no_other_address(store: FormStore) -> None:
    first = await ladder(store)
    assert order(first) == NAMES
    await first.found(LADDER[2])
    await first.drop("temperature")
    await first.drop("temperature")
    second = await ladder(store)
    assert order(second) == ["json", "markdown", "xml", "tools", "json_schema"]
    assert second.is_proven(LADDER[2])
    assert second.accepted({"temperature": 0.3, "max_tokens": 9}) == {"max_tokens": 9}
    assert order(await ladder(store, url="http://127.0.0.1:2/v1")) == NAMES
    assert order(await ladder(store, model="x/z")) == NAMES


async def test_what_is_found_last_replaces_what_was_known(store: FormStore) -> None:
    made = await ladder(store)
    await made.found(LADDER[1])
    await made.found(LADDER[4])
    stored = await store.load("x/y", URL)
    assert stored is not None
    assert (stored.form, list(stored.rejected)) == ("xml", [])


async def test_a_form_in_doubt_is_tried_first_and_trusted_no_more(store: FormStore) -> None:
    made = await ladder(store)
    await made.found(LADDER[1])
    made.doubt()
    assert order(made)[0] == "json_schema"
    assert not made.is_proven(LADDER[1])
    await made.found(LADDER[1])
    assert made.is_proven(LADDER[1])


async def test_a_stored_form_that_does_not_exist_any_more_is_forgotten(store: FormStore) -> None:
    await store.save("x/y", URL, "telepathy", [])
    assert order(await ladder(store)) == NAMES


async def test_a_restarted_program_asks_in_the_form_it_knows_and_leaves_rejected_options_out(store: FormStore) -> None:
    script = [fails(400, param="max_tokens"), fails(400), calls("TalkingPoints", '{"achievement": '), says("prose")]
    good = says(json.dumps(TALKING_POINTS))
    with OpenAIServer(*script, good, good) as server:
        for _ in range(2):
            settings = ProviderSettings(openai_base_url=server.url, forms=store)
            await LLMClient("openai-compatible/scripted", settings=settings).complete(prompt())
        asked = [request.form for request in server.requests]
        assert asked == ["json_schema", "json_schema", "tools", "tools", "json", "json"]
        assert ["max_tokens" in request.body for request in server.requests] == [True] + [False] * 5


async def test_each_step_down_is_logged_without_what_was_asked_or_answered(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="ingot.llm")
    with OpenAIServer(fails(400), says("eve"), says(json.dumps(TALKING_POINTS))) as server:
        settings = ProviderSettings(openai_base_url=server.url)
        await LLMClient("openai-compatible/scripted", settings=settings).complete(prompt())
    told = [record.getMessage() for record in caplog.records]
    assert told == [
        "openai-compatible/scripted does not answer in the form json_schema: the request is rejected",
        "openai-compatible/scripted does not answer in the form tools: the answer is prose",
        "openai-compatible/scripted answers in the form json",
    ]


async def test_forms_without_tools_name_every_key_in_the_prompt() -> None:
    with OpenAIServer(always=lambda _: says("prose")) as server:
        settings = ProviderSettings(openai_base_url=server.url)
        with pytest.raises(LLMUnfit):
            await LLMClient("openai-compatible/scripted", settings=settings).complete(prompt())
        assert [request.form for request in server.requests] == [form.name for form in SCHEMA_FIRST]
    (question,) = (request.user for request in server.requests if request.form == "tools")
    for request in server.requests:
        beside = request.words.replace(question, "")
        told = [key in beside for key in ("achievement", "connection", "value", "text", "evidence_id")]
        assert all(told) is (request.form != "tools")
