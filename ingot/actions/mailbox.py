"""Opening the user's mailbox as configured: the server letters leave through, and the one answers arrive at."""

from __future__ import annotations

from pathlib import Path

from ingot.actions.queue import Sender
from ingot.config.crypto import signing_keys
from ingot.config.schema import LOOPBACK, AppConfig
from ingot.errors import ConfigError
from ingot.mail.links import LinkSigner
from ingot.mail.server import MailServer

_LINKS = "letter-links"


def smtp_server(config: AppConfig) -> MailServer:
    """The configured SMTP server. `ConfigError` names what is missing."""
    smtp = config.smtp
    _need(("smtp.host", smtp.host), ("smtp.username", smtp.username), ("sender address", config.sender_address))
    return MailServer(
        host=smtp.host,
        port=smtp.port,
        username=smtp.username,
        password=smtp.password.get_secret_value(),
        allow_plain=smtp.host in LOOPBACK,
    )


def imap_server(config: AppConfig) -> MailServer:
    """The configured IMAP server, with the login of the SMTP one. `ConfigError` names what is missing."""
    _need(("imap.host", config.imap.host), ("smtp.username", config.smtp.username))
    return MailServer(
        host=config.imap.host,
        port=config.imap.port,
        username=config.smtp.username,
        password=config.smtp.password.get_secret_value(),
        allow_plain=not config.imap.tls,
    )


def link_signer(base_dir: Path) -> LinkSigner:
    """What signs the links in letters, with keys derived from the key file."""
    return LinkSigner(signing_keys(base_dir, _LINKS))


def sender_of(config: AppConfig, *, profile_name: str, base_dir: Path) -> Sender:
    """From whom letters come."""
    return Sender(config=config, name=config.sender_name or profile_name, links=link_signer(base_dir))


def _need(*fields: tuple[str, str]) -> None:
    if missing := [name for name, value in fields if not value]:
        raise ConfigError(
            f"The mailbox is not set up: {missing[0]} is missing.",
            hint="Run `ingot setup`, then try it with `ingot mail test`.",
        )
