"""What may stand in no letter, whatever the sources say: hidden characters, other scripts, other people's links."""

from __future__ import annotations

from dataclasses import dataclass

from ingot.domain.backing import Problem
from ingot.domain.grounds import Grounds
from ingot.domain.links import foreign_links
from ingot.domain.words import concealed, disguised, foreign_script, plain


@dataclass(frozen=True, kw_only=True)
class OwnText:
    """What is the user's: `values` may stand in full (links, addresses), `names` are texts whose names may (the résumé).

    No evidence is among them: what a page writes in its own letters, or calls itself, is for the page to choose.
    """

    values: tuple[str, ...]
    names: tuple[str, ...]

    def intrusions(self, sentence: str) -> list[Problem]:
        """What a sentence, as it stands, holds that must not be there."""
        if hidden := concealed(sentence):
            return [Problem("invisible", hidden)]
        text = plain(sentence)
        if links := foreign_links(text, own=self.values, names=self.names):
            return [Problem("link", link) for link in links]
        if strange := disguised(text) or foreign_script(text, "\n".join((*self.values, *self.names))):
            return [Problem("characters", strange)]
        return []


def own_text(grounds: Grounds) -> OwnText:
    """The user's own values and the links of the résumé (no addresses: those may be a referee's), and who is named."""
    lines = tuple(map(plain, grounds.resume_lines))
    linked = [
        link for line in lines for link in foreign_links(line, own=(), names=()) if "/" in link and "@" not in link
    ]
    names = (grounds.company_name, grounds.person_name, grounds.user_name)
    return OwnText(values=(*map(plain, grounds.own_values), *linked), names=(*map(plain, names), *lines))
