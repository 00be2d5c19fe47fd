"""An answer of a web server that is kept, so that the same page is not fetched twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class CachedPage:
    """One address and what it answered.

    `etag` and `last_modified` are sent back to ask whether it changed; `expires_at` is until when nobody has to be asked.
    `body` is unpacked.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    sha256: str
    fetched_at: datetime
    expires_at: datetime
    etag: str = ""
    last_modified: str = ""
    id: int | None = None
