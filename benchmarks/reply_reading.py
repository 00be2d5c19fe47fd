"""How well a person's answer is read: quotes cut from public reply texts, and the offline classifier on our own set.

Run as `python -m benchmarks.reply_reading [--data DIR] [--json]`. DIR holds `crisp_email_reply_parser/test/fixtures` and
`willdurand/tests/Fixtures`, texts of replies in many languages. The answer of most begins with one fixed paragraph of
filler Latin and is nothing else: those are pairs, exact where that paragraph comes out but for spaces. In all texts no
line with a quotation mark and no announcement of a quote may be left. Our own set,
`tests/fixtures/replies.json`, is judged with the offline engine; a third of it (`held_out`) no phrase was tuned on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from ingot.domain.inbound import Judgement, MailKind
from ingot.llm.offline.replies import classify
from ingot.llm.outputs import ReplyLabel
from ingot.mail.judge import Unjudged, combine, judge
from ingot.mail.quotes import own_words

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "mail"
_REPLIES = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "replies.json"
_FOLDERS = (
    "crisp_email_reply_parser/test/fixtures",
    "willdurand/tests/Fixtures",
    "zapier_email_reply_parser/test/emails",
    "github_email_reply_parser/test/emails",
)
_PAIR = re.compile(r"Fusce bibendum,[^>]{200,700}?nec nec nibh\.", re.DOTALL)
_LEFT = re.compile(
    r"^\s*>|^-{3,}.*(?:message|nachricht)|\b(?:wrote|schrieb|écrit|escribió|skrev)\s?:\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def folded(text: str) -> str:
    return " ".join(text.split())


def read_quotes(data: Path) -> dict[str, Any]:
    """Per folder: texts, pairs, exact pairs, texts without anything quoted, and the names of the others."""
    report: dict[str, Any] = {}
    for folder in _FOLDERS:
        paths = sorted((data / folder).glob("*.txt"))
        inexact: list[str] = []
        unclean: list[str] = []
        pairs = 0
        started = time.perf_counter()
        for path in paths:
            text = path.read_text("utf-8", errors="replace")
            words = own_words(text)
            if pair := _PAIR.match(text.strip()):
                pairs += 1
                inexact += [path.name] * (folded(words) != folded(pair.group()))
            unclean += [path.name] * bool(_LEFT.search(words))
        report[folder] = {
            "texts": len(paths),
            "pairs": pairs,
            "exact": pairs - len(inexact),
            "clean": len(paths) - len(unclean),
            "inexact": inexact,
            "quote_left": unclean,
            "seconds": round(time.perf_counter() - started, 2),
        }
    return report


def judged(text: str, letter: str) -> Judgement:
    """What becomes of an answer with the offline engine."""
    raw = b"From: bo@millpond.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text.encode()
    found = judge(raw, sent=[letter], today=date(2026, 3, 4))
    if isinstance(found, Unjudged):
        return combine(found, ReplyLabel.model_validate(classify({"words": found.words})))
    return found


def read_replies(path: Path) -> dict[str, Any]:
    """Per half of our own set: how many, how many of the right kind, and what suppression did."""
    stored = json.loads(path.read_text("utf-8"))
    report: dict[str, Any] = {}
    for reply in stored["replies"]:
        half = report.setdefault(
            reply["half"], {"replies": 0, "right_kind": 0, "missed_opt_outs": [], "false_alarms": [], "wrong": []}
        )
        found = judged(reply["text"], stored["letter"])
        half["replies"] += 1
        half["right_kind"] += found.kind == reply["kind"]
        if found.kind != reply["kind"]:
            half["wrong"].append(f"{reply['id']}: {reply['kind']} read as {found.kind}")
        if reply["suppress"] != found.suppress:
            half["false_alarms" if found.suppress else "missed_opt_outs"].append(reply["id"])
        half["opt_outs"] = half.get("opt_outs", 0) + (MailKind(reply["kind"]) is MailKind.unsubscribe)
    return report


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    arguments = parser.parse_args(argv)
    if not arguments.data.is_dir():
        print(f"no directory {arguments.data}", file=sys.stderr)
        return 2
    report = {"quotes": read_quotes(arguments.data), "replies": read_replies(_REPLIES)}
    if arguments.json:
        print(json.dumps(report, indent=1, ensure_ascii=False))
        return 0
    for folder, part in report["quotes"].items():
        print(
            f"{folder:45} exact {part['exact']:3} of {part['pairs']:3}   nothing quoted {part['clean']:3} of {part['texts']:3}   {part['seconds']} s"
        )
        for name in (*part["inexact"], *part["quote_left"]):
            print(f"  {name}")
    for half, part in report["replies"].items():
        print(
            f"our own set, {half:9} right kind {part['right_kind']:3} of {part['replies']:3}   opt-outs {part['opt_outs']}"
        )
        print(f"  wrongly not suppressed: {part['missed_opt_outs']}   wrongly suppressed: {part['false_alarms']}")
        for line in part["wrong"]:
            print(f"  {line}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
