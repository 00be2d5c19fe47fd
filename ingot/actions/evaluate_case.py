"""One case of the golden set through the product's own gate, and what is measured of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ingot.actions.draft import Dossier, write_letter
from ingot.actions.verdict import PARTS, Verdict, check_parts
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import Tie
from ingot.domain.grounding import unbacked
from ingot.domain.grounds import Grounds
from ingot.domain.measures import DraftStatus, own_marks, specific_facts
from ingot.domain.model_use import EvalDraft
from ingot.domain.style import style_issues
from ingot.domain.tone import max_words, tone_for
from ingot.errors import AgentError, BudgetExceeded, ContextTooSmall, LLMError, LLMMisconfigured, LLMUnavailable
from ingot.llm.client import Completion, Usage
from ingot.llm.context import fit
from ingot.llm.judging import Judgement
from ingot.llm.outputs import Letter
from ingot.llm.prompt import Prompt, T
from ingot.sample.golden import GoldenCase


def dossier_of(case: GoldenCase) -> Dossier:
    """The case as the writer gets it."""
    return Dossier(
        lead=case.lead,
        brief=case.brief,
        match=case.match,
        evidence=case.evidence,
        questions=case.questions,
        profile=case.profile,
        variant=case.variant,
    )


@dataclass
class Witness:
    """What was asked for one case: letters in their order, and what the answers took when they were first given."""

    asked: int = 0
    valid: int = 0
    letters: list[Letter] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    paid_micro_usd: int = 0
    timed: bool = False


class WitnessedAgents(Agents):
    """The user's agents, all of them answering with one model and watched for one case.

    A question that names another model (the second check) keeps it, and is no part of what is measured.
    """

    def __init__(self, agents: Agents, model: str, uow: Callable[[], SqlAlchemyUnitOfWork]) -> None:
        self._agents = agents
        self._model = model
        self._uow = uow
        self.witness = Witness()

    def model_of(self, agent: str) -> str:
        """The one model, for any agent there is."""
        self._agents.model_of(agent)
        return self._model

    def chain_of(self, agent: str) -> tuple[str, ...]:
        """The one model: nobody stands in for what is evaluated."""
        return (self.model_of(agent),)

    async def ask(self, prompt: Prompt[T], *, model: str | None = None) -> Completion[T]:
        """Ask, and remember how it ended. Raises what the agents raise."""
        if model not in (None, self._model):
            completion = await self._agents.ask(prompt, model=model)
            self.witness.paid_micro_usd += completion.usage.cost_micro_usd
            return completion
        seen = self.witness
        try:
            completion = await self._agents.ask(prompt, model=self._model)
        except (LLMUnavailable, LLMMisconfigured, BudgetExceeded, ContextTooSmall):
            raise  # nobody answered: that says nothing about the answers
        except LLMError as error:
            usage = error.fields.get("usage", Usage())
            seen.asked += 1
            seen.paid_micro_usd += usage.cost_micro_usd
            seen.usage += usage
            raise
        seen.asked += 1
        seen.valid += 1
        seen.timed = seen.timed or completion.usage.requests > 0
        seen.paid_micro_usd += completion.usage.cost_micro_usd
        seen.usage += await first_usage(self._uow, prompt, self._model, completion.usage)
        if isinstance(completion.value, Letter):
            seen.letters.append(completion.value)
        return completion


async def first_usage(uow: Callable[[], SqlAlchemyUnitOfWork], prompt: Prompt[T], model: str, usage: Usage) -> Usage:
    """What an answer took: an answer from the store took nothing now, but something when it was first given."""
    if usage.requests:
        return usage
    async with uow() as work:
        call = await work.evaluations.call(fit(prompt, (model,))[0].key(model))
    if call is None:
        return usage
    return replace(
        usage, input_tokens=call.input_tokens, output_tokens=call.output_tokens, cost_micro_usd=call.cost_micro_usd
    )


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What all cases of a run share. `uow` is the user's database, `private` a throw-away one for the gate's notes."""

    agents: Agents
    model: str
    judge: str | None
    uow: Callable[[], SqlAlchemyUnitOfWork]
    private: Callable[[], SqlAlchemyUnitOfWork]
    config: AppConfig
    now: datetime
    own: Mapping[str, frozenset[str]]


def own_marks_of(cases: Sequence[GoldenCase]) -> dict[str, frozenset[str]]:
    """For each case what only its own evidence holds: not that of the other cases, not its user's résumé, not its names."""
    quotes = {case.name: [item.quote for item in case.evidence] for case in cases}
    return {
        case.name: own_marks(
            quotes[case.name],
            [quote for other in cases if other is not case for quote in quotes[other.name]] + case.profile.lines(),
            (case.lead.company_name, case.brief.person_name, case.profile.name),
        )
        for case in cases
    }


