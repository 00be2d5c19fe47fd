"""The bundled fictional world, apart from the user's own data."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ingot.cli.console import err
from ingot.config.manager import ConfigManager
from ingot.errors import ConfigError

# Of the sample user; a letter without one cannot be approved.
ADDRESS = "14 Fernhill Street, Portland, OR 97205"


@dataclass(frozen=True, kw_only=True)
class SampleWorld:
    """A running sample world: the address of its server and the file of its résumé."""

    url: str
    resume: Path


@contextmanager
def sample_world(*, keep: bool) -> Iterator[SampleWorld]:
    """Serve the sample world on loopback, with a base directory of its own under the system's temporary folder.

    With `keep` the directory stays, and a second run goes on in it; without, it is removed at the end.
    """
    from ingot.sample import SampleServer, sample_path

    before = {name: os.environ.pop(name, None) for name in ("INGOT_BASE_DIR", "INGOT_DATABASE_URL")}
    base = _kept_directory() if keep else Path(tempfile.mkdtemp(prefix="ingot-sample-"))
    os.environ["INGOT_BASE_DIR"] = str(base)
    ConfigManager(base).set("mailing_address", ADDRESS)
    try:
        with SampleServer() as server:
            yield SampleWorld(url=server.url, resume=sample_path("resume.pdf"))
        if keep:
            err.print(f"Kept. To look around in it: export INGOT_BASE_DIR={base}")
    finally:
        os.environ.pop("INGOT_BASE_DIR", None)
        os.environ.update({name: value for name, value in before.items() if value is not None})
        if not keep:
            shutil.rmtree(base, ignore_errors=True)


def _kept_directory() -> Path:
    """The same directory each time; refused where another user made it, since anybody may write to the temporary folder."""
    base = Path(tempfile.gettempdir()) / f"ingot-sample-{os.getuid()}"
    base.mkdir(mode=0o700, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != os.getuid():
        raise ConfigError(f"{base} belongs to somebody else.", hint="Remove it, or run without --keep.")
    return base
