"""Signed links in letters: who clicks "unsubscribe" is known by what we signed, and by nothing else."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

_TAG_BYTES = 16
_BY_MAIL = re.compile(
    r"\bunsubscribe\s+([0-9a-f]{8}\.([A-Za-z0-9_-]{1,80})\.[A-Za-z0-9_-]{1,60})(?![\w.-])", re.IGNORECASE
)


@dataclass(frozen=True)
class LinkSigner:
    """Makes and reads tokens `KEYID.REFERENCE.SIGNATURE` (HMAC-SHA256, 128 bits). `keys`: newest first."""

    keys: Sequence[bytes]

    def sign(self, purpose: str, reference: str) -> str:
        """A token for `reference` (printable ASCII without dots) that is good for this purpose only."""
        key = self.keys[0]
        return f"{_key_id(key)}.{reference}.{_tag(key, purpose, reference)}"

    def read(self, purpose: str, token: str) -> str:
        """The reference, or nothing where we did not sign this token for this purpose."""
        match = re.fullmatch(r"([0-9a-f]{8})\.([A-Za-z0-9_-]{1,80})\.([A-Za-z0-9_-]{1,60})", token)
        if match is None:
            return ""
        key_id, reference, tag = match.groups()
        key = next((key for key in self.keys if _key_id(key) == key_id), None)
        if key is None or not hmac.compare_digest(_tag(key, purpose, reference), tag):
            return ""
        return reference


def unsubscribe_uris(*, sender: str, base_url: str, token: str) -> tuple[str, ...]:
    """What List-Unsubscribe offers: an e-mail always, the web page where there is a public one."""
    by_mail = f"mailto:{sender}?subject=unsubscribe%20{token}"
    return (f"{base_url}/u/{token}", by_mail) if base_url else (by_mail,)


def token_in_subject(subject: str) -> tuple[str, str]:
    """The token and its reference in a mail that `unsubscribe_uris` offered; whether it was signed is still to be seen."""
    found = _BY_MAIL.search(subject)
    return (found[1], found[2]) if found else ("", "")


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"key-id" + key).hexdigest()[:8]


def _tag(key: bytes, purpose: str, reference: str) -> str:
    digest = hmac.new(key, f"{purpose}\0{reference}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_TAG_BYTES]).rstrip(b"=").decode("ascii")
