"""`ingot backup` and `ingot restore`: everything INGOT knows in one file, and back."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer


def backup(
    *,
    to: Annotated[Path | None, typer.Option(help="The file to write; without it, one with today's name.")] = None,
    without_key: Annotated[
        bool, typer.Option("--without-key", help="Leave the key out: stored passwords must then be given anew.")
    ] = False,
    keep: Annotated[
        int | None,
        typer.Option(min=1, help="Delete older ones in the backups' own folder, but for the newest so many."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Copy everything into one file, while INGOT runs; the file is read back before it counts.

    It holds the database, the configuration, your résumés, venues and hooks, and the key that opens your passwords and signs the
    links in letters that are out already. Keep it where nobody else reads it.
    """
    from ingot.actions.backup import make_backup
    from ingot.config.manager import ConfigManager
    from ingot.wiring import utc_now

    manager = ConfigManager()
    made = make_backup(
        manager.base_dir, manager.database_url, to=to, with_key=not without_key, keep=keep, now=utc_now()
    )
    if as_json:
        typer.echo(json.dumps({**asdict(made), "path": str(made.path)}, indent=2))
        return
    typer.echo(str(made.path))
    key = "with the key: whoever reads it reads your passwords" if made.holds_key else "without the key"
    typer.echo(f"{made.files} files, {made.rows} rows, read back whole, {key}.", err=True)
    for name in made.dropped:
        typer.echo(f"Deleted: {name}", err=True)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `ingot backup` made.", exists=True, dir_okay=False)],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Move aside what is there, and put the backup in its place.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Go back to a backup. Stop INGOT first. What is there is moved aside, never deleted.

    Letters that were queued in the backup may have left since: they are looked for in your Sent mailbox before they are sent,
    and nothing leaves before you say `ingot mail resume`.
    """
    from ingot.actions.restore import restore as put_back
    from ingot.config.manager import ConfigManager
    from ingot.errors import ConfigError
    from ingot.wiring import utc_now

    if os.environ.get("INGOT_DATABASE_URL"):
        raise ConfigError(
            "INGOT_DATABASE_URL names a database elsewhere.",
            hint="Unset it: a backup is restored into the base directory (INGOT_BASE_DIR).",
        )
    base_dir = ConfigManager().base_dir
    done = put_back(file, base_dir, replace_it=replace, who="cli", now=utc_now())
    if as_json:
        typer.echo(json.dumps({**asdict(done), "set_aside": str(done.set_aside or "")}, indent=2))
        return
    typer.echo(f"Restored to {base_dir}, as it was at {done.made_at}.")
    if done.set_aside is not None:
        typer.echo(f"What was there is in {done.set_aside}.")
    if done.in_doubt:
        typer.echo(f"{done.in_doubt} queued letters may have left since: they are looked for in Sent before they go.")
    if done.dropped:
        typer.echo(f"{done.dropped} follow-ups whose day may have passed were dropped.")
    if done.is_paused:
        typer.echo("Sending is paused. Look into Sent, read the inbox (ingot mail poll), then: ingot mail resume.")
