"""Whether a draft may be shown to the user: every part of it against its sources, then a second opinion, then its style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingot.actions.entail import entailed
from ingot.actions.grounds import as_details
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.domain.email import Tie
from ingot.domain.grounding import Grounds, check, reason, unbacked
from ingot.domain.learned import Lesson
from ingot.domain.style import StyleIssue, loses_the_letter, style_issues

PARTS = ("subject_a", "subject_b", "body", "followup_day_3", "followup_day_7")


def check_parts(parts: Mapping[str, str], grounds: Grounds) -> list[Tie]:
    """Every part of a letter against its sources: all of it will be read by the recipient."""
    return [tie for part in PARTS if parts.get(part) for tie in check(parts[part], grounds, part=part)]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was found in one draft."""

    ties: list[Tie]
    style: list[StyleIssue]

    @property
    def refused(self) -> list[Tie]:
        return unbacked(self.ties)

    @property
    def is_fit(self) -> bool:
        """Whether the user may see it. Matters of taste do not lose a letter."""
        return not self.refused and not any(loses_the_letter(issue) for issue in self.style)

    @property
    def problems(self) -> list[str]:
        """What the writer is told."""
        wrong = [f"{reason(tie)} ({tie.sentence})" for tie in self.refused]
        return [*wrong, *(f"{issue.hint} ({issue.words})" for issue in self.style)]

    @property
    def claims(self) -> list[str]:
        """The words that were refused."""
        return [tie.claim for tie in self.refused] + [issue.words for issue in self.style if loses_the_letter(issue)]

    def details(self) -> list[dict[str, str]]:
        """What was found, as the audit log keeps it."""
        style = [
            {"part": "", "claim": issue.hint, "kind": f"style: {issue.rule}", "sentence": issue.words}
            for issue in self.style
        ]
        return as_details(self.refused) + style


async def judge_draft(
    parts: Mapping[str, str],
    grounds: Grounds,
    *,
    max_words: int,
    unwanted: Sequence[Lesson] = (),
    agents: Agents,
    config: AppConfig,
    lead_id: int | None,
) -> Verdict:
    """Judge a draft. `unwanted` are the phrases that the user does not want to read.

    The model for the second check is asked only about a draft that the first one lets pass.

    Raises `UnbackedClaims` where that model gave no valid answer.
    """
    ties = check_parts(parts, grounds)
    if config.entailment_model and not unbacked(ties):
        await entailed(ties, grounds, agents=agents, model=config.entailment_model, lead_id=lead_id)
    told = {part: parts[part] for part in PARTS if parts.get(part)}
    return Verdict(ties=ties, style=style_issues(told, max_words=max_words, unwanted=unwanted))
