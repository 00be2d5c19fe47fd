"""`ingot serve`: the page behind the unsubscribe link in letters."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring
from ingot.errors import ValidationError

if TYPE_CHECKING:
    import uvicorn

    from ingot.config.schema import AppConfig
    from ingot.wiring import Wiring


def serve(
    *,
    host: Annotated[
        str, typer.Option(help="The address to listen on; the world comes through a web server with TLS.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8787,
) -> None:
    """Serve one-click unsubscribe and the open pixel until it is stopped."""
    from ingot.cli.console import err, out, text

    async def deed(wiring: Wiring) -> None:
        with listener(host, port) as listening:
            at = listening.getsockname()[1]
            out.print(text(f"Listening on http://{f'[{host}]' if ':' in host else host}:{at}. To stop: Ctrl-C."))
            out.print(text(_reached(wiring.config)), soft_wrap=True)
            for warning in _warnings(wiring.config):
                err.print(text(warning, "yellow"), soft_wrap=True)
            await make_server(wiring).serve([listening])

    # Interrupted while it closes, or just after: both are the end that was asked for.
    with suppress(KeyboardInterrupt):
        with_wiring(deed)
    out.print("Stopped.")


def listener(host: str, port: int) -> socket.socket:
    """A listening socket, or `ValidationError` that says why there is none."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, UnicodeError) as error:  # the second for host names that cannot be one
        number = getattr(error, "errno", None) or 0
        if number == errno.EADDRINUSE:
            raise ValidationError(
                f"Port {port} is in use.", hint="Is `ingot serve` running already? Else choose another: --port 8788."
            ) from error
        why = os.strerror(number) if number > 0 else "there is no such host"
        raise ValidationError(
            f"It is not possible to listen on {host}, port {port}: {why}.",
            hint="Give an address of this machine, and a port above 1023.",
        ) from error


def make_server(wiring: Wiring) -> uvicorn.Server:
    """The public app under uvicorn. It believes no forwarded address and logs none: who reads a letter is personal."""
    import uvicorn

    from ingot.public.app import make_app

    return uvicorn.Server(
        uvicorn.Config(
            make_app(wiring),
            proxy_headers=False,
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="warning",
            timeout_graceful_shutdown=5,
        )
    )


def _reached(config: AppConfig) -> str:
    base = config.public_base_url or "https://YOUR.HOST"
    pixel = " Opens are counted (open_pixel is on)." if config.open_pixel else ""
    return f"From outside: a web server with TLS passes {base}/u/ and {base}/o/ on to /u/ and /o/ here.{pixel}"


def _warnings(config: AppConfig) -> list[str]:
    command = "ingot config set public_base_url https://YOUR.HOST"
    if not config.public_base_url:
        return [f"Letters carry no link to this page: public_base_url is not set. Run: {command}"]
    if not config.public_base_url.startswith("https://"):
        return [f"Letters carry no link to this page: public_base_url must begin with https://. Run: {command}"]
    return []
