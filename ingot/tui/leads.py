"""Leads: all of them, sorted and filtered while one looks at them, and the decision about each."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import DataTable, Input, Static

from ingot.actions.lead_rows import LeadRow
from ingot.cli.console import clean, counted
from ingot.domain.campaign import GateDecision
from ingot.domain.lead_state import LeadStatus
from ingot.tui.desk import Desk
from ingot.tui.dialogs import Prompt, Sheet
from ingot.tui.face import Pane
from ingot.tui.lead_sheet import lead_sheet
from ingot.tui.listing import Listing

# More rows than anybody scrolls through; the filter finds the others.
_MOST_ROWS = 300
_COLUMNS = (("company", 26), ("match", 5), ("status", 11), ("location", 16), ("note", 0))
_ORDER = {status.value: place for place, status in enumerate(LeadStatus)}

_EMPTY = "No lead here yet. Start a search in another terminal: python -m flows.campaign --help"
_NONE_FITS = "No lead fits this filter. Esc clears it."


class Leads(Pane):
    """The table, and beside it on a wide screen the lead under the cursor."""

    SCOPED_CSS = False  # what is different on a wide screen is told by the screen
    DEFAULT_CSS = """
    Leads > #line { height: 1; }
    Leads #filter { width: 1fr; border: none; height: 1; padding: 0 1; }
    Leads #count { width: auto; padding: 0 1; color: $text-muted; }
    Leads #none { padding: 1 2; display: none; }
    Leads.-none #none { display: block; }
    Leads.-none #lead-table { display: none; }
    Leads #lead-table { width: 1fr; }
    Leads #beside { display: none; width: 46; border-left: solid $primary; padding: 0 1; }
    Leads #lead { padding-right: 1; }
    .-wide Leads #beside { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "decide('approve')", "Approve", tooltip="approve: it is researched further and written to"),
        Binding("r", "decide('reject')", "Reject", tooltip="reject: nothing more is spent on it; you are asked why"),
        Binding("d", "decide('defer')", "Defer", tooltip="defer: it waits until you approve or reject it"),
        Binding("enter", "look", tooltip="everything about it: match, questions, evidence", show=False),
        Binding("slash", "filter", "Filter", tooltip="filter as you type; Enter goes back to the table"),
        Binding("escape", "clear", tooltip="show all leads again", show=False),
        Binding("s", "sort('match')", "Score", tooltip="sort by score; again: backwards"),
        Binding("t", "sort('status')", "Status", tooltip="sort by status; again: backwards"),
        Binding("n", "sort('company')", "Name", tooltip="sort by name; again: backwards"),
    ]

    def __init__(self, desk: Desk, *, id: str) -> None:  # noqa: A002 - as Textual names it
        super().__init__(desk, id=id)
        self._rows: list[LeadRow] = []
        self._by, self._reversed = "match", False
        self._wanted, self._beside = "", ""
        self._catching_up = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="line"):
            yield Input(placeholder="/ filters, Enter shows all about a lead", id="filter", compact=True)
            yield Static(id="count")
        yield Static(id="none")
        with Horizontal():
            yield Listing(_COLUMNS, id="lead-table")
            with VerticalScroll(id="beside", can_focus=False):
                yield Static(id="lead")

    @property
    def table(self) -> Listing:
        """The table."""
        return self.query_one("#lead-table", Listing)

    def main(self) -> Widget:
        return self.table

    async def load(self) -> None:
        self._rows = await self.desk.leads()
        self._put()
        self._beside = ""  # what was decided elsewhere shows beside the table as well
        self._want(self.table.chosen)

    def _put(self) -> None:
        given = self.query_one("#filter", Input).value
        found = sorted(filter(lambda row: _fits(row, given), self._rows), key=self._key, reverse=self._reversed)
        shown = found[:_MOST_ROWS]
        self.table.put([(str(row.id), (row.company, row.score, row.status, row.location, row.why)) for row in shown])
        self.set_class(not shown, "-none")
        self.query_one("#none", Static).update(Text(_NONE_FITS if self._rows else _EMPTY))
        told = counted(len(found), "lead") if len(shown) == len(found) else f"{len(shown)} of {len(found):,} leads"
        order = "backwards" if self._reversed else ""
        self.query_one("#count", Static).update(Text(f"{told}, by {self._by} {order}".strip()))

    def _key(self, row: LeadRow) -> tuple[object, ...]:
        best = -1 if row.score is None else row.score
        first: dict[str, tuple[object, ...]] = {
            "match": (-best,),
            "status": (_ORDER[row.status], -best),
            "company": (),
        }
        return (*first[self._by], row.company.casefold(), row.id)

    @on(Input.Changed, "#filter")
    def _filtered(self) -> None:
        self._put()

    @on(Input.Submitted, "#filter")
    def _take_filter(self) -> None:
        self.screen.set_focus(self.table)

    def action_filter(self) -> None:
        """Go to the filter."""
        self.screen.set_focus(self.query_one("#filter"))

    def action_clear(self) -> None:
        """Show all leads again."""
        self.query_one("#filter", Input).value = ""
        self.screen.set_focus(self.table)

    def action_sort(self, by: str) -> None:
        """Sort by this; said again, backwards."""
        self._reversed = by == self._by and not self._reversed
        self._by = by
        self._put()

    def action_decide(self, decision: str) -> None:
        """Decide about the lead under the cursor; a key that came too early for the filter decides nothing."""
        if self.table.chosen and self.screen.focused is self.table:
            self.face.perform(self._decide(int(self.table.chosen), GateDecision(decision)))

    async def _decide(self, lead_id: int, decision: GateDecision) -> None:
        reason: str | None = ""
        if decision is not GateDecision.approve:
            name = next(row.company for row in self._rows if row.id == lead_id)
            reason = await self.face.push_screen_wait(Prompt(f"{name}: why {decision.value}? (may stay empty)"))
        if reason is None:
            return
        told = await self.desk.decide(lead_id, decision, reason)
        self.table.step()
        self.face.tell(*told)

    @on(DataTable.RowSelected, "#lead-table")
    def _selected(self) -> None:
        self.action_look()

    def action_look(self) -> None:
        """Show everything about the lead under the cursor."""
        if self.table.chosen:
            self.face.perform(self._look(int(self.table.chosen)))

    async def _look(self, lead_id: int) -> None:
        await self.face.push_screen_wait(Sheet(lead_sheet(await self.desk.lead(lead_id))))

    @on(DataTable.RowHighlighted, "#lead-table")
    def _highlighted(self) -> None:
        self._want(self.table.chosen)

    def on_resize(self) -> None:
        """The screen may be wide by now."""
        self._want(self.table.chosen)

    def _want(self, lead_id: str) -> None:
        """Show this lead beside the table; only the last one that was wanted is read."""
        self._wanted = lead_id
        if not self._catching_up and self.query_one("#beside").display and self._wanted != self._beside:
            self._catching_up = True
            self.run_worker(self._catch_up(), group="beside")

    async def _catch_up(self) -> None:
        try:
            while self._wanted != self._beside:
                self._beside = self._wanted
                page = await self.face.attempt(self.desk.lead(int(self._wanted))) if self._wanted else None
                self.query_one("#lead", Static).update(lead_sheet(page) if page else Text())
        finally:
            self._catching_up = False


def _fits(row: LeadRow, given: str) -> bool:
    """Whether every word that was typed stands somewhere in the row."""
    shown = clean(f"{row.company} {row.status} {row.location} {row.why}").casefold()
    return all(word in shown for word in given.casefold().split())