async def evaluate_case(case: GoldenCase, bench: Bench, run_id: int) -> tuple[EvalDraft, int]:
    """What became of a case, and the micro-dollars that were paid for it now.

    Raises `ConfigError`, `LLMMisconfigured` and `BudgetExceeded`: with these no case can succeed.
    """
    dossier, agents = dossier_of(case), WitnessedAgents(bench.agents, bench.model, bench.uow)
    grounds, why, status = dossier.grounds(today=bench.now.date()), "", DraftStatus.queued
    parts: dict[str, str] = {}
    try:
        letter, _, follow_ups = await write_letter(
            dossier, agents=agents, uow=bench.private, config=bench.config, now=bench.now
        )
        bodies = {f"followup_day_{item.scheduled_for_day}": item.body for item in follow_ups}
        parts = {"subject_a": letter.subject_a, "subject_b": letter.subject_b, "body": letter.body, **bodies}
    except (LLMMisconfigured, BudgetExceeded):
        raise
    except LLMError as error:
        status, why = DraftStatus.failed, f"{type(error).__name__}: {error.message}"
    except AgentError as error:
        status, why = DraftStatus.refused, error.message
    seen, longest = agents.witness, max_words(tone_for(case.brief.person_role))
    drafts = [letter.model_dump() for letter in seen.letters]
    others = [draft for draft in drafts if draft != parts]
    verdicts = [
        Verdict(ties=check_parts(other, grounds), style=style_issues(other, max_words=longest)) for other in others
    ]
    draft = EvalDraft(
        evalrun_id=run_id,
        case_name=case.name,
        status=status.value,
        parts=parts or ({name: drafts[-1][name] for name in PARTS} if drafts else {}),
        measures=_taken(seen) | _grounded(drafts, grounds) | {"queued": float(status is DraftStatus.queued)},
        refused=[*_reasons(verdicts), *filter(None, [why])],
    )
    if drafts:
        draft.measures["drafts_refused"] = float(sum(_is_held_back(verdict, status) for verdict in verdicts))
    if status is DraftStatus.queued:
        draft.measures |= _letter_measures(parts, grounds, bench.own[case.name], longest)
        if bench.judge is not None:
            seen.paid_micro_usd += await _judge(case, draft, bench, bench.judge)
    return draft, seen.paid_micro_usd


def _is_held_back(verdict: Verdict, status: DraftStatus) -> bool:
    """Whether the gate refused a draft that did not reach the queue; others lost to a better written one.

    Of a draft in which nothing is found here the second check refused a sentence.
    """
    return status is not DraftStatus.queued or not verdict.is_fit or not verdict.style


def _reasons(verdicts: Sequence[Verdict]) -> list[str]:
    return [
        f"Draft {number}: {problem}"
        for number, verdict in enumerate(verdicts, start=1)
        for problem in verdict.problems or ["the second check did not support each sentence"]
    ]


def _taken(seen: Witness) -> dict[str, float]:
    usage = seen.usage
    taken = {"asked": float(seen.asked), "valid": float(seen.valid)}
    if seen.asked:
        taken["valid_share"] = seen.valid / seen.asked
        taken["tokens"] = float(usage.input_tokens + usage.output_tokens)
        taken["cost_micro_usd"] = float(usage.cost_micro_usd)
        taken["reasks"] = float(usage.reasks)
    if seen.timed:  # answers from the store would make a model look fast
        taken["seconds"] = usage.duration_ms / 1000
    return taken


def _grounded(drafts: Sequence[dict[str, str]], grounds: Grounds) -> dict[str, float]:
    claims = [tie for draft in drafts for tie in check_parts(draft, grounds) if tie.claim]
    backed = sum(tie.backed for tie in claims)
    found = {"claims": float(len(claims)), "backed": float(backed)}
    return found | ({"grounded_share": backed / len(claims)} if claims else {})


def _letter_measures(parts: dict[str, str], grounds: Grounds, own: frozenset[str], longest: int) -> dict[str, float]:
    """Of what reaches the queue, held against its sources once more."""
    return {
        "unbacked_claims": float(len(unbacked(check_parts(parts, grounds)))),
        "specific_facts": float(specific_facts(parts["body"], own)),
        "style_issues": float(len(style_issues(parts, max_words=longest))),
        "words": float(len(parts["body"].split())),
    }


async def _judge(case: GoldenCase, draft: EvalDraft, bench: Bench, judge: str) -> int:
    """Add the judge's mark and reason, or why there is none. Returns the micro-dollars that were paid for it."""
    parts = draft.parts
    prompt = Prompt(
        name="judge_letter",
        agent="analyst",
        output=Judgement,
        inputs={
            "company_name": case.lead.company_name,
            "person_role": case.brief.person_role,
            "max_words": max_words(tone_for(case.brief.person_role)),
            "evidence": [item.quote for item in case.evidence],
            "resume_lines": [item.text for item in case.profile.achievements()],
            "subject": parts["subject_a"],
            "body": parts["body"],
        },
    )
    try:
        completion = await bench.agents.ask(prompt, model=judge)
    except (LLMMisconfigured, BudgetExceeded):
        raise
    except LLMError as error:
        draft.parts = {**parts, "judge": f"{type(error).__name__}: {error.message}"}
        return 0
    draft.measures["judge_score"] = float(completion.value.score)
    draft.parts = {**parts, "judge": completion.value.reason}
    return completion.usage.cost_micro_usd


def ties_of(case: GoldenCase, draft: EvalDraft, *, now: datetime) -> list[Tie]:
    """The sentences of a stored draft, each with what backs it."""
    return check_parts(draft.parts, dossier_of(case).grounds(today=now.date()))
