"""What the claims of a letter may rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ingot.domain.aliases import Aliases
from ingot.domain.subjects import Addressees
from ingot.domain.words import plain, words


@dataclass(frozen=True, kw_only=True)
class EvidenceSpan:
    """A quoted span of a fetched page or of the venue's record, and the id it is stored under."""

    evidence_id: int
    quote: str


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """Everything that a letter's claims may rest on.

    `evidence` is about the company and its people, `resume_lines` about the user (the index is the line number).
    `own_values` may stand in the letter without backing (the user's address, GitHub URL, phone, place). `chosen` is text the
    user typed: it backs their wishes, nothing else. `today` ends a job that the résumé calls "present"; without it such a
    job counts no years. `line_headings` are (line, heading of its job) where the profile knows them; for other lines the
    heading is read from the layout of the lines above.
    """

    company_name: str
    user_name: str
    evidence: tuple[EvidenceSpan, ...]
    resume_lines: tuple[str, ...]
    person_name: str = ""
    person_role: str = ""
    own_values: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    today: date | None = None
    line_headings: tuple[tuple[int, str], ...] = ()

    @property
    def aliases(self) -> Aliases:
        """The made-up words for names that would be read as numbers, skills or ranks."""
        return Aliases(company=plain(self.company_name), person=plain(self.person_name), user=plain(self.user_name))

    def addressees(self, aliases: Aliases) -> Addressees:
        """The names by which a clause's subject is told, with made-up words where they need any."""
        sources = [plain(text) for text in (*(span.quote for span in self.evidence), *self.resume_lines)]
        said = {word.text for text in sources for word in words(text)}
        return Addressees(
            company=aliases.hide_name(plain(self.company_name)),
            person=aliases.hide_name(plain(self.person_name)),
            user=aliases.hide_name(plain(self.user_name)),
            small_words=frozenset(word for word in said if word.islower()),
            capital_words=frozenset(word.lower() for word in said if not word.islower()),
        )
