"""Draws a résumé's rows on PDF pages: one column, a side column on either side, dates in the margin, spaced headings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = tuple[str, str, str]
PAGE_STYLES = ("plain", "icons", "halves", "left", "right", "centred", "spaced", "ruled")
_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 45.0
_FONTS = Path("/usr/share/fonts/truetype/dejavu")
_SIZES = {"name": 22.0, "head": 13.0}
_IN_SIDE = {"halves": ("contact", "summary", "study", "skills", "speaks")}


class _Pen:
    """Writes down one column, over as many pages as it needs."""

    def __init__(
        self, sheets: list[list[tuple[float, float, str, float, bool]]], x0: float, x1: float, y: float
    ) -> None:
        self.sheets, self.x0, self.x1, self.y, self.page = sheets, x0, x1, y, 0

    def down(self, points: float) -> None:
        self.y += points
        if self.y > _HEIGHT - 50:
            self.page, self.y = self.page + 1, 60.0
        while len(self.sheets) <= self.page:
            self.sheets.append([])

    def put(self, x: float, text: str, size: float, *, bold: bool = False) -> None:
        self.sheets[self.page].append((x, self.y, text, size, bold))


def _font(bold: bool) -> str:
    """The standard fonts know no Polish letters; a system font does, where there is one."""
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

    name = "DejaVuSans-Bold" if bold else "DejaVuSans"
    if not (_FONTS / f"{name}.ttf").exists():
        return "Helvetica-Bold" if bold else "Helvetica"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, _FONTS / f"{name}.ttf"))
    return name


def _width(text: str, size: float, *, bold: bool = False) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]

    return float(stringWidth(text, _font(bold=bold), size))


def _wrapped(text: str, width: float, size: float, *, bold: bool) -> list[str]:
    lines = [""]
    for word in text.split():
        if lines[-1] and _width(f"{lines[-1]} {word}", size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _write(pen: _Pen, rows: Sequence[Row], *, page: str, bullet: str) -> None:
    margin = 135.0 if any(aside.startswith("<") for _, _, aside in rows) else 0.0
    for kind, text, aside in rows:
        size = _SIZES.get(kind, 9.5)
        if kind == "gap":
            pen.down(7)
            continue
        if kind == "head":
            pen.down(12)
            said = text.upper()
            pen.down(16)
            pen.put(pen.x0, " ".join(said) if page == "spaced" else said, size, bold=True)
            pen.down(5)
            continue
        indent = margin + (12 if kind == "bullet" else 0)
        room = pen.x1 - pen.x0 - indent - (_width(aside, size) + 20 if aside and not aside.startswith("<") else 0)
        bold = kind in {"name", "title"}
        for at, line in enumerate(_wrapped(text, room, size, bold=bold)):
            pen.down(size * 1.35)
            if at == 0 and kind == "bullet" and bullet:
                pen.put(pen.x0 + margin + 2, bullet, size)
            if at == 0 and aside:
                pen.put(pen.x0 if margin else pen.x1 - _width(aside, size), aside.lstrip("<"), size)
            centred = page == "centred" and kind == "name"
            x = (pen.x0 + pen.x1 - _width(line, size)) / 2 if centred else pen.x0 + indent
            pen.put(x, line, size, bold=bold)


def draw_pdf(path: Path, blocks: dict[str, list[Row]], page: str, *, bullet: str) -> None:
    """Draw the blocks; with a side column ("left", "right"), contact, skills and languages stand in it."""
    sheets: list[list[Any]] = [[]]
    bullet = bullet or "•"
    right = _WIDTH - _MARGIN
    if page in {"left", "right", "halves"}:
        in_side = _IN_SIDE.get(page, ("contact", "skills", "speaks"))
        edge = {"left": 205.0, "right": 395.0}.get(page, 250.0)
        top = _Pen(sheets, _MARGIN, right, 40)
        _write(top, blocks["name"], page=page, bullet=bullet)
        side = (edge + 20, right) if page == "right" else (_MARGIN, edge - 20)
        main = (_MARGIN, edge) if page == "right" else (edge, right)
        for bounds, inside in ((side, True), (main, False)):
            pen = _Pen(sheets, *bounds, top.y + 20)
            for name, rows in blocks.items():
                if name != "name" and (name in in_side) == inside:
                    _write(pen, rows, page=page, bullet=bullet)
    else:
        pen = _Pen(sheets, _MARGIN, right, 40)
        for rows in blocks.values():
            _write(pen, rows, page=page, bullet=bullet)
    _save(path, sheets, page)


def _save(path: Path, sheets: list[list[Any]], page: str) -> None:
    from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

    right = _WIDTH - _MARGIN
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT))
    for sheet in sheets:
        for x, y, text, size, bold in sheet:
            canvas.setFont(_font(bold), size)
            canvas.drawString(x, _HEIGHT - y, text)
        if page == "icons":  # small drawn shapes beside the contact and the dates
            for x, y, text, size, _ in sheet:
                if "@example" in text or (any(map(str.isdigit, text)) and len(text) < 24):
                    canvas.circle(x - 7, _HEIGHT - y + size / 3, 3, fill=1)
        if page == "ruled":
            canvas.line(_MARGIN, _HEIGHT - 30, right, _HEIGHT - 30)
        canvas.showPage()
    canvas.save()
