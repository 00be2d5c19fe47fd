"""What every letter carries below the name. Not legal advice."""

from __future__ import annotations

ADDRESS_MISSING = "[Postal address missing: run `ingot config set mailing_address` before anything can be sent.]"


def footer(*, sender_name: str, sender_email: str, postal_address: str) -> str:
    """Who writes, from where, and how to make it stop.

    Without a postal address the footer says so; a letter with that line cannot be approved.
    """
    sender = f"{sender_name} <{sender_email}>" if sender_email else sender_name
    address = " · ".join(line.strip() for line in postal_address.splitlines() if line.strip()) or ADDRESS_MISSING
    return f'--\n{sender}\n{address}\nIf you would rather not hear from me again, reply with "unsubscribe" and I will not write to you any more.'
