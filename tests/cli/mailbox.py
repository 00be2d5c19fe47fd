"""A mailbox on loopback for the stocked base directory, and the letters that wait in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingot.config.manager import ConfigManager
from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import MailStore, SmtpSink

USER, PASSWORD = "imre@valk.example", "secret"


@dataclass(frozen=True)
class Running:
    """The servers behind the configured mailbox."""

    store: MailStore
    smtp: SmtpSink

    def answer(self, text: str, *, to: int = 0) -> None:
        """Put an answer to the letter that was accepted as number `to` into the inbox."""
        letter = self.smtp.accepted[to]
        message_id = next(line for line in letter.raw.decode().splitlines() if line.startswith("Message-ID: "))
        lines = [
            f"From: Bo Reed <{letter.recipients[0]}>",
            f"To: {USER}",
            "Subject: Re: your letter",
            "Message-ID: <answer@millpond.example>",
            f"In-Reply-To: {message_id.removeprefix('Message-ID: ')}",
            "",
            text,
            "",
        ]
        self.store.deliver(USER, "\r\n".join(lines).encode())


@contextmanager
def running_mailbox(manager: ConfigManager) -> Iterator[Running]:
    store = MailStore({USER: PASSWORD})
    with SmtpSink(store) as smtp, ImapServer(store) as imap:
        manager.update(
            {
                "smtp.host": "127.0.0.1",
                "smtp.port": str(smtp.port),
                "smtp.username": USER,
                "smtp.password": PASSWORD,
                "imap.host": "127.0.0.1",
                "imap.port": str(imap.port),
                "imap.tls": "false",
                "window.start": "00:00",
                "window.end": "23:59",
                "window.days": "Mon-Sun",
                "caps.min_gap_seconds": "0",
                "caps.max_gap_seconds": "0",
            }
        )
        yield Running(store, smtp)
