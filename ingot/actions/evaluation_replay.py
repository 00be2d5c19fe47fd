"""Asking stored questions again, in other words or of another model, and seeing what changes. Changes no lead."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ingot.actions.draft import Dossier, load_dossier
from ingot.actions.evaluate_case import dossier_of, first_usage
from ingot.actions.verdict import check_parts
from ingot.agents import Agents
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.grounding import unbacked
from ingot.domain.model_use import ModelCall
from ingot.domain.sentences import split_sentences
from ingot.errors import BudgetExceeded, ConfigError, DBError, LLMError, LLMMisconfigured, ValidationError
from ingot.llm.answers import ANSWERS
from ingot.llm.changed_prompt import ChangedPrompt, Wording
from ingot.llm.client import Usage
from ingot.llm.prompt import Prompt, template
from ingot.sample.golden import GoldenCase, golden_cases

Uow = Callable[[], SqlAlchemyUnitOfWork]


@dataclass(frozen=True, kw_only=True)
class ReplayRequest:
    """What to ask again: calls of `wording`'s prompt or of all, in that wording, of `model` or of the one that answered."""

    model: str | None = None
    wording: Wording | None = None
    limit: int = 20


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """A stored call asked again. `unbacked_*` counts what the gate refuses, None where it is not known or no letter.

    `diff` is by field: lines that begin with `-` or `+`. `error` says why there is no answer.
    """

    call_id: int
    prompt_name: str
    model_before: str
    model_after: str
    tokens_before: int
    tokens_after: int = 0
    cost_before: int = 0
    cost_after: int = 0
    same: tuple[str, ...] = ()
    diff: dict[str, list[str]] = field(default_factory=dict)
    unbacked_before: int | None = None
    unbacked_after: int | None = None
    error: str = ""


async def replay(
    request: ReplayRequest, *, agents: Agents, uow: Uow, progress: Callable[[str, int, int], None], today: date
) -> list[Replayed]:
    """Ask the newest stored calls again, one after another. An answer is stored: the same replay costs nothing twice.

    Raises `ValidationError` where no call fits, `ConfigError` where neither model nor wording is given.
    """
    if request.model is None and request.wording is None:
        raise ConfigError("Nothing would change.", hint="Give --prompt NAME=FILE, --model provider/name, or both.")
    name = request.wording.template.name if request.wording else None
    async with uow() as work:
        calls = await work.evaluations.calls(name, limit=request.limit)
    calls = [call for call in calls if _can_be_asked(call)]
    if not calls:
        raise ValidationError(
            "No stored call can be asked again.", hint="Calls are stored by campaigns and by `ingot eval run`."
        )
    cases, replayed = golden_cases(), []
    for done, call in enumerate(calls, start=1):
        dossier = await _dossier_of(call, cases, uow)
        replayed.append(await _again(call, request, agents=agents, uow=uow, dossier=dossier, today=today))
        progress("replay", done, len(calls))
    return replayed


def _can_be_asked(call: ModelCall) -> bool:
    """Whether the prompt still has the inputs that it had then."""
    return call.prompt_name in ANSWERS and template(call.prompt_name).inputs == call.inputs.keys()


async def _again(
    call: ModelCall, request: ReplayRequest, *, agents: Agents, uow: Uow, dossier: Dossier | None, today: date
) -> Replayed:
    model = request.model or call.model
    head: dict[str, Any] = {
        "call_id": call.id or 0,
        "prompt_name": call.prompt_name,
        "model_before": call.model,
        "model_after": model,
        "tokens_before": call.input_tokens + call.output_tokens,
        "cost_before": call.cost_micro_usd,
    }
    prompt = _prompt(call, request.wording)
    try:
        completion = await agents.ask(prompt, model=model)
    except (LLMMisconfigured, BudgetExceeded):
        raise
    except LLMError as error:
        return Replayed(**head, error=f"{type(error).__name__}: {error.message}")
    usage = await first_usage(uow, prompt, model, completion.usage)
    before, after = json.loads(call.answer), completion.value.model_dump(mode="json")
    return Replayed(**head, **_changes(before, after), **_gate(before, after, dossier, today), **_usage(usage))


def _prompt(call: ModelCall, wording: Wording | None) -> Prompt[Any]:
    given: dict[str, Any] = {
        "name": call.prompt_name,
        "agent": call.agent_name,
        "output": ANSWERS[call.prompt_name],
        "inputs": call.inputs,
    }
    return Prompt(**given) if wording is None else ChangedPrompt(**given, wording=wording)


def _usage(usage: Usage) -> dict[str, Any]:
    return {"tokens_after": usage.input_tokens + usage.output_tokens, "cost_after": usage.cost_micro_usd}


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    names = list(dict.fromkeys([*before, *after]))
    same = tuple(name for name in names if before.get(name) == after.get(name))
    return {"same": same, "diff": {n: _diff(before.get(n), after.get(n)) for n in names if n not in same}}


def _diff(before: Any, after: Any) -> list[str]:
    """The sentences or items that went (`- `) and that came (`+ `)."""
    lines = difflib.ndiff(_lines(before), _lines(after))
    return [line for line in lines if line.startswith(("- ", "+ "))]


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return split_sentences(value)
    items = value if isinstance(value, list) else [value]
    return [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in items]


def _gate(before: dict[str, Any], after: dict[str, Any], dossier: Dossier | None, today: date) -> dict[str, Any]:
    if dossier is None:
        return {}
    grounds = dossier.grounds(today=today)
    return {
        "unbacked_before": len(unbacked(check_parts(before, grounds))),
        "unbacked_after": len(unbacked(check_parts(after, grounds))),
    }


async def _dossier_of(call: ModelCall, cases: list[GoldenCase], uow: Uow) -> Dossier | None:
    """What the letter of a call was made of: a golden case, or a lead whose evidence and résumé are still the same."""
    if call.prompt_name != "write_letter":
        return None
    if call.lead_id is None:
        found = [dossier_of(case) for case in cases if case.lead.company_name == call.inputs["company_name"]]
    else:
        try:
            async with uow() as work:
                found = [await load_dossier(work, call.lead_id)]
        except (DBError, ValidationError):  # the lead is gone, or begun anew
            found = []
    kept = ("evidence", "resume_lines", "company_name")
    asked = [(dossier, json.loads(json.dumps(dossier.inputs([])))) for dossier in found]
    return next((d for d, inputs in asked if all(inputs[name] == call.inputs[name] for name in kept)), None)
