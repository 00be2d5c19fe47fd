"""What lies over a pane for a moment: something to read, to type, to choose, to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from rich.console import RenderableType
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from ingot.cli.console import text

T = TypeVar("T")


class Dialog(ModalScreen[T]):
    """A box in the middle; the pane below is left as it is."""

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > .box {
        width: 90%; max-width: 100; height: auto; max-height: 90%;
        border: round $primary; background: $surface; padding: 0 1;
    }
    Dialog .box > Static { padding-right: 1; }
    Dialog .hint { color: $text-muted; }
    """


class Sheet(Dialog[None]):
    """Something to read, which scrolls."""

    DEFAULT_CSS = """
    Sheet > .box { height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,question_mark", "dismiss", "Close")]

    def __init__(self, shown: RenderableType) -> None:
        super().__init__()
        self._shown = shown

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(self._shown)
            yield Static(Text("\nEsc closes."), classes="hint")


class Prompt(Dialog["str | None"]):
    """One line to type. Gives None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave")]

    def __init__(self, question: str, value: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(text(self._question, "bold"))
            yield Input(self._value, compact=True)
            yield Static(Text("Enter takes it, Esc leaves it."), classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value.strip())

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class Choice(Dialog["int | None"]):
    """One of a few, by arrow and Enter or by its number. Gives its place from 0, or None where it was left with Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave"),
        *(Binding(str(number), f"take({number})", show=False) for number in range(1, 10)),
    ]

    def __init__(self, question: str, options: Sequence[str]) -> None:
        super().__init__()
        self._question = question
        self._options = options

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(text(self._question, "bold"))
            yield OptionList(
                *(text(f"{number}  {option}") for number, option in enumerate(self._options, start=1)),
                markup=False,
                compact=True,
            )
            yield Static(Text("Enter or a number takes one, Esc leaves it."), classes="hint")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the place of what was chosen."""
        self.dismiss(event.option_index)

    def action_take(self, number: int) -> None:
        """Give the option of this number."""
        if number <= len(self._options):
            self.dismiss(number - 1)

    def action_leave(self) -> None:
        """Give nothing."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """A yes or a no; Esc is a no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape", "answer(False)", "No"),
    ]

    def __init__(self, lines: Iterable[str], question: str) -> None:
        super().__init__()
        self._lines = lines
        self._question = question

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static(Text("\n").join(map(text, self._lines)))
            yield Static(text(f"\n{self._question} y yes, n no", "bold"))

    def action_answer(self, answer: bool) -> None:
        """Give the answer."""
        self.dismiss(answer)
