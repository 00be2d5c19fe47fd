"""`ingot config`: show and change single fields."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

config_app = typer.Typer(name="config", help="Show and change the configuration.", no_args_is_help=True)


@config_app.command()
def show(
    *, as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object, names with dots.")] = False
) -> None:
    """Show every field; secrets are masked.

    Example: ingot config show --json
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ingot.actions.configure import shown
    from ingot.config.manager import ConfigManager

    values = shown(ConfigManager().load())
    if as_json:
        typer.echo(json.dumps(values, indent=2, ensure_ascii=False))
        return
    table = Table("Name", "Value", title="Configuration")
    for name, value in values.items():
        # Text, because a value with square brackets is no markup.
        table.add_row(name, Text(_as_typed(value)))
    Console().print(table)


def _as_typed(value: Any) -> str:
    """A value as `ingot config set` would read it."""
    if isinstance(value, dict):
        return ", ".join(f"{key}={item}" for key, item in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)


@config_app.command(name="set")
def set_field(
    name: Annotated[str, typer.Argument(help="A dotted name, as `ingot config show` lists them.")],
    value: Annotated[str, typer.Argument(help="The new value; - reads it from standard input.")],
) -> None:
    """Change one field. Give secrets as - so that they stay out of the shell's history.

    Example: ingot config set caps.per_day 20

    Example: ingot config set smtp.password - < password.txt
    """
    from ingot.config.manager import ConfigManager
    from ingot.config.schema import SECRET_FIELDS

    if value != "-":
        text = value
    elif sys.stdin.isatty():
        text = typer.prompt(name, hide_input=name in SECRET_FIELDS)
    else:
        text = sys.stdin.read().removesuffix("\n").removesuffix("\r")
    ConfigManager().set(name, text)
    if value != "-" and name in SECRET_FIELDS:
        typer.echo(f"It may stand in your shell's history now; next time: ingot config set {name} -", err=True)
    typer.echo(f"{name} is set.")


@config_app.command()
def path() -> None:
    """Print where the configuration lies.

    Example: cat "$(ingot config path)"
    """
    from ingot.config.manager import ConfigManager

    typer.echo(str(ConfigManager().path))


@config_app.command(name="rotate-key")
def rotate_key() -> None:
    """Make a new key and encrypt the stored secrets with it. Old keys stay, for what the database holds.

    Example: ingot config rotate-key
    """
    from ingot.config.manager import ConfigManager

    count = ConfigManager().rotate_key()
    typer.echo(f"The secrets are encrypted with a new key; the key file holds {count}.")
