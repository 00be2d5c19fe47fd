"""A mail server as the wire needs it: where it is, who logs in, and how its certificate is checked."""

from __future__ import annotations

import ipaddress
import ssl
from dataclasses import dataclass, field

from ingot.errors import ConfigError


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """`timeout` is seconds per command. Without `tls` the system's certificate authorities decide.

    An empty `username` means no login. `allow_plain` lets a server of this machine do without TLS;
    for any other host it raises ConfigError.
    """

    host: str
    port: int
    username: str = ""
    password: str = field(default="", repr=False)
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    timeout: float = 60.0
    allow_plain: bool = False

    def __post_init__(self) -> None:
        if self.allow_plain and not _is_loopback(self.host):
            raise ConfigError(
                "Mail may travel without encryption to a server of this machine only.",
                hint="Use port 465 or 587 for SMTP and 993 for IMAP.",
            )

    def tls_context(self) -> ssl.SSLContext:
        """The context to connect with: certificate and host name are checked."""
        return self.tls or ssl.create_default_context()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
