"""The header fields of a mail without its body: all that is needed of most mail, at a tenth of the cost of parsing it."""

from __future__ import annotations

import re

# Name, value and the lines that continue it (RFC 5322 2.2.3), with whatever line ends the mail came in.
_FIELD = re.compile(r"([!-9;-~]*):[ \t]*([^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*)(?:\r\n|\r|\n|\Z)")


class HeaderBlock:
    """The fields at the beginning of `mail`, up to the first line that is none.

    Values are as they stand there, folded and encoded, bytes beyond ASCII as surrogates: what
    `email.message.Message.raw_items` gives.
    """

    def __init__(self, mail: bytes) -> None:
        self._values: dict[str, list[str]] = {}
        end = mail.find(b"\r\n\r\n")  # for speed only: an empty line is no field
        text = (mail if end < 0 else mail[:end]).decode("ascii", "surrogateescape")
        at = 0
        while found := _FIELD.match(text, at):
            self._values.setdefault(found[1].lower(), []).append(found[2])
            at = found.end()

    def all(self, name: str) -> list[str]:
        """The values of all fields of that name, which is given in lower case, in their order."""
        return self._values.get(name, [])

    def first(self, name: str) -> str:
        """The value of the first field of that name, empty where there is none."""
        return self._values.get(name, [""])[0]
