"""What can go wrong with mail. No message holds an address, a name or a line of a mail."""

from __future__ import annotations

from ingot.errors import ConfigError, IngotError, Retryable, ValidationError


class MailError(IngotError):
    """A letter that cannot be made or moved as asked."""


class UnsafeHeader(MailError, ValidationError):
    """A value that must not become a header or an address on the wire."""


class SmtpError(MailError):
    """Bytes that must not be handed to a mail server. What a server answers is an `Outcome`, never an error."""


class ImapDown(Retryable, MailError):
    """The mailbox cannot be reached or stopped answering: nothing is known about what it holds."""


class LoginRefused(MailError, ConfigError):
    """The server of the mailbox does not accept this user and password."""


class MailboxMissing(MailError):
    """The account has no mailbox of that name."""
