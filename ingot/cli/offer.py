"""What is told when so little of the letters was changed that the user may want to be asked less."""

from __future__ import annotations

from ingot.actions.learn import taught, track
from ingot.cli.console import counted
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork


async def offer(uow: SqlAlchemyUnitOfWork, user_id: str, *, chooses: bool = False) -> list[str]:
    """Lines for the end of a review or a run: what was learned, and how to let INGOT choose. Nothing is switched.

    `chooses` says that INGOT chooses the companies already.
    """
    so_far, known = await track(uow, user_id), await taught(uow, user_id)
    lines = []
    if known.proposed:
        count = counted(len(known.proposed), "preference")
        lines.append(f"Your edits and decisions suggest {count}; none is used before your yes: ingot profile learned")
    if so_far.is_steady and not chooses:
        lines.append(
            f"Of the last {so_far.approved} letters that you approved you rewrote {so_far.edited or 'none'}; "
            f"{counted(len(known.learned.used), 'learned preference')} in use. To let INGOT choose the companies: "
            "python -m flows.campaign --review auto. Every letter still waits for your yes."
        )
    return lines
