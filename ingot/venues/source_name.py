"""What a venue is called when there may be several of its kind: each source has a name of its own."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit


def is_web_address(source: str) -> bool:
    """Whether the source is behind http or https, not a file."""
    return re.match(r"https?://", source, re.IGNORECASE) is not None


def source_name(kind: str, source: str) -> str:
    """`csv`, `~/lists/berlin.csv` -> `csv:berlin-5f2c1a`: the same for the same file or address, and told apart from others."""
    whole, short = _place(source)
    digest = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    label = re.sub(r"[^\w.]+", "-", short).strip("-")[:40]
    return f"{kind}:{label}-{digest}" if label else f"{kind}:{digest}"


def _place(source: str) -> tuple[str, str]:
    """The whole of it, and what a person would call it."""
    try:
        if is_web_address(source):
            return source.strip(), urlsplit(source).hostname or ""
        path = Path(source).expanduser().resolve()
    except (ValueError, RuntimeError, OSError):  # no address, no such home, no such path: it will be refused when read
        return source, ""
    return str(path), path.stem
