"""A review at the terminal: each key is one action, committed before the next draft is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from ingot.actions.launch import take_no_mail
from ingot.actions.review import Approval, DraftPage, approve, edit, page_of, regenerate, reject
from ingot.actions.undo import undo
from ingot.cli.asking import ask, typed
from ingot.cli.console import counted, err, listed, out, text
from ingot.cli.desk import WHO
from ingot.cli.edit import edited_by_hand, tell_refused
from ingot.cli.offer import offer
from ingot.cli.review_page import HELP, help_page, review_page, sources_page
from ingot.domain.email import EmailStatus
from ingot.errors import IngotError, ValidationError

if TYPE_CHECKING:
    from ingot.wiring import Wiring

_KEYS = "[a]pprove [e]dit [r]eject [g]enerate anew [s]ources [n]ext [u]ndo [q]uit, [?] explains"
_APPROVED, _REJECTED = "approved", "rejected"


async def review_drafts(wiring: Wiring, campaign_id: int | None = None, *, only: Collection[int] | None = None) -> None:
    """Go through the user's drafts, of one campaign or of all, or through the letters named in `only`."""
    async with wiring.uow() as uow:
        found = await uow.letters.with_status(
            EmailStatus.drafted, user_id=wiring.user_id, campaign_id=campaign_id, limit=500
        )
    drafts = [letter.id or 0 for letter, _ in found if not only or letter.id in only]
    if drafts:
        await _Review(wiring, drafts).run()
    else:
        out.print("No draft waits for you.")


