"""How rightly mail is read: bounces, their recipients and classes, ordinary mail, automatic replies.

Run as `python -m benchmarks.mail_reading [--data DIR] [--json] [--misses]`. DIR holds the labelled collections
`sisimai/` (labels.csv: hardbounce and reason per recipient), `flufl_bounce/` (labels.json: failed addresses) and
`crisp_email_bounce_parser/` (bodies, and what each says as JSON), and for ordinary mail `mikel_mail/` and the reply
texts. Each collection is split by a hash of the file's name: rules were written on the half `tuned`, and `held out`
shows what they are worth. The figures cover both halves; the exit code is 1 where one misses its threshold.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from ingot.domain.inbound import Bounce, BounceClass
from ingot.mail.auto_reply import find_auto_reply
from ingot.mail.bounce import find_bounce
from ingot.mail.parse import ParsedMail, parse_mail

_ROOT = Path(__file__).resolve().parents[1]
_DATA = _ROOT.parent / "shared" / "data" / "mail"
_FIXTURE = _ROOT / "tests" / "fixtures" / "auto_replies.json"
_THRESHOLDS = {"detected": 0.98, "recipient": 0.94, "class": 0.86, "automatic": 0.95}
_HALVES = ("tuned", "held out")


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """One mail and what is known of it. An empty tuple of recipients or classes means that nothing is known.

    `late`: Sisimai's reason is `filtered`.
    """

    name: str
    raw: bytes
    recipients: tuple[str, ...] = ()
    classes: tuple[BounceClass, ...] = ()
    late: bool = False

    @property
    def half(self) -> str:
        return _HALVES[hashlib.sha256(f"ingot:{self.name}".encode()).digest()[0] % 2]


def sisimai(folder: Path) -> Iterator[Labelled]:
    """Sisimai's own mark `hardbounce` is the class: userunknown, hostunknown, hasmoved and most of notaccept.

    Its reason `filtered` (soft) tells when a server refused, after the letter's data, not why: most of them say
    "user unknown". They count as labelled; a second figure leaves them out.
    Left out: feedback (complaints), vacation (automatic replies), delivered (reports of success).
    """
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "labels.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            rows[row["file"]].append(row)
    for name, labels in sorted(rows.items()):
        if labels[0]["reason"] in {"feedback", "vacation", "delivered"}:
            continue
        classes = tuple(BounceClass.dead if row["hardbounce"] == "True" else BounceClass.soft for row in labels)
        late = labels[0]["reason"] == "filtered"
        yield Labelled(name=Path(name).name, raw=(folder / name).read_bytes(), classes=classes, late=late)


def flufl(folder: Path) -> Iterator[Labelled]:
    """Only addresses are labelled: what flufl calls permanent includes full mailboxes and refused content.

    Files without any address are those in which flufl sees no bounce or finds no name; see `ordinary`.
    """
    for name, label in sorted(json.loads((folder / "labels.json").read_text()).items()):
        recipients = tuple(address.lower() for address in [*label["permanent"], *label["temporary"]])
        if recipients:
            yield Labelled(name=name, raw=(folder / "data" / name).read_bytes(), recipients=recipients)


def crisp(folder: Path) -> Iterator[Labelled]:
    """Bodies without headers: they get those that postfix, whose words they are, writes.

    Dead: refused for good (`permanent`) because there is no such recipient, or because no server takes mail for it.
    """
    fixtures = folder / "test" / "fixtures"
    head = b"From: MAILER-DAEMON@example.net (Mail Delivery System)\nSubject: Undelivered Mail Returned to Sender\n\n"
    for path in sorted(fixtures.glob("*.txt")):
        label = json.loads((fixtures / "expected" / f"{path.stem}.json").read_text())
        error, recipient = label["data"]["error"], label["data"]["recipient"]
        if not label["bounce"] or not (recipient or error["code"]["basic"]):
            continue  # the one left out is a greeting without headers, which that parser takes for a bounce by default
        kind = error["data"]["type"]
        dead = (kind == "no_such_recipient" and error["permanent"]) or kind == "server_unknown"
        yield Labelled(
            name=path.name,
            raw=head + path.read_bytes(),
            recipients=(recipient.lower(),) if recipient else (),
            classes=(BounceClass.dead if dead else BounceClass.soft,) if error["code"]["basic"] or kind else (),
        )


def ordinary(data: Path) -> Iterator[Labelled]:
    """Mail that is no bounce: whole mails, and reply texts under a person's headers."""
    for path in sorted((data / "mikel_mail").rglob("*.eml")):
        if path.parent.name != "multipart_report_emails":
            yield Labelled(name=path.name, raw=path.read_bytes())
    for path in sorted((data / "sisimai" / "maildir" / "not").glob("*.eml")):
        yield Labelled(name=path.name, raw=path.read_bytes())
    head = b"From: Ana Person <ana@example.org>\nTo: me@example.com\nSubject: Re: hello\n\n"
    for folder in ("crisp_email_reply_parser", "willdurand", "zapier_email_reply_parser", "github_email_reply_parser"):
        for path in sorted((data / folder).rglob("*.txt")):
            yield Labelled(name=f"{folder}/{path.name}", raw=head + path.read_bytes())


