"""The public web app: one-click unsubscribe (RFC 8058), and the pixel that counts opens.

Reading a page changes nothing, because mail scanners follow every link. Posting acts, and is answered the same whether we
know the token or not; only an outage shows, since a forged token is not worth a question to the database. No cookies.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from ingot.actions.mailbox import link_signer
from ingot.actions.unsubscribe import opened, unsubscribe
from ingot.errors import IngotError
from ingot.wiring import Wiring

MOST_BYTES = 1024
BODY_WITHIN_S = 5.0
RETRY_AFTER_S = 120

_STYLE = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.5rem 1.5rem}"
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode("ascii")
_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",  # the address of the page is the token
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}

_FRAME = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Unsubscribe</title>
<style>{style}</style></head><body>{body}</body></html>
"""
ASKED = _FRAME.format(
    style=_STYLE,
    body="""<h1>No more letters?</h1>
<p>Press the button, and the address that the letter came to is not written to again.</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>Unsubscribe</button></form>""",
)
# Said to everybody, and true for everybody: also for who posts a token that is not ours.
DONE = _FRAME.format(
    style=_STYLE,
    body="""<h1>Done</h1>
<p>If this link is from a letter of ours, the address it came to is not written to again.
Only a letter that is leaving at this very moment may still arrive.</p>""",
)
PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==")

_OUT_OF_ORDER = (SQLAlchemyError, IngotError, OSError)
_log = logging.getLogger(__name__)


def make_app(wiring: Wiring) -> Starlette:
    """The ASGI app: /u/TOKEN, /o/TOKEN.gif and /health, on the open wiring."""
    public = _Public(wiring)
    app = Starlette(
        routes=[
            Route("/u/{token}", public.unsubscribe, methods=["GET", "POST"]),
            Route("/o/{token}.gif", public.pixel, methods=["GET"]),
            Route("/health", _health, methods=["GET"]),
        ],
        exception_handlers={HTTPException: _refused, **dict.fromkeys(_OUT_OF_ORDER, _out_of_order)},
    )
    app.router.redirect_slashes = False  # the redirect would repeat the Host header that the client made up
    return app


@dataclass(frozen=True)
class _Public:
    wiring: Wiring

    async def unsubscribe(self, request: Request) -> Response:
        """GET and HEAD show the page, POST acts. The body is not asked for anything: no opt-out is lost on its form."""
        if request.method != "POST":
            return _page(ASKED)
        await _take_body(request)
        # The keys are read each time: one that was rotated in meanwhile has signed the newest letters.
        links = link_signer(self.wiring.base_dir)
        async with self.wiring.uow() as uow:
            await unsubscribe(uow, links, request.path_params["token"], now=self.wiring.now())
        return _page(DONE)

    async def pixel(self, request: Request) -> Response:
        """Always the picture: where the count fails, the letter shall not look broken."""
        if request.method == "GET" and self.wiring.config.open_pixel:
            try:
                await self._count(request.path_params["token"], request.headers.get("user-agent", ""))
            except _OUT_OF_ORDER as error:
                _tell(error)
        return Response(PIXEL, media_type="image/gif", headers=HEADERS)

    async def _count(self, token: str, user_agent: str) -> None:
        links = link_signer(self.wiring.base_dir)
        async with self.wiring.uow() as uow:
            await opened(uow, links, token, user_agent=user_agent, now=self.wiring.now())


async def _health(_request: Request) -> Response:
    return _text("ok")


async def _take_body(request: Request) -> None:
    """Take in what a well-meaning client sends, so that it reads our answer; a long or slow body is left."""
    size = 0
    with suppress(TimeoutError, ClientDisconnect):  # the token alone counts
        async with asyncio.timeout(BODY_WITHIN_S):
            async for chunk in request.stream():
                size += len(chunk)
                if size > MOST_BYTES:
                    break


async def _refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _text(error.detail, status=error.status_code, headers=error.headers)


async def _out_of_order(_request: Request, error: Exception) -> Response:
    _tell(error)
    return _text("Please try again later.", status=503, headers={"Retry-After": str(RETRY_AFTER_S)})


def _tell(error: Exception) -> None:
    """The kind only: the rest may hold an address."""
    _log.error("A request could not be served (%s).", type(error).__name__)


def _page(html: str) -> Response:
    return Response(html, media_type="text/html", headers=HEADERS)


def _text(text: str, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    return Response(text, status_code=status, media_type="text/plain", headers={**HEADERS, **(headers or {})})
