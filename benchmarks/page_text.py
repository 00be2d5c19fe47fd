"""How much of a page's text a person would keep is read, how fast, and how hostile pages are met.

Run as `python -m benchmarks.page_text [--data DIR] [--verbose]`. DIR holds `service/NAME.html.gz` with `NAME.truth.json`
(`ground_truth.main_content`, `url`) and `hostile/*.html`. Words are runs of letters and digits in lower case, counted as a multiset;
precision, recall and F1 are worked out for each page and then averaged, so that long pages count no more than short ones. Every
second page by name (the first, the third, ...) was looked at while the rules were made ("tune"), the others were not ("held out").
Speed is CPU time of one core from bytes to text with links and metadata, the best of three passes. Exits 1 where a target is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from ingot.errors import PageError
from ingot.web.page import read_page

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "web"
F1, RECALL, PAGES_A_SECOND = 0.80, 0.93, 300
HOSTILE_SECONDS, HOSTILE_MEGABYTES = 5.0, 300


@dataclass(frozen=True)
class Score:
    name: str
    f1: float
    precision: float
    recall: float


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def score(name: str, read: str, truth: str) -> Score:
    left, right = words(read), words(truth)
    shared, of_read, of_truth = (counter.total() for counter in (left & right, left, right))
    return Score(name, 2 * shared / max(1, of_read + of_truth), shared / max(1, of_read), shared / max(1, of_truth))


def text_of(body: bytes, url: str) -> str:
    try:
        return read_page(body, url=url).text
    except PageError:
        return ""  # counts as a page of which nothing was read


def baseline(body: bytes) -> str:
    """The least that one would do: parse, drop scripts, menus and footers, take the text."""
    tree = LexborHTMLParser(body)
    for node in tree.css("script, style, noscript, nav, footer"):
        node.decompose()
    return tree.body.text(separator="\n") if tree.body else ""


def average(scores: Sequence[Score]) -> tuple[float, float, float]:
    count = max(1, len(scores))
    f1, precision, recall = zip(*((item.f1, item.precision, item.recall) for item in scores), strict=True)
    return sum(f1) / count, sum(precision) / count, sum(recall) / count


def measure_service(folder: Path, *, verbose: bool) -> bool:
    truths = {path.name.removesuffix(".truth.json"): json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.truth.json"))}  # fmt: skip
    marked = {name: item for name, item in truths.items() if item["ground_truth"].get("main_content")}
    bodies = {name: gzip.decompress((folder / f"{name}.html.gz").read_bytes()) for name in marked}
    urls = {name: item.get("url") or "https://site.example/" for name, item in marked.items()}
    scores = [
        score(name, text_of(bodies[name], urls[name]), item["ground_truth"]["main_content"])
        for name, item in marked.items()
    ]
    for label, some in (("tune", scores[::2]), ("held out", scores[1::2]), ("all", scores)):
        f1, precision, recall = average(some)
        print(f"{label:9} {len(some):4} pages  F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}")
    if verbose:
        for item in sorted(scores[::2], key=lambda item: item.f1):  # the held-out half stays unseen
            print(f"  {item.name}  F1 {item.f1:.3f}  precision {item.precision:.3f}  recall {item.recall:.3f}")
    rate = speed([(bodies[name], urls[name]) for name in marked])
    print(
        f"speed     {rate:.0f} pages/s on one core (parsing and dropping menus alone: {speed_of_baseline(bodies.values()):.0f})"
    )
    f1, _, recall = average(scores)
    return f1 >= F1 and recall >= RECALL and rate >= PAGES_A_SECOND


def speed(pages: Sequence[tuple[bytes, str]]) -> float:
    return len(pages) / min(_seconds(lambda: [text_of(body, url) for body, url in pages]) for _ in range(3))


def speed_of_baseline(bodies: Collection[bytes]) -> float:
    return len(bodies) / min(_seconds(lambda: [baseline(body) for body in bodies]) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def read_hostile(path: Path) -> tuple[str, float, float]:
    """What came of one file, in a process of its own: outcome, seconds, and the most memory it took more than before, in MB."""
    body = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    try:
        outcome = f"{len(read_page(body, url='https://site.example/').text)} characters"
    except PageError as error:
        outcome = f"no text: {error.reason}"
    seconds = time.perf_counter() - started
    return outcome, seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def measure_hostile(folder: Path) -> bool:
    is_met = True
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for path in sorted(folder.glob("*.htm*")):
            outcome, seconds, megabytes = pool.apply_async(read_hostile, (path,)).get(timeout=60)
            is_met &= seconds < HOSTILE_SECONDS and megabytes < HOSTILE_MEGABYTES
            print(f"hostile   {path.name[:60]:60} {outcome:22} {seconds:6.3f} s {megabytes:6.1f} MB")
    return is_met


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--verbose", action="store_true", help="the figures of each page of the tune half")
    arguments = parser.parse_args(argv)
    if not any((arguments.data / "service").glob("*.truth.json")):
        print(f"no service/*.truth.json in {arguments.data}", file=sys.stderr)
        return 2
    # First, since a new process starts with the memory mark of the one that made it.
    met_well = measure_hostile(arguments.data / "hostile")
    read_well = measure_service(arguments.data / "service", verbose=arguments.verbose)
    print(f"targets   F1 {F1:.2f}, recall {RECALL:.2f}, {PAGES_A_SECOND} pages/s: {'met' if read_well else 'MISSED'}; hostile pages: {'met' if met_well else 'MISSED'}")  # fmt: skip
    return 0 if read_well and met_well else 1


if __name__ == "__main__":
    raise SystemExit(main())
