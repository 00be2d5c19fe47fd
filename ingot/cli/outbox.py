"""`ingot mail`: sending, what holds letters back, and trying the mailbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.mail import AsJson, mail_app
from ingot.cli.opening import an_id, with_wiring
from ingot.errors import ValidationError

if TYPE_CHECKING:
    from ingot.actions.mail_status import MailStatus
    from ingot.actions.send import PassResult
    from ingot.actions.try_mailbox import Trial
    from ingot.domain.delivery import Delivery
    from ingot.wiring import Wiring


@mail_app.command(epilog="Example: ingot mail status     or: ingot mail status --json | jq .holds")
def status(*, as_json: AsJson = False) -> None:
    """Show the queue: what waits, what holds each letter, what the caps leave, when the next one goes."""
    import dataclasses

    from ingot.cli.console import print_json

    found = _status()
    if as_json:
        print_json(dataclasses.asdict(found))
    else:
        _print_status(found)


@mail_app.command(epilog="Example: ingot mail send --now     (without --now: what would be sent)")
def send(
    *, now: Annotated[bool, typer.Option("--now", help="Do it: one pass, as the flow `outreach` makes it.")] = False
) -> None:
    """Send what is due: approved letters, follow-ups and answers, inside windows and caps."""
    from ingot.cli.console import out, stage_progress, text

    if not now:
        _print_status(_status())
        out.print("Nothing was sent. To send what may leave now: ingot mail send --now", style="dim")
        return

    async def deed(wiring: Wiring) -> PassResult:
        from ingot.actions.launch import check_launch
        from ingot.actions.outreach import send_due, settle_in_doubt

        given: dict[str, Any] = {"config": wiring.config, "user_id": wiring.user_id, "now": wiring.now}
        await settle_in_doubt(wiring.uow, **given)
        await check_launch(wiring.uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now())
        return await send_due(wiring.uow, **given, progress=stage_progress(silent=False))

    result = with_wiring(deed)
    out.print(f"Sent {result.sent}, later {result.later}, refused {result.failed}, in doubt {result.unknown}.")
    if result.waits_for:
        out.print(text(f"{result.waits_for}{_until(result.next_at)}"))


@mail_app.command("test", epilog="Example: ingot mail test")
def try_it(*, as_json: AsJson = False) -> None:
    """Send a letter to yourself and find it again: shows that the mailbox works, and how its provider treats letters."""
    import dataclasses

    from ingot.cli.console import notes, out, print_json, text

    async def deed(wiring: Wiring) -> Trial:
        from ingot.actions.mailbox import imap_server, smtp_server
        from ingot.actions.try_mailbox import try_mailbox
        from ingot.mail.imap import Mailbox
        from ingot.mail.smtp import Submission

        notes.print("A letter to yourself is on its way; this takes up to a minute.", style="dim")
        async with (
            Submission(smtp_server(wiring.config)) as submission,
            Mailbox(imap_server(wiring.config)) as mailbox,
        ):
            return await try_mailbox(
                wiring.uow,
                user_id=wiring.user_id,
                config=wiring.config,
                send=submission.send,
                mailbox=mailbox,
                now=wiring.now,
            )

    trial = with_wiring(deed)
    if as_json:
        print_json(dataclasses.asdict(trial))
    else:
        for line in _told(trial):
            out.print(text(line))
    if not trial.arrived:
        raise typer.Exit(1)


@mail_app.command(epilog="Example: ingot mail pause     or: ingot mail pause --campaign autumn")
def pause(
    *,
    campaign: Annotated[str, typer.Option(help="Only this campaign; without it, the whole mailbox.")] = "",
    reason: Annotated[str, typer.Option(help="Why; shown until you resume.")] = "you paused it",
) -> None:
    """Stop sending until you resume."""
    from ingot.cli.console import out, text

    async def deed(wiring: Wiring) -> None:
        from ingot.actions.pause import pause_campaign, pause_mailbox

        async with wiring.uow() as uow:
            if campaign:
                await pause_campaign(uow, campaign, user_id=wiring.user_id, who="cli")
            else:
                await pause_mailbox(uow, reason, user_id=wiring.user_id, who="cli", now=wiring.now())

    with_wiring(deed)
    out.print(text(f"Paused{f': {campaign}' if campaign else ''}. To go on: ingot mail resume."))


@mail_app.command(epilog="Example: ingot mail resume     or: ingot mail resume --campaign autumn")
def resume(
    *,
    campaign: Annotated[str, typer.Option(help="This campaign; without it, the mailbox.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show why sending is paused, and lift the pause."""
    from ingot.cli.console import out, text

    async def deed(wiring: Wiring) -> str:
        from ingot.actions.pause import resume_campaign, resume_mailbox, why_paused

        if campaign:
            async with wiring.uow() as uow:
                await resume_campaign(uow, campaign, user_id=wiring.user_id, who="cli")
            return campaign
        async with wiring.uow() as uow:
            reason = await why_paused(uow, user_id=wiring.user_id)
        out.print(text(f"Paused because: {reason}", "yellow"))
        if not yes and not typer.confirm("Send again?", default=False, err=True):
            raise typer.Exit(1)
        async with wiring.uow() as uow:
            await resume_mailbox(uow, user_id=wiring.user_id, who="cli")
        return "the mailbox"

    out.print(text(f"Sending goes on for {with_wiring(deed)}."))