def automatic(data: Path) -> Iterator[Labelled]:
    """The automatic replies of the collections (reason `vacation`, and what flufl knows to be none of its bounces)."""
    for path in sorted((data / "sisimai" / "maildir" / "bsd").glob("rfc3834-*.eml")):
        yield Labelled(name=path.name, raw=path.read_bytes())
    path = data / "flufl_bounce" / "data" / "qmail_08.txt"
    if path.exists():
        yield Labelled(name=path.name, raw=path.read_bytes())


def written(example: dict[str, Any]) -> ParsedMail:
    """An example of the fixture as a mail from a person's address."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ana Person <ana@example.org>", "me@example.com", example["subject"]
    for name, value in example["headers"].items():
        mail[name] = value
    mail.set_content(example["text"])
    return parse_mail(mail.as_bytes())


def measure_bounces(data: Path) -> dict[str, Any]:
    """Right and all per half and figure, what was missed, and how often a refusal of the sender was told as one."""
    tally: Counter[tuple[str, str, bool]] = Counter()
    misses: list[str] = []

    def count(mail: Labelled, figure: str, *, right: bool) -> None:
        tally[mail.half, figure, right] += 1
        if not right:
            misses.append(f"{figure}: {mail.name}")

    for mail in (*sisimai(data / "sisimai"), *flufl(data / "flufl_bounce"), *crisp(data / "crisp_email_bounce_parser")):
        found = find_bounce(parse_mail(mail.raw))
        bounce = found or Bounce()
        count(mail, "detected", right=found is not None)
        if mail.recipients:
            count(mail, "recipient", right=bounce.recipient in mail.recipients)
        if mail.classes:
            count(mail, "class", right=found is not None and bounce.bounce_class in mail.classes)
        if mail.classes and not mail.late:
            count(mail, "class but late refusals", right=found is not None and bounce.bounce_class in mail.classes)
    figures = {
        figure: {
            half: {"right": tally[half, figure, True], "of": tally[half, figure, True] + tally[half, figure, False]}
            for half in _HALVES
        }
        for figure in ("detected", "recipient", "class", "class but late refusals")
    }
    return {"figures": figures, "misses": misses}


def measure_automatic(data: Path, fixture: Path) -> dict[str, Any]:
    """Recall over the fixture and the collections, people taken for programs, right kinds and days of return."""
    examples = json.loads(fixture.read_text("utf-8"))
    today = date.fromisoformat(examples["today"])
    misses: list[str] = []
    kinds = days = recognised = 0
    for example in examples["automatic"]:
        found = find_auto_reply(written(example), today=today)
        recognised += found is not None
        kinds += found is not None and found.kind == example["kind"]
        days += (
            found is not None and (found.returns_on.isoformat() if found.returns_on else None) == example["returns_on"]
        )
        if found is None:
            misses.append(f"automatic: {example['language']} {example['subject']}")
    collected = [(mail, find_auto_reply(parse_mail(mail.raw), today=today) is not None) for mail in automatic(data)]
    misses += [f"automatic: {mail.name}" for mail, right in collected if not right]
    people = [written(example) for example in examples["human"]] + [parse_mail(mail.raw) for mail in ordinary(data)]
    wrong = [mail.subject for mail in people if find_auto_reply(mail, today=today)]
    own = len(examples["automatic"])
    return {
        "automatic": {"right": recognised + sum(right for _, right in collected), "of": own + len(collected)},
        "kinds": {"right": kinds, "of": own},
        "return days": {"right": days, "of": own},
        "people": len(people),
        "people_flagged": wrong,
        "misses": misses,
    }


def measure(data: Path, fixture: Path = _FIXTURE) -> dict[str, Any]:
    """The whole report."""
    started = time.perf_counter()
    bounces, replies = measure_bounces(data), measure_automatic(data, fixture)
    examples = json.loads(fixture.read_text("utf-8"))
    others = [(mail.name, parse_mail(mail.raw)) for mail in (*ordinary(data), *automatic(data))]
    others += [(example["subject"], written(example)) for kind in ("human", "automatic") for example in examples[kind]]
    flagged = [name for name, mail in others if find_bounce(mail)]
    return {
        "bounces": bounces["figures"],
        "ordinary": {"mails": len(others), "flagged_as_bounce": flagged},
        "auto_replies": replies,
        "misses": bounces["misses"] + replies["misses"],
        "seconds": round(time.perf_counter() - started, 2),
    }


def failures(report: dict[str, Any]) -> list[str]:
    """The thresholds that were missed."""
    shares = {figure: share(halves.values()) for figure, halves in report["bounces"].items()}
    shares["automatic"] = share([report["auto_replies"]["automatic"]])
    missed = [figure for figure, least in _THRESHOLDS.items() if shares[figure] < least]
    missed += ["ordinary mail flagged as bounce"] if report["ordinary"]["flagged_as_bounce"] else []
    return missed + (["people taken for programs"] if report["auto_replies"]["people_flagged"] else [])


def share(counts: Iterable[dict[str, int]]) -> float:
    counts = list(counts)
    return sum(count["right"] for count in counts) / max(sum(count["of"] for count in counts), 1)


def show(report: dict[str, Any]) -> None:
    for figure, halves in report["bounces"].items():
        right, total = (sum(half[key] for half in halves.values()) for key in ("right", "of"))
        parts = "  ".join(f"{name} {half['right']}/{half['of']} {share([half]):.1%}" for name, half in halves.items())
        least = f"(at least {_THRESHOLDS[figure]:.0%})" if figure in _THRESHOLDS else ""
        print(f"bounces, {figure:24} {right:4} of {total:4}  {right / max(total, 1):6.1%} {least:16} {parts}")
    other = report["ordinary"]
    print(f"no bounces, flagged as bounce      {len(other['flagged_as_bounce']):3} of {other['mails']:4}  (must be 0)")
    replies = report["auto_replies"]
    for figure in ("automatic", "kinds", "return days"):
        count = replies[figure]
        print(f"automatic replies, {figure:14} {count['right']:4} of {count['of']:4}  {share([count]):6.1%}")
    print(
        f"people taken for programs          {len(replies['people_flagged']):3} of {replies['people']:4}  (must be 0)"
    )
    print(f"{report['seconds']} s")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--json", action="store_true", help="the whole report as JSON")
    parser.add_argument("--misses", action="store_true", help="name what was read wrongly")
    arguments = parser.parse_args(argv)
    if not (arguments.data / "sisimai").is_dir():
        print(f"no sisimai/ in {arguments.data}", file=sys.stderr)
        return 2
    report = measure(arguments.data)
    if arguments.json:
        print(json.dumps(report, indent=1, ensure_ascii=False))
    else:
        show(report)
        if arguments.misses:
            print("\n".join(report["misses"]))
    missed = failures(report)
    if missed:
        print("missed: " + ", ".join(missed), file=sys.stderr)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
