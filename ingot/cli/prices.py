"""`ingot prices`: what models cost, as the vendors list it and as you write it down."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

prices_app = typer.Typer(
    help="What models cost: list prices, and your own over them.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@prices_app.command("list", epilog="Example: ingot prices list")
def list_(*, as_json: AsJson = False) -> None:
    """List every known price, in dollars for a million tokens."""
    from ingot.cli.console import out, print_json, table
    from ingot.config.price_file import read_prices
    from ingot.llm.prices import Prices

    prices = Prices(read_prices(_base_dir()))
    rows = [
        {"model": model, "input": price[0], "output": price[1], "own": model in prices.own}
        for model, price in prices.table().items()
    ]
    if as_json:
        print_json(rows)
        return
    told = [
        (row["model"], f"{row['input']:.2f}", f"{row['output']:.2f}", "yours" if row["own"] else "") for row in rows
    ]
    out.print(table("Dollars for a million tokens", ("model", "input", "output", "whose"), told))
    out.print("What runs on this machine is free. Another price: ingot prices set PROVIDER/NAME IN OUT")


@prices_app.command("set", epilog="Example: ingot prices set openai/gpt-4o 2.50 10")
def set_(
    model: Annotated[str, typer.Argument(metavar="PROVIDER/NAME", help="The model, as it is configured.")],
    per_input: Annotated[float, typer.Argument(metavar="IN", help="Dollars for a million input tokens.")],
    per_output: Annotated[float, typer.Argument(metavar="OUT", help="Dollars for a million output tokens.")],
) -> None:
    """Write down what a model costs. Calls from now on are counted at this price."""
    from ingot.cli.console import out, text
    from ingot.config.price_file import write_price

    write_price(_base_dir(), model, per_input=per_input, per_output=per_output)
    out.print(text(f"{model} costs ${per_input:.2f} in and ${per_output:.2f} out for a million tokens."))


@prices_app.command(epilog="Example: ingot prices path")
def path() -> None:
    """Print where your own prices stand."""
    from ingot.config.price_file import price_file

    typer.echo(price_file(_base_dir()))


def _base_dir() -> Path:
    from ingot.config.manager import ConfigManager

    return ConfigManager().base_dir
