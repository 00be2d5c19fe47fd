"""Which Prefect server the user works with, read without importing Prefect, which takes a second."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class PrefectAddress:
    """Where a server's API is ("http://127.0.0.1:4200/api"), and what it wants to hear first: "user:password", or nothing."""

    url: str
    auth: str = field(default="", repr=False)


def configured_server(environment: Mapping[str, str] | None = None) -> PrefectAddress | None:
    """The server of `PREFECT_API_URL`, from the environment or the active profile; None where flows run without one."""
    given = os.environ if environment is None else environment
    chosen = {**profile_settings(given), **given}
    url = str(chosen.get("PREFECT_API_URL") or "").rstrip("/")
    return PrefectAddress(url=url, auth=str(chosen.get("PREFECT_API_AUTH_STRING") or "")) if url else None


def profile_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """The settings of the user's active Prefect profile; the environment would override them."""
    home = Path(environment.get("PREFECT_HOME") or "~/.prefect").expanduser()
    path = Path(environment.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    try:
        profiles = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError):
        # No profile, or one that Prefect itself will complain about in a moment.
        return {}
    active = environment.get("PREFECT_PROFILE") or profiles.get("active", "")
    found: dict[str, Any] = profiles.get("profiles", {}).get(active, {})
    return found
