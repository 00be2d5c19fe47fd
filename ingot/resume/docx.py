"""The logical lines and links of a Word file, by walking its XML: body, headers, footers and text boxes."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from ingot.errors import ResumeError
from ingot.resume.text import BULLET, TextLine

MAX_XML_BYTES = 30_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says the same again for old readers
)
_LISTED = re.compile(r"list|bullet", re.IGNORECASE)
_PARTS = re.compile(r"word/(?:header|footer)\d*\.xml")


@dataclass(frozen=True, slots=True)
class DocxContent:
    """The lines in reading order, and the addresses that hyperlinks point to."""

    lines: list[TextLine]
    links: list[str]


def read_docx(data: bytes) -> DocxContent:
    """The content of a Word file. Raises `ResumeError` for one that is damaged, locked, no Word file or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read_archive(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise ResumeError(
            "The Word file is damaged or incomplete.", hint="Save it again as .docx, or export it as PDF."
        ) from error
    except (ET.ParseError, RecursionError) as error:
        raise ResumeError("The Word file holds XML that cannot be read.", hint="Save it again as .docx.") from error


def _read_archive(archive: zipfile.ZipFile) -> DocxContent:
    names = archive.namelist()
    if "word/document.xml" not in names:
        raise ResumeError(
            "The file is a ZIP archive but no Word document.", hint="Import a PDF, a .docx file or plain text."
        )
    heads = sorted(name for name in names if _PARTS.fullmatch(name) and "header" in name)
    feet = sorted(name for name in names if _PARTS.fullmatch(name) and "footer" in name)
    budget = MAX_XML_BYTES
    lines: list[TextLine] = []
    links: list[str] = []
    for name in (*heads, "word/document.xml", *feet):
        part = _member(archive, name, budget)
        budget -= len(part)
        lines.extend(line for line in _blocks(_parse(part)) if line not in lines or name == "word/document.xml")
        relations = f"word/_rels/{name.removeprefix('word/')}.rels"
        if relations in names:
            targets = _member(archive, relations, budget)
            budget -= len(targets)
            links.extend(
                relation.get("Target", "") for relation in _parse(targets) if relation.get("TargetMode") == "External"
            )
    return DocxContent(lines, links)


def _member(archive: zipfile.ZipFile, name: str, budget: int) -> bytes:
    """At most `budget` bytes of one member, whatever its directory entry claims."""
    with archive.open(name) as member:
        data = member.read(budget + 1)
    if len(data) > budget:
        raise ResumeError(
            "The Word file unpacks to more than a résumé can hold.", hint="Save it again, or paste its text instead."
        )
    return data


def _parse(data: bytes) -> ET.Element:
    """The XML tree. Word writes no DTD; one is a try at entity expansion and refused."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise ResumeError("The Word file declares XML entities, which Word never does.", hint="Save it again in Word.")
    return ET.fromstring(data)  # noqa: S314  the guard above keeps entities out


def _blocks(element: ET.Element) -> Iterator[TextLine]:
    """Paragraphs in order. A table row of one-line cells is one line with tabs; other cells are read one by one."""
    for child in element:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tr":
            cells = [list(_blocks(cell)) for cell in child if cell.tag == f"{_W}tc"]
            filled = [cell for cell in cells if cell]
            if len(filled) > 1 and all(len(cell) == 1 and not cell[0].bullet for cell in filled):
                yield TextLine(text="\t".join(cell[0].text for cell in filled), style=filled[0][0].style, gap=True)
            else:
                for cell in filled:
                    yield from cell
        elif child.tag != _FALLBACK:
            yield from _blocks(child)


def _paragraph(paragraph: ET.Element) -> Iterator[TextLine]:
    text = "".join(_runs(paragraph))
    properties = paragraph.find(f"{_W}pPr")
    style, listed = "", False
    if properties is not None:
        name = properties.find(f"{_W}pStyle")
        style = name.get(f"{_W}val", "") if name is not None else ""
        listed = properties.find(f"{_W}numPr") is not None or _LISTED.search(style) is not None
    bold = all(run.find(f"{_W}rPr/{_W}b") is not None for run in paragraph.iter(f"{_W}r"))
    look = f"{style} {'bold' * bold} {'caps' * text.isupper()}"
    for part in text.split("\n"):
        if part.strip():
            heading = style.lower().startswith(("heading", "title"))
            sign = BULLET.match(part)  # typed by hand in place of a list
            bullet = (listed or sign is not None) and not heading
            yield TextLine(text=part[sign.end() :] if sign and bullet else part, style=look, bullet=bullet, gap=heading)
    for box in _boxes(paragraph):
        yield from _blocks(box)


def _runs(element: ET.Element) -> Iterator[str]:
    """The text of a paragraph without the text boxes anchored in it."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in {f"{_W}tab", f"{_W}ptab"} and element.tag == f"{_W}r":
            yield "\t"
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag not in {f"{_W}txbxContent", _FALLBACK, f"{_W}pPr", f"{_W}del"}:
            yield from _runs(child)


def _boxes(element: ET.Element) -> Iterator[ET.Element]:
    for child in element:
        if child.tag == f"{_W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)
