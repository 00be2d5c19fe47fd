"""Résumés of people who do not exist, in many layouts and eight languages, with their truth: nobody tuned anything to them.

Run as `python -m benchmarks.invented_resumes DIR [--count N] [--seed N]`, then measure with
`python -m benchmarks.resume_reading --data DIR`.
"""

from __future__ import annotations

import argparse
import json
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks.invented_page import PAGE_STYLES, draw_pdf
from benchmarks.invented_people import TONGUES, person

Row = tuple[str, str, str]  # kind (name, head, text, bullet, gap), text, what stands at the right or in the margin
Date = Callable[[Any], str]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Style:
    """How one résumé is written: the job's head, its dates, the sign of its bullets, how skills are listed."""

    head: str
    dates: str
    dash: str
    bullet: str
    skills: str
    contact: str


def style(rng: random.Random) -> Style:
    return Style(
        head=rng.choice(sorted(HEADS)),
        dates=rng.choice(("long", "short", "slash", "dot", "iso", "year")),
        dash=rng.choice((" – ", " - ", "–", " — ")),
        bullet=rng.choice(("•", "–", "▪", "*", "◦", "-", "")),
        skills=rng.choice(("commas", "lines", "bars", "labelled", "bullets")),
        contact=rng.choice(("bars", "lines", "labels")),
    )


def period(item: dict[str, Any], look: Style, language: str) -> str:
    return look.dash.join(_date(item[key], look, language) for key in ("start", "end"))


def _date(date: tuple[int, int] | int | None, look: Style, language: str) -> str:
    tongue = TONGUES[language]
    if date is None:
        return tongue.now
    if isinstance(date, int):
        return str(date)
    year, month = date
    name = tongue.months[month - 1]
    return {
        "long": f"{name} {year}", "short": f"{name[:4] if language == 'fr' else name[:3]} {year}", "slash": f"{month:02}/{year}",
        "dot": f"{month:02}.{year}", "iso": f"{year}-{month:02}", "year": str(year),
    }[look.dates]  # fmt: skip


HEADS: dict[str, Callable[[str, str, str, str], list[tuple[str, str]]]] = {
    "title, firm below": lambda title, firm, place, dates: [(title, dates), (f"{firm}, {place}", "")],
    "firm, title below": lambda title, firm, place, dates: [(firm, place), (title, dates)],
    "title, firm": lambda title, firm, _, dates: [(f"{title}, {firm}", dates)],
    "firm - title": lambda title, firm, _, dates: [(f"{firm} — {title}", ""), (dates, "")],
    "bars": lambda title, firm, place, dates: [(title, ""), (f"{firm} | {place} | {dates}", "")],
    "brackets": lambda title, firm, _, dates: [(f"{title} · {firm} ({dates})", "")],
    "dates first": lambda title, firm, _, dates: [(dates, ""), (title, ""), (firm, "")],
    "three lines": lambda title, firm, place, dates: [(title, ""), (firm, ""), (f"{dates} · {place}", "")],
    "firm and place": lambda title, firm, place, dates: [(title, ""), (f"{firm} · {place}", dates)],
    "firm | title": lambda title, firm, place, dates: [(f"{firm} | {title}", ""), (f"{dates} | {place}", "")],
    "title @ firm": lambda title, firm, place, dates: [(f"{title} @ {firm}", dates), (place, "")],
    "dates and place": lambda title, firm, place, dates: [(f"{firm}, {place}", dates), (title, "")],
    "spaced aside": lambda title, firm, place, dates: [(title, ""), (firm, ""), (dates, place)],
    "title in line": lambda title, firm, place, dates: [(f"{dates}: {title}, {firm}, {place}", "")],
    "margin": lambda title, firm, place, dates: [(f"{title}", f"<{dates}"), (f"{firm}, {place}", "")],
}


def parts(life: dict[str, Any], look: Style) -> dict[str, list[Row]]:
    """The rows of each part, in the order a page without columns has them."""
    tongue = TONGUES[life["language"]]
    experience, education, skills, summary, languages = tongue.headings
    work: list[Row] = [("head", experience, "")]
    for job in life["jobs"]:
        rows = HEADS[look.head](job["title"], job["company"], job["place"], period(job, look, life["language"]))
        work += [("title" if at == 0 else "text", text, aside) for at, (text, aside) in enumerate(rows)]
        work += [("bullet", line, "") for line in job["lines"]] + [("gap", "", "")]
    study: list[Row] = [("head", education, "")]
    for item in life["schools"]:
        study += [
            ("text", f"{item['degree']}, {item['school']}", period(item, look, life["language"])),
            ("gap", "", ""),
        ]
    return {
        "name": [("name", life["name"], ""), ("text", life["headline"], "")],
        "contact": [("text", text, "") for text in _contact(life, look)],
        "summary": [("gap", "", ""), ("head", summary, ""), ("text", tongue.summary, "")],
        "work": work, "study": study,
        "skills": [("head", skills, ""), *_skills(life["skills"], look)],
        "speaks": [("head", languages, ""), ("text", tongue.speaks, "")],
    }  # fmt: skip


