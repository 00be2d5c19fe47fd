"""`ingot leads explain` and `ingot leads rescore`: why a lead has its score, and scoring again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingot.cli.leads import AsJson, LeadId, leads_app
from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.rescore import Rescored
    from ingot.wiring import Wiring


@leads_app.command(epilog="Example: ingot leads explain 12")
def explain(lead_id: LeadId, *, as_json: AsJson = False) -> None:
    """Explain a lead's score: each part, what it rests on, your wishes, and what would change it."""

    async def deed(wiring: Wiring) -> dict[str, Any]:
        from ingot.actions.explain import explanation

        async with wiring.uow() as uow:
            return await explanation(uow, lead_id)

    from ingot.cli.console import out, print_json, table, text

    told = with_wiring(deed)
    if as_json:
        print_json(told)
        return
    out.print(
        text(f"{told['company']} (lead {lead_id}): {told['score']} of 100, {told['confidence']} confidence", "bold")
    )
    if told["status"] == "rejected" and told["reason"]:
        out.print(text(f"Rejected: {told['reason']}", "yellow"))
    if told["rejected_by_preferences"]:
        out.print(text(f"Your preferences rejected it. Take it all the same: ingot leads approve {lead_id}"))
    rows = [(part["part"], f"{part['points']}/{part['of']}", part["why"]) for part in told["parts"]]
    out.print(table("Score", ("part", "points", "why"), rows))
    resting = [
        *((part["part"], item["quote"], item["url"]) for part in told["parts"] for item in part["quotes"]),
        *(
            (part["part"], item["text"], f"résumé, line {item['line']}")
            for part in told["parts"]
            for item in part["lines"]
        ),
    ]
    if resting:
        out.print(table("Rests on", ("part", "text", "source"), resting))
    if told["wishes"]:
        wishes = [(item["strength"], item["wish"], item["outcome"], item["words"]) for item in told["wishes"]]
        out.print(table("Wishes", ("kind", "wish", "", "words that decided"), wishes))
    changes = [(part["part"], part["could_gain"], part["change"]) for part in told["parts"] if part["change"]]
    if changes:
        out.print(table("What would change it", ("part", "points, at most", "what"), changes))
    if told["is_of_an_older_kind"]:
        out.print(
            text("This score is of an older kind and says less. Score undecided leads again: ingot leads rescore")
        )


@leads_app.command(epilog="Example: ingot leads rescore")
def rescore(*, as_json: AsJson = False) -> None:
    """Score leads that wait for your decision again, by your present weights and preferences. No model is asked."""

    async def deed(wiring: Wiring) -> list[Rescored]:
        from ingot.actions.rescore import rescore as score_again

        async with wiring.uow() as uow:
            found = await score_again(uow, wiring.user_id, now=wiring.now)
            await uow.commit()
            return found

    from dataclasses import asdict

    from ingot.cli.console import counted, out, print_json, table, text

    found = with_wiring(deed)
    if as_json:
        print_json([asdict(item) for item in found])
        return
    changed = [item for item in found if item.before != item.after or item.rejection]
    rows = [
        (item.lead_id, item.company_name, item.before, item.after, item.status.value, item.rejection)
        for item in changed
    ]
    out.print(text(f"{counted(len(found), 'lead')} scored again, {len(changed)} changed."))
    if rows:
        out.print(table("Changed", ("id", "company", "before", "after", "status", "why rejected"), rows))
