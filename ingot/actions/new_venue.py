"""A venue of the user's own, begun from a file that works."""

from __future__ import annotations

import re
from pathlib import Path

from ingot.config.private_file import create_private
from ingot.errors import ConfigError
from ingot.venues.registry import is_kind, kinds
from ingot.venues.skeleton import Reads, skeleton


def make_venue(directory: Path, kind: str, reads: Reads, *, source: str = "") -> Path:
    """Write the file (0600). Raises `ConfigError` for a name that cannot be one, and for one that is taken."""
    if not is_kind(kind):
        raise ConfigError(
            "A venue cannot be called that.", hint="Use lower-case letters, digits and _, such as city_jobs."
        )
    if kind in {plugin.kind for plugin in kinds(directory)}:
        raise ConfigError("There is a venue of this name already.", hint="See: ingot venues list")
    if source and not re.fullmatch(r"https?://[^\s\"'\\]+", source):
        raise ConfigError("The source is not a web address.", hint="Give one that begins with https://.")
    path = directory / f"{kind}.py"
    if not create_private(path, skeleton(kind, reads, source=source)):
        raise ConfigError("There is a file of this name already.", hint=f"Look at it: {path}")
    return path
