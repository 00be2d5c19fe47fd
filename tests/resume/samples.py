"""Small résumé files of people who do not exist, made while the tests run."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.pdfgen.canvas import Canvas

Write = tuple[float, float, str, float, bool]  # x, y from the top, text, size, bold
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def draw(path: Path, *pages: list[Write], links: tuple[str, ...] = (), encrypt: object = None) -> Path:
    canvas = Canvas(str(path), pagesize=(612, 792), encrypt=encrypt)
    for page in pages:
        for x, y, text, size, bold in page:
            canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
            canvas.drawString(x, 792 - y, text)
        for link in links:
            canvas.linkURL(link, (10, 10, 20, 20))
        canvas.showPage()
    canvas.save()
    return path


def column(x: float, top: float, lines: list[str], *, size: float = 10, step: float = 13) -> list[Write]:
    """Lines below each other; `# ` makes a heading, an empty line a gap."""
    written: list[Write] = []
    y = top
    for line in lines:
        if line.startswith("# "):
            y += 8
            written.append((x, y, line[2:], size + 3, True))
            y += step + 3
            continue
        if line:
            written.append((x, y, line, size, False))
        y += step
    return written


def docx(path: Path, body: str, *, header: str = "", extra: dict[str, bytes] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')
        if header:
            archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{_W}">{header}</w:hdr>')
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return path


def paragraph(text: str, *, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    runs = "<w:tab/>".join(f"<w:t>{escape(part)}</w:t>" for part in text.split("\t"))
    return f"<w:p>{look}<w:r>{runs}</w:r></w:p>"


PLAIN = """Orla Testwell
Senior Backend Engineer
orla.testwell@example.com | +49 30 5550 1234 | Berlin, Germany
https://github.com/orlatest | https://www.linkedin.com/in/orla-testwell

SUMMARY
Backend engineer who likes small services and long-lived databases.

EXPERIENCE

Senior Backend Engineer, Fernglow Systems\tMarch 2021 – Present
- Cut the nightly import of 40 million rows from six hours to fifty minutes by
  partitioning the ledger table
- Ran the on-call rota for four teams

Software Engineer | Quillmark GmbH | 2017 - 2021
- Wrote the billing service in Go

EDUCATION
BSc Computer Science, University of Nowhere, 2014 - 2017

PROJECTS
tinyledger - https://github.com/orlatest/tinyledger
- A double-entry ledger in one file

SKILLS
Languages: Go, Python, SQL
Tools: PostgreSQL; Kubernetes (expert), Terraform
"""


def zip_of(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()
