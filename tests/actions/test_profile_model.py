"""A model above the rules, on a loopback server: it adds only what the résumé says word for word."""

from collections.abc import Callable
from typing import Any

import pytest

from ingot.actions.profile import take_in
from ingot.agents import AGENTS, Agents
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ConfigError
from ingot.llm.providers import ProviderSettings
from tests.fakes.entities import USER
from tests.fakes.openai_server import OpenAIServer, Request, calls, fails

pytestmark = pytest.mark.long

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]
TEXT = """Imre Valk
imre@valk.example

What I have been up to
At Tallow & Reed I was the person for queues, from 2021 until now.
I moved 40 services to Kubernetes.

Skills
Python, Go
"""
JOB = {
    "title": "person for queues", "company": "Tallow & Reed", "start": "2021", "end": "now",
    "lines": ["moved 40 services", "Led forty engineers"],
}  # fmt: skip
ANSWER: dict[str, Any] = {
    "name": "Somebody Else", "headline": "", "location": "Paris", "skills": ["Python", "Go", "Kubernetes"],
    "jobs": [JOB, {"title": "CEO", "company": "Nowhere", "start": "", "end": "", "lines": []}],
    "schools": [{"school": "Harvard", "degree": "", "start": "", "end": ""}],
}  # fmt: skip


def agents(uow: UnitOfWork, url: str, model: str = "openai-compatible/x") -> Agents:
    return Agents(dict.fromkeys(AGENTS, model), settings=ProviderSettings(openai_base_url=url), uow=uow)


def answered(request: Request) -> Any:
    if request.form != "tools":
        return fails(400)
    return calls(request.body["tools"][0]["function"]["name"], ANSWER)


async def test_a_model_adds_what_the_text_says_and_nothing_else(uow: UnitOfWork) -> None:
    with OpenAIServer(always=answered) as server:
        imported = await take_in(uow, resume=None, pasted=TEXT, user_id=USER, agents=agents(uow, server.url))
    profile = imported.profile
    assert (profile.name, profile.location, profile.education) == ("Imre Valk", "", [])
    assert profile.skills == ["Python", "Go", "Kubernetes"]
    assert any(job.company == "Tallow & Reed" for job in profile.experience)
    assert not any(job.company == "Nowhere" for job in profile.experience)
    assert imported.model == "openai-compatible/x"
    assert imported.dropped >= 4
    assert any("Kubernetes" in item for item in imported.by_model)
    assert "I moved 40 services to Kubernetes." in [item.text for item in profile.achievements()]


async def test_what_the_rules_found_is_not_overruled(uow: UnitOfWork) -> None:
    text = "Imre Valk\nEngineer\n\nExperience\n\nEngineer, Tallow & Reed\t2021 - present\n- Moved 40 services\n- Wrote it down\n\nSkills\nPython, Go, SQL, Rust\n"
    with OpenAIServer(always=answered) as server:
        imported = await take_in(uow, resume=None, pasted=text, user_id=USER, agents=agents(uow, server.url))
    (job,) = imported.profile.experience
    assert (job.title, job.start, job.end) == ("Engineer", "2021", "present")
    assert job.lines == ("Moved 40 services", "Wrote it down")
    assert imported.profile.skills == ["Python", "Go", "SQL", "Rust"]


async def test_without_a_real_model_it_says_how_to_set_one(uow: UnitOfWork) -> None:
    with pytest.raises(ConfigError, match="no model"):
        await take_in(uow, resume=None, pasted=TEXT, user_id=USER, agents=agents(uow, "", "offline/extractive"))
