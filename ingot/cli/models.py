"""`ingot models`: which models are configured, whether they are fit for the work, and fetching them with Ollama."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.check_models import Trial
    from ingot.config.schema import AppConfig
    from ingot.wiring import Wiring

models_app = typer.Typer(
    help="Models: which are configured, and how well they do.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


@models_app.command("list", epilog="Example: ingot models list")
def list_(*, as_json: AsJson = False) -> None:
    """List each agent's model, what is asked in its place, and the form in which it was found to answer."""
    from ingot.cli.console import out, print_json, table

    async def deed(wiring: Wiring) -> list[dict[str, Any]]:
        async with wiring.uow() as uow:
            from ingot.db.repositories.model_forms import ModelFormRepository

            forms = {known.model: known.form for known in await ModelFormRepository(uow.session).list()}
        config = wiring.config
        return [
            {
                "agent": agent,
                "model": config.agents[agent].model,
                "fallback": config.agents[agent].fallback or config.llm_fallback_chain,
                "form": forms.get(config.agents[agent].model, ""),
            }
            for agent in type(config.agents).model_fields
        ]

    rows = with_wiring(deed)
    if as_json:
        print_json(rows)
        return
    cells = [(row["agent"], row["model"], ", ".join(row["fallback"]), row["form"]) for row in rows]
    out.print(table("Models", ("agent", "model", "in its place", "answers in"), cells))
    out.print("Another model: ingot config set agents.writer.model PROVIDER/NAME")


@models_app.command(epilog="Example: ingot models check --model ollama/llama3.1")
def check(
    *,
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="PROVIDER/NAME", help="This model only; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask each configured model one small question of each kind. Exits with 1 where one of them fails."""
    from ingot.actions.check_models import check_models
    from ingot.cli.console import notes, print_json, text

    def tell(trial: Trial) -> None:
        if not as_json:
            notes.print(text(f"{trial.model}  {trial.output}  {'failed' if trial.error else 'works'}", "dim"))

    async def deed(wiring: Wiring) -> list[Trial]:
        from ingot.db.repositories.model_forms import DatabaseForms
        from ingot.wiring import provider_settings

        return await check_models(
            model or _configured(wiring.config),
            settings=provider_settings(wiring.config),
            forms=DatabaseForms(wiring.uow),
            tell=tell,
        )

    trials = with_wiring(deed)
    if as_json:
        print_json([_row(trial) for trial in trials])
    else:
        _show(trials)
    if any(trial.error for trial in trials):
        raise typer.Exit(1)


@models_app.command(epilog="Example: ingot models pull llama3.1")
def pull(name: Annotated[str, typer.Argument(metavar="NAME", help="A model of https://ollama.com/library.")]) -> None:
    """Fetch a model with Ollama."""
    from ingot.cli.console import notes, out, text
    from ingot.config.manager import ConfigManager
    from ingot.llm.ollama_models import pull as fetch
    from ingot.wiring import provider_settings

    last = ""

    def tell(step: str, done: int, total: int) -> None:
        nonlocal last
        line = f"{step}  {done / total:.0%}" if total else step
        if line != last and (notes.is_terminal or step != last.partition("  ")[0]):
            notes.print(text(line, "dim"), end="\r" if notes.is_terminal and total and done < total else "\n")
        last = line

    name = name.removeprefix("ollama/")
    asyncio.run(fetch(name, provider_settings(ConfigManager().load()), tell))
    out.print(text(f"{name} is there. Try it: ingot models check --model ollama/{name}"))


def _configured(config: AppConfig) -> list[str]:
    """Every model that may be asked, each once."""
    agents = [config.agents[name] for name in type(config.agents).model_fields]
    chained = [model for agent in agents for model in (agent.model, *agent.fallback)]
    entailing = [config.entailment_model] if config.entailment_model else []
    return list(dict.fromkeys([*chained, *config.llm_fallback_chain, *entailing]))


def _row(trial: Trial) -> dict[str, Any]:
    return {
        "model": trial.model,
        "output": trial.output,
        "works": not trial.error,
        "form": trial.usage.form,
        "requests": trial.usage.requests,
        "seconds": round(trial.usage.duration_ms / 1000, 1),
        "tokens_per_second": round(trial.tokens_per_second, 1),
        "error": trial.error,
        "hint": trial.hint,
    }


def _show(trials: list[Trial]) -> None:
    from ingot.cli.console import counted, out, table, text

    rows = [_row(trial) for trial in trials]
    columns = ("model", "output", "works in", "seconds", "tokens/s", "requests", "error")
    cells = [
        (
            row["model"],
            row["output"],
            (row["form"] or "yes") if row["works"] else "no",
            f"{row['seconds']:.1f}",
            f"{row['tokens_per_second']:.1f}" if row["tokens_per_second"] else "",
            row["requests"] or None,
            row["error"],
        )
        for row in rows
    ]
    out.print(table(f"{counted(len(rows), 'question')} asked", columns, cells))
    for hint in dict.fromkeys(trial.hint for trial in trials if trial.hint):
        out.print(text(hint), soft_wrap=True)
