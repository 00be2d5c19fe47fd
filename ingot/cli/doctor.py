"""`ingot doctor`: what works, what is missing, what to do."""

from __future__ import annotations

from typing import Annotated

import typer

_STYLES = {"works": "green", "missing": "yellow", "broken": "bold red"}


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False) -> None:
    """Check the installation, the configuration, the database, the profile and the models; exit 1 if something is broken."""
    import asyncio

    from rich.table import Table

    from ingot.cli.console import out, print_json, text
    from ingot.doctor import examine

    findings = asyncio.run(examine())
    if as_json:
        print_json(
            [
                {"check": item.check, "state": item.state.value, "found": item.found, "do": item.advice}
                for item in findings
            ]
        )
    else:
        table = Table("Check", "State", "Found, and what to do", title="INGOT doctor", title_justify="left")
        for item in findings:
            advice = text(f"\n> {item.advice}" if item.advice else "", "bold")
            table.add_row(item.check, text(item.state.value, _STYLES[item.state.value]), text(item.found) + advice)
        out.print(table)
    if any(item.state.value == "broken" for item in findings):
        raise typer.Exit(1)
