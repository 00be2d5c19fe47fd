"""What one exchange may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes on the wire, bytes unpacked, seconds for everything but waiting for one's turn, and the types accepted.

    No types are all types. `cut` reads the beginning of what is too large, instead of refusing it.
    """

    wire: int
    decoded: int
    seconds: float
    types: frozenset[str]
    cut: bool = False


PAGE = Limits(
    wire=3_000_000,
    decoded=8_000_000,
    seconds=20.0,
    types=frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/json"}),
)
# RFC 9309, section 2.5: at least 500 KiB of a robots.txt are read. Many servers send it with the wrong type.
ROBOTS = Limits(wire=512_000, decoded=512_000, seconds=10.0, types=frozenset(), cut=True)

SOURCE_TYPES = frozenset(
    {
        "application/json",
        "application/feed+json",
        "text/json",
        "text/plain",
        "text/csv",
        "application/octet-stream",
        "application/rss+xml",
        "application/atom+xml",
        "application/xml",
        "text/xml",
    }
)
MAX_SOURCE_BYTES = 30_000_000


def source_limits(max_bytes: int) -> Limits:
    """Those of a venue's data: the list of all companies is 10 MB and more."""
    return Limits(wire=max_bytes, decoded=max_bytes, seconds=120.0, types=SOURCE_TYPES)
