"""A model above the rules: it sorts a résumé's text, and adds what the rules missed and the text says word for word."""

from __future__ import annotations

import dataclasses

from ingot.agents import Agents
from ingot.domain.profile_merge import copied, counterparts
from ingot.domain.user import Education, Experience, UserProfile
from ingot.domain.verbatim import SourceText
from ingot.errors import ConfigError
from ingot.llm.outputs import ReadJob, ReadResume
from ingot.llm.prompt import Prompt

AGENT = "research"
_JOB_FIELDS = ("title", "company", "start", "end")


async def with_model(read: UserProfile, *, agents: Agents) -> tuple[UserProfile, list[str], int, str]:
    """The profile, what the model added (for the user to see), how many of its values were dropped, and the model.

    Raises `ConfigError` where the research agent has no model but the offline engine, and what asking a model raises.
    """
    if agents.model_of(AGENT).startswith("offline/"):
        raise ConfigError(
            "The research agent has no model that could read the résumé.",
            hint="Set one, such as: ingot config set agents.research.model ollama/llama3.1 (or import without --model).",
        )
    inputs = {"resume_text": read.resume_raw_text}
    answer = await agents.ask(Prompt(name="read_resume", agent=AGENT, output=ReadResume, inputs=inputs))
    sorter = _Verbatim(SourceText.of(read.resume_raw_text))
    profile, added = _merged(read, sorter.kept(answer.value))
    return profile, added, sorter.dropped, answer.model


class _Verbatim:
    """Keeps of an answer what stands in the text, and counts what does not."""

    def __init__(self, source: SourceText) -> None:
        self._source = source
        self.dropped = 0

    def kept(self, answer: ReadResume) -> UserProfile:
        return UserProfile(
            name=self._value(answer.name),
            headline=self._value(answer.headline),
            location=self._value(answer.location),
            skills=list(dict.fromkeys(filter(None, map(self._value, answer.skills)))),
            experience=[job for job in map(self._job, answer.jobs) if job.title or job.company],
            education=[
                Education(
                    school=self._value(item.school),
                    degree=self._value(item.degree),
                    start=self._value(item.start),
                    end=self._value(item.end),
                )
                for item in answer.schools
                if self._source.says(item.school) or self._source.says(item.degree)
            ],
        )

    def _value(self, value: str) -> str:
        clean = " ".join(value.split())
        if not clean or self._source.says(clean):
            return clean
        self.dropped += 1
        return ""

    def _job(self, job: ReadJob) -> Experience:
        # A letter cites whole lines, so the line that a piece stands in is kept.
        lines: list[str] = []
        for line in filter(None, job.lines):
            found = self._source.holding(line)
            self.dropped += not found
            lines.extend(found)
        fields = {name: self._value(getattr(job, name)) for name in _JOB_FIELDS}
        return Experience(**fields, lines=tuple(dict.fromkeys(lines)))


def _merged(read: UserProfile, model: UserProfile) -> tuple[UserProfile, list[str]]:
    """The rules' profile, filled up where they found nothing or less."""
    profile, added = copied(read), list[str]()
    for name in ("headline", "location"):
        if not getattr(read, name) and getattr(model, name):
            setattr(profile, name, getattr(model, name))
            added.append(f"{name}: {getattr(model, name)}")
    known = {skill.casefold() for skill in read.skills}
    more = [skill for skill in model.skills if skill.casefold() not in known]
    if len(model.skills) > len(read.skills) and more:
        profile.skills = [*read.skills, *more]
        added.append(f"skills: {', '.join(more)}")
    profile.experience = _jobs(read.experience, model.experience, added)
    if len(model.education) > len(read.education):
        have = {item.school for item in read.education}
        new = [item for item in model.education if item.school not in have]
        profile.education = [*read.education, *new]
        added += [f"school: {', '.join(filter(None, (item.degree, item.school)))}" for item in new]
    return profile, added


def _jobs(read: list[Experience], model: list[Experience], added: list[str]) -> list[Experience]:
    pairs = counterparts(read, model)
    result = []
    for index, job in enumerate(read):
        other = model[pairs[index]] if index in pairs else job
        changes = {
            name: getattr(other, name) for name in _JOB_FIELDS if not getattr(job, name) and getattr(other, name)
        }
        lines = job.lines if len(other.lines) <= len(job.lines) else tuple(dict.fromkeys((*job.lines, *other.lines)))
        filled = dataclasses.replace(job, **changes, lines=lines)
        if filled != job:
            more = [*changes, *(["lines"] if lines != job.lines else [])]
            added.append(f"{', '.join(more)} of {filled.title or filled.company}")
        result.append(filled)
    if len(model) > len(read):
        taken = {line for job in read for line in job.lines}
        new = [job for at, job in enumerate(model) if at not in pairs.values()]
        for job in new:
            own = dataclasses.replace(job, lines=tuple(line for line in job.lines if line not in taken))
            result.append(own)
            added.append(f"job: {', '.join(filter(None, (own.title, own.company)))}")
    return result
