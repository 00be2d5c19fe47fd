"""The glyphs and links of a PDF's pages, by pdfminer.six. What cannot be read is refused with its reason."""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingot.errors import ResumeError

MAX_PAGES = 15
MAX_GLYPHS = 400_000
MAX_INFLATED_BYTES = 200_000_000
_MARK_POINTS = (1.5, 6.0)  # browsers draw list bullets as small filled discs and squares

_BULLET_CODES = frozenset(
    f"(cid:{code})" for code in (15, 127, 136, 149)
)  # unnamed, but what TeX and Windows fonts use

logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns about every odd font; a refusal says what matters


@dataclass(frozen=True, slots=True)
class Glyph:
    """A letter, with its place in points from the page's top left corner; `y` is the baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its glyphs, and the centres `(x, y)` of small shapes that may be bullets."""

    glyphs: list[Glyph]
    marks: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class PdfContent:
    """All pages, and the addresses that link annotations point to, in the order of the pages."""

    pages: list[Page]
    links: list[str]


def read_pdf(data: bytes) -> PdfContent:
    """The pages of a PDF. Raises `ResumeError` for one that is encrypted, damaged, too long or has no text."""
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfminer.psexceptions import PSException

    _refuse_bombs(data)
    try:
        content = _pages(data)
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ResumeError(
            "The PDF is protected by a password.", hint="Save a copy without the password and import that one."
        ) from error
    except (
        PDFSyntaxError,
        PSException,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        AssertionError,
        ArithmeticError,
        EOFError,
        OSError,
        RuntimeError,
        struct.error,
        zlib.error,
    ) as error:  # pdfminer raises these on damaged files
        raise _damaged() from error
    if not content.pages:
        raise _damaged()
    letters = sum(glyph.text.isalnum() for page in content.pages for glyph in page.glyphs)
    unmapped = sum(glyph.text.startswith("(cid:") for page in content.pages for glyph in page.glyphs)
    if letters < 20 or unmapped > letters:
        raise ResumeError(
            "The PDF holds no readable text: it is probably a scan or a picture.",
            hint="Run it through OCR, or export it again from the word processor, or paste the text.",
        )
    return content


def _damaged() -> ResumeError:
    return ResumeError("The PDF is damaged or incomplete.", hint="Export it again, or paste its text instead.")


def _refuse_bombs(data: bytes) -> None:
    """Inflate every compressed stream to a bound before pdfminer does it without one."""
    inflated = 0
    for match in re.finditer(rb"stream\r?\n", data):
        inflater, rest = zlib.decompressobj(), data[match.end() :]
        try:
            while rest and not inflater.eof:
                inflated += len(inflater.decompress(rest, 1 << 20))
                rest = inflater.unconsumed_tail
                if inflated > MAX_INFLATED_BYTES:
                    raise ResumeError(
                        "The PDF unpacks to more than a résumé can hold.",
                        hint="Export it again without large pictures.",
                    )
        except zlib.error:
            continue  # not compressed this way: no bomb of this kind either


def _pages(data: bytes) -> PdfContent:
    from pdfminer.converter import PDFLayoutAnalyzer
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    content = PdfContent([], [])

    class Collector(PDFLayoutAnalyzer):
        def receive_layout(self, ltpage: Any) -> None:
            content.pages.append(_page(ltpage))

    resources = PDFResourceManager()
    interpreter = PDFPageInterpreter(resources, Collector(resources, laparams=None))
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    if document.encryption is not None:  # it opened with the empty password: its owner has only forbidden copying
        raise ResumeError(
            "The PDF is encrypted: its owner has locked it against copying.",
            hint="Export it again without restrictions, or paste its text instead.",
        )
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number > MAX_PAGES:
            raise ResumeError(
                f"The PDF has more than {MAX_PAGES} pages, which is no résumé.",
                hint="Import the résumé's own pages only.",
            )
        interpreter.process_page(page)
        content.links.extend(_links(page))
        if sum(len(read.glyphs) for read in content.pages) > MAX_GLYPHS:
            raise ResumeError("The PDF holds more text than a résumé can.", hint="Import the résumé's own pages only.")
    return content


def _page(layout: Any) -> Page:
    from pdfminer.layout import LTChar, LTCurve

    page = Page([], [])
    smallest, largest = _MARK_POINTS
    for item in _walk(layout):
        if isinstance(item, LTChar):
            if item.upright and item.size > 1:
                font = item.fontname.split("+")[-1]
                y = layout.y1 - item.matrix[5]
                text = "•" if item.get_text() in _BULLET_CODES else item.get_text()
                page.glyphs.append(Glyph(text, item.x0, item.x1, y, item.size, font))
        elif isinstance(item, LTCurve) and smallest <= item.width <= largest and abs(item.width - item.height) < 0.5:
            page.marks.append(((item.x0 + item.x1) / 2, layout.y1 - (item.y0 + item.y1) / 2))
    return page


def _walk(container: Any) -> Iterator[Any]:
    from pdfminer.layout import LTFigure

    for item in container:
        if isinstance(item, LTFigure):
            yield from _walk(item)
        else:
            yield item


def _links(page: Any) -> list[str]:
    from pdfminer.pdftypes import resolve1

    addresses = []
    for annotation in resolve1(page.annots) or []:
        entry = resolve1(annotation)
        action = resolve1(entry.get("A")) if isinstance(entry, dict) else None
        address = resolve1(action.get("URI")) if isinstance(action, dict) else None
        if isinstance(address, bytes):
            addresses.append(address.decode("utf-8", "replace"))
    return addresses
