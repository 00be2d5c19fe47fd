"""The second wall: a model of the user's choice is asked whether the quotes support each sentence. It can only tighten.

Unlike the deterministic check, it is asked about sentences that passed that one; what it does not say yes to is unbacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingot.agents import Agents
from ingot.domain.email import Tie
from ingot.domain.grounding import Grounds
from ingot.errors import BudgetExceeded, LLMError, UnbackedClaims
from ingot.llm.outputs import MOST_PAIRS, Entailment
from ingot.llm.prompt import Prompt

_KINDS = {"no": "unsupported", "partly": "partly supported"}


async def entailed(ties: Sequence[Tie], grounds: Grounds, *, agents: Agents, model: str, lead_id: int | None) -> None:
    """Ask about every backed claim; mark those ties as unbacked whose sentence the quotes support in part or not at all.

    "Partly" counts as no: all quotes of the sentence are shown, so that the other part rests on nothing. One call for a
    letter, more only above `MOST_PAIRS` sentences. Raises `UnbackedClaims` where the model gave no valid answer: a check
    that failed is no yes.
    """
    claimed = [tie for tie in ties if tie.claim and tie.quote and tie.backed]
    sentences = list(dict.fromkeys(tie.sentence for tie in claimed))
    for start in range(0, len(sentences), MOST_PAIRS):
        batch = sentences[start : start + MOST_PAIRS]
        pairs = [_pair(no, sentence, claimed, grounds) for no, sentence in enumerate(batch, start=1)]
        verdicts = await _ask(pairs, grounds, agents=agents, model=model, lead_id=lead_id)
        for tie in claimed:
            verdict = verdicts[batch.index(tie.sentence) + 1] if tie.sentence in batch else "yes"
            if verdict != "yes":
                tie.backed, tie.claim_kind = False, _KINDS[verdict]


def _pair(no: int, sentence: str, ties: Sequence[Tie], grounds: Grounds) -> dict[str, Any]:
    headings = dict(grounds.line_headings)
    quotes = [
        {"of": "company", "text": tie.quote}
        if tie.source == "evidence"
        else {"of": "user", "text": f"{headings.get(tie.resume_line or 0, '')}: {tie.quote}".removeprefix(": ")}
        for tie in ties
        if tie.sentence == sentence
    ]
    return {
        "no": no,
        "sentence": sentence,
        "quotes": [quote for n, quote in enumerate(quotes) if quote not in quotes[:n]],
    }


async def _ask(
    pairs: list[dict[str, Any]], grounds: Grounds, *, agents: Agents, model: str, lead_id: int | None
) -> dict[int, str]:
    prompt = Prompt(
        name="entail",
        agent="writer",
        output=Entailment,
        inputs={"company_name": grounds.company_name, "user_name": grounds.user_name, "pairs": pairs},
        lead_id=lead_id,
    )
    try:
        completion = await agents.ask(prompt, model=model)
    except BudgetExceeded:
        raise
    except LLMError as error:
        raise _unchecked(model) from error
    verdicts = {item.no: item.verdict for item in completion.value.verdicts}
    if len(verdicts) != len(completion.value.verdicts) or verdicts.keys() != {pair["no"] for pair in pairs}:
        raise _unchecked(model)
    return dict(verdicts)


def _unchecked(model: str) -> UnbackedClaims:
    return UnbackedClaims(
        f"The draft could not be checked: {model} did not say of every sentence whether its quotes support it.",
        agent="writer",
        hint="Approve the lead again, set another model (ingot config set entailment_model MODEL) or none (an empty value).",
    )
