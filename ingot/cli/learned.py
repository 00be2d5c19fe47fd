"""`ingot profile learned`: what your edits and decisions taught about letters, and your word on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring
from ingot.cli.profile import profile_app

if TYPE_CHECKING:
    from ingot.actions.learn import Taught
    from ingot.domain.learned import Lesson
    from ingot.wiring import Wiring

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Ids = Annotated[list[str] | None, typer.Option(metavar="ID", help="Use it from the next letter on; may be repeated.")]

NOTHING = (
    "Nothing was learned yet: a phrase must be taken out of two letters, a length changed in three.\n"
    'Say it outright: ingot profile learned --add "never write: in a nutshell"'
)
HOW = "Use one: ingot profile learned --accept ID     Do not ask again: ingot profile learned --forget ID"


@profile_app.command(
    epilog="\b\nWhat --add understands:  never write: WORDS    never begin with: WORDS    at most: 90 words\n"
    "  greeting: Good day    closing: Warmly,    angle: achievement (or connection, value)\n"
    'Example: ingot profile learned --accept greeting-hello --add "never write: in a nutshell"'
)
def learned(
    *,
    accept: Ids = None,
    forget: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Stop using it, or do not propose it again; may be repeated.")
    ] = None,
    add: Annotated[
        list[str] | None, typer.Option(metavar="RULE", help="A preference in your words; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what your edits taught about letters, and why. Only what you accept is used."""

    async def deed(wiring: Wiring) -> Taught:
        from ingot.actions.learn import change_learned, taught

        async with wiring.uow() as uow:
            if not (accept or forget or add):
                return await taught(uow, wiring.user_id)
            known = await change_learned(uow, wiring.user_id, accept=accept or [], forget=forget or [], add=add or [])
            await uow.commit()
            return known

    _print(with_wiring(deed), as_json=as_json)


def _print(known: Taught, *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json, table, text

    parts = {"used": known.learned.used, "proposed": known.proposed, "forgotten": known.learned.forgotten}
    if as_json:
        print_json({name: [_plain(lesson) for lesson in lessons] for name, lessons in parts.items()})
        return
    rows = [(lesson.id, state, lesson.rule, lesson.reason) for state, lessons in parts.items() for lesson in lessons]
    if rows:
        out.print(table("Learned about your letters", ("id", "state", "rule", "why"), rows))
    else:
        out.print(text(NOTHING), soft_wrap=True)
    if known.proposed:
        out.print(text(HOW, "dim"), soft_wrap=True)


def _plain(lesson: Lesson) -> dict[str, Any]:
    return {
        "id": lesson.id,
        "kind": lesson.kind.name,
        "value": lesson.value,
        "rule": lesson.rule,
        "letters": list(lesson.letters),
        "why": lesson.reason,
    }
