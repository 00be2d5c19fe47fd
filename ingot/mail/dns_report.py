"""What the records of a domain look like to the servers that receive its mail."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Kind = Literal["SPF", "DKIM", "DMARC"]


class State(StrEnum):
    """`unknown`: no answer, or nothing that proves it either way; `managed`: the records belong to the mail provider."""

    ok = "ok"
    missing = "missing"
    wrong = "wrong"
    unknown = "unknown"
    managed = "managed"


@dataclass(frozen=True)
class Record:
    """A record to add (or to put in place of the one there): full name, type, value."""

    name: str
    type: str
    value: str


@dataclass(frozen=True)
class Finding:
    """One kind of record: its state, one sentence for the user, and what to add where that is known."""

    kind: Kind
    state: State
    sentence: str
    record: Record | None = None


@dataclass(frozen=True)
class DomainReport:
    """The findings about a sender's domain (in ASCII): SPF, DKIM and DMARC, in this order."""

    domain: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class MxReport:
    """Whether a domain takes mail; None where that is not known. `hosts` are its servers, the preferred one first."""

    domain: str
    has_mail: bool | None
    sentence: str
    hosts: tuple[str, ...] = ()


def blocking(report: DomainReport) -> list[Finding]:
    """What keeps a campaign from being launched: records that are missing or wrong, never those that are not known."""
    return [finding for finding in report.findings if finding.state in {State.missing, State.wrong}]
