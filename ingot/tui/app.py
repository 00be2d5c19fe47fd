"""`ingot tui`: the full-screen face, with its five panes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import ContentSwitcher, Footer, Static, Tab, Tabs

from ingot.cli.console import text
from ingot.tui.desk import Desk
from ingot.tui.dialogs import Sheet
from ingot.tui.face import Face, Pane
from ingot.tui.leads import Leads
from ingot.tui.overview import Overview
from ingot.tui.replies import Replies
from ingot.tui.review import Review
from ingot.tui.settings import Settings

if TYPE_CHECKING:
    from ingot.wiring import Wiring

_EVERY_SECONDS = 3.0
_PANES: dict[str, type[Pane]] = {
    "overview": Overview, "leads": Leads, "review": Review, "replies": Replies, "settings": Settings,
}  # fmt: skip
_KEYS = {"question_mark,f1": "? F1", "slash": "/", "ctrl+r,f5": "ctrl+r F5", "enter": "Enter", "escape": "Esc"}


class Headings(Tabs, can_focus=False):
    """The names of the panes; the keyboard stays in the pane."""


class IngotApp(Face):
    """Tabs above, keys below, one pane between them."""

    TITLE = "INGOT"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - declared by Textual
    CSS = """
    #top { height: 1; dock: top; background: $panel; }
    Headings { height: 1; width: 56; }
    Headings Underline { display: none; }
    Headings Tab.-active { text-style: bold reverse; color: $foreground; }
    #doing { width: 1fr; text-align: right; text-wrap: nowrap; text-style: bold reverse; padding: 0 1; display: none; }
    #doing.-busy { display: block; }
    ContentSwitcher { height: 1fr; }
    Pane { height: 1fr; }
    * { scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"go('{name}')", tooltip=name, show=False) for number, name in enumerate(_PANES, 1)),
        Binding("ctrl+r,f5", "reload", tooltip="read it again now", show=False),
        Binding("question_mark,f1", "help", "Help", tooltip="this list"),
        Binding("q", "quit", "Quit", tooltip="leave, also with ctrl+q; what you decided is kept"),
    ]

    def __init__(self, desk: Desk, *, every: float = _EVERY_SECONDS) -> None:
        super().__init__(desk, every=every)

    def compose(self) -> ComposeResult:
        with Horizontal(id="top"):
            yield Headings(*(Tab(f"{number} {name.capitalize()}", id=name) for number, name in enumerate(_PANES, 1)))
            yield Static(id="doing")
        with ContentSwitcher(initial="pane-overview"):
            for name, pane in _PANES.items():
                yield pane(self.desk, id=f"pane-{name}")
        yield Footer(show_command_palette=False, compact=True)

    def on_mount(self) -> None:
        """Begin to read."""
        self.run_worker(self.keep_fresh(), group="clock")

    @on(Tabs.TabActivated)
    def _turn(self, event: Tabs.TabActivated) -> None:
        switcher = self.query_one(ContentSwitcher)
        switcher.current = f"pane-{event.tab.id}"
        self.front = self.query_one(f"#pane-{event.tab.id}", Pane)
        self.front.begin()

    def watch_doing(self, doing: str) -> None:
        """Show what is being worked on."""
        shown = self.query_one("#doing", Static)
        shown.update(text(f"{doing} ..." if doing else ""))
        shown.set_class(bool(doing), "-busy")

    def action_go(self, name: str) -> None:
        """Turn to a pane."""
        self.query_one(Headings).active = name

    def action_reload(self) -> None:
        """Read now."""
        self.read_now()

    def action_help(self) -> None:
        """Show the keys of the pane in front."""
        if self.front is not None:
            self.push_screen(Sheet(self._keys(self.front)))

    def _keys(self, pane: Pane) -> Text:
        name = (pane.id or "").removeprefix("pane-").capitalize()
        lines = [text(f"Keys of {name}", "bold"), *_lines(pane.BINDINGS)]
        lines += [Text(), text("Everywhere", "bold"), *_lines(self.BINDINGS), text("  arrows PgUp  move and scroll")]
        return Text("\n").join(lines)


def _lines(bindings: list[BindingType]) -> list[Text]:
    return [
        text(f"  {_KEYS.get(binding.key, binding.key):<12} {binding.tooltip}")
        for binding in bindings
        if isinstance(binding, Binding)
    ]


async def show(wiring: Wiring) -> int:
    """Run the face until the user leaves. Returns the exit code."""
    desk = Desk(wiring)
    app = IngotApp(desk)
    try:
        await app.run_async()
    finally:
        await desk.close()
    return app.return_code or 0
