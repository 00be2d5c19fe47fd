"""Review: one draft at a time, with the keys of `ingot mail review`."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from ingot.actions.review import DraftPage
from ingot.cli.console import counted
from ingot.cli.edit import edited_by_hand
from ingot.cli.editor import found_editor
from ingot.cli.letters import render, sources_table
from ingot.domain.email import Email, EmailStatus
from ingot.domain.grounding import reason
from ingot.errors import IngotError, ValidationError
from ingot.tui.desk import Desk
from ingot.tui.dialogs import Choice, Confirm, Prompt, Sheet
from ingot.tui.editing import Writing
from ingot.tui.face import Pane
from ingot.tui.lead_sheet import lead_sheet

_EMPTY = "No draft waits for you.\n\nApprove a lead (press 2), and its letter is written by the campaign's next run:\npython -m flows.campaign --name NAME"


class Review(Pane):
    """The letter, and each sentence with its source: beside it on a wide screen, instead of it on a narrow one.

    Which letter is shown changes by a key only, never by a reading: a yes is said to what was read.
    """

    SCOPED_CSS = False  # what is different on a wide screen is told by the screen
    DEFAULT_CSS = """
    Review > #position { height: 1; padding: 0 1; }
    Review VerticalScroll { width: 3fr; padding: 0 1 0 0; }
    Review #sources-box { display: none; width: 2fr; }
    Review.-sources #sources-box { display: block; }
    Review.-sources #letter-box { display: none; }
    .-wide Review #sources-box { display: block; }
    .-wide Review #letter-box { display: block; }
    .-wide Review.-sources #sources-box { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "approve", "Approve", tooltip="approve: it is queued, and leaves when nothing holds it"),
        Binding("e", "edit", "Edit", tooltip="edit in your editor, or here where there is none"),
        Binding("i", "inline", tooltip="edit here", show=False),
        Binding("r", "reject", "Reject", tooltip="reject it, and its lead with it; you are asked why"),
        Binding("g", "regenerate", "Anew", tooltip="have it written anew; its questions are asked again"),
        Binding("s", "sources", "Sources", tooltip="each sentence with what it rests on; again: the letter"),
        Binding("m", "match", tooltip="match, questions and evidence of its lead", show=False),
        Binding("n", "next", "Next", tooltip="next draft; this one stays a draft"),
        Binding("u", "undo", "Undo", tooltip="take the last approval or rejection of this sitting back"),
    ]

    def __init__(self, desk: Desk, *, id: str) -> None:  # noqa: A002 - as Textual names it
        super().__init__(desk, id=id)
        self._drafts: list[int] = []
        self._at: int | None = None
        self._page: DraftPage | None = None
        self._decided: list[int] = []

    def compose(self) -> ComposeResult:
        yield Static(id="position")
        with Horizontal():
            with VerticalScroll(id="letter-box"):
                yield Static(id="letter")
            with VerticalScroll(id="sources-box"):
                yield Static(id="sources")

    def main(self) -> Widget:
        return self.query_one("#sources-box" if self._shows_sources_only else "#letter-box")

    @property
    def _shows_sources_only(self) -> bool:
        return self.has_class("-sources") and not self.query_one("#letter-box").display

    async def load(self) -> None:
        self._drafts = await self.desk.drafts()
        if self._at is None:
            self._at = self._drafts[0] if self._drafts else None
        self._page = None if self._at is None else await self.desk.draft(self._at)
        self._show()

    def _show(self) -> None:
        page, waiting = self._page, counted(len(self._drafts), "draft")
        position, letter, sources = (self.query_one(name, Static) for name in ("#position", "#letter", "#sources"))
        if page is None:
            position.update(Text(""))
            letter.update(Text(f"\n{_EMPTY}" if self._at is None else "\nThis letter is gone. n: next draft."))
            sources.update(Text())
            return
        if page.letter.status is EmailStatus.drafted and self._at in self._drafts:
            position.update(Text(f"Draft {self._drafts.index(self._at) + 1} of {len(self._drafts)}", style="bold"))
        else:
            told = f"Letter {self._at} is {page.letter.status.value} by now. n: next of {waiting}."
            position.update(Text(told, style="bold yellow"))
        letter.update(render(page, sources=False))
        sources.update(sources_table(page, follow_ups=True))

    def action_next(self) -> None:
        """Go on; the letter stays a draft."""
        self.face.perform(self._go_on())

    async def _go_on(self) -> None:
        """To the draft after this one, from the last to the first."""
        left = [item for item in await self.desk.drafts() if item != self._at]
        self._at = next((item for item in left if item > (self._at or 0)), left[0] if left else None)
        self.main().scroll_home(animate=False)

    def action_approve(self) -> None:
        """Say yes to what is shown."""
        if self._page is not None:
            self.face.perform(self._approve(self._page))

    async def _approve(self, page: DraftPage) -> None:
        try:
            with self.face.working("approving"):
                await self.desk.approve(page)
        except ValidationError as error:
            if not error.fields.get("needs_basis"):
                raise
            basis = await self.face.push_screen_wait(Prompt(f"{error.message} Your reason for writing there?"))
            if not basis:
                return
            await self.desk.approve(page, basis)
        await self._done(page, "approved: it leaves when nothing holds it")

    def action_reject(self) -> None:
        """Say no to it, and to its lead."""
        if self._page is not None:
            self.face.perform(self._reject(self._page))

    async def _reject(self, page: DraftPage) -> None:
        why = await self.face.push_screen_wait(Prompt("Reject this letter, and its lead: why? (may stay empty)"))
        if why is not None:
            await self.desk.reject(page.letter.id or 0, why)
            await self._done(page, "rejected, and so is its lead")

    async def _done(self, page: DraftPage, told: str) -> None:
        self._decided.append(page.letter.id or 0)
        self.face.tell(f"Letter {page.letter.id} is {told}. u takes it back.")
        await self._go_on()

    def action_undo(self) -> None:
        """Take the last decision of this sitting back."""
        self.face.perform(self._undo())

    async def _undo(self) -> None:
        if not self._decided:
            self.face.tell("Nothing to take back: nothing was approved or rejected here yet.")
            return
        letter_id = self._decided.pop()
        await self.desk.undo(letter_id)
        self._at = letter_id
        self.face.tell(f"Letter {letter_id} is a draft again.")

    def action_edit(self) -> None:
        """Edit it in the user's editor, or here where there is none."""
        if self._page is not None:
            self.face.perform(self._edit(self._page.letter, here=not found_editor()))

    def action_inline(self) -> None:
        """Edit it here."""
        if self._page is not None:
            self.face.perform(self._edit(self._page.letter, here=True))

    async def _edit(self, letter: Email, *, here: bool) -> None:
        changes = None if here else self._in_editor(letter)
        if changes is None:
            lines = {"subject_a": letter.subject_a, "subject_b": letter.subject_b}
            title = f"Letter {letter.id}: subject A, subject B, and the letter"
            changes = await self.face.push_screen_wait(Writing(title, lines=lines, body=letter.body))
        if not changes:
            self.face.tell("Nothing was changed.")
            return
        refused = await self.desk.edit(letter.id or 0, changes)
        if refused:
            told = [f"Not backed: {reason(tie)} ({tie.sentence})" for tie in refused]
            if not await self.face.push_screen_wait(Confirm(told, "Store it all the same?")):
                self.face.tell("Nothing was stored.")
                return
            await self.desk.edit(letter.id or 0, changes, insist=True)
        self.face.tell(f"Letter {letter.id} is changed.")

    def _in_editor(self, letter: Email) -> dict[str, str] | None:
        """The changes; None where this screen cannot give way to an editor, as in a browser."""
        failed: IngotError | None = None
        changes: dict[str, str] = {}
        try:
            with self.app.suspend():
                try:
                    changes = edited_by_hand(letter)
                except IngotError as error:  # past the end of the block, or the screen would not come back
                    failed = error
        except SuspendNotSupported:
            return None
        if failed is not None:
            raise failed
        return changes

    def action_regenerate(self) -> None:
        """Have it written anew."""
        if self._page is not None:
            self.face.perform(self._regenerate(self._page))

    async def _regenerate(self, page: DraftPage) -> None:
        answers: dict[int, str] = {}
        for question in page.dossier.questions:
            kept = f"Leave it: {question.answer}" if question.answer else "Leave it open"
            taken = await self.face.push_screen_wait(Choice(question.text, [*question.options, kept]))
            if taken is None:
                return
            if taken < len(question.options):
                answers[question.position] = question.options[taken]
        with self.face.working(f"writing letter {page.letter.id}"):
            await self.desk.regenerate(page.letter.id or 0, answers)
        self.face.tell(f"Letter {page.letter.id} is written anew.")

    def action_sources(self) -> None:
        """Show what each sentence rests on, or hide it again."""
        self.toggle_class("-sources")
        self.call_after_refresh(lambda: self.main().focus())

    def action_match(self) -> None:
        """Show why this company."""
        if self._page is not None:
            self.face.perform(self._match(self._page.lead.id or 0))

    async def _match(self, lead_id: int) -> None:
        await self.face.push_screen_wait(Sheet(lead_sheet(await self.desk.lead(lead_id))))
