"""Mailbox providers that setup knows: their servers, and where their users make an app password."""

from __future__ import annotations

from dataclasses import dataclass

from ingot.mail.provider import is_shared


@dataclass(frozen=True, kw_only=True)
class MailboxProvider:
    """`password` says where an app password is made, `caution` what a user should know before trying."""

    title: str
    smtp_host: str
    smtp_port: int
    imap_host: str
    imap_port: int = 993
    password: str = ""
    caution: str = ""

    def servers(self) -> dict[str, str]:
        """The servers as changes to the configuration."""
        return {
            "smtp.host": self.smtp_host,
            "smtp.port": str(self.smtp_port),
            "imap.host": self.imap_host,
            "imap.port": str(self.imap_port),
            "imap.tls": "true",
        }


PROVIDERS = {
    "gmail": MailboxProvider(
        title="Gmail, Google Workspace",
        smtp_host="smtp.gmail.com",
        smtp_port=587,
        imap_host="imap.gmail.com",
        password="https://myaccount.google.com/apppasswords (needs 2-step verification)",  # noqa: S106 - an address
    ),
    "outlook": MailboxProvider(
        title="Outlook, Microsoft 365",
        smtp_host="smtp.office365.com",
        smtp_port=587,
        imap_host="outlook.office365.com",
        password="https://mysignins.microsoft.com/security-info",  # noqa: S106 - an address
        caution="Microsoft lets programs in with a password only where an administrator still allows it; "
        "outlook.com, hotmail.com and live.com stopped in September 2024. Gmail, Fastmail or your own domain work.",
    ),
    "fastmail": MailboxProvider(
        title="Fastmail",
        smtp_host="smtp.fastmail.com",
        smtp_port=465,
        imap_host="imap.fastmail.com",
        password="Fastmail > Settings > Privacy & Security > app passwords",  # noqa: S106 - a place
    ),
}
"""By the name that setup asks for; any other provider is `custom`, and its servers are asked for."""

CUSTOM = "custom"

_DOMAINS = {
    "gmail": ("gmail.com", "googlemail.com"),
    "outlook": ("outlook.com", "hotmail.com", "live.com", "msn.com"),
    "fastmail": ("fastmail.com", "fastmail.fm"),
}


def likely_provider(address: str) -> str:
    """The provider that an address tells by its domain, else `custom`."""
    domain = address.rpartition("@")[2].strip().lower()
    return next((name for name, domains in _DOMAINS.items() if domain in domains), CUSTOM)


def is_personal(address: str) -> bool:
    """Whether the address is at a provider's own domain, as somebody's only personal account would be."""
    return is_shared(address.rpartition("@")[2].strip().lower())
