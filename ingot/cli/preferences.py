"""`ingot profile preferences`: what you wish of a company, and what rejects it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring
from ingot.cli.profile import profile_app

if TYPE_CHECKING:
    from ingot.domain.preferences import Wishes
    from ingot.wiring import Wiring

preferences_app = typer.Typer(
    help="What you wish of a company, and what rejects it.",
    epilog="Example: ingot profile preferences     or: ingot profile preferences set remote=only",
    invoke_without_command=True,
    rich_markup_mode=None,
)
profile_app.add_typer(preferences_app, name="preferences")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]

HOW = (
    "Set them: ingot profile preferences set remote=only must-have=technology:Python deal-breaker=industry:gambling\n"
    "Names: ingot profile preferences set --help"
)
RESCORE = "Scores made before stay as they were. Score undecided leads again: ingot leads rescore"


@preferences_app.callback()
def show(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show your preferences. With `set`, change them."""
    if context.invoked_subcommand is not None:
        return

    async def deed(wiring: Wiring) -> Wishes:
        from ingot.actions.score_lead import choices_of

        async with wiring.uow() as uow:
            return (await choices_of(uow, wiring.user_id)).wishes

    _print(with_wiring(deed), as_json=as_json)


@preferences_app.command(
    "set",
    epilog="\b\nNames: role, location, country, remote (only, preferred, any, no), needs-visa (yes, no),\n"
    "  size-min, size-max, like-industry, avoid-industry, like-technology, avoid-technology,\n"
    "  salary-floor (90000EUR), must-have, deal-breaker.\n"
    "The last two take technology:X, industry:X, location:X, size:10-200, remote:yes, keyword:X.\n"
    "Example: ingot profile preferences set remote=only must-have=technology:Python",
)
def set_(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="NAME=VALUE", help="What to set; of a list, what to add.")
    ] = None,
    *,
    unset: Annotated[
        list[str] | None,
        typer.Option("--unset", metavar="NAME", help="Take away: a name, or NAME=VALUE for one of a list."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change your preferences. All or nothing: one wrong value leaves everything as it was."""
    if not assignments and not unset:
        raise typer.BadParameter("give NAME=VALUE or --unset NAME")

    async def deed(wiring: Wiring) -> Wishes:
        from ingot.actions.preferences import change_wishes

        async with wiring.uow() as uow:
            wishes = await change_wishes(uow, wiring.user_id, assignments=assignments or [], unset=unset or [])
            await uow.commit()
            return wishes

    _print(with_wiring(deed), as_json=as_json)
    if not as_json:
        from ingot.cli.console import out, text

        out.print(text(RESCORE, "dim"), soft_wrap=True)


def _print(wishes: Wishes, *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json, table, text
    from ingot.domain.wish_values import NAMES

    stored = wishes.to_json()
    named = {name: stored[field] for name, (field, _, _) in NAMES.items() if field in stored}
    if as_json:
        print_json(named)
    elif named:
        rows = [(name, _shown(value)) for name, value in named.items()]
        out.print(table("Preferences", ("name", "what you wish"), rows))
    else:
        out.print("No preference yet: nothing is preferred, nothing is rejected.")
        out.print(text(HOW), soft_wrap=True)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return "yes" if value is True else str(value)
