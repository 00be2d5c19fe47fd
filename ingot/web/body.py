"""Reading a response's body with a bound on both sides of its compression."""

from __future__ import annotations

import zlib

import httpx

from ingot.errors import PageError
from ingot.web.limits import Limits

_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PLAIN = frozenset({"", "identity"})
_COMPRESSED = frozenset({"gzip", "x-gzip", "deflate"})


def too_large(side: str) -> PageError:
    """The error for a body over its limit."""
    return PageError(f"The page is too large {side}.", reason="size", hint="It was not read; the lead goes on without.")


class BoundedBody:
    """Collects a body chunk by chunk; never holds more than `max_decoded` bytes plus one.

    With `cut`, what is over a limit is left out instead of being an error, and `full` tells so.
    """

    def __init__(self, *, encoding: str, max_wire: int, max_decoded: int, cut: bool = False) -> None:
        if encoding not in _PLAIN | _COMPRESSED:
            raise PageError("The page is compressed in a way INGOT did not ask for.", reason="type")
        self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB) if encoding in _COMPRESSED else None
        self._max_wire, self._max_decoded, self._cut = max_wire, max_decoded, cut
        self._wire = 0
        self._out = bytearray()
        self.full = False

    def feed(self, chunk: bytes) -> None:
        """Take one chunk as it came over the wire; raises `PageError` (size, network)."""
        room = max(0, self._max_wire - self._wire)
        self._wire += len(chunk)
        if self._wire > self._max_wire:
            self._over("on the wire")
        self._decode(chunk[:room])
        if len(self._out) > self._max_decoded:
            self._over("when unpacked")

    def _over(self, side: str) -> None:
        if not self._cut:
            raise too_large(side)
        self.full = True

    def _decode(self, chunk: bytes) -> None:
        if self._decoder is None:
            self._out += chunk[: self._max_decoded + 1 - len(self._out)]
            return
        while chunk and (room := self._max_decoded + 1 - len(self._out)) > 0:
            if self._decoder.eof:  # gzip files may follow each other in one body
                self._decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
            try:
                self._out += self._decoder.decompress(chunk, room)
            except zlib.error as error:
                raise PageError("The page's compression is damaged.", reason="network") from error
            chunk = self._decoder.unused_data

    def finish(self) -> bytes:
        """The whole body; raises `PageError(reason="network")` where compressed data ends too early."""
        if self._decoder is not None and self._wire and not (self._decoder.eof or self.full):
            raise PageError("The page ended before its end.", reason="network", hint="Try again later.")
        return bytes(self._out[: self._max_decoded])


async def read_body(response: httpx.Response, limits: Limits) -> bytes:
    """The decoded body of a streamed response, within its limits."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    body = BoundedBody(encoding=encoding, max_wire=limits.wire, max_decoded=limits.decoded, cut=limits.cut)
    async for chunk in response.aiter_raw(16_384):
        body.feed(chunk)
        if body.full:
            break
    return body.finish()