class _Review:
    """The drafts in order, where the person is, and what can be undone."""

    def __init__(self, wiring: Wiring, drafts: list[int]) -> None:
        self._wiring = wiring
        self._drafts = drafts
        self._at = 0
        self._decided: list[
            tuple[int, str]
        ] = []  # what `u` undoes: the place in `drafts` and the deed, the last at the end
        self._tally = Counter[str]()
        self._keys = {"a": self._approve, "e": self._edit, "r": self._reject, "g": self._regenerate}
        self._keys |= {"s": self._sources, "n": self._next, "u": self._undo, "?": self._help}

    async def run(self) -> None:
        shown = -1
        while True:
            if self._at >= len(self._drafts):
                key = await ask("That was the last draft. [u]ndo, [q]uit", "uq", default="q") if self._decided else "q"
            else:
                shown = await self._show(shown)
                if shown != self._at:  # another face decided about it meanwhile
                    self._at += 1
                    continue
                err.print(text(_KEYS, "dim"))
                key = await ask("Key", [name for name, _ in HELP] + ["?"], default="n")
            if key == "q":
                break
            try:
                shown = shown if await self._keys[key]() else -1
            except IngotError as error:  # told, and the draft stays where it is
                err.print(text(error.message, "yellow"))
                err.print(text(error.hint, "yellow"), soft_wrap=True)  # a command in it can be copied in one piece
        await self._tell()

    async def _show(self, shown: int) -> int:
        if shown == self._at:
            return shown
        page = await self._page()
        if page.letter.status is not EmailStatus.drafted:
            return -1
        out.print(review_page(page, position=f"[{self._at + 1}/{len(self._drafts)}]"))
        return self._at

    @property
    def _letter_id(self) -> int:
        return self._drafts[self._at]

    async def _page(self) -> DraftPage:
        async with self._wiring.uow() as uow:
            return await page_of(uow, self._letter_id)

    async def _approve(self, basis: str = "") -> bool:
        approval = Approval(
            config=self._wiring.config,
            links=self._wiring.links,
            who=WHO,
            now=self._wiring.now(),
            basis=basis,
            takes_no_mail=await take_no_mail(self._wiring.uow, [self._letter_id], config=self._wiring.config),
        )
        try:
            async with self._wiring.uow() as uow:
                await approve(uow, [self._letter_id], approval)
        except ValidationError as error:
            if basis or not error.fields.get("needs_basis"):
                raise
            err.print(text(error.message, "yellow"))
            given = await typed("Your reason for writing there (Enter: not now)")
            return await self._approve(given) if given else True
        self._done(_APPROVED)
        return False

    async def _reject(self) -> bool:
        why = await typed("Why (Enter: no reason)")
        async with self._wiring.uow() as uow:
            await reject(uow, self._letter_id, reason=why, who=WHO, now=self._wiring.now())
        self._done(_REJECTED)
        return False

    def _done(self, deed: str) -> None:
        out.print(f"Letter {self._letter_id} is {deed}.", style="bold green" if deed == _APPROVED else "bold")
        self._decided.append((self._at, deed))
        self._tally[deed] += 1
        self._at += 1

    async def _next(self) -> bool:
        self._at += 1
        return False

    async def _edit(self) -> bool:
        """No transaction is open while the editor is, or a question: it would keep every other INGOT out."""
        letter = (await self._page()).letter
        changes: dict[str, str] = {}
        while True:
            changes = edited_by_hand(letter, begun=changes)
            if not changes:
                out.print("Nothing was changed.")
                return True
            if await self._store(changes, insist=False):
                return False
            key = await ask("[e]dit on, [s]tore it all the same, [d]rop the changes", "esd", default="e")
            if key == "d":
                return True
            if key == "s":
                await self._store(changes, insist=True)
                return False

    async def _store(self, changes: dict[str, str], *, insist: bool) -> bool:
        async with self._wiring.uow() as uow:
            _, refused = await edit(
                uow, self._letter_id, changes=changes, insist=insist, who=WHO, now=self._wiring.now()
            )
        stored = insist or not refused
        tell_refused(refused, stored=stored, letter_id=self._letter_id)
        return stored

    async def _regenerate(self) -> bool:
        answers: dict[int, str] = {}
        for question in (await self._page()).dossier.questions:
            options = [
                f"{option}{'   (chosen now)' if option == question.answer else ''}" for option in question.options
            ]
            out.print()
            out.print(text(question.text, "bold"))
            out.print(listed(list(enumerate(options, start=1))))
            keys = [str(number) for number in range(1, len(question.options) + 1)]
            key = await ask("Number, or [k]eep", [*keys, "k"], default="k")
            if key != "k":
                answers[question.position] = question.options[int(key) - 1]
        err.print("Writing it anew ...", style="dim")
        await regenerate(
            self._wiring.uow,
            self._letter_id,
            agents=self._wiring.agents,
            config=self._wiring.config,
            answers=answers,
            who=WHO,
            now=self._wiring.now(),
        )
        return False

    async def _sources(self) -> bool:
        out.print(sources_page(await self._page()))
        return True

    async def _help(self) -> bool:
        out.print(help_page())
        return True

    async def _undo(self) -> bool:
        """Whatever comes of it, this deed is not offered again."""
        if not self._decided:
            out.print("Nothing to undo: you have approved or rejected nothing in this review.")
            return True
        place, deed = self._decided.pop()
        async with self._wiring.uow() as uow:
            await undo(uow, self._drafts[place], who=WHO, now=self._wiring.now())
        out.print(f"Letter {self._drafts[place]} is not {deed} any more: it is a draft again.", style="bold")
        self._tally[deed] -= 1
        self._at = place
        return False

    async def _tell(self) -> None:
        async with self._wiring.uow() as uow:
            letters = [await uow.letters.get(letter_id) for letter_id in self._drafts]
        left = sum(letter.status is EmailStatus.drafted for letter in letters)
        told = f"Approved {self._tally[_APPROVED]}, rejected {self._tally[_REJECTED]}, {counted(left, 'draft')} left."
        out.print(told, style="bold")
        if self._tally[_APPROVED]:
            out.print("What holds the letters: ingot mail status. To send what may leave: ingot mail send --now")
        if left:
            out.print("To go on: ingot mail review")
        async with self._wiring.uow() as uow:
            for line in await offer(uow, self._wiring.user_id):
                out.print(text(line, "dim"), soft_wrap=True)
