"""`ingot setup` and `ingot config`: ask or read, call one action, print."""

from __future__ import annotations

import json
import os
import sys
import zoneinfo
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.config.presets import Preset

if TYPE_CHECKING:
    from ingot.actions.configure import SetupReport
    from ingot.config.manager import ConfigManager

KEEP = "keep"

config_app = typer.Typer(name="config", help="Show and change the configuration.", no_args_is_help=True)


def setup(
    *,
    non_interactive: Annotated[
        bool, typer.Option("--non-interactive", help="Ask nothing; take the mailbox and keys from the environment.")
    ] = False,
    preset: Annotated[Preset | None, typer.Option(help="Models for the seven agents.")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Let the environment replace what is stored already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Set INGOT up: models, mailbox, postal address. Safe to run again: what is stored stays.

    Reads GMAIL_USERNAME, GMAIL_APP_PASSWORD, ANTHROPIC_API_KEY, OPENAI_API_KEY, OPENAI_BASE_URL, OLLAMA_HOST,
    INGOT_MAILING_ADDRESS, INGOT_SENDER_NAME and INGOT_TIME_ZONE.

    Example: ingot setup --non-interactive --preset fully_free
    """
    from ingot.actions.configure import apply_setup
    from ingot.config.manager import ConfigManager

    manager = ConfigManager()
    environment = dict(os.environ)
    if not manager.exists and not environment.get("INGOT_TIME_ZONE"):
        environment["INGOT_TIME_ZONE"] = system_time_zone()
    chosen: str | None = preset
    answers: dict[str, str] = {}
    if not non_interactive:
        chosen = preset or _ask_preset(manager)
        answers = _ask(manager, environment, overwrite=overwrite)
    report = apply_setup(manager, preset=chosen, environment=environment, answers=answers, overwrite=overwrite)
    if as_json:
        typer.echo(json.dumps({"path": str(manager.path), **asdict(report)}, indent=2))
    else:
        _print_report(manager.path, report)


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


def system_time_zone() -> str:
    """Give the IANA name of this computer's zone, or nothing where it does not tell."""
    place = os.environ.get("TZ", "").removeprefix(":") or str(Path("/etc/localtime").resolve())
    name = place.rpartition("zoneinfo/")[2]
    try:
        return zoneinfo.ZoneInfo(name).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return ""


def _ask_preset(manager: ConfigManager) -> str | None:
    choices = [*Preset, *([KEEP] if manager.exists else [])]
    while True:
        answer: str = typer.prompt(
            f"Models ({', '.join(choices)})", default=KEEP if manager.exists else Preset.offline.value, err=True
        )
        if answer.strip() in choices:
            return None if answer.strip() == KEEP else answer.strip()
        typer.echo(f"Please answer one of: {', '.join(choices)}.", err=True)


def _ask(manager: ConfigManager, environment: Mapping[str, str], *, overwrite: bool) -> dict[str, str]:
    """Ask the questions; what is stored, else what the environment has, stands as the default."""
    from ingot.actions.configure import ENVIRONMENT, gmail_servers, shown

    stored = shown(manager.load()) if manager.exists else {}
    answers: dict[str, str] = {}

    def ask(name: str, question: str) -> str:
        offered = environment.get(ENVIRONMENT.get(name, ""), "")
        known = str((offered if overwrite else "") or stored.get(name) or offered)
        default = known.replace("\n", ", ")
        answer: str = typer.prompt(question, default=default, show_default=bool(default), err=True).strip()
        answers[name] = known if answer == default else answer
        return answer

    username = ask("smtp.username", "Mailbox (e-mail address to send from)")
    if username and not gmail_servers(username):
        ask("smtp.host", "Its SMTP server")
        ask("imap.host", "Its IMAP server")
    hint = "Enter keeps the stored one" if stored.get("smtp.password") else "Enter skips, or takes GMAIL_APP_PASSWORD"
    answers["smtp.password"] = typer.prompt(
        f"App password (hidden; {hint})", default="", hide_input=True, show_default=False, err=True
    )
    ask("mailing_address", "Postal address (stands under every letter, the law asks for it)")
    ask("sender_name", "Your name as the sender")
    ask("time_zone", "Time zone")
    return answers


def _print_report(path: Path, report: SetupReport) -> None:
    from ingot.actions.configure import ENVIRONMENT

    typer.echo(f"Configuration: {path}")
    typer.echo(f"Set: {', '.join(report.set) or 'nothing new'}")
    typer.echo(f"Kept: {', '.join(report.kept) or 'nothing'}")
    for name in report.missing:
        variable = f", or {ENVIRONMENT[name]} in the environment" if name in ENVIRONMENT else ""
        typer.echo(f"Missing: {name} (ingot config set {name} -{variable})")
    if not report.missing:
        typer.echo("Ready.")
