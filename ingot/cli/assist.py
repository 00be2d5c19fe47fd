"""`--assist`: before each step of a campaign, what it is about to do and why, and whether to go on."""

from __future__ import annotations

import shlex
from collections.abc import Set as AbstractSet

from ingot.actions.assist import Ahead, ahead
from ingot.cli.asking import ask
from ingot.cli.console import counted, err, text
from ingot.domain.budget import dollars
from ingot.wiring import current


class Assistant:
    """The checkpoint of a run: asks before these steps. A step with nothing to do, or the same as before, is passed over."""

    def __init__(self, steps: AbstractSet[str], *, only: str = "") -> None:
        self._steps = steps
        self._only = only
        self._told = set[tuple[str, int]]()
        self.stopped = False

    async def __call__(self, step: str, campaign_id: int) -> bool:
        """Whether the run goes on."""
        if step not in self._steps:
            return True
        wiring = current()
        async with wiring.uow() as uow:
            found = await ahead(
                uow,
                step,
                campaign_id,
                user_id=wiring.user_id,
                agents=wiring.agents,
                prices=wiring.prices,
                entailment_model=wiring.config.entailment_model,
            )
        # The transaction is closed by now: an open one would keep every other INGOT out while a person thinks.
        if not found.leads or (step, found.leads) in self._told:
            return True
        self._told.add((step, found.leads))
        for number, line in enumerate(described(found)):
            err.print(text(line, "" if number else "bold"), soft_wrap=True)
        if await ask("Go on? [y]es, [n]o", "yn", default="y") == "y":
            return True
        self.stopped = True
        command = f"ingot run {self._only or 'campaign'} --campaign {shlex.quote(found.campaign)}"
        err.print(text(f"Stopped before this step; nothing of it was done. To go on: {command}"), soft_wrap=True)
        return False


def described(found: Ahead) -> list[str]:
    """The step in a few lines: what, why, what is read, what it may cost."""
    what, why, reads = _WORDS[found.step](found)
    return [f"Next: {what}", f"  Why:   {why}", f"  Reads: {reads}", f"  Costs: {_cost(found)}"]


def _cost(found: Ahead) -> str:
    if not found.calls:
        return "nothing; no model is asked."
    told = f"{counted(found.calls, 'question')} to {', '.join(found.models)}"
    stored = f", {found.stored} of them answered before" if found.stored else ""
    if all(model.startswith("offline/") for model in found.models):
        return f"nothing: {told}{stored}."
    money = "an unknown price (ingot prices set)" if found.micro_usd is None else f"about {dollars(found.micro_usd)}"
    return f"{money}: {told}{stored}, about {found.tokens} tokens."


def _scout(found: Ahead) -> tuple[str, str, str]:
    return (
        f"scout. Visit {', '.join(found.venues)} and take the best companies that fit, {found.leads} at most.",
        f"You want {counted(found.limit, 'letter')}; more companies are looked at, for some will not fit.",
        "the lists of these venues. No company's site yet.",
    )


def _research(found: Ahead) -> tuple[str, str, str]:
    return (
        f"research. Find out what {_companies(found)} make and what happened there.",
        "A letter may only say what a source says; this is where the quotes come from.",
        "each company's home page and one or two more, as its robots.txt allows.",
    )


def _match(found: Ahead) -> tuple[str, str, str]:
    return (
        f"match. Score {_companies(found)} against your résumé, and say in a sentence why you.",
        "So that you decide about the best first. The score is computed; no model gives it.",
        "nothing new: your résumé and what was found out.",
    )


def _decide(found: Ahead) -> tuple[str, str, str]:
    deeds = {
        "ask": f"lay {_companies(found)} before you, the best first",
        "auto": f"approve the best of {_companies(found)}, until {counted(found.limit, 'letter')} can be written",
        "queue": f"leave {_companies(found)} waiting for your decision",
    }
    return (
        f"decide. {deeds[found.review].capitalize()}.",
        "Nobody is written to without a yes.",
        "nothing.",
    )


def _write(found: Ahead) -> tuple[str, str, str]:
    return (
        f"write. Find whom to write to at {_companies(found)}, and draft a letter to each. Nothing is sent.",
        "You approved them. Each sentence is checked against its source before you see it.",
        "a few more pages of each company: team, about, contact.",
    )


def _companies(found: Ahead) -> str:
    return "1 company" if found.leads == 1 else f"{found.leads} companies"


_WORDS = {"scout": _scout, "research": _research, "match": _match, "decide": _decide, "write": _write}
