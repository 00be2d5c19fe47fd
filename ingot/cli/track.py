"""`ingot mail track`: what became of letters that left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.mail import AsJson, mail_app
from ingot.cli.opening import an_id, with_wiring

if TYPE_CHECKING:
    from ingot.wiring import Wiring


@mail_app.command(epilog="Example: ingot mail track     or: ingot mail track 3")
def track(
    letter_id: Annotated[
        int | None, typer.Argument(parser=an_id, metavar="[ID]", help="A letter's id: all that happened to it.")
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="The newest so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show what became of letters that left: opened, bounced, answered, followed up."""
    from ingot.cli.console import counted, out, print_json, table

    async def deed(wiring: Wiring) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        from ingot.actions.track import story_of, tracked

        async with wiring.uow() as uow:
            if letter_id is not None:
                return ("when", "what"), [(_day(item.at), item.told) for item in await story_of(uow, letter_id)]
            return ("letter", "company", "sent", "follow_ups", "opens", "bounced", "came back"), [
                (
                    item.letter_id,
                    item.company,
                    _day(item.sent_at),
                    item.follow_ups,
                    item.opens,
                    item.bounced,
                    ", ".join(item.replies),
                )
                for item in await tracked(uow, user_id=wiring.user_id, limit=limit)
            ]

    columns, rows = with_wiring(deed)
    if as_json:
        print_json([dict(zip((name.replace(" ", "_") for name in columns), row, strict=True)) for row in rows])
    elif rows:
        title = f"Letter {letter_id}" if letter_id else counted(len(rows), "letter")
        out.print(table(title, tuple(name.replace("_", "-") for name in columns), rows))
    else:
        out.print("No letter has left yet. What holds them: ingot mail status.")


def _day(moment: Any) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
