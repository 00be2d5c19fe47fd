"""The overview: how far the campaigns are, what the caps leave, what goes next, what happened last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from ingot.actions.funnel import Funnel
from ingot.actions.mail_status import MailStatus
from ingot.cli.console import counted, text
from ingot.tui.desk import Standing
from ingot.tui.face import Pane

_BAR = 16
_NEXT_SENDS = 4
_OTHERS = 3

_WELCOME = """Welcome. No campaign yet.

Set up mail and models:   ingot setup
Give your résumé:         ingot profile import cv.pdf
Start a search:           python -m flows.campaign --resume cv.pdf --venue yc
Or look at a sample:      python -m flows.campaign --sample --offline --review auto"""


class Overview(Pane):
    """Reads only."""

    DEFAULT_CSS = """
    Overview > Horizontal { height: auto; max-height: 60%; }
    Overview Horizontal > Static { width: 1fr; border-top: solid $primary; padding: 0 1; height: auto; min-height: 8; }
    Overview.-new #mailbox { display: none; }
    Overview > VerticalScroll { height: 1fr; border-top: solid $primary; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield self._titled(Static(id="campaigns"), "Campaigns")
            yield self._titled(Static(id="mailbox"), "Mailbox")
        with self._titled(VerticalScroll(id="feed"), "What happened last"):
            yield Static(id="happened")

    @staticmethod
    def _titled(widget: Widget, title: str) -> Widget:
        widget.border_title = title
        return widget

    def main(self) -> Widget:
        return self.query_one("#feed")

    async def load(self) -> None:
        found = await self.desk.standing()
        zone = ZoneInfo(self.desk.config.time_zone)
        self.set_class(not found.funnels, "-new")  # the welcome needs the room
        self.query_one("#campaigns", Static).update(_joined(_campaigns(found.funnels)))
        self.query_one("#mailbox", Static).update(_joined(_mailbox(found, zone)))
        happened = [
            text(f"{_when(item.moment, zone)}  ", "dim") + text(f"{item.about}: ", "bold") + text(item.told)
            for item in found.happened
        ]
        self.query_one("#happened", Static).update(_joined(happened) if happened else Text("Nothing yet."))


def _joined(lines: Iterator[Text] | list[Text]) -> Text:
    return Text("\n").join(lines)


def _campaigns(funnels: list[Funnel]) -> Iterator[Text]:
    if not funnels:
        yield Text(_WELCOME)
        return
    newest, *others = funnels
    yield text(f"{newest.name} ({newest.status})", "bold")
    most = max(1, newest.leads)
    for step, count in (
        ("leads", newest.leads), ("drafted", newest.drafted), ("sent", newest.sent), ("answered", newest.replied),
        ("positive", newest.positive),
    ):  # fmt: skip
        yield Text(f"{step:>8} {count:>4} ") + Text("█" * round(_BAR * count / most), style="green")
    if newest.bounced:
        yield Text(f" bounced {newest.bounced:>4}", style="yellow")
    waiting = sum(item.waiting for item in funnels), sum(item.to_review for item in funnels)
    if waiting[0]:
        yield Text(f"{counted(waiting[0], 'lead')} to decide about: press 2", style="bold yellow")
    if waiting[1]:
        yield Text(f"{counted(waiting[1], 'draft')} to review: press 3", style="bold yellow")
    for item in others[:_OTHERS]:
        yield text(f"{item.name} ({item.status}): {item.leads} leads, {item.sent} sent", "dim")


def _mailbox(found: Standing, zone: ZoneInfo) -> Iterator[Text]:
    mail = found.mail
    if mail.paused:
        yield text(f"Paused: {mail.paused} To go on: ingot mail resume", "bold yellow")
    left = mail.left
    yield text(f"Room: {left['hour']} this hour, {left['day']} today")
    yield text(f"      {left['warm_up']} by the warm-up")
    told = ", ".join(f"{name} {count}" for name, count in mail.counts.items() if count)
    yield text(f"Letters: {told or 'none queued yet'}")
    read = _when(mail.inbox_read_at, zone) if mail.inbox_read_at else "never"
    yield text(f"Bounced: {mail.bounce_rate:.0%}. Inbox read: {read}")
    yield from _next_sends(mail, zone)
    if found.lacking:
        yield text(f"Before a letter can leave: {', '.join(found.lacking)} (ingot setup)", "yellow")


def _next_sends(mail: MailStatus, zone: ZoneInfo) -> Iterator[Text]:
    waiting = sorted((line for line in mail.lines if line.until), key=lambda line: (line.until, line.delivery_id))
    if waiting:
        yield Text("Next sends", style="bold")
    for line in waiting[:_NEXT_SENDS]:
        when = _when(line.until, zone) if line.until else ""
        yield text(f"{when}  ", "dim") + text(f"{line.company} ({line.kind.replace('_', '-')})")
    if len(waiting) > _NEXT_SENDS:
        yield Text(f"and {len(waiting) - _NEXT_SENDS} more: ingot mail status", style="dim")


def _when(moment: datetime, zone: ZoneInfo) -> str:
    """In the user's own time."""
    return f"{moment.astimezone(zone):%d %b %H:%M}"
