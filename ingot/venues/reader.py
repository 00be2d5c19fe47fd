"""What a venue needs from whoever reads the web for it; `ingot.web.client.WebClient` is one."""

from __future__ import annotations

from typing import Any, Protocol


class Document(Protocol):
    """Something that was fetched."""

    @property
    def body(self) -> bytes:
        """Its bytes, unpacked."""
        ...


class Reader(Protocol):
    """Fetches a venue's data; raises `PageError` where it cannot."""

    async def get_json(self, url: str) -> Any:
        """The JSON value at an address."""
        ...

    async def get_source(self, url: str, *, max_bytes: int) -> Document:
        """The file at an address, at most so many bytes long."""
        ...
