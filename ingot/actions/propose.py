"""What is thought out before a letter is written, held against its sources: the value proposition and the talking points."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingot.actions.grounds import as_details
from ingot.agents import Agents
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import Tie
from ingot.domain.grounding import Grounds, check, reason, unbacked
from ingot.domain.intel import TalkingPoint, TalkingPointKind
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.match import Confidence
from ingot.llm.outputs import PointDraft, ValueProposition
from ingot.llm.prompt import Prompt

MAX_PROPOSALS = 2


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The value proposition: empty, and its confidence low, where none was backed. `refused` are the claims that were not."""

    text: str
    confidence: Confidence
    engine: str
    refused: list[Tie]


async def propose(prompt: Prompt[ValueProposition], grounds: Grounds, *, agents: Agents) -> Proposal:
    """Ask for the value proposition, and once more where a part of it is not backed."""
    refused: list[Tie] = []
    for _ in range(MAX_PROPOSALS):
        problems = [f"{reason(tie)} ({tie.sentence})" for tie in refused]
        asked = dataclasses.replace(prompt, inputs={**prompt.inputs, "problems": problems})
        completion = await agents.ask(asked)
        text = completion.value.value_proposition
        wrong = unbacked(check(text, grounds, part="value_proposition"))
        if not wrong:
            confidence = Confidence(completion.value.confidence)
            return Proposal(text=text, confidence=confidence, engine=completion.model, refused=refused)
        refused += wrong
    return Proposal(text="", confidence=Confidence.low, engine=completion.model, refused=refused)


def backed_points(
    drafts: Mapping[TalkingPointKind, PointDraft], grounds: Grounds
) -> tuple[list[TalkingPoint], list[Tie]]:
    """The talking points that the sources back, and the unbacked claims of those that are dropped."""
    points, refused = list[TalkingPoint](), list[Tie]()
    for kind, draft in drafts.items():
        if wrong := unbacked(check(draft.text, grounds, part=f"talking_point_{kind.value}")):
            refused += wrong
        else:
            points.append(TalkingPoint(kind=kind, text=draft.text, evidence_id=draft.evidence_id))
    return points, refused


def note_refused(uow: SqlAlchemyUnitOfWork, lead_id: int, refused: Sequence[Tie], what: str) -> None:
    """Tell the audit log which claims were refused; nothing where none was. Does not commit."""
    if refused:
        audit.note(
            uow,
            AuditType.row_event,
            f"Of the {what} for lead {lead_id}, {len(refused)} claims were refused as unbacked.",
            level=AuditLevel.WARNING,
            row_number=lead_id,
            claims=as_details(refused),
        )
