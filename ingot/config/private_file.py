"""Files that only their owner may read, written so that a crash leaves the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shlex
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ingot.errors import ConfigError


def make_private_directory(path: Path) -> None:
    """Make a directory (0700) with its parents. One that is there is left as it is."""
    try:
        path.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        if not path.is_dir():
            raise ConfigError(
                f"{path} is a file where a directory is needed.",
                hint=f"Move it aside: mv {_quoted(path)} {_quoted(path)}.old",
            ) from None
    except OSError as error:
        raise _unwritable(path, error) from error
    else:
        # mkdir's mode is cut by the umask, which may take the owner's own bits.
        close_directory(path)


def close_directory(path: Path) -> None:
    """Close a directory of ours to other users (0700)."""
    try:
        path.chmod(0o700)
    except OSError as error:
        raise _unwritable(path, error) from error


def write_private(path: Path, text: str) -> None:
    """Replace `path` by a 0600 file with `text`: temporary file, fsync, rename, fsync of the directory."""
    with _temporary(path, text) as temporary:
        temporary.replace(path)
        _sync_directory(path.parent)


def create_private(path: Path, text: str) -> bool:
    """Make `path` (0600) with `text` unless it is there. Of many askers exactly one gets True, and its text stands.

    A hard link either appears whole or not at all, so nobody reads a half-written file.
    """
    with _temporary(path, text) as temporary:
        try:
            os.link(temporary, path, follow_symlinks=False)
        except FileExistsError:
            return False
        _sync_directory(path.parent)
        return True


def read_private(path: Path) -> bytes:
    """Give the content of a file that is regular, ours and closed to everybody else.

    FileNotFoundError where there is none; ConfigError, with the command that mends it, where it is not safe to use.
    """
    try:
        # O_NONBLOCK: opening a pipe somebody put there must not hang.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _unreadable(path, error) from error
    try:
        # The open file is judged, not its name: between a look at the name and the opening it could be swapped.
        _refuse_unsafe(path, os.fstat(descriptor))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the directory's lock, between threads and processes, while a file in it is read, changed and written."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _temporary(path: Path, text: str) -> Iterator[Path]:
    """A synced 0600 file beside `path`, gone afterwards."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(file.fileno(), 0o600)
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    except OSError as error:
        raise _unwritable(path.parent, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refuse_unsafe(path: Path, found: os.stat_result) -> None:
    name = _quoted(path)
    faults = (
        (not stat.S_ISREG(found.st_mode), "is not a regular file", f"mv {name} {name}.old"),
        (found.st_uid != os.geteuid(), "belongs to another user", f'sudo chown "$(id -un)" {name}'),
        (bool(found.st_mode & 0o077), "can be read or written by other users", f"chmod 600 {name}"),
    )
    for at_fault, what, command in faults:
        if at_fault:
            raise ConfigError(
                f"The key file {path} {what}, so it is not used.", hint=f"Run: {command}", command=command
            )


def _unreadable(path: Path, error: OSError) -> ConfigError:
    name = _quoted(path)
    if path.is_symlink():
        command = f"cp -L {name} {name}.new && chmod 600 {name}.new && mv {name}.new {name}"
        return ConfigError(
            f"The key file {path} is a symbolic link, so it is not used.", hint=f"Run: {command}", command=command
        )
    command = f'sudo chown "$(id -un)" {name} && chmod 600 {name}'
    return ConfigError(
        f"The key file {path} cannot be opened ({error.strerror}).", hint=f"Run: {command}", command=command
    )


def _unwritable(directory: Path, error: OSError) -> ConfigError:
    return ConfigError(
        f"Nothing can be written to {directory} ({error.strerror}).",
        hint="Make room and give yourself the right to write there, or name another directory with INGOT_BASE_DIR.",
    )


def _quoted(path: Path) -> str:
    return shlex.quote(str(path))
