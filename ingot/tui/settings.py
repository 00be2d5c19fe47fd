"""Settings: the models, caps, window and address; each shown, and changed with Enter."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import DataTable, Static

from ingot.actions.configure import missing, shown
from ingot.cli.console import text
from ingot.config.presets import AGENTS, Preset
from ingot.tui.dialogs import Choice, Prompt
from ingot.tui.face import Pane
from ingot.tui.listing import Listing

# What is changed while INGOT runs. The mailbox and its secrets are a matter of setup.
_NAMES = (
    *(f"agents.{agent}.model" for agent in AGENTS), "llm_fallback_chain", "caps.per_day", "caps.per_hour",
    "caps.warm_up", "window.start", "window.end", "window.days", "time_zone", "sender_name", "mailing_address",
    "scheduling_link", "min_score", "budget.campaign_usd", "budget.day_usd",
)  # fmt: skip
_PRESETS = {
    Preset.fully_free: "Ollama on this computer, no key",
    Preset.best_quality: "Claude, with an Anthropic key",
    Preset.offline: "no model at all: only what the sources say in words",
}


class Settings(Pane):
    """A table of names and values; Enter changes one."""

    DEFAULT_CSS = """
    Settings #setting-table { height: 1fr; }
    Settings #lacking { padding: 0 1; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", tooltip="change the setting under the cursor", show=False),
        Binding("p", "preset", "Preset of models", tooltip="give all seven agents the models of a preset"),
    ]

    def compose(self) -> ComposeResult:
        yield Listing((("setting", 26), ("value", 0)), id="setting-table")
        yield Static(id="lacking")

    @property
    def table(self) -> Listing:
        """The table."""
        return self.query_one("#setting-table", Listing)

    def main(self) -> Widget:
        return self.table

    async def load(self) -> None:
        values = shown(self.desk.config)
        self.table.put([(name, (name, _typed(values[name]))) for name in _NAMES])
        lacking = missing(self.desk.config)
        told = (
            text(f"Before a letter can leave: {', '.join(lacking)}. Set up: ingot setup. ", "yellow")
            if lacking
            else Text("Everything that sending needs is set. ", style="dim")
        )
        self.query_one("#lacking", Static).update(
            told + Text("Enter changes a setting. All of them: ingot config show", style="dim")
        )

    @on(DataTable.RowSelected, "#setting-table")
    def action_change(self) -> None:
        """Give the setting under the cursor another value."""
        if self.table.chosen:
            self.face.perform(self._change(self.table.chosen))

    async def _change(self, name: str) -> None:
        before = _typed(shown(self.desk.config)[name])
        value = await self.face.push_screen_wait(Prompt(name, before))
        if value == "" and before:
            self.face.tell("Nothing was changed.", f"To empty it: ingot config set {name} ''")
        elif value is not None:
            self._told(self.desk.set(name, value))

    def action_preset(self) -> None:
        """Give all agents the models of a preset."""
        self.face.perform(self._preset())

    async def _preset(self) -> None:
        offered = [f"{preset.value}: {needs}" for preset, needs in _PRESETS.items()]
        taken = await self.face.push_screen_wait(Choice("Models for the seven agents", offered))
        if taken is not None:
            self._told(self.desk.use_preset(list(_PRESETS)[taken]))

    def _told(self, changed: tuple[str, ...]) -> None:
        self.face.tell(f"Set: {', '.join(changed)}." if changed else "Nothing was changed.")


def _typed(value: Any) -> str:
    """A value as one line that the configuration reads back."""
    told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ", ".join(filter(None, told.splitlines()))
