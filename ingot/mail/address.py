"""Addresses as the wire carries them: the domain in ASCII (IDNA 2008), the local part untouched."""

from __future__ import annotations

import re
import unicodedata

import idna

from ingot.mail.errors import UnsafeHeader

# RFC 5321 4.1.2: a dot-string. Quoted local parts exist in tests of mail software and hardly anywhere else.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
_LOCAL = re.compile(rf"{_ATOM}+(?:\.{_ATOM}+)*")
_UTF8_LOCAL = re.compile(rf"(?:{_ATOM}|[^\x00-\x9f])+(?:\.(?:{_ATOM}|[^\x00-\x9f])+)*")  # RFC 6531 3.3
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NEVER = ("Cc", "Cf", "Cs", "Cn", "Zs", "Zl", "Zp")  # categories of Unicode that nobody could see or type


def wire_address(address: str, *, smtputf8: bool = False) -> str:
    """`address` with its domain in ASCII and lower case. A local part beyond ASCII needs `smtputf8`.

    Raises UnsafeHeader for anything that is not one plain address.
    """
    local, separator, domain = address.rpartition("@")
    if not separator:
        raise _refused("It has no @.")
    if not _is_local_part(local, smtputf8=smtputf8):
        raise _refused("The part before the @ cannot be sent by this server.")
    return f"{local}@{wire_domain(domain)}"


def wire_domain(domain: str) -> str:
    """The domain in ASCII and lower case, at least two labels. Raises UnsafeHeader where there is no such form."""
    try:
        # UTS 46 first: people type capitals and full-width dots. An ASCII domain may hold what IDNA would refuse ("a--b").
        ascii_domain = domain.lower() if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _refused("Its domain is not a valid name.") from error
    if len(ascii_domain) > 253 or not _DOMAIN.fullmatch(ascii_domain):
        raise _refused("Its domain is not a valid name.")
    return ascii_domain


def _is_local_part(local: str, *, smtputf8: bool) -> bool:
    if any(unicodedata.category(character) in _NEVER for character in local) or "=?" in local:
        return False
    if len(local.encode()) > 64:  # RFC 5321 4.5.3.1.1, octets
        return False
    return bool((_UTF8_LOCAL if smtputf8 else _LOCAL).fullmatch(local))


def _refused(reason: str) -> UnsafeHeader:
    return UnsafeHeader(f"An address cannot be used on the wire. {reason}", hint="Correct the address.")
