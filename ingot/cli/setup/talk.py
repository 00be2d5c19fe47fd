"""How setup asks and tells. All of it goes to standard error: standard output is for the report."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from ingot.actions.configure import apply_setup
from ingot.cli.console import err, text
from ingot.config.manager import ConfigManager
from ingot.config.schema import AppConfig, attribute
from ingot.errors import ConfigError


def tell(line: str, style: str = "", *, whole: bool = False) -> None:
    """A line for the user; `whole` keeps it in one piece, for a command to be copied."""
    err.print(text(line, style), soft_wrap=whole)


def asked(question: str, default: str = "") -> str:
    """A line of the user's; Enter takes the default, which is shown."""
    given: str = typer.prompt(question, default=default, show_default=bool(default), err=True)
    return given.strip()


def secret(question: str) -> str:
    """A line that is not shown while it is typed; empty where the user gives none."""
    given: str = typer.prompt(question, default="", hide_input=True, show_default=False, err=True)
    return given.strip()


def confirmed(question: str, *, default: bool) -> bool:
    """Yes or no."""
    return typer.confirm(question, default=default, err=True)


def known(config: AppConfig, name: str) -> str:
    """What stands in a field, as a default for a question; never of a secret."""
    return str(attribute(config, name)).replace("\n", ", ")


def stored(manager: ConfigManager, answers: Mapping[str, str]) -> bool:
    """Store answers at once; False, with the reason told, where one of them is not valid."""
    try:
        apply_setup(manager, answers=answers)
    except ConfigError as error:
        tell(error.message, "yellow")
        return False
    return True
