"""What a command tells after a yes: who goes on with the campaign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingot.wiring import Wiring

BY_HAND = "Run the campaign again to go on: python -m flows.campaign --name {name}"


async def going_on(wiring: Wiring, names: Sequence[str]) -> list[str]:
    """Lines for the user about these campaigns, which have a new yes; a Prefect server, where there is one, is asked to go on."""
    from ingot.config.prefect_server import configured_server

    server = configured_server() if names else None
    if server is None:
        return [BY_HAND.format(name=name) for name in names]
    from ingot.actions.go_on import go_on
    from ingot.errors import PrefectUnavailable

    try:
        started = await go_on(wiring.uow, server, user_id=wiring.user_id, now=wiring.now)
    except PrefectUnavailable as error:
        later = f"{error} Your decision is kept: `upkeep` starts the campaign later."
        return [later, *(BY_HAND.format(name=name) for name in names if name not in error.fields["started"])]
    return [f"Campaign {name} goes on by itself: {server.url.removesuffix('/api')}" for name in started]
