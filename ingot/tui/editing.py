"""Editing on the screen itself, where there is no editor to go to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static, TextArea

from ingot.cli.console import clean, text
from ingot.tui.dialogs import Dialog


class Writing(Dialog["dict[str, str] | None"]):
    """One-line parts above, the body below. Gives the parts that were changed, or None where it was left with Esc."""

    DEFAULT_CSS = """
    Writing > .box { height: 95%; width: 95%; }
    Writing TextArea { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "store", "Store", priority=True),
        Binding("escape", "leave", "Leave", priority=True),
    ]

    def __init__(self, title: str, *, lines: Mapping[str, str], body: str) -> None:
        super().__init__()
        self._title = title
        # Cleaned before it is shown, and so after it is stored: no letter needs what could steer a terminal.
        self._before = {name: clean(value).strip() for name, value in {**lines, "body": body}.items()}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(text(self._title, "bold"))
            for name, value in self._before.items():
                if name != "body":
                    yield Input(value, id=name, compact=True)
            yield TextArea(self._before["body"], id="body", compact=True)
            yield Static(Text("Ctrl+S (or F2) stores, Esc leaves everything as it was, Tab goes on."), classes="hint")

    def on_mount(self) -> None:
        """Begin with the body: it is what is edited most."""
        self.query_one(TextArea).focus()

    def action_store(self) -> None:
        """Give what was changed."""
        after = {item.id or "": item.value.strip() for item in self.query(Input)}
        after["body"] = self.query_one(TextArea).text.strip()
        self.dismiss({name: value for name, value in after.items() if value != self._before[name]})

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)
