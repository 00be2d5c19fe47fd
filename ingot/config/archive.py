"""A directory's files in one private archive: written beside its place, read back and compared, and only then put there.

A gzipped tar. Its first member, `manifest.json`, holds what the archive is and the SHA-256 of every other member.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from ingot.config.private_file import make_private_directory
from ingot.errors import ConfigError

FORMAT = "ingot-backup/1"
_MANIFEST = "manifest.json"
_MOST_MANIFEST = 10_000_000  # bytes; a line for each file
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Contents:
    """What an archive says of itself: `facts` as they were given, and the SHA-256 of each file by its name."""

    facts: dict[str, Any]
    sums: dict[str, str]


def pack(files: Mapping[str, Path], path: Path, facts: Mapping[str, Any]) -> Contents:
    """Write an archive (0600) to a path where nothing stands. ConfigError where it cannot be written, or a file changed meanwhile."""
    sums = {name: _sum(file) for name, file in files.items()}
    manifest = json.dumps({"format": FORMAT, "facts": dict(facts), "sums": sums}, indent=2).encode()
    make_private_directory(path.parent)
    try:
        with _beside(path) as temporary:
            with tarfile.open(temporary, "w:gz", compresslevel=6) as archive:
                archive.addfile(_member(_MANIFEST, len(manifest), 0o600), io.BytesIO(manifest))
                for name, file in files.items():
                    with file.open("rb") as stream:
                        found = os.fstat(stream.fileno())
                        archive.addfile(_member(name, found.st_size, found.st_mode & 0o700), stream)
            with temporary.open("rb") as written:
                os.fsync(written.fileno())
            contents = _read_back(temporary)
            os.link(temporary, path)  # unlike a rename it replaces nothing
    except FileExistsError:
        raise ConfigError(f"{path} is there already.", hint="Name another file with --to.") from None
    except OSError as error:
        if error.errno is None:  # tarfile's own, where a file became shorter under its hands
            raise _changed() from error
        raise ConfigError(
            f"The backup cannot be written to {path.parent} ({error.strerror}).",
            hint="Make room there, or name another place with --to.",
        ) from error
    return contents


def _read_back(path: Path) -> Contents:
    with tempfile.TemporaryDirectory(dir=path.parent) as trial:
        try:
            return unpack(path, Path(trial))
        except ConfigError as error:
            raise _changed() from error


def unpack(path: Path, directory: Path) -> Contents:
    """Write an archive's files (0600) below an empty directory. ConfigError where it is none of ours, cut off or damaged."""
    try:
        with tarfile.open(path, "r:gz") as archive:
            members = iter(archive)
            contents = _manifest(archive, next(members, None))
            found = {member.name: _extract(archive, member, directory) for member in members}
    except (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise _damaged(path) from error
    except OSError as error:  # gzip's own errors are of this family
        if error.errno is None:
            raise _damaged(path) from error
        raise ConfigError(
            f"{path} cannot be read, or not be unpacked ({error.strerror}).", hint="Check its name and the free space."
        ) from error
    if found != contents.sums:
        raise _damaged(path)
    return contents


def _manifest(archive: tarfile.TarFile, member: tarfile.TarInfo | None) -> Contents:
    if member is None or member.name != _MANIFEST or not member.isreg() or member.size > _MOST_MANIFEST:
        raise ValueError(_MANIFEST)
    stream = archive.extractfile(member)
    told = json.loads(stream.read()) if stream else None
    if not isinstance(told, dict) or told["format"] != FORMAT:
        raise ValueError(FORMAT)
    return Contents(facts=dict(told["facts"]), sums=dict(told["sums"]))


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, directory: Path) -> str:
    """Write one member, and give its sum. Raises `ValueError` for a name that leads out of the directory, or no plain file."""
    name = PurePosixPath(member.name)
    stream = archive.extractfile(member) if member.isreg() else None
    if stream is None or name.is_absolute() or ".." in name.parts:
        raise ValueError(member.name)
    target = directory / name
    make_private_directory(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if member.mode & 0o100:
        target.chmod(0o700)  # a hook is a program
    return digest.hexdigest()


def _member(name: str, size: int, mode: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, mode
    return member


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """An empty 0600 file in the same directory, gone afterwards."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _changed() -> ConfigError:
    return ConfigError(
        "What was written could not be read back as it was: a file changed meanwhile, or the disk fails. No backup was made.",
        hint="Run it once more; should it fail again, name another disk with --to.",
    )


def _damaged(path: Path) -> ConfigError:
    return ConfigError(
        f"{path} is no whole backup of INGOT: it is damaged, cut off, or something else. Nothing was changed.",
        hint="Use another backup; `ls -la` of its folder shows what there is.",
    )
