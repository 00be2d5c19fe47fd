"""`ingot profile weights`: how many points each part of a match is worth, and what your decisions say about that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring
from ingot.cli.preferences import RESCORE, AsJson
from ingot.cli.profile import profile_app

if TYPE_CHECKING:
    from ingot.domain.learning import Proposal
    from ingot.wiring import Wiring

weights_app = typer.Typer(
    help="How many points each part of a match is worth.",
    epilog="Example: ingot profile weights     or: ingot profile weights propose",
    invoke_without_command=True,
    rich_markup_mode=None,
)
profile_app.add_typer(weights_app, name="weights")


@weights_app.callback()
def show(context: typer.Context, *, as_json: AsJson = False) -> None:
    """Show the points per part; they sum to 100."""
    if context.invoked_subcommand is not None:
        return

    async def deed(wiring: Wiring) -> dict[str, int]:
        from ingot.actions.score_lead import choices_of

        async with wiring.uow() as uow:
            return (await choices_of(uow, wiring.user_id)).weights

    _print(with_wiring(deed), as_json=as_json)


@weights_app.command("set", epilog="Example: ingot profile weights set skills=33 size=0")
def set_(
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="PART=POINTS", help="The parts to change; the others stay.")
    ] = None,
    *,
    reset: Annotated[bool, typer.Option("--reset", help="Put all parts back to the defaults first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Change the points per part. All of them must then sum to 100."""
    if not changes and not reset:
        raise typer.BadParameter("give PART=POINTS or --reset")
    given = dict(map(_change, changes or []))

    async def deed(wiring: Wiring) -> dict[str, int]:
        from ingot.actions.preferences import change_weights

        async with wiring.uow() as uow:
            weights = await change_weights(uow, wiring.user_id, given, reset=reset)
            await uow.commit()
            return weights

    _print(with_wiring(deed), as_json=as_json)
    _tell_rescore(as_json=as_json)


@weights_app.command("propose", epilog="Example: ingot profile weights propose")
def propose_(*, as_json: AsJson = False) -> None:
    """Work out from your yes and no which weights would order them better. Changes nothing."""

    async def deed(wiring: Wiring) -> Proposal:
        from ingot.actions.preferences import propose_weights

        async with wiring.uow() as uow:
            proposal = await propose_weights(uow, wiring.user_id)
            await uow.commit()
            return proposal

    from dataclasses import asdict

    from ingot.cli.console import out, print_json, table, text

    proposal = with_wiring(deed)
    if as_json:
        print_json(asdict(proposal))
        return
    told = f"from {proposal.decisions} decisions"
    if not proposal.is_change:
        agreed = f"{proposal.concordance_before:.0%}"
        out.print(
            text(f"No other weights are proposed {told}: the present ones order {agreed} of the pairs as you did.")
        )
        return
    rows = [
        (
            part,
            before,
            proposal.after[part],
            f"{proposal.after[part] - before:+}" if proposal.after[part] != before else "",
        )
        for part, before in proposal.before.items()
    ]
    out.print(table(f"Weights proposed {told}", ("part", "now", "proposed", "change"), rows))
    out.print(
        text(
            f"Of the pairs of an approved and a rejected lead, the present weights order {proposal.concordance_before:.0%} "
            f"as you did, the proposed ones {proposal.concordance_after:.0%}."
        )
    )
    out.print(text("Nothing has changed yet. Take them: ingot profile weights accept"))


@weights_app.command("accept", epilog="Example: ingot profile weights accept")
def accept(*, as_json: AsJson = False) -> None:
    """Make the proposed weights yours."""

    async def deed(wiring: Wiring) -> dict[str, int]:
        from ingot.actions.preferences import accept_proposal

        async with wiring.uow() as uow:
            weights = await accept_proposal(uow, wiring.user_id)
            await uow.commit()
            return weights

    _print(with_wiring(deed), as_json=as_json)
    _tell_rescore(as_json=as_json)


def _change(given: str) -> tuple[str, int]:
    part, sign, points = given.partition("=")
    if not sign or not points.isascii() or not points.isdecimal() or len(points) > len("100"):
        raise typer.BadParameter(f"{given!r} is not PART=POINTS, such as skills=40")
    return part, int(points)


def _print(weights: dict[str, int], *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json, table
    from ingot.domain.weights import PARTS

    if as_json:
        print_json(weights)
    else:
        rows = [(part, points, PARTS[part]) for part, points in weights.items()]
        out.print(table("Points per part, 100 in all", ("part", "points", "what it looks at"), rows))


def _tell_rescore(*, as_json: bool) -> None:
    from ingot.cli.console import out, text

    if not as_json:
        out.print(text(RESCORE, "dim"), soft_wrap=True)
