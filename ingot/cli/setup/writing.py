"""The steps about what letters are written from, and by what: the résumé and the models."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ingot.actions.check_models import Trial, check_models
from ingot.actions.configure import NEEDED_BY_PROVIDER
from ingot.cli.opening import with_wiring
from ingot.cli.profile import import_
from ingot.cli.setup.talk import asked, confirmed, secret, stored, tell
from ingot.config.presets import AGENTS, OFFLINE, Preset, preset_changes
from ingot.config.schema import SECRET_FIELDS, attribute
from ingot.errors import IngotError

if TYPE_CHECKING:
    from ingot.config.manager import ConfigManager
    from ingot.wiring import Wiring

CUSTOM = "custom"
_TOLD = {
    Preset.offline.value: "no model, no key: plain letters made of quotes and your lines",
    Preset.fully_free.value: "Ollama's llama3.1 on this computer",
    Preset.best_quality.value: "Claude writes and researches; needs an Anthropic key and costs cents a letter",
    CUSTOM: "you name a model for each of the seven agents",
}
# For one model; a local one may have to be loaded first.
PATIENCE_SECONDS = 30.0


def resume(_manager: ConfigManager) -> bool:
    """The résumé, shown as it was understood."""
    tell("Every sentence about you rests on a line of it. A PDF, DOCX or text file. Enter: later.", "dim")
    while path := asked("File of your résumé"):
        try:
            # A file that is dragged onto a terminal comes in quotes.
            import_(path.strip("'\""))
        except IngotError as error:
            tell(f"{error.message} {error.hint}", "yellow")
            continue
        if confirmed("Is this you? (single lines can be corrected later)", default=True):
            return True
    return False


def models(manager: ConfigManager) -> bool:
    """A preset, or a model for each agent; tried at once where there is something to try."""
    for name, told in _TOLD.items():
        tell(f"  {name:<13} {told}", "dim")
    while True:
        while (name := asked("Models", _present(manager)).lower()) not in _TOLD:
            tell(f"Please answer one of: {', '.join(_TOLD)}.", "yellow")
        answers = _each(manager) if name == CUSTOM else preset_changes(Preset(name))
        if not stored(manager, answers | _needed(manager, answers.values())):
            continue
        if check(manager) or confirmed("Keep this choice all the same?", default=True):
            return True


def _present(manager: ConfigManager) -> str:
    """The preset that is stored now, where it is one."""
    agents = manager.load().agents
    present = {f"agents.{name}.model": agents[name].model for name in AGENTS}
    return next((preset.value for preset in Preset if preset_changes(preset) == present), CUSTOM)


def _each(manager: ConfigManager) -> dict[str, str]:
    tell("As provider/name: ollama/llama3.1, openai/gpt-4o, anthropic/..., openai-compatible/..., offline/extractive")
    agents = manager.load().agents
    return {f"agents.{name}.model": asked(f"  {name}", agents[name].model) for name in AGENTS}


def _needed(manager: ConfigManager, chosen: Iterable[str]) -> dict[str, str]:
    """Keys and addresses that the chosen providers need and that are not stored yet."""
    config = manager.load()
    providers = dict.fromkeys(model.partition("/")[0] for model in chosen)
    answers: dict[str, str] = {}
    for name in (NEEDED_BY_PROVIDER[provider] for provider in providers if provider in NEEDED_BY_PROVIDER):
        if name in SECRET_FIELDS:
            if not attribute(config, name).get_secret_value():
                answers[name] = secret(f"{name} (not shown; Enter: later)")
        else:
            answers[name] = asked(name, attribute(config, name))
    return answers


def check(manager: ConfigManager) -> bool:
    """Try each model for a while, and tell; returns whether all of them answer. Costs nothing offline, else a few tokens."""
    agents = manager.load().agents
    wanted = [model for model in dict.fromkeys(agents[name].model for name in AGENTS) if model != OFFLINE]
    outcomes = [_answers(model) for model in wanted]  # all are tried, so that all faults are told
    return all(outcomes)


def _answers(model: str) -> bool:
    tell(f"Trying {model} (up to {PATIENCE_SECONDS:.0f} seconds) ...", "dim")
    trials: list[Trial] = []

    async def deed(wiring: Wiring) -> None:
        from ingot.llm.forms import MemoryForms
        from ingot.wiring import provider_settings

        settings = dataclasses.replace(provider_settings(wiring.config), max_tries=1)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await check_models([model], settings=settings, forms=MemoryForms(), tell=trials.append)
        except TimeoutError:
            tell("  Time is up.", "dim")

    with_wiring(deed)
    failed = next((trial for trial in trials if trial.error), None)
    if failed is not None:
        tell(f"  {failed.error} {failed.hint}".rstrip(), "yellow", whole=True)
    elif trials:
        tell(f"  {model} works.", "green")
    else:
        tell("  It gave no answer in that time. Later: ingot models check", "yellow")
    return failed is None and bool(trials)
