"""How much of a collection of résumés is read rightly, and how files that are no résumés are met.

Run as `python -m benchmarks.resume_reading [--data DIR] [--json]`. DIR holds `pdf/`, `docx/`, `hostile/` and
`truth/pdf__NAME.json` with name, email, work (company, title, start, end, lines), schools and skills.
Every file is read as the product reads it, in a process of its own. Exits 1 where a target is missed.
A field counts where it equals the truth but for case, spaces and punctuation; dates count by year and month.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingot.domain.user import Experience, UserProfile
from ingot.errors import ResumeError
from ingot.resume.apart import understand_file
from ingot.resume.calendar_words import MONTHS, pattern_of
from ingot.resume.dates import is_point

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "resumes"
_FIELDS = ("name", "email", "phone", "employers", "titles", "starts", "ends", "bullets", "schools", "skills")
TARGETS = {
    "name": 0.98, "email": 0.98, "employers": 0.85, "titles": 0.85, "dates": 0.85, "bullets": 0.95, "skills": 0.80,
}  # fmt: skip
Score = dict[str, tuple[int, int]]


def plain(text: str | None) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text or "").lower())


def month(date: str | None) -> str:
    """`2019-03`, `2019` or `present` from any spelling; an empty text where there is no date."""
    text = (date or "").lower()
    year = re.search(r"(?:19|20)\d{2}", text)
    short = re.search(r"[/. '](\d{2})$", text)
    if year is None and short is None:
        return "present" if text and is_point(text) else ""
    named = re.search(rf"(?<!\w)(?:{pattern_of(MONTHS)})(?!\w)", text)
    numbered = re.search(r"\d{4}[-/.](\d{1,2})", text) or re.search(r"\b(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d{2}$)", text)
    number = MONTHS[named[0]] if named else int(numbered[1]) if numbered else 0
    whole = year[0] if year else f"20{short[1]}" if short else ""
    return f"{whole}-{number:02}" if number else whole


def same_date(truth: str | None, read: str) -> bool:
    left, right = month(truth), month(read)
    return left == right or (4 in {len(left), len(right)} and left[:4] == right[:4])


def likeness(truth: dict[str, Any], job: Experience) -> float:
    lines = {plain(line) for line in job.lines}
    return (
        2 * (plain(truth.get("company")) == plain(job.company))
        + 2 * (plain(truth.get("title")) == plain(job.title))
        + 1.5 * (bool(truth.get("start")) and same_date(truth.get("start"), job.start))
        + sum(plain(line) in lines for line in truth.get("lines") or ())
    )


def score_job(work: dict[str, Any], jobs: Sequence[Experience]) -> dict[str, list[bool]]:
    """What is right of one job, compared with the most alike of those that were read."""
    ranked = sorted(((likeness(work, job), -at) for at, job in enumerate(jobs)), reverse=True)
    job = jobs[-ranked[0][1]] if ranked and ranked[0][0] else Experience()
    lines = {plain(line) for line in job.lines}
    rights: dict[str, list[bool]] = {"bullets": [plain(line) in lines for line in work.get("lines") or ()]}
    for field, key in (("employers", "company"), ("titles", "title")):
        rights[field] = [plain(work[key]) == plain(getattr(job, key))] if work.get(key) else []
    for field, key in (("starts", "start"), ("ends", "end")):
        rights[field] = [same_date(work[key], getattr(job, key))] if work.get(key) else []
    return rights


def score(truth: dict[str, Any], profile: UserProfile) -> Score:
    """Right and all, per field, for one résumé."""
    tally: dict[str, list[bool]] = {field: [] for field in _FIELDS}
    for field in ("name", "email"):
        if truth.get(field):
            tally[field].append(plain(truth[field]) == plain(getattr(profile, field)))
    if truth.get("phone"):
        digits = [re.sub(r"\D", "", number) for number in (truth["phone"], profile.phone)]
        tally["phone"].append(digits[0][-9:] == digits[1][-9:])
    for work in truth.get("work") or ():
        for field, rights in score_job(work, profile.experience).items():
            tally[field] += rights
    read = {"schools": [school.school for school in profile.education], "skills": profile.skills}
    for field, values in read.items():
        known = {plain(value) for value in values}
        tally[field] += [plain(value) in known for value in truth.get(field) or () if plain(value)]
    return {field: (sum(rights), len(rights)) for field, rights in tally.items()}


def read_one(path: Path) -> tuple[UserProfile | None, str]:
    try:
        profile = asyncio.run(understand_file(path)).profile
    except ResumeError as error:
        return None, f"refused: {error}"
    return profile, f"read: {len(profile.resume_raw_text)} characters, {len(profile.experience)} jobs"


def measure(data: Path) -> dict[str, Any]:
    """The whole report: shares per field, per file what is missing, hostile outcomes, seconds per file."""
    totals: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    files: dict[str, Any] = {}
    started = time.perf_counter()
    for truth_path in sorted((data / "truth").glob("*.json")):
        kind, _, name = truth_path.stem.partition("__")
        path = data / kind / name
        if not path.exists():
            continue
        profile, outcome = read_one(path)
        scores = score(json.loads(truth_path.read_text("utf-8")), profile or UserProfile(name=""))
        for field, (right, total) in scores.items():
            rights[field] += right
            totals[field] += total
        files[f"{kind}/{name}"] = {
            "outcome": outcome,
            "missed": {field: f"{right}/{total}" for field, (right, total) in scores.items() if right < total},
        }
    seconds = (time.perf_counter() - started) / max(len(files), 1)
    hostile = {path.name: read_one(path)[1] for path in sorted((data / "hostile").glob("*"))}
    shares = {field: {"right": rights[field], "of": totals[field]} for field in _FIELDS if totals[field]}
    shares["dates"] = {"right": rights["starts"] + rights["ends"], "of": totals["starts"] + totals["ends"]}
    return {"files": files, "shares": shares, "hostile": hostile, "seconds_per_file": round(seconds, 3)}


def missed_targets(report: dict[str, Any]) -> list[str]:
    shares = report["shares"]
    return [
        name for name, least in TARGETS.items() if name in shares and shares[name]["right"] < least * shares[name]["of"]
    ]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    arguments = parser.parse_args(argv)
    if not (arguments.data / "truth").is_dir():
        print(f"no truth/ in {arguments.data}", file=sys.stderr)
        return 2
    report = measure(arguments.data)
    if arguments.json:
        print(json.dumps(report, indent=1, ensure_ascii=False))
        return int(bool(missed_targets(report)))
    print(f"{len(report['files'])} résumés, {report['seconds_per_file']} s each")
    for field, share in report["shares"].items():
        target = f"   target {TARGETS[field]:.0%}" if field in TARGETS else ""
        print(f"{field:10} {share['right']:5} of {share['of']:5}  {share['right'] / max(share['of'], 1):6.1%}{target}")
    for name, entry in report["files"].items():
        if entry["missed"] or entry["outcome"].startswith("refused"):
            print(f"  {name:45} {entry['missed']}")
    for name, outcome in report["hostile"].items():
        print(f"hostile/{name:36} {outcome}")
    missed = missed_targets(report)
    print(f"missed: {', '.join(missed)}" if missed else "every target is met")
    return int(bool(missed))


if __name__ == "__main__":
    raise SystemExit(main())
