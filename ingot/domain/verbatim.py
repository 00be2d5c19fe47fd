"""Whether a résumé says something word for word, and in which of its lines."""

from __future__ import annotations

from dataclasses import dataclass


def plain(text: str) -> str:
    """The text with its runs of blanks as one, and without the bullet in front."""
    return " ".join(text.lstrip("• \t").split())


@dataclass(frozen=True, slots=True)
class SourceText:
    """The lines of a text, ready to be searched across their ends."""

    lines: tuple[str, ...]

    @staticmethod
    def of(text: str) -> SourceText:
        """From a raw text; empty lines count for nothing."""
        return SourceText(tuple(filter(None, map(plain, text.splitlines()))))

    def says(self, value: str) -> bool:
        """Whether the value stands here as whole words, also across the end of a line."""
        return bool(self.holding(value))

    def holding(self, value: str) -> tuple[str, ...]:
        """The lines that a value stands in: one, several where it runs on, none where it stands nowhere."""
        wanted = plain(value)
        whole = " ".join(self.lines)
        at = -1
        while wanted and (at := whole.find(wanted, at + 1)) >= 0:
            if not _cuts_a_word(whole, at, at + len(wanted)):
                return tuple(self._between(at, at + len(wanted)))
        return ()

    def _between(self, start: int, stop: int) -> list[str]:
        found, begins = [], 0
        for line in self.lines:
            if begins < stop and begins + len(line) > start:
                found.append(line)
            begins += len(line) + 1
        return found


def _cuts_a_word(whole: str, start: int, stop: int) -> bool:
    before = whole[start - 1 : start].isalnum() and whole[start].isalnum()
    return before or (whole[stop : stop + 1].isalnum() and whole[stop - 1].isalnum())
