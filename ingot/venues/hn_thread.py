"""A monthly thread in the shapes of the two Hacker News APIs: Algolia gives it whole, Firebase item by item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ingot.errors import ValidationError, VenueError

ALGOLIA = "https://hn.algolia.com/api/v1/"
FIREBASE = "https://hacker-news.firebaseio.com/v0/"
AUTHOR = "whoishiring"

_TITLE = re.compile(r"\bwho\s+is\s+hiring\b", re.IGNORECASE)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to read: the roots of both APIs, and the thread; an empty thread is the newest."""

    algolia: str = ALGOLIA
    firebase: str = FIREBASE
    thread: str = ""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """A comment of the thread. `html` is empty where it was deleted; `published` is a day (ISO 8601) or empty."""

    id: str
    parent: str
    html: str
    published: str


def place_of(source: str | None) -> Place:
    """What a venue's source means: nothing, a thread's number, its address at any of the sites, or a loopback replay.

    Raises `ValidationError` for anything else.
    """
    text = (source or "").strip()
    if not text:
        return Place()
    if re.fullmatch(r"\d{1,12}", text):
        return Place(thread=text)
    try:
        url = urlsplit(text)
        host, port = (url.hostname or "").lower(), url.port
    except ValueError:
        host = ""
    thread = (parse_qs(url.query).get("id") or [""])[0] if host else ""
    in_path = re.search(r"/items?/(\d{1,12})(?:\.json)?/?$", url.path) if host else None
    thread = in_path[1] if in_path else thread
    if host in _LOOPBACK and url.scheme in {"http", "https"}:
        shown = f"[{host}]" if ":" in host else host
        root = f"{url.scheme}://{shown}{f':{port}' if port else ''}/"
        return Place(algolia=f"{root}api/v1/", firebase=f"{root}v0/", thread=thread if thread.isdecimal() else "")
    if host in {"news.ycombinator.com", "hn.algolia.com", "hacker-news.firebaseio.com"} and thread.isdecimal():
        return Place(thread=thread)
    raise ValidationError(
        "The source of the hn venue is no thread of Hacker News.",
        hint="Give the number or the address of a thread, or nothing for the newest.",
    )


def newest_thread(found: Any) -> str:
    """The number of the newest "Who is hiring?" among the hits of a search, or an empty text."""
    hits = found.get("hits") if isinstance(found, dict) else None
    threads = [hit for hit in hits or () if isinstance(hit, dict) and is_thread(hit.get("title"))]
    numbers = [str(hit.get("objectID") or hit.get("story_id") or "") for hit in threads]
    return max(filter(str.isdecimal, numbers), key=int, default="")


def is_thread(title: Any) -> bool:
    """Whether a story's title is that of a thread in which companies hire."""
    return isinstance(title, str) and _TITLE.search(title) is not None


def algolia_comments(found: Any) -> list[Comment]:
    """The comments right below the thread. Raises `VenueError` where the answer is no thread with comments."""
    children = found.get("children") if isinstance(found, dict) else None
    if not isinstance(children, list) or not children:
        raise VenueError("The search API did not send a thread with posts.", hint="Check the number of the thread.")
    return list(_comments(children))


def _comments(children: list[Any]) -> Iterator[Comment]:
    for child in children:
        if isinstance(child, dict) and str(child.get("id", "")).isdecimal():
            text, day = child.get("text"), child.get("created_at")
            yield Comment(
                id=str(child["id"]),
                parent=str(child.get("parent_id") or ""),
                html=text if isinstance(text, str) else "",
                published=day[:10] if isinstance(day, str) and re.match(r"\d{4}-\d\d-\d\d", day) else "",
            )


def firebase_kids(found: Any) -> list[str]:
    """The numbers of the comments below a thread, the best rated first."""
    kids = found.get("kids") if isinstance(found, dict) else None
    return [str(kid) for kid in kids or () if isinstance(kid, int)]


def firebase_comment(found: Any) -> Comment | None:
    """One comment, without text where it was deleted; None where the answer is none."""
    if not isinstance(found, dict) or not str(found.get("id", "")).isdecimal():
        return None
    text = found.get("text")
    is_gone = bool(found.get("deleted") or found.get("dead"))
    return Comment(
        id=str(found["id"]),
        parent=str(found.get("parent") or ""),
        html=text if isinstance(text, str) and not is_gone else "",
        published=_day(found.get("time")),
    )


def _day(seconds: Any) -> str:
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not 0 < seconds < 1 << 35:
        return ""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
