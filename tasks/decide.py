"""Stage: take a person's decisions as a form gave them, each through the same action as the command line."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from prefect import task
from prefect.artifacts import acreate_table_artifact
from pydantic import BaseModel, ConfigDict, Field

from ingot.actions.decide import decide
from ingot.actions.launch import take_no_mail
from ingot.actions.review import Approval, approve, regenerate, reject
from ingot.domain.campaign import GateDecision
from ingot.errors import IngotError, ValidationError
from ingot.wiring import Wiring, current
from tasks.guarded import guarded

WHO = "form"
MOST = 50


# Listed where they are used: Prefect's form shows no options of an enum that it has to look up.
Choice = Literal["approve", "reject", "defer"]
DraftChoice = Literal["approve", "reject", "regenerate"]
# Chosen, not typed: Prefect keeps what is typed into a form, for everybody to read.
Reason = Literal[
    "none given",
    "wrong field",
    "wrong place",
    "wrong size",
    "no role for me",
    "known already",
    "not now",
    "not my tone",
]
_NONE: Reason = "none given"


class Entry(BaseModel):
    """What every row of the form has in common."""

    model_config = ConfigDict(extra="forbid")


Id = Annotated[int, Field(ge=1, le=2_147_483_647)]


class LeadDecision(Entry):
    """A decision about one lead."""

    lead: Id = Field(title="Lead", description="Its number in the artifact of the campaign's leads.")
    decision: Choice = Field(title="Decision", description="Approved leads are researched further and written to.")
    reason: Reason = Field(default=_NONE, title="Reason", description="Kept with the decision.")


class QuestionAnswer(Entry):
    """An answer to one question about a lead; it steers the next draft."""

    lead: Id = Field(title="Lead", description="The lead that the question is about.")
    question: int = Field(ge=1, le=3, title="Question", description="Its number, as `ingot leads show` lists it.")
    option: int = Field(ge=1, le=5, title="Option", description="The number of the option that you choose.")


class DraftDecision(Entry):
    """A decision about one draft."""

    draft: Id = Field(title="Draft", description="Its number, as in the artifact of the draft.")
    decision: DraftChoice = Field(
        title="Decision", description="Approved drafts leave in their window. Regenerated ones are written anew."
    )
    reason: Reason = Field(default=_NONE, title="Reason", description="Kept with a rejection.")


@dataclass(frozen=True)
class Deed:
    """One row of the form: what it is about, and how it is done. `do` commits, and raises where it is refused."""

    about: str
    do: Callable[[Wiring], Awaitable[None]]


@task(name="take decisions", task_run_name="take decisions")
@guarded("taking decisions")
async def take_decisions(
    leads: list[LeadDecision], answers: list[QuestionAnswer], drafts: list[DraftDecision]
) -> dict[str, int]:
    """Take each decision by itself: one that is refused does not undo the others. An artifact tells what became of each."""
    deeds = [*map(_of_lead, leads), *map(_of_answer, answers), *map(_of_draft, drafts)]
    outcomes = [(deed.about, await _outcome(deed)) for deed in deeds]
    await acreate_table_artifact(
        key="decisions",
        table=[{"about": about, "outcome": why or "done"} for about, why in outcomes],
        description="What became of each decision of the form.",
    )
    refused = sum(bool(why) for _, why in outcomes)
    return {"done": len(outcomes) - refused, "refused": refused}


def _said(reason: Reason) -> str:
    return "" if reason == _NONE else reason


async def _outcome(deed: Deed) -> str:
    """Empty where it was done, else why it was refused."""
    try:
        await deed.do(current())
    except IngotError as error:
        return str(error)
    return ""


def _of_lead(row: LeadDecision) -> Deed:
    async def do(wiring: Wiring) -> None:
        async with wiring.uow() as uow:
            decision = GateDecision(row.decision)
            await decide(uow, row.lead, decision, who=WHO, now=wiring.now(), reason=_said(row.reason))
            await uow.commit()

    return Deed(f"lead {row.lead}: {row.decision}", do)


def _of_answer(row: QuestionAnswer) -> Deed:
    async def do(wiring: Wiring) -> None:
        async with wiring.uow() as uow:
            questions = {item.position: item for item in await uow.questions.of_lead(row.lead)}
            question = questions.get(row.question)
            if question is None or row.option > len(question.options):
                raise ValidationError(
                    "There is no such question, or no such option.", hint=f"See `ingot leads show {row.lead}`."
                )
            question.answer = question.options[row.option - 1]
            await uow.commit()

    return Deed(f"lead {row.lead}: question {row.question}", do)


def _of_draft(row: DraftDecision) -> Deed:
    async def do(wiring: Wiring) -> None:
        if row.decision == "regenerate":
            await regenerate(
                wiring.uow, row.draft, agents=wiring.agents, config=wiring.config, answers={}, who=WHO, now=wiring.now()
            )
            return
        if row.decision == "approve":
            refused = await take_no_mail(wiring.uow, [row.draft], config=wiring.config)
            approval = Approval(
                config=wiring.config, links=wiring.links, who=WHO, now=wiring.now(), takes_no_mail=refused
            )
            async with wiring.uow() as uow:
                await approve(uow, [row.draft], approval)
            return
        async with wiring.uow() as uow:
            await reject(uow, row.draft, reason=_said(row.reason), who=WHO, now=wiring.now())

    return Deed(f"draft {row.draft}: {row.decision}", do)
