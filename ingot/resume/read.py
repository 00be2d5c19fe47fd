"""Reading a résumé of any usual kind into one normalised text. Its first bytes say what it is; a name that says otherwise is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingot.errors import ResumeError
from ingot.resume.sections import heading_flags
from ingot.resume.text import TextLine, compose

MAX_FILE_BYTES = 20_000_000
MAX_TEXT_CHARACTERS = 120_000  # fifteen full pages hold about half of it
_ZIP, _PDF, _OLD_OFFICE, _RTF = b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"{\\rtf"
_ENDINGS = {"PDF": (".pdf",), "Word file": (".docx", ".docm"), "text": (".txt", ".text", ".md", ".markdown")}
ENDINGS = frozenset(ending for endings in _ENDINGS.values() for ending in endings)  # names of files that say a kind


@dataclass(frozen=True, slots=True)
class ResumeText:
    """A résumé as text: one bullet, heading or paragraph a line, cells of a row parted by tabs, in reading order.

    `links` are the addresses behind its words, `source_name` the file's name ("pasted text" for pasted text).
    """

    text: str
    links: tuple[str, ...]
    source_name: str


def read_bytes(data: bytes, *, ending: str, source_name: str = "") -> ResumeText:
    """The text of a PDF, Word, text or Markdown file; `ending` is that of its name. Raises `ResumeError` with the reason."""
    if len(data) > MAX_FILE_BYTES:
        raise ResumeError(
            f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB.", hint="Export it again without pictures."
        )
    if not data.strip(b"\x00\t\n\r "):
        raise ResumeError("The file is empty.", hint="Import a file that holds the résumé.")
    lines, links = _lines(data, ending=ending)
    return _resume_text(lines, links, source_name)


def read_resume(source: Path) -> ResumeText:
    """The same for a file of one's own making, in this process; one from elsewhere is for `ingot.resume.apart`."""
    try:
        with source.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise ResumeError("The résumé file does not exist.", hint="Check the path.") from error
    except OSError as error:
        raise ResumeError("The résumé file cannot be opened.", hint="Check the path and its permissions.") from error
    return read_bytes(data, ending=source.suffix.lower(), source_name=source.name)


def read_pasted(text: str) -> ResumeText:
    """The same for text that was pasted or typed, Markdown included."""
    from ingot.resume.plain import plain_lines

    if not text.strip():
        raise ResumeError("The pasted text is empty.", hint="Paste the résumé's text.")
    if len(text) > MAX_TEXT_CHARACTERS:
        raise _too_long()
    return _resume_text(*plain_lines(text), "pasted text")


def _lines(data: bytes, *, ending: str) -> tuple[list[TextLine], list[str]]:
    if _PDF in data[:1024]:
        _refuse_other_name("PDF", ending)
        from ingot.resume.layout import pdf_lines
        from ingot.resume.pdf import read_pdf

        pdf = read_pdf(data)
        return pdf_lines(pdf.pages), pdf.links
    if data.startswith(_ZIP):
        _refuse_other_name("Word file", ending)
        from ingot.resume.docx import read_docx

        docx = read_docx(data)
        return docx.lines, docx.links
    if data.startswith((_OLD_OFFICE, _RTF)):
        raise ResumeError(
            "The file is an old Word, RTF or locked Office file.",
            hint="Save it as .docx without a password, or as PDF.",
        )
    if ending == ".pdf":
        raise ResumeError("The file is named .pdf but holds no PDF.", hint="Export the résumé as PDF again.")
    from ingot.resume.plain import decode, plain_lines

    text = decode(data)
    if len(text) > MAX_TEXT_CHARACTERS:
        raise _too_long()
    return plain_lines(text)


def _refuse_other_name(kind: str, ending: str) -> None:
    """A file whose name contradicts its content is seldom the file that was meant; an unknown ending says nothing."""
    if any(ending in endings for other, endings in _ENDINGS.items() if other != kind):
        raise ResumeError(
            f"The file is named {ending} but holds a {kind}.",
            hint=f"If it is the right file, give its name the ending {_ENDINGS[kind][0]} and import it again.",
        )


def _too_long() -> ResumeError:
    return ResumeError("The text is longer than a résumé can be.", hint="Import the résumé's own text only.")


def _resume_text(lines: Sequence[TextLine], links: Sequence[str], source_name: str) -> ResumeText:
    text = compose(zip(lines, heading_flags(lines), strict=True))
    if len(text) > MAX_TEXT_CHARACTERS:
        raise _too_long()
    if not any(letter.isalpha() for letter in text):
        raise ResumeError(
            "The file holds no readable text.", hint="Run it through OCR, export it again, or paste the text."
        )
    return ResumeText(text, tuple(dict.fromkeys(link for link in links if link)), source_name)
