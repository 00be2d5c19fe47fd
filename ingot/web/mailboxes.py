"""What a mailbox is for, as its name tells: letters or not, one person or several."""

from __future__ import annotations

import re

# Mailboxes nobody should write an application to: machines, lawyers, the press, abuse desks.
_NEVER = frozenset(
    """
    noreply donotreply reply mailer daemon postmaster hostmaster webmaster abuse spam privacy gdpr dpo dsgvo
    datenschutz dataprotection legal law dmca copyright compliance security cert psirt press presse media pr
    billing invoice invoices accounting accounts payable receivable finance unsubscribe optout bounce bounces
    newsletter notifications notification alerts sales support help helpdesk service
    """.split()
)
_SHARED = frozenset(
    """
    hello hi hey info contact kontakt hallo bonjour hola mail email office team founders founder jobs job careers
    career karriere hiring hr people talent recruiting recruitment recruiter work join apply bewerbung admin
    general inquiries enquiries ask us welcome everyone all crew company studio partners partnerships community
    ops engineering dev developers tech marketing growth feedback
    """.split()
)
_SHARED_PART = re.compile(
    r"info|care|service|support|assist|account|sales|team|admin|project|office|redac|redak|student|member|customer|"
    r"client|order|booking|reserv|program|market|career|founder"
)
_PLACEHOLDER_HOSTS = frozenset(
    """
    example.com example.org example.net email.com domain.com yourdomain.com company.com yourcompany.com acme.com
    sentry.io wixpress.com sentry.wixpress.com mysite.com test.com
    """.split()
)
_PLACEHOLDER_LOCALS = frozenset(
    """
    you your yourname name user username someone jane.doe john.doe janedoe johndoe
    """.split()
)


def is_for_letters(email: str) -> bool:
    """Whether an unexpected letter may go to this mailbox at all."""
    local = email.lower().rpartition("@")[0]
    words = set(re.split(r"[^a-z]+", local)) | {re.sub(r"[^a-z]", "", local)}
    return not (words & _NEVER or is_placeholder(email))


def is_placeholder(email: str) -> bool:
    """Whether the address is an example or a program's own, and nobody's."""
    local, _, host = email.lower().rpartition("@")
    return host in _PLACEHOLDER_HOSTS or local in _PLACEHOLDER_LOCALS or host.endswith((".example.com", ".sentry.io"))


def is_taken(email: str) -> bool:
    """Whether the mailbox's name is one that companies give to shared ones: dev@ is hardly a Dev's."""
    return email.lower().rpartition("@")[0] in _SHARED | _NEVER


def is_personal(email: str) -> bool:
    """Whether the mailbox seems to be one person's. Only the local part is looked at."""
    local = email.lower().rpartition("@")[0]
    words = [word for word in re.split(r"[^a-z]+", local) if word]
    return bool(words) and not _SHARED_PART.search(local) and not any(word in _SHARED | _NEVER for word in words)
