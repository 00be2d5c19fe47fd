"""What setup does without asking: stores flags and environment, does what flags ask for, and reports."""

from __future__ import annotations

import os
import zoneinfo
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ingot.actions.configure import ENVIRONMENT, SetupReport, apply_setup, report
from ingot.actions.setup_progress import confirm
from ingot.cli.setup.given import Given, answers_of, refuse_gaps
from ingot.errors import ConfigError

if TYPE_CHECKING:
    from ingot.config.manager import ConfigManager
    from ingot.config.schema import AppConfig

# The steps that a flag has answered are not asked again.
_ANSWERED = {"models": ("agents.",), "hours": ("time_zone", "window."), "caps": ("caps.",)}
NEXT = (
    "Look around in an invented world: python -m flows.campaign --sample",
    "Then for real, a few letters first: python -m flows.campaign --limit 5",
)


def store(manager: ConfigManager, given: Given, *, preset: str | None, overwrite: bool) -> None:
    """Store the preset, the flags, and what the environment offers. `ConfigError` (nothing stored) where something lacks."""
    environment = dict(os.environ)
    if not manager.exists and not environment.get("INGOT_TIME_ZONE"):
        environment["INGOT_TIME_ZONE"] = system_time_zone()
    answers = answers_of(given, environment)
    refuse_gaps(given, answers, manager.load(), environment)
    apply_setup(manager, preset=preset, environment=environment, answers=answers, overwrite=overwrite)
    for step, fields in _ANSWERED.items():
        if any(name.startswith(fields) for name in answers) or (step == "models" and preset):
            confirm(manager, step)


def do_at_once(*, resume: str, models: bool, dns: bool, letter: bool) -> None:
    """Take in the résumé and try what is to be tried; the first that fails ends setup, and what is stored stays."""
    from ingot.config.manager import ConfigManager

    manager = ConfigManager()
    if resume:
        from ingot.cli.profile import import_

        import_(resume)
    if models:
        from ingot.cli.setup.writing import check

        if not check(manager):
            raise ConfigError("A model does not answer.", hint="See above; try it again: ingot models check.")
    if dns:
        from ingot.cli.setup.sending import dns as look_up

        if not look_up(manager):
            raise ConfigError("Your domain is not fit to send from yet.", hint="See above; again later: ingot doctor.")
        confirm(manager, "dns")
    if letter:
        from ingot.cli.outbox import try_it

        try_it()


def report_since(before: AppConfig, manager: ConfigManager) -> SetupReport:
    """What this run of setup changed, kept, and left open."""
    return report(before, manager.load())


def show_report(manager: ConfigManager, found: SetupReport, *, briefly: bool) -> None:
    """Print the report; `briefly` after the wizard, which has told the rest."""
    if briefly:
        for line in NEXT:
            typer.echo(line)
        return
    typer.echo(f"Configuration: {manager.path}")
    typer.echo(f"Set: {', '.join(found.set) or 'nothing new'}")
    typer.echo(f"Kept: {', '.join(found.kept) or 'nothing'}")
    for name in found.missing:
        variable = f", or {ENVIRONMENT[name]} in the environment" if name in ENVIRONMENT else ""
        typer.echo(f"Missing: {name} (ingot config set {name} -{variable})")
    if not found.missing:
        typer.echo("Ready.")


def system_time_zone() -> str:
    """Give the IANA name of this computer's zone, or nothing where it does not tell."""
    place = os.environ.get("TZ", "").removeprefix(":") or str(Path("/etc/localtime").resolve())
    name = place.rpartition("zoneinfo/")[2]
    try:
        return zoneinfo.ZoneInfo(name).key
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return ""
