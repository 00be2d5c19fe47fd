"""Read recorded pages of Y Combinator's directory and the home pages of their companies, beside what stands on them.

`yc/pages` holds `*.html` and `*.truth.json` (founders, jobs, addresses), `yc/sites` home pages named by host. Of the sites
the addresses were read by eye; they are people's, so only their hashes are kept here. On sites without such a label an
address counts as invented where its characters do not stand in the source.

    .venv/bin/python -m benchmarks.yc_pages [--data DIR] [--json]

Exit 1 on a miss: founders' names and titles 100 %, jobs 100 %, addresses found >= 90 %, none invented.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingot.domain.lead import normal_email
from ingot.errors import PageError
from ingot.web.contacts import every_address
from ingot.web.page import read_page
from ingot.web.yc_page import YcPage, read_yc_page

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_HOST = "www.ycombinator.com"
_LEAST_FOUND = 0.9

# Host -> SHA-256 of each normalised address that its home page shows, in links, text, footer or data.
_LABELS: dict[str, tuple[str, ...]] = {
    "cardamon.ai": (),
    "cifrato.ai": ("d80e3191c3676c5a7d689184b614571f199ac2e612c83aa2827195a6b9f95f13",),
    "joindex.com": ("51507f7de6e5a3af3ce4c2a9fa86e377098c3a90cd5b9ce4beb03cb94f3b08e9",),
    "mastra.ai": (),
    "promptless.ai": ("6c3759627a840cd27d2d95ac4fafb16b6afbc5f16545fc5fda1b8b7be4908f1a",),
    "quantstruct.com": ("19fedddddc080ae7addae0b90efbbf329bd92c32394a0779b72cd4ff1a0093a6",),
    "scoutforschools.com": ("4d63ecf9f445d7aec7c90baa8481eeb8229315225e16ae24929670d121f36aa0",),
    "www.leapingai.com": (),
}


@dataclass(kw_only=True)
class Tally:
    """How many were right of how many, and what was not."""

    right: int = 0
    total: int = 0
    missed: list[str] = field(default_factory=list)

    def count(self, is_right: bool, what: str) -> None:
        self.total += 1
        self.right += is_right
        if not is_right:
            self.missed.append(what)

    @property
    def share(self) -> float:
        return self.right / self.total if self.total else 1.0


def digest(address: str) -> str:
    """The label of an address."""
    return hashlib.sha256(normal_email(address).encode()).hexdigest()


def plain(value: Any) -> str:
    return " ".join(str(value or "").split())


def judge_page(page: YcPage | None, truth: dict[str, Any], *, name: str, tallies: dict[str, Tally]) -> None:
    """Names, titles and whether they are still there, in order; every job with place, salary and age."""
    founders = list(page.founders) if page else []
    for at, known in enumerate(truth.get("founders") or ()):
        found = founders[at] if at < len(founders) else None
        is_right = found is not None and (found.name, found.title, found.is_active) == (
            plain(known["full_name"]),
            plain(known.get("title")),
            known.get("is_active") is not False,
        )
        tallies["founders"].count(is_right, f"{name}: founder {at + 1}")
    jobs = [[job.title, job.location, job.salary, job.posted] for job in page.jobs] if page else []
    known_jobs = truth.get("jobs") or []
    for at, job in enumerate(known_jobs):
        is_right = at < len(jobs) and jobs[at][: len(job)] == [plain(part) for part in job]
        tallies["jobs"].count(is_right, f"{name}: job {at + 1}")
    extra = max(0, len(founders) - len(truth.get("founders") or ())) + max(0, len(jobs) - len(known_jobs))
    tallies["nobody and no job more"].count(extra == 0, f"{name}: {extra} too many")


def addresses(body: bytes, *, host: str, hosted: bool) -> list[str]:
    """What the reader finds published; nothing on a page without text."""
    try:
        page = read_page(body, url=f"https://{host}/")
    except PageError:
        return []
    return [item.email for item in every_address(page, site_host=host, hosted=hosted)]


def judge_addresses(
    found: Iterable[str], known: Sequence[str] | None, source: bytes, *, name: str, tallies: dict[str, Tally]
) -> None:
    """`known` are labels; None where nobody has read the page."""
    labels = {digest(address): address for address in found}
    for at, label in enumerate(known or ()):
        tallies["addresses"].count(label in labels, f"{name}: address {at + 1}")
    for label, address in labels.items():
        stands = label in known if known is not None else _stands_in(address, source)
        tallies["not invented"].count(stands, f"{name}: {label[:12]}")


def _stands_in(address: str, source: bytes) -> bool:
    text = html.unescape(source.decode("utf-8", errors="replace")).lower()
    return address in text or all(part in text for part in address.split("@"))


def measure(data: Path) -> tuple[dict[str, Tally], dict[str, Any]]:
    tallies = {name: Tally() for name in ("founders", "jobs", "nobody and no job more", "addresses", "not invented")}
    started = time.perf_counter()
    pages = sorted((data / "yc" / "pages").glob("*.html"))
    for path in pages:
        body, truth_path = path.read_bytes(), path.with_suffix(".truth.json")
        if truth_path.exists():
            truth = json.loads(truth_path.read_text("utf-8"))
            judge_page(read_yc_page(body), truth, name=path.stem, tallies=tallies)
            known = [digest(address) for address in truth.get("emails_in_page") or ()]
            found = addresses(body, host=_HOST, hosted=True)
            judge_addresses(found, known, body, name=path.stem, tallies=tallies)
    sites = sorted((data / "yc" / "sites").glob("*.html"))
    unread = [path.stem for path in sites if path.stem not in _LABELS]
    for path in sites:
        body = path.read_bytes()
        found = addresses(body, host=path.stem, hosted=False)
        judge_addresses(found, _LABELS.get(path.stem), body, name=path.stem, tallies=tallies)
    seconds = time.perf_counter() - started
    return tallies, {
        "pages": len(pages),
        "sites": len(sites),
        "sites without labels": unread,
        "seconds": round(seconds, 2),
    }


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=_DATA, help="the folder that holds yc/pages and yc/sites")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args(argv)
    tallies, about = measure(arguments.data)
    if not about["pages"]:
        print(f"there are no pages in {arguments.data}/yc/pages", file=sys.stderr)
        return 2
    least = dict.fromkeys(tallies, 1.0) | {"addresses": _LEAST_FOUND}
    failed = [name for name, tally in tallies.items() if tally.share < least[name]]
    if arguments.json:
        told = {name: {"right": t.right, "of": t.total, "missed": t.missed} for name, t in tallies.items()}
        print(json.dumps(about | {"results": told, "failed": failed}, indent=1, ensure_ascii=False))
        return 1 if failed else 0
    print(f"{about['pages']} directory pages, {about['sites']} home pages in {about['seconds']} s")
    for name, tally in tallies.items():
        print(f"{name:24} {tally.right:4} of {tally.total:4}  {tally.share:6.1%}  (at least {least[name]:.0%})")
        for missed in tally.missed:
            print(f"  missed {missed}")
    if about["sites without labels"]:
        print(f"without labels, so only checked for inventions: {', '.join(about['sites without labels'])}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
