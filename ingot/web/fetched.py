"""What the web gave, and what is kept of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from ingot.domain.cached_page import CachedPage


@dataclass(frozen=True, kw_only=True)
class Reply:
    """How one exchange ended: `location` is where it sends on to, `body` is unpacked and empty unless the status is 2xx."""

    address: str
    status: int
    headers: Mapping[str, str]
    location: str = ""
    body: bytes = b""

    @property
    def is_success(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One answer with a 2xx status. `body` is unpacked, `sha256` (hex) is over it; `final_url` is after redirects.

    `fetched_at` is when the site last said that this is what the page holds.
    """

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    sha256: str
    fetched_at: datetime

    @classmethod
    def now(cls, url: str, reply: Reply, *, now: datetime) -> Self:
        """What was just read."""
        return cls(
            url=url,
            final_url=reply.address,
            status=reply.status,
            content_type=reply.headers.get("content-type", ""),
            body=reply.body,
            sha256=hashlib.sha256(reply.body).hexdigest(),
            fetched_at=now,
        )

    @classmethod
    def kept(cls, url: str, page: CachedPage) -> Self:
        """What was read before."""
        return cls(
            url=url,
            final_url=page.final_url,
            status=page.status,
            content_type=page.content_type,
            body=page.body,
            sha256=page.sha256,
            fetched_at=page.fetched_at,
        )

    def to_keep(self, key: str, headers: Mapping[str, str], *, expires_at: datetime) -> CachedPage:
        """The same under the address it is looked up by, with the marks that tell whether it changed."""
        return CachedPage(
            url=key,
            final_url=self.final_url,
            status=self.status,
            content_type=self.content_type,
            body=self.body,
            sha256=self.sha256,
            fetched_at=self.fetched_at,
            expires_at=expires_at,
            etag=headers.get("etag", ""),
            last_modified=headers.get("last-modified", ""),
        )
