"""`ingot mail review`: one draft at a time, with a key for everything that can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.mail import mail_app
from ingot.cli.opening import an_id, with_wiring

if TYPE_CHECKING:
    from ingot.wiring import Wiring


@mail_app.command(epilog="Example: ingot mail review     or: ingot mail review --campaign autumn")
def review(
    letter_ids: Annotated[
        list[int] | None,
        typer.Argument(parser=an_id, metavar="ID", help="Only these letters, as `ingot mail pending` shows them."),
    ] = None,
    *,
    campaign: Annotated[str, typer.Option(help="Only the drafts of this campaign.")] = "",
) -> None:
    """Read one draft after the other: approve, edit, reject, write anew. Each decision is stored at once.

    Keys: a approve, e edit, r reject, g write anew, s sources, n next, u undo, q quit, ? help.
    """

    async def deed(wiring: Wiring) -> None:
        from ingot.cli.review_session import review_drafts

        campaign_id = None
        if campaign:
            from ingot.actions.funnel import funnel_named

            async with wiring.uow() as uow:
                campaign_id = (await funnel_named(uow, campaign, user_id=wiring.user_id)).campaign_id
        await review_drafts(wiring, campaign_id, only=letter_ids)

    with_wiring(deed)
