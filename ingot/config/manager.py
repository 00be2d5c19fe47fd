"""The config directory: where it is, what lies in it, and reading and writing `config.json` safely."""

from __future__ import annotations

import difflib
import json
import os
import shlex
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from ingot.config.crypto import decrypt_secret, encrypt_secret, rotate_key
from ingot.config.private_file import close_directory, locked, make_private_directory, write_private
from ingot.config.schema import FIELD_NAMES, SECRET_FIELDS, AppConfig, locate, parse_config, plain
from ingot.errors import ConfigError

DEFAULT_BASE_DIR = "~/.outreach-agent"
SUBDIRECTORIES = ("logs", "resume", "venues", "hooks")
ENCRYPTED = "__encrypted__:"


class ConfigManager:
    """One config directory: `base_dir`, else the variable INGOT_BASE_DIR, else `~/.outreach-agent`."""

    def __init__(self, base_dir: Path | None = None) -> None:
        chosen = base_dir or Path(os.environ.get("INGOT_BASE_DIR") or DEFAULT_BASE_DIR)
        self.base_dir = chosen.expanduser().absolute()
        self.path = self.base_dir / "config.json"

    @property
    def exists(self) -> bool:
        """Whether anything was ever saved here."""
        try:
            return self.path.exists()
        except OSError as error:
            raise self._unreadable(error) from error

    @property
    def database_url(self) -> str:
        """The variable INGOT_DATABASE_URL, else the SQLite file in the directory."""
        return os.environ.get("INGOT_DATABASE_URL") or f"sqlite+aiosqlite:///{self.base_dir / 'outreach.db'}"

    def ensure_tree(self) -> None:
        """Make the directory and its parts, closed to other users (0700).

        A directory that was there is closed too when it is ours (empty, or with a config.json); another one, such as
        a home directory, keeps its mode, and is refused where other users could put files into it.
        """
        make_private_directory(self.base_dir)
        if self.exists or not any(self.base_dir.iterdir()):
            close_directory(self.base_dir)
        elif self.base_dir.stat().st_mode & 0o022:
            command = f"chmod go-w {shlex.quote(str(self.base_dir))}"
            raise ConfigError(
                f"Other users may write to {self.base_dir}.",
                hint=f"Run: {command}, or name another directory with INGOT_BASE_DIR.",
                command=command,
            )
        for name in SUBDIRECTORIES:
            make_private_directory(self.base_dir / name)
            close_directory(self.base_dir / name)

    def load(self) -> AppConfig:
        """Read the configuration with its secrets in plain text; the defaults where nothing was saved yet.

        ConfigError where the file or a secret cannot be read; the file is left as it is.
        """
        data = self._read()
        for name in SECRET_FIELDS:
            section, leaf = locate(data, name)
            stored = section.get(leaf)
            # A secret that somebody typed into the file by hand stands in plain text until the next save.
            if isinstance(stored, str) and stored.startswith(ENCRYPTED):
                section[leaf] = decrypt_secret(stored.removeprefix(ENCRYPTED), base_dir=self.base_dir, name=name)
        return parse_config(data)

    def save(self, config: AppConfig) -> None:
        """Write the configuration as a whole, secrets encrypted, mode 0600, in one rename."""
        self.ensure_tree()
        with locked(self.base_dir):
            self._write(self._sealed(plain(config)))

    def set(self, dotted_name: str, text: str) -> None:
        """Change one field, given as text: `caps.per_day` `20`, `window.days` `Mon-Thu`."""
        self.update({dotted_name: text})

    def update(self, changes: Mapping[str, str]) -> None:
        """Change several fields, given as texts, at once: all of them or, on a ConfigError, none.

        Stored secrets are not opened for this, so a secret whose key was lost can be entered again.
        """
        for name in changes:
            _refuse_unknown(name)
        self.ensure_tree()
        with locked(self.base_dir):
            data = self._read()
            for name, text in changes.items():
                section, leaf = locate(data, name)
                section[leaf] = text
            self._write(self._sealed(plain(parse_config(data)), keep=set(SECRET_FIELDS) - set(changes)))

    def rotate_key(self) -> int:
        """Make a new key, encrypt the stored secrets with it, and give how many keys the key file holds now."""
        count = rotate_key(self.base_dir)
        if self.exists:
            with locked(self.base_dir):
                self._write(self._sealed(plain(self.load())))
        return count

    def _sealed(self, data: dict[str, Any], *, keep: AbstractSet[str] = frozenset()) -> dict[str, Any]:
        """Give the data as it stands on disk. The secrets in `keep` that are encrypted already stay as they are.

        Nothing stays nothing, so that the file shows which secrets were never given.
        """
        for name in SECRET_FIELDS:
            section, leaf = locate(data, name)
            value: str = section[leaf]
            if value and not (name in keep and value.startswith(ENCRYPTED)):
                section[leaf] = ENCRYPTED + encrypt_secret(value, base_dir=self.base_dir, name=name)
        return data

    def _write(self, data: dict[str, Any]) -> None:
        write_private(self.path, json.dumps(data, indent=2, ensure_ascii=False) + "\n")

    def _unreadable(self, error: OSError) -> ConfigError:
        return ConfigError(
            f"{self.path} cannot be read ({error.strerror}).",
            hint=f"See whose it is (ls -la {shlex.quote(str(self.base_dir))}), or name another directory with INGOT_BASE_DIR.",
        )

    def _read(self) -> dict[str, Any]:
        try:
            data = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._unreadable(error) from error
        except (ValueError, RecursionError):
            # The parser's own error carries the whole text, plain or not.
            data = None
        if isinstance(data, dict):
            return data
        name = shlex.quote(str(self.path))
        raise ConfigError(
            f"{self.path} is not valid JSON; it was left as it is.",
            hint=f"Mend it (python -m json.tool {name} shows the line), or start anew: mv {name} {name}.broken && ingot setup",
        )


def _refuse_unknown(name: str) -> None:
    if name in FIELD_NAMES:
        return
    close = (
        difflib.get_close_matches(name, FIELD_NAMES, n=3) or [f for f in FIELD_NAMES if f.startswith(f"{name}.")][:3]
    )
    raise ConfigError(
        f"There is no field named {name!r}.",
        hint=f"Did you mean {' or '.join(close)}?" if close else "`ingot config show` lists the names.",
    )
