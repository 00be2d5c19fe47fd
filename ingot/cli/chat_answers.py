"""What a chat answers without changing anything: each by the command that shows it, or by a query of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ingot.cli import campaigns, explain, leads, outbox, replies
from ingot.cli.console import out, print_json, table, text
from ingot.cli.opening import with_wiring
from ingot.cli.waiting import print_waits
from ingot.domain.conversation import ChatAction, Entry

if TYPE_CHECKING:
    from ingot.actions.chat import Choice
    from ingot.actions.waiting import Wait
    from ingot.wiring import Wiring

_FEW = 10


def _leads(choice: Choice, as_json: bool) -> None:
    async def deed(wiring: Wiring) -> list[dict[str, Any]]:
        from ingot.actions.chat_queries import leads_about

        async with wiring.uow() as uow:
            found = await leads_about(
                uow, words=choice.words, status=choice.status, count=choice.count or _FEW, user_id=wiring.user_id
            )
        return [
            {
                "id": lead.id,
                "company": lead.company_name,
                "match": score,
                "status": lead.status.value,
                "industry": lead.industry,
                "location": lead.location,
            }
            for lead, score in found
        ]

    rows = with_wiring(deed)
    _show(
        rows, as_json=as_json, title="Leads, the best match first", none="No lead fits. All of them: ingot leads list"
    )


def _show_lead(choice: Choice, as_json: bool) -> None:
    leads.show(_lead(choice), as_json=as_json)


def _explain(choice: Choice, as_json: bool) -> None:
    explain.explain(_lead(choice), as_json=as_json)


def _lead(choice: Choice) -> int:
    async def deed(wiring: Wiring) -> int:
        from ingot.actions.chat import lead_meant

        async with wiring.uow() as uow:
            return await lead_meant(uow, choice.lead, user_id=wiring.user_id)

    return with_wiring(deed)


def _why_sentence(choice: Choice, as_json: bool) -> None:
    async def deed(wiring: Wiring) -> list[dict[str, Any]]:
        from ingot.actions.chat import lead_meant
        from ingot.actions.chat_queries import sentence_sources

        async with wiring.uow() as uow:
            chosen = await lead_meant(uow, choice.lead, user_id=wiring.user_id) if choice.lead else None
            found = await sentence_sources(uow, choice.words, lead_id=chosen, user_id=wiring.user_id)
        return [asdict(item) for item in found]

    rows = with_wiring(deed)
    if as_json:
        print_json(rows)
        return
    for row in rows:
        out.print(text(f"Letter {row['letter_id']} to {row['company']}: {row['sentence']}", "bold"))
        if not row["backed"]:
            out.print(text("  Nothing backs it: you insisted on it."))
        elif row["quote"]:
            out.print(text(f'  It rests on: "{row["quote"]}" ({row["source"]})'))
        else:
            out.print(text("  It claims nothing that needs a source."))


def _status(choice: Choice, as_json: bool) -> None:
    async def deed(wiring: Wiring) -> str:
        from ingot.actions.chat import campaign_meant

        async with wiring.uow() as uow:
            return await campaign_meant(uow, choice.name, user_id=wiring.user_id)

    campaigns.show(with_wiring(deed), as_json=as_json)


def _waiting(_choice: Choice, as_json: bool) -> None:
    async def deed(wiring: Wiring) -> list[Wait]:
        from ingot.actions.funnel import funnels
        from ingot.actions.waiting import what_waits

        async with wiring.uow() as uow:
            return await what_waits(uow, await funnels(uow, user_id=wiring.user_id), user_id=wiring.user_id)

    found = with_wiring(deed)
    if as_json:
        print_json([asdict(item) for item in found])
    else:
        print_waits(found)


def _sending(_choice: Choice, as_json: bool) -> None:
    outbox.status(as_json=as_json)


def _replies(_choice: Choice, as_json: bool) -> None:
    replies.replies(kind=None, limit=_FEW, as_json=as_json)


def tell_help(entries: Sequence[Entry], *, as_json: bool) -> None:
    """What can be said, with an example of each."""
    rows = [{"say": entry.example, "it": entry.does, "asks first": "yes" if entry.changes else ""} for entry in entries]
    _show(rows, as_json=as_json, title="What you can say", none="")


def _show(rows: list[dict[str, Any]], *, as_json: bool, title: str, none: str) -> None:
    if as_json:
        print_json(rows)
    elif rows:
        out.print(table(title, tuple(rows[0]), [tuple(row.values()) for row in rows]))
    else:
        out.print(none)


ANSWERS: dict[ChatAction, Callable[[Choice, bool], None]] = {
    ChatAction.leads: _leads,
    ChatAction.show_lead: _show_lead,
    ChatAction.explain_lead: _explain,
    ChatAction.why_sentence: _why_sentence,
    ChatAction.status: _status,
    ChatAction.waiting: _waiting,
    ChatAction.sending: _sending,
    ChatAction.replies: _replies,
}
