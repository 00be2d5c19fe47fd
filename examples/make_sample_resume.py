# a script to run, not a package
# mypy: disable-error-code="import-untyped"
"""Makes `resume.pdf` and `resume.docx` of the sample world from `resume.txt`, so that the three say the same.

Run it after a change of the text: `.venv/bin/python -m examples.make_sample_resume`. Equal text gives equal bytes.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from ingot.sample import sample_path

LINK = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+\w")
STYLES = {
    "name": ParagraphStyle("name", fontName="Helvetica-Bold", fontSize=20, leading=25),
    "headline": ParagraphStyle("headline", fontName="Helvetica-Oblique", fontSize=11, leading=15),
    "heading": ParagraphStyle("heading", fontName="Helvetica-Bold", fontSize=11, leading=15, spaceBefore=5),
    "bullet": ParagraphStyle(
        "bullet", fontName="Helvetica", fontSize=9.2, leading=12, leftIndent=10, firstLineIndent=-7
    ),
    "entry": ParagraphStyle("entry", fontName="Helvetica-Bold", fontSize=9.6, leading=13),
    "text": ParagraphStyle("text", fontName="Helvetica", fontSize=9.2, leading=12),
}
PACKAGE = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
}
# Reportlab gives Helvetica's bullet a code that no reader maps back to a character; an embedded font is mapped.
BULLET_FONT = "Vera"
BULLET = f'<font name="{BULLET_FONT}">•</font>'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FIXED_TIME = (2026, 1, 1, 0, 0, 0)


def styled(lines: list[str]) -> list[tuple[str, str]]:
    """(style, line) of each line: the first two are name and headline, the rest is told by its form and neighbours."""
    pairs = []
    for number, line in enumerate(lines):
        if number < 2:
            style = ("name", "headline")[number]
        elif line.isupper():
            style = "heading"
        elif line.startswith("•"):
            style = "bullet"
        elif number > 6 and line and not lines[number - 1]:
            style = "entry"
        else:
            style = "text"
        pairs.append((style, line))
    return pairs


def address(found: str) -> str:
    """The link target of an URL or an e-mail address."""
    return found if found.startswith("http") else f"mailto:{found}"


def pdf_paragraph(style: str, line: str) -> Flowable:
    """One line as reportlab sets it, its links clickable; an empty line is a gap."""
    if not line:
        return Spacer(1, 5)
    linked = LINK.sub(lambda found: f"<a href={quoteattr(address(found[0]))}>{found[0]}</a>", escape(line))
    return Paragraph(linked.replace("•", BULLET), STYLES[style])


def write_pdf(lines: list[str], target: Path) -> None:
    """A PDF on US Letter with real text in reading order."""
    document = SimpleDocTemplate(
        str(target), pagesize=LETTER, leftMargin=48, rightMargin=48, topMargin=44, bottomMargin=44, invariant=1
    )
    pdfmetrics.registerFont(TTFont(BULLET_FONT, "Vera.ttf"))
    document.title, document.author = f"{lines[0]}: résumé", lines[0]
    document.build([pdf_paragraph(style, line) for style, line in styled(lines)])


def docx_paragraph(style: str, line: str) -> str:
    """One line as a WordprocessingML paragraph."""
    font = STYLES[style]
    bold = "<w:b/>" if font.fontName.endswith("Bold") else ""
    run = f'<w:rPr>{bold}<w:sz w:val="{round(font.fontSize * 2)}"/></w:rPr>'
    indent = '<w:pPr><w:ind w:left="200" w:hanging="140"/></w:pPr>' if style == "bullet" else ""
    return f'<w:p>{indent}<w:r>{run}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'


def write_docx(lines: list[str], target: Path) -> None:
    """A minimal DOCX: one part, one paragraph a line."""
    paragraphs = "".join(docx_paragraph(style, line) for style, line in styled(lines))
    document = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONSHIPS}"><w:body>{paragraphs}</w:body></w:document>'
    with zipfile.ZipFile(target, "w") as package:
        for name, content in {**PACKAGE, "word/document.xml": document}.items():
            entry = zipfile.ZipInfo(name, date_time=FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, XML + content)


def main() -> None:
    """Write both files beside the text."""
    source = sample_path("resume.txt")
    lines = source.read_text(encoding="utf-8").splitlines()
    write_pdf(lines, source.with_suffix(".pdf"))
    write_docx(lines, source.with_suffix(".docx"))


if __name__ == "__main__":
    main()
