import pytest

from ingot.actions.check_models import Trial, check_models
from ingot.llm.forms import MemoryForms
from ingot.llm.prompt import template
from ingot.llm.providers import ProviderSettings
from ingot.llm.specimens import specimens
from tests.fakes.openai_server import OpenAIServer, Reply, Request, calls, fails

pytestmark = pytest.mark.long


FACT = {"statement": "It makes a store.", "quote": "Tarnside makes", "source": "https://tarnside.example/"}
LINE = "A sentence that is long enough for each of the fields here."
ANSWERS = {
    "product": {"product": FACT, "signals": []},
    "achievement": {kind: {"text": LINE, "evidence_id": 4} for kind in ("achievement", "connection", "value")},
    "questions": {"questions": [{"text": LINE, "options": ["this", "that"], "topic": "ask"}] * 2},
    "subject_a": {
        "subject_a": "A subject that fits",
        "subject_b": "Another one that fits",
        "body": LINE,
        "followup_day_3": LINE,
        "followup_day_7": LINE,
    },
    "verdicts": {"verdicts": [{"no": 1, "verdict": "yes"}]},
    "clear_no": {"kind": "question", "confidence": 0.9, "clear_no": False, "asks_to_stop": False},
    "wants": {"wants": "call", "terms": []},
    "body": {"body": LINE},
    "value_proposition": {"value_proposition": LINE, "confidence": "high"},
}


def answered(request: Request) -> Reply:
    """An answer for whatever is asked; schemas are not known here."""
    if request.form == "json_schema":
        return fails(400)
    tool = request.body["tools"][0]["function"]
    answer = next(answer for key, answer in ANSWERS.items() if key in tool["parameters"]["properties"])
    return calls(tool["name"], answer)


async def test_each_kind_of_answer_is_tried_and_the_form_found_is_kept() -> None:
    told: list[Trial] = []
    forms = MemoryForms()
    with OpenAIServer(always=answered) as server:
        settings = ProviderSettings(openai_base_url=server.url)
        trials = await check_models(["openai-compatible/x"], settings=settings, forms=forms, tell=told.append)
    assert [trial.output for trial in trials] == [prompt.output.__name__ for prompt in specimens()]
    assert [trial.error for trial in trials] == [""] * len(trials)
    assert {trial.usage.form for trial in trials} == {"tools"}
    assert [request.form for request in server.requests] == ["json_schema"] + ["tools"] * len(trials)
    assert all(trial.tokens_per_second > 0 for trial in trials)
    assert told == trials
    assert [known.form for known in forms.known.values()] == ["tools"]


async def test_a_model_that_nobody_serves_or_without_a_key_is_tried_once() -> None:
    with OpenAIServer() as server:
        url = server.url
    settings = ProviderSettings(openai_base_url=url, max_tries=1)
    models = ["openai-compatible/x", "openai/y", "offline/extractive", "offline/extractive"]
    forms = MemoryForms()
    trials = await check_models(models, settings=settings, forms=forms, tell=lambda _: None)
    assert [trial.error.partition(":")[0] for trial in trials[:2]] == ["LLMUnavailable", "ConfigError"]
    assert trials[1].hint
    assert {(trial.model, trial.error) for trial in trials[2:]} == {("offline/extractive", "")}
    assert len(trials) == 2 + len(specimens())
    assert forms.known == {}


def test_each_specimen_fills_its_prompt() -> None:
    for prompt in specimens():
        assert template(prompt.name).inputs == prompt.inputs.keys()
        assert "Tarnside" in prompt.render()
