"""`ingot hooks`: programs of your own that are told what happens."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer

from ingot.errors import ValidationError

hooks_app = typer.Typer(
    help="Programs of your own that are told what happens: hooks/on_EVENT.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@hooks_app.command("list", epilog="Example: ingot hooks list")
def list_(*, as_json: AsJson = False) -> None:
    """List the events, and the hooks that are there: which run, and why others do not."""
    from ingot.actions.hook_files import find_hooks
    from ingot.actions.hooks import EVENTS
    from ingot.cli.console import out, print_json, table, text

    base = _base_dir()
    found = {hook.event: hook for hook in find_hooks(base)}
    rows = [
        {"event": event, "hook": found[event].path.name if event in found else "", "state": _state(found.get(event))}
        for event in dict.fromkeys([*EVENTS, *found])
    ]
    if as_json:
        print_json(rows)
        return
    out.print(table("Hooks", ("event", "hook", "state"), [tuple(row.values()) for row in rows]))
    out.print(text(f"They are executables in {base / 'hooks'}; each gets the event as JSON on standard input.", "dim"))
    out.print(text(f"What they print stands in {base / 'logs' / 'hooks.log'}.", "dim"))


def _state(hook: Any) -> str:
    return "" if hook is None else f"refused: {hook.refused}" if hook.refused else "runs"


@hooks_app.command(epilog="Example: ingot hooks test EmailSent")
def test(event: Annotated[str, typer.Argument(metavar="EVENT", help="An event, such as EmailSent.")]) -> None:
    """Run a hook now, with an invented event, to see that it works."""
    from ingot.actions.hook_files import find_hooks, run_hook
    from ingot.cli.console import out, text
    from ingot.wiring import utc_now

    base = _base_dir()
    hook = next((hook for hook in find_hooks(base) if hook.event == event), None)
    if hook is None:
        raise ValidationError("There is no such hook.", hint=f"Put an executable at {base / 'hooks' / f'on_{event}'}.")
    if hook.refused:
        raise ValidationError(f"The hook is refused: {hook.refused}.", hint="See `ingot hooks list`.")
    told = {
        "event": event,
        "aggregate_type": "test",
        "aggregate_id": "0",
        "payload": {},
        "created_at": utc_now().isoformat(),
    }
    run = asyncio.run(run_hook(hook, told, base_dir=base))
    if run.failure:
        raise ValidationError(
            f"The hook failed: {run.failure}.", hint=f"What it printed stands in {base / 'logs' / 'hooks.log'}."
        )
    out.print(text(f"{hook.path.name} ran and ended well."))


def _base_dir() -> Path:
    from ingot.config.manager import ConfigManager

    return ConfigManager().base_dir
