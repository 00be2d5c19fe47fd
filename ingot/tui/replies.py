"""Replies: what came back, what it was found to be, and the answer that is suggested."""

from __future__ import annotations

from typing import ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import DataTable, Static

from ingot.cli.console import text
from ingot.domain.email import EmailStatus
from ingot.domain.grounding import reason
from ingot.tui.desk import Desk, Reply
from ingot.tui.dialogs import Confirm
from ingot.tui.editing import Writing
from ingot.tui.face import Pane
from ingot.tui.listing import Listing

_COLUMNS = (("came", 12), ("company", 26), ("what it is", 14), ("answer", 10))
_EMPTY = "Nothing came back yet. To read the inbox now: ingot mail poll"


class Replies(Pane):
    """The mails above, the one under the cursor below, or beside them on a wide screen."""

    SCOPED_CSS = False  # what is different on a wide screen is told by the screen
    DEFAULT_CSS = """
    Replies { layout: vertical; }
    .-wide Replies { layout: horizontal; }
    Replies #reply-table { height: 35%; }
    .-wide Replies #reply-table { width: 74; height: 1fr; }
    Replies #mail-box { height: 1fr; border-top: solid $primary; padding: 0 1; }
    .-wide Replies #mail-box { width: 1fr; border-top: none; border-left: solid $primary; }
    Replies.-none #reply-table { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "approve", "Approve the answer", tooltip="queue the suggested answer: it leaves with the next pass"
        ),
        Binding("e", "edit", "Own answer", tooltip="answer in your own words, beginning with what is suggested"),
        Binding("n", "next", "Next", tooltip="next mail; this one stays as it is"),
        Binding("enter", "read", tooltip="scroll this mail; Tab goes back", show=False),
    ]

    def __init__(self, desk: Desk, *, id: str) -> None:  # noqa: A002 - as Textual names it
        super().__init__(desk, id=id)
        self._replies: dict[str, Reply] = {}

    def compose(self) -> ComposeResult:
        yield Listing(_COLUMNS, id="reply-table")
        with VerticalScroll(id="mail-box"):
            yield Static(id="mail")

    @property
    def table(self) -> Listing:
        """The table."""
        return self.query_one("#reply-table", Listing)

    def main(self) -> Widget:
        return self.table

    async def load(self) -> None:
        self._replies = {str(reply[0].id): reply for reply in await self.desk.replies()}
        zone = ZoneInfo(self.desk.config.time_zone)
        rows = []
        for key, (mail, company, answer) in self._replies.items():
            came = f"{mail.received_at.astimezone(zone):%d %b %H:%M}" if mail.received_at else ""
            kind = mail.kind.value.replace("_", " ") if mail.kind else ""
            rows.append((key, (came, company or mail.from_address, kind, answer.status.value if answer else "")))
        self.table.put(rows)
        self.set_class(not rows, "-none")
        self._show()

    @on(DataTable.RowHighlighted, "#reply-table")
    def _show(self) -> None:
        reply = self._replies.get(self.table.chosen)
        self.query_one("#mail", Static).update(_page(reply) if reply else Text(f"\n{_EMPTY}"))

    @on(DataTable.RowSelected, "#reply-table")
    def action_read(self) -> None:
        """Go to the mail, to scroll it."""
        self.query_one("#mail-box").focus()

    def action_next(self) -> None:
        """Skip this mail."""
        self.table.step()

    def action_approve(self) -> None:
        """Have the suggested answer sent."""
        if reply := self._replies.get(self.table.chosen):
            self.face.perform(self._approve(reply))

    async def _approve(self, reply: Reply) -> None:
        await self.desk.answer(reply[0].id or 0, None)
        self._queued()

    def action_edit(self) -> None:
        """Answer in one's own words, beginning with what is suggested."""
        if reply := self._replies.get(self.table.chosen):
            self.face.perform(self._edit(reply))

    async def _edit(self, reply: Reply) -> None:
        mail, company, answer = reply
        title = f"Your answer to {company or mail.from_address}"
        before = answer.body if answer else ""
        written = await self.face.push_screen_wait(Writing(title, lines={}, body=before))
        body = (written or {}).get("body", "")
        if not body:
            self.face.tell("Nothing was changed. To send what is suggested: a")
            return
        refused = await self.desk.answer(mail.id or 0, body)
        if refused:
            told = [f"Not backed: {reason(tie)} ({tie.sentence})" for tie in refused]
            if not await self.face.push_screen_wait(Confirm(told, "Send it all the same?")):
                self.face.tell("Nothing was queued.")
                return
            await self.desk.answer(mail.id or 0, body, insist=True)
        self._queued()

    def _queued(self) -> None:
        self.face.tell("The answer is queued, and leaves with the next pass: ingot mail send --now")


def _page(reply: Reply) -> Text:
    mail, company, answer = reply
    kind = mail.kind.value.replace("_", " ") if mail.kind else "not judged yet"
    lines = [
        text(f"{company or 'no letter of ours'}: {kind}", "bold"),
        text(f"{mail.from_address} · mail {mail.id} · {mail.subject}", "dim"),
        text(
            f"confidence {mail.confidence:.0%} · decided by {mail.rule} · matched by {mail.matched_by or 'nothing'}",
            "dim",
        ),
        Text(),
        text(mail.words or "(no words of a person)"),
    ]
    if answer:
        told = (
            "Suggested answer; a approves it"
            if answer.status is EmailStatus.drafted
            else f"Answer, {answer.status.value}"
        )
        lines += [Text(), text(told, "bold"), text(answer.body)]
    return Text("\n").join(lines)
