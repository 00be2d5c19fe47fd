"""`ingot mail`: the review queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import an_id, with_wiring
from ingot.domain.email import EmailStatus

if TYPE_CHECKING:
    from ingot.actions.review import DraftPage
    from ingot.domain.email import Email, Tie
    from ingot.wiring import Wiring

mail_app = typer.Typer(
    help="Letters: drafts to review, what is sent, what came back.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
LetterId = Annotated[
    int, typer.Argument(parser=an_id, metavar="ID", help="A letter's id, as `ingot mail pending` shows it.")
]
LetterIds = Annotated[
    list[int],
    typer.Argument(parser=an_id, metavar="ID", help="Letters' ids, as `ingot mail pending` shows them."),
]


@mail_app.command(epilog="Example: ingot mail pending --status approved")
def pending(
    *,
    status: Annotated[EmailStatus, typer.Option(help="Letters that stand here.")] = EmailStatus.drafted,
    as_json: AsJson = False,
) -> None:
    """List the letters that wait for you."""

    async def deed(wiring: Wiring) -> list[dict[str, Any]]:
        async with wiring.uow() as uow:
            found = await uow.letters.with_status(status, user_id=wiring.user_id)
        return [
            {
                "id": letter.id,
                "company": lead.company_name,
                "to": lead.person_name,
                "subject": letter.subject_a,
                "words": len(letter.body.split()),
                "engine": letter.engine,
            }
            for letter, lead in found
        ]

    from ingot.cli.console import counted, out, print_json, table

    rows = with_wiring(deed)
    if as_json:
        print_json(rows)
    elif rows:
        shown = [{name: value for name, value in row.items() if name != "engine"} for row in rows]
        title = f"{counted(len(rows), 'letter')}, {status.value}"
        out.print(table(title, tuple(shown[0]), [tuple(row.values()) for row in shown]))
        out.print("Read one with `ingot mail show ID`.", style="dim")
    else:
        out.print(f"No letter is {status.value}.")


@mail_app.command(epilog="Example: ingot mail show 3")
def show(letter_id: LetterId, *, as_json: AsJson = False) -> None:
    """Show a draft as it will look, with the source of each sentence."""

    async def deed(wiring: Wiring) -> DraftPage:
        from ingot.actions.review import page_of

        async with wiring.uow() as uow:
            return await page_of(uow, letter_id)

    from ingot.cli.console import out, print_json
    from ingot.cli.letters import as_json as plain
    from ingot.cli.letters import render

    page = with_wiring(deed)
    if as_json:
        print_json(plain(page))
    else:
        out.print(render(page))


@mail_app.command(epilog="Example: ingot mail approve 3 5     or: ingot mail approve 7 --basis 'we met at the meetup'")
def approve(
    letter_ids: LetterIds,
    *,
    basis: Annotated[
        str, typer.Option(help="Why you may write there, where the recipient's country asks for a reason.")
    ] = "",
) -> None:
    """Approve drafts: from now on they are queued, and leave when nothing holds them."""
    from ingot.cli.console import out

    wanted = list(dict.fromkeys(letter_ids))

    async def deed(wiring: Wiring) -> None:
        from ingot.actions.launch import take_no_mail
        from ingot.actions.review import Approval
        from ingot.actions.review import approve as act

        approval = Approval(
            config=wiring.config,
            links=wiring.links,
            who="cli",
            now=wiring.now(),
            basis=basis,
            takes_no_mail=await take_no_mail(wiring.uow, wanted, config=wiring.config),
        )
        async with wiring.uow() as uow:
            await act(uow, wanted, approval)

    with_wiring(deed)
    for letter_id in wanted:
        out.print(f"Letter {letter_id} is approved.")
    out.print("What holds it: ingot mail status. To send what may leave: ingot mail send --now", style="dim")


@mail_app.command(epilog="Example: ingot mail reject 4 --reason 'wrong angle'")
def reject(
    letter_id: LetterId, *, reason: Annotated[str, typer.Option("--reason", help="Why; kept with the letter.")] = ""
) -> None:
    """Reject a draft, and with it the lead."""
    from ingot.cli.console import out

    async def deed(wiring: Wiring) -> None:
        from ingot.actions.review import reject as act

        async with wiring.uow() as uow:
            await act(uow, letter_id, reason=reason, who="cli", now=wiring.now())

    with_wiring(deed)
    out.print(f"Letter {letter_id} is rejected, and so is its lead.")


@mail_app.command(epilog="Example: ingot mail edit 3     or: ingot mail edit 3 --body - < letter.txt")
def edit(
    letter_id: LetterId,
    *,
    subject_a: Annotated[str | None, typer.Option(help="A new subject A.")] = None,
    subject_b: Annotated[str | None, typer.Option(help="A new subject B.")] = None,
    body: Annotated[str | None, typer.Option(help="A new body; - reads it from standard input.")] = None,
    insist: Annotated[
        bool,
        typer.Option("--insist", help="Store it even if a claim is not backed by a source; the claim is recorded."),
    ] = False,
) -> None:
    """Edit a draft: in your editor, or with options. What you write passes the same grounding gate."""
    from ingot.cli.console import out
    from ingot.cli.edit import edited_by_hand, read_body, tell_refused

    changes = {
        name: value
        for name, value in (("subject_a", subject_a), ("subject_b", subject_b), ("body", read_body(body)))
        if value is not None
    }

    async def deed(wiring: Wiring) -> tuple[Email, list[Tie]] | None:
        from ingot.actions.review import edit as act

        async with wiring.uow() as uow:
            letter = await uow.letters.get(letter_id)
        # The transaction is closed by now: an open one would keep every other INGOT out while the editor is open.
        chosen = changes or edited_by_hand(letter)
        if not chosen:
            return None
        async with wiring.uow() as uow:
            return await act(uow, letter_id, changes=chosen, insist=insist, who="cli", now=wiring.now())

    result = with_wiring(deed)
    if result is None:
        out.print("Nothing was changed.")
        return
    letter, refused = result
    tell_refused(refused, stored=insist or not refused, letter_id=letter_id)
    if insist or not refused:
        out.print(f"It is {letter.status.value} now; when it is good: ingot mail approve {letter_id}", style="dim")
    if refused and not insist:
        raise typer.Exit(1)


@mail_app.command(epilog="Example: ingot mail regenerate 3 --answer 1=2 --answer 3=1")
def regenerate(
    letter_id: LetterId,
    *,
    answer: Annotated[
        list[str] | None, typer.Option(help="QUESTION=OPTION, by their numbers in `ingot leads show`.")
    ] = None,
) -> None:
    """Have a draft written anew, from another angle or with your answers to its questions."""

    async def deed(wiring: Wiring) -> DraftPage:
        from ingot.actions.review import page_of
        from ingot.actions.review import regenerate as act
        from ingot.cli.edit import chosen_answers

        async with wiring.uow() as uow:
            letter = await uow.letters.get(letter_id)
            answers = chosen_answers(await uow.questions.of_lead(letter.lead_id or 0), answer or [])
        await act(
            wiring.uow,
            letter_id,
            agents=wiring.agents,
            config=wiring.config,
            answers=answers,
            who="cli",
            now=wiring.now(),
        )
        async with wiring.uow() as uow:
            return await page_of(uow, letter_id)

    from ingot.cli.console import out
    from ingot.cli.letters import render

    out.print(render(with_wiring(deed)))