def _contact(life: dict[str, Any], look: Style) -> list[str]:
    values = [life["email"], life["phone"], life["place"]]
    if look.contact == "bars":
        return [" | ".join(values)]
    if look.contact == "labels":
        return [f"{label}: {value}" for label, value in zip(("E-Mail", "Tel.", "Ort"), values, strict=True)]
    return values


def _skills(skills: Sequence[str], look: Style) -> list[Row]:
    half = len(skills) // 2
    if look.skills == "lines":
        return [("text", skill, "") for skill in skills]
    if look.skills == "bullets":
        return [("bullet", skill, "") for skill in skills]
    if look.skills == "labelled":
        return [
            ("text", f"Backend: {', '.join(skills[:half])}", ""),
            ("text", f"Tools: {', '.join(skills[half:])}", ""),
        ]
    sign = " | " if look.skills == "bars" else ", "
    return [
        ("text", sign.join(skills[at : at + 5]) + sign.strip() * (at + 5 < len(skills)), "")
        for at in range(0, len(skills), 5)
    ]


def write_docx(path: Path, blocks: dict[str, list[Row]], look: Style, rng: random.Random) -> None:
    in_header = rng.random() < 0.3
    body = [*(() if in_header else (blocks["name"], blocks["contact"])), *list(blocks.values())[2:]]
    header = "".join(map(_paragraph, blocks["name"] + blocks["contact"])) if in_header else ""
    tables = rng.random() < 0.3
    text = "".join(_row(row) if tables else _paragraph(row, look.bullet) for block in body for row in block)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{text}</w:body></w:document>')
        if header:
            archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{_W}">{header}</w:hdr>')


def _paragraph(row: Row, bullet: str = "•") -> str:
    kind, text, aside = row
    looks = {"head": '<w:pStyle w:val="Heading1"/>', "name": '<w:pStyle w:val="Title"/>'}.get(kind, "")
    if kind == "bullet" and not bullet:
        looks = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    bold = "<w:rPr><w:b/></w:rPr>" if kind == "title" else ""
    said = f"{bullet} {text}" if kind == "bullet" and bullet else text
    words = [aside[1:], said] if aside.startswith("<") else [said, *filter(None, [aside])]
    runs = "<w:tab/>".join(f"<w:t>{escape(word)}</w:t>" for word in words)
    return f"<w:p><w:pPr>{looks}</w:pPr><w:r>{bold}{runs}</w:r></w:p>"


def _row(row: Row) -> str:
    if not row[2]:
        return _paragraph(row, "")
    cells = [row[2][1:], row[1]] if row[2].startswith("<") else [row[1], row[2]]
    made = "".join(f"<w:tc>{_paragraph((row[0], cell, ''))}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tr>{made}</w:tr></w:tbl>"


def truth(life: dict[str, Any], look: Style) -> dict[str, Any]:
    def plain(date: tuple[int, int] | None) -> str:
        return "present" if date is None else str(date[0]) if look.dates == "year" else f"{date[0]}-{date[1]:02}"

    work = [{**job, "start": plain(job["start"]), "end": plain(job["end"])} for job in life["jobs"]]
    schools = [item["school"] for item in life["schools"]]
    return {**{key: life[key] for key in ("name", "email", "phone", "skills")}, "work": work, "schools": schools}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args(argv)
    for kind in ("pdf", "docx", "truth"):
        (arguments.folder / kind).mkdir(parents=True, exist_ok=True)
    for number in range(arguments.count):
        rng = random.Random(f"{arguments.seed}-{number}")
        language = sorted(TONGUES)[number % len(TONGUES)]
        life, look = person(rng, language), style(rng)
        kind = "docx" if number % 4 == 3 else "pdf"
        page = "flow" if kind == "docx" else PAGE_STYLES[number // 8 % len(PAGE_STYLES)]
        name = f"{number:03}_{language}_{page}_{look.head.replace(' ', '-')}_{look.dates}_{look.skills}.{kind}"
        blocks = parts(life, look)
        if kind == "docx":
            write_docx(arguments.folder / kind / name, blocks, look, rng)
        else:
            draw_pdf(arguments.folder / kind / name, blocks, page, bullet=look.bullet)
        told = json.dumps(truth(life, look), ensure_ascii=False)
        (arguments.folder / "truth" / f"{kind}__{name}.json").write_text(told, "utf-8")
    print(f"{arguments.count} résumés in {arguments.folder}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
