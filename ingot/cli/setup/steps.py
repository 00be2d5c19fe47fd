"""The wizard's way: which steps there are, which are done, and walking through the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer
from rich.text import Text

from ingot.actions.setup_progress import Standing, confirm, standing
from ingot.cli.console import err
from ingot.cli.opening import with_wiring
from ingot.cli.setup.mailbox import address, mailbox
from ingot.cli.setup.sending import caps, dns, hours, letter
from ingot.cli.setup.talk import tell
from ingot.cli.setup.writing import models, resume
from ingot.errors import IngotError

if TYPE_CHECKING:
    from ingot.config.manager import ConfigManager
    from ingot.wiring import Wiring


@dataclass(frozen=True)
class Step:
    """`take` asks and stores at once; it returns whether the step is done with."""

    name: str
    title: str
    take: Callable[[ConfigManager], bool]


STEPS = (
    Step("mailbox", "Mailbox", mailbox),
    Step("address", "Name and postal address", address),
    Step("resume", "Résumé", resume),
    Step("models", "Models", models),
    Step("hours", "Time zone and window", hours),
    Step("caps", "How many letters", caps),
    Step("dns", "Records of your domain", dns),
    Step("letter", "A letter to yourself", letter),
)


def look(manager: ConfigManager) -> Standing:
    """How far setup has come."""

    async def deed(wiring: Wiring) -> Standing:
        return await standing(wiring.uow, manager, user_id=wiring.user_id)

    return with_wiring(deed)


def walk(manager: ConfigManager, *, only: str) -> None:
    """Go through the steps that are not done, or through the one named `only`. A step that fails is told and left open."""
    found = look(manager)
    if not only:
        _show(found, with_commands=False)
    for number, step in enumerate(STEPS, start=1):
        if step.name != only and (only or look(manager).is_done(step.name)):
            continue
        err.print()
        tell(f"{number}/{len(STEPS)}  {step.title}", "bold")
        try:
            done = step.take(manager)
        except IngotError as error:
            tell(f"{error.message} {error.hint}".rstrip(), "yellow")
            done = False
        except typer.Abort:  # Ctrl-C at a question; what was answered is stored
            raise typer.Exit(130) from None
        if done:
            confirm(manager, step.name)
    err.print()
    _show(look(manager), with_commands=True)


def _show(found: Standing, *, with_commands: bool) -> None:
    for step in STEPS:
        done = found.is_done(step.name)
        how = "" if done or not with_commands else f"open: ingot setup {step.name}"
        mark = ("✓ ", "green") if done else ("· ", "yellow")
        err.print(Text.assemble(mark, (f"{step.title:<26}{how}", "dim" if done else "")))
    if all(found.is_done(step.name) for step in STEPS):
        tell("All is set up. To change one part: ingot setup STEP, for instance: ingot setup models")
