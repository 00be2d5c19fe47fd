"""The steps about the mailbox and the sender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingot.actions.mail_providers import CUSTOM, PROVIDERS, is_personal, likely_provider
from ingot.cli.setup.talk import asked, confirmed, known, secret, stored, tell
from ingot.config.schema import LOOPBACK

if TYPE_CHECKING:
    from ingot.config.manager import ConfigManager

WARNING = (
    "This is an address at a free provider. If it is your only personal account, think twice: a provider that takes many "
    "letters to strangers for spam may lock the account, and with it everything else you use it for. A second account, "
    "or better a domain of your own, is safer."
)


def mailbox(manager: ConfigManager) -> bool:
    """Address, servers and app password. Without one, letters can be written and reviewed, but not sent."""
    tell("Letters leave from this mailbox, and answers come back to it. Enter: later.", "dim")
    while address := asked("E-mail address to send from", manager.load().sender_address):
        if "@" not in address:
            tell("That is no e-mail address.", "yellow")
        elif not is_personal(address) or _is_wanted():
            break
    else:
        return False
    answers = {"smtp.username": address} | _servers(manager, address)
    has_password = bool(manager.load().smtp.password.get_secret_value()) and _is_same(manager, answers)
    hint = "Enter keeps the stored one" if has_password else "Enter: later"
    # Providers show app passwords in groups of four letters.
    answers["smtp.password"] = "".join(secret(f"App password (not shown; {hint})").split())
    return stored(manager, answers) and bool(answers["smtp.password"] or has_password)


def _is_wanted() -> bool:
    tell(WARNING, "yellow")
    return confirmed("Use it all the same?", default=False)


def _is_same(manager: ConfigManager, answers: dict[str, str]) -> bool:
    return manager.load().smtp.username == answers["smtp.username"]


def _servers(manager: ConfigManager, address: str) -> dict[str, str]:
    names = [*PROVIDERS, CUSTOM]
    titles = ", ".join(f"{name} ({provider.title})" for name, provider in PROVIDERS.items())
    tell(f"Providers: {titles}, {CUSTOM}", "dim")
    while (name := asked("Provider", likely_provider(address)).lower()) not in names:
        tell(f"Please answer one of: {', '.join(names)}.", "yellow")
    if name == CUSTOM:
        return _custom(manager, address)
    provider = PROVIDERS[name]
    tell(f"Servers: {provider.smtp_host}:{provider.smtp_port} and {provider.imap_host}:{provider.imap_port}")
    if provider.caution:
        tell(provider.caution, "yellow")
    tell(f"Make an app password for INGOT: {provider.password}")
    return provider.servers()


def _custom(manager: ConfigManager, address: str) -> dict[str, str]:
    config = manager.load()
    given = {
        "smtp.host": asked("SMTP server (out)", config.smtp.host),
        "smtp.port": asked("Its port (587 STARTTLS, 465 TLS)", str(config.smtp.port)),
        "imap.host": asked("IMAP server (in)", config.imap.host),
        "imap.port": asked("Its port", str(config.imap.port)),
    }
    given["imap.tls"] = "true"
    if given["imap.host"] in LOOPBACK and not confirmed("It is this computer. Does it use TLS?", default=False):
        given["imap.tls"] = "false"
    username = asked("User name there", config.smtp.username or address)
    return given | {"smtp.username": username, "smtp.from_address": "" if username == address else address}


def address(manager: ConfigManager) -> bool:
    """Postal address and name: what stands below every letter."""
    tell("The law of most countries wants a postal address below a letter like this. A P.O. box will do.", "dim")
    config = manager.load()
    postal = asked("Postal address, in one line", known(config, "mailing_address"))
    name = asked("Your name as the sender", config.sender_name)
    answers = {"sender_name": name}
    if postal != known(config, "mailing_address"):  # a stored one may have several lines
        answers["mailing_address"] = postal
    return stored(manager, answers) and bool(name and postal)
