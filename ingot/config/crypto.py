"""Secrets at rest: Fernet under a random key that lies beside them in `<base_dir>/.key` (0600).

It keeps secrets out of backups, screenshots and support mails of `config.json`; it does not keep them from somebody
who can read the whole directory as you. Each secret has its own key, derived by its name (HKDF-SHA256, `info`),
because Fernet has no associated data: without that, the ciphertexts of two fields could be swapped unnoticed.
"""

from __future__ import annotations

import base64
import binascii
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ingot.config.private_file import create_private, locked, make_private_directory, read_private, write_private
from ingot.errors import ConfigError

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

KEY_FILE = ".key"
KEY_BYTES = 32


def get_fernet(base_dir: Path, name: str) -> MultiFernet:
    """Give the cipher of the secret called `name`; the key file is made on first use.

    It encrypts with the newest key and decrypts with any. ConfigError where the key file is not safe to use.
    """
    return _cipher(_keys(base_dir) or _make_key(base_dir), name)


def encrypt_secret(value: str, *, base_dir: Path, name: str) -> str:
    """Encrypt; the token can be opened under the same name only."""
    # surrogatepass: what a shell handed over in another encoding comes back as it was.
    return get_fernet(base_dir, name).encrypt(value.encode("utf-8", "surrogatepass")).decode("ascii")


def decrypt_secret(token: str, *, base_dir: Path, name: str) -> str:
    """Decrypt. ConfigError where there is no key, or the token is damaged, of another key or of another name.

    No key is made here: a new one could not open anything.
    """
    keys = _keys(base_dir)
    if not keys:
        raise ConfigError(
            f"The secret {name} cannot be read: the key file {base_dir / KEY_FILE} is missing.",
            hint=f"Put it back from a backup, or enter the secret again (`ingot config set {name} -`).",
            name=name,
        )
    from cryptography.fernet import InvalidToken

    try:
        return _cipher(keys, name).decrypt(token.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")
    except InvalidToken:
        raise ConfigError(
            f"The secret {name} cannot be read: it was damaged, or encrypted with another key or under another name.",
            hint=f"Put {KEY_FILE} back from a backup, or enter the secret again (`ingot config set {name} -`).",
            name=name,
        ) from None


def signing_keys(base_dir: Path, name: str) -> list[bytes]:
    """32-byte keys to sign with under `name`, newest first: sign with the first, accept what any has signed."""
    return [_derive(key, f"sign/{name}") for key in _keys(base_dir) or _make_key(base_dir)]


def rotate_key(base_dir: Path) -> int:
    """Put a new key before the others and give how many there are now. Old tokens stay readable.

    Old keys are kept: tokens elsewhere (the database) may still need them.
    """
    # A first key is made the way everybody makes it, so that one which appears meanwhile is not replaced.
    _ = _keys(base_dir) or _make_key(base_dir)
    with locked(base_dir):
        keys = [os.urandom(KEY_BYTES), *_keys(base_dir)]
        write_private(base_dir / KEY_FILE, _to_text(keys))
    return len(keys)


def _cipher(keys: list[bytes], name: str) -> MultiFernet:
    # Loaded here: most configurations hold no secret, and every command reads one.
    from cryptography.fernet import Fernet, MultiFernet

    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derive(key, name))) for key in keys])


def _derive(key: bytes, name: str) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"ingot/secret/{name}".encode()).derive(key)


def _to_text(keys: list[bytes]) -> str:
    return "".join(f"{base64.urlsafe_b64encode(key).decode('ascii')}\n" for key in keys)


def _make_key(base_dir: Path) -> list[bytes]:
    make_private_directory(base_dir)
    create_private(base_dir / KEY_FILE, _to_text([os.urandom(KEY_BYTES)]))
    # Read back, because somebody else's key may have won.
    return _keys(base_dir)


def _keys(base_dir: Path) -> list[bytes]:
    """Every key, newest first; none where there is no file."""
    path = base_dir / KEY_FILE
    try:
        lines = read_private(path).split()
    except FileNotFoundError:
        return []
    try:
        keys = [base64.b64decode(line, altchars=b"-_", validate=True) for line in lines]
    except binascii.Error:
        keys = []
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        command = f"mv {shlex.quote(str(path))} {shlex.quote(str(path))}.broken"
        raise ConfigError(
            f"The key file {path} is damaged: it must hold base64 lines of {KEY_BYTES} bytes each.",
            hint=f"Put it back from a backup. If there is none, run: {command} && ingot config set smtp.password - "
            "(and so for each stored secret).",
            command=command,
        )
    return keys