@mail_app.command(epilog="Example: ingot mail settle 12 --sent     or: ingot mail settle 12 --not-sent")
def settle(
    delivery_id: Annotated[
        int, typer.Argument(parser=an_id, metavar="ID", help="A delivery's id, as `ingot mail status` shows it.")
    ],
    *,
    sent: Annotated[bool, typer.Option("--sent", help="You found it among your sent mail.")] = False,
    not_sent: Annotated[
        bool, typer.Option("--not-sent", help="You are sure that it did not leave: it is queued again.")
    ] = False,
) -> None:
    """Say what became of a letter that is in doubt, where the mailbox cannot tell."""
    from ingot.cli.console import out

    if sent == not_sent:
        raise ValidationError(
            "Say either --sent or --not-sent.", hint="Look into the Sent folder of your mailbox first."
        )

    async def deed(wiring: Wiring) -> Delivery:
        from ingot.actions.in_doubt import settle_by_hand

        async with wiring.uow() as uow:
            return await settle_by_hand(
                uow, delivery_id, was_sent=sent, who="cli", config=wiring.config, now=wiring.now()
            )

    out.print(f"Delivery {delivery_id} is {with_wiring(deed).status.value} now.")


def _status() -> MailStatus:
    async def deed(wiring: Wiring) -> MailStatus:
        from ingot.actions.mail_status import mail_status

        async with wiring.uow() as uow:
            return await mail_status(uow, config=wiring.config, user_id=wiring.user_id, now=wiring.now())

    return with_wiring(deed)


def _print_status(found: MailStatus) -> None:
    from ingot.cli.console import counted, out, table, text

    if found.paused:
        out.print(text(f"Sending is paused: {found.paused} To go on: ingot mail resume.", "bold yellow"))
    rows = [
        (
            line.delivery_id,
            line.company,
            line.kind.replace("_", "-"),
            line.status,
            " ".join(filter(None, (line.reason, f"({line.note})" if line.note else ""))),
            f"{line.until:%a %d %b %H:%M} UTC" if line.until else "",
        )
        for line in found.lines
    ]
    if rows:
        out.print(
            table(counted(len(rows), "letter"), ("id", "company", "what", "status", "why it waits", "until"), rows)
        )
    else:
        out.print("Nothing is queued. Approve a draft: ingot mail pending.")
    told = ", ".join(f"{name} {count}" for name, count in found.counts.items() if count)
    out.print(text(f"All letters: {told or 'none'}. Bounced: {found.bounce_rate:.0%}."))
    left = found.left
    out.print(text(f"Room now: {left['hour']} this hour, {left['day']} today, {left['warm_up']} by the warm-up."))
    read = f"{found.inbox_read_at:%Y-%m-%d %H:%M} UTC" if found.inbox_read_at else "never"
    out.print(text(f"Inbox read: {read}.{_lookup_told(found.lookup)}"))


def _lookup_told(lookup: str) -> str:
    if lookup == "exact":
        return ""
    if lookup == "untested":
        return " The mailbox is untested: ingot mail test."
    return " A letter in doubt waits for you: this mailbox cannot show whether it left."


def _told(trial: Trial) -> list[str]:
    arrived = "Your letter to yourself arrived." if trial.arrived else "Your letter to yourself has not arrived yet."
    lookups = {
        "exact": f"It stands in {trial.sent_mailbox or 'Sent'} under our Message-ID: a letter in doubt can be looked up.",
        "rewritten": "Your provider gives letters other Message-IDs: a letter in doubt waits for you.",
        "not_filed": "Your provider does not file what programs send: a letter in doubt waits for you.",
    }
    found = [arrived, lookups[trial.lookup.value]]
    if trial.dkim_selector:
        found.append(f"It is signed for your domain (DKIM selector {trial.dkim_selector}).")
    return found


def _until(moment: Any) -> str:
    return f" Next: {moment:%a %d %b %H:%M} UTC." if moment else ""
