"""`ingot mail`: what came back, and answering it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.mail import AsJson, mail_app
from ingot.cli.opening import an_id, with_wiring
from ingot.domain.inbound import MailKind

if TYPE_CHECKING:
    from ingot.actions.hear import Heard
    from ingot.actions.notify import News
    from ingot.actions.poll import Polled
    from ingot.domain.answer import Answer
    from ingot.domain.email import Tie
    from ingot.domain.inbound import InboundMail
    from ingot.wiring import Wiring

MailId = Annotated[
    int, typer.Argument(parser=an_id, metavar="ID", help="A mail's id, as `ingot mail replies` shows it.")
]


@mail_app.command(epilog="Example: ingot mail poll")
def poll(*, as_json: AsJson = False) -> None:
    """Read the inbox now: store what answers our letters, judge it, act on it. Marks nothing as read."""
    from ingot.cli.console import out, print_json, stage_progress, text

    async def deed(wiring: Wiring) -> tuple[Polled, Heard, int, list[News]]:
        from ingot.actions.hear import judge_new, read_inbox, suggest_answers
        from ingot.actions.notify import tell_here

        given: dict[str, Any] = {"config": wiring.config, "now": wiring.now}
        progress = stage_progress(silent=as_json)
        polled = await read_inbox(wiring.uow, user_id=wiring.user_id, progress=progress, **given)
        heard = await judge_new(wiring.uow, agents=wiring.agents, user_id=wiring.user_id, **given)
        suggested = await suggest_answers(wiring.uow, heard.mail_ids, agents=wiring.agents, **given)
        return polled, heard, suggested, await tell_here(wiring.uow, user_id=wiring.user_id, now=wiring.now())

    polled, heard, suggested, news = with_wiring(deed)
    if as_json:
        numbers = {"read": polled.read, "kept": polled.kept, "not_judged": heard.unjudged, "answers": suggested}
        print_json({**numbers, "kinds": heard.kinds})
        return
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in heard.kinds.items())
    out.print(f"{polled.read} new mails, {polled.kept} of them to us: {kinds or 'nothing to act on'}.")
    for item in news:
        out.print(text(f"{item.headline}. Read it, and the suggested answer: ingot mail replies", "bold"))
    if heard.unjudged:
        out.print(f"{heard.unjudged} could not be judged by the model; they are taken up again by the next poll.")


@mail_app.command(epilog="Example: ingot mail replies --kind positive")
def replies(
    *,
    kind: Annotated[list[MailKind] | None, typer.Option(help="Only this kind; may be given more than once.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The newest so many.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show what came back, with what it was found to be and the answer that is suggested."""

    async def deed(wiring: Wiring) -> list[dict[str, Any]]:
        async with wiring.uow() as uow:
            return reply_rows(await uow.inbox.shown(user_id=wiring.user_id, kinds=kind, limit=limit))

    from ingot.cli.console import print_json

    rows = with_wiring(deed)
    if as_json:
        print_json(rows)
    else:
        print_replies(rows)


@mail_app.command(epilog="Example: ingot mail answer 3 --approve     or: ingot mail answer 3 --body - < answer.txt")
def answer(
    mail_id: MailId,
    *,
    approve: Annotated[bool, typer.Option("--approve", help="Send the suggested answer.")] = False,
    body: Annotated[str | None, typer.Option(help="Send this instead; - reads it from standard input.")] = None,
    insist: Annotated[
        bool, typer.Option("--insist", help="Send it even if a claim is not backed by a source.")
    ] = False,
) -> None:
    """Answer a mail: with what is suggested, or with your own words. It is queued, and leaves with the next pass."""
    from ingot.cli.console import out
    from ingot.cli.edit import read_body, tell_refused
    from ingot.errors import ValidationError

    if not approve and body is None:
        raise ValidationError(
            "Say --approve for the suggested answer, or give your own with --body.", hint="See it: ingot mail replies."
        )
    own = read_body(body)

    async def deed(wiring: Wiring) -> tuple[Answer, list[Tie]]:
        from ingot.actions.suggest_answer import approve_answer

        async with wiring.uow() as uow:
            return await approve_answer(
                uow,
                mail_id,
                body=own,
                insist=insist,
                config=wiring.config,
                links=wiring.links,
                who="cli",
                now=wiring.now(),
            )

    _, refused = with_wiring(deed)
    if refused and not insist:
        tell_refused(refused, stored=False, letter_id=mail_id)
        raise typer.Exit(1)
    out.print("The answer is queued. To send it now: ingot mail send --now")


@mail_app.command(epilog="Example: ingot mail reclassify")
def reclassify(*, as_json: AsJson = False) -> None:
    """Judge all stored mail again that older rules have judged. Nothing that was suppressed is lifted."""
    from ingot.cli.console import out, print_json

    async def deed(wiring: Wiring) -> Heard:
        from ingot.actions.hear import judge_new

        return await judge_new(
            wiring.uow, agents=wiring.agents, config=wiring.config, user_id=wiring.user_id, now=wiring.now, again=True
        )

    heard = with_wiring(deed)
    if as_json:
        print_json({"kinds": heard.kinds, "not_judged": heard.unjudged})
    else:
        out.print(f"{sum(heard.kinds.values())} mails were judged again.")


def reply_rows(found: list[tuple[InboundMail, str | None, Answer | None]]) -> list[dict[str, Any]]:
    """Mail with its company and answer, as values."""
    return [
        {
            "id": mail.id,
            "company": company or "",
            "kind": mail.kind.value if mail.kind else "",
            "confidence": round(mail.confidence, 2),
            "rule": mail.rule,
            "matched_by": mail.matched_by,
            "words": mail.words,
            "answer": answer.body if answer else "",
            "answer_status": answer.status.value if answer else "",
        }
        for mail, company, answer in found
    ]


def print_replies(rows: list[dict[str, Any]]) -> None:
    """A page per mail."""
    from rich.panel import Panel

    from ingot.cli.console import out, text

    if not rows:
        out.print("Nothing came back yet. To look now: ingot mail poll")
    for row in rows:
        parts = text(row["words"] or "(no words of a person)")
        if row["answer"]:
            parts += text(f"\n\nSuggested answer ({row['answer_status']}):\n", "bold") + text(row["answer"], "dim")
        title = text(
            f"{row['company'] or 'no letter of ours'}  mail {row['id']}: {row['kind'].replace('_', ' ')}", "bold"
        )
        told = text(f"confidence {row['confidence']} · {row['rule']} · matched by {row['matched_by'] or 'nothing'}")
        out.print(Panel(parts, title=title, title_align="left", subtitle=told, subtitle_align="left"))
