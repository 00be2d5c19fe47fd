"""A résumé read in a process of its own, so that a file made to harm costs that process and nothing else.

The reader gets the open file, not its name, and an environment without secrets. It has a limit of memory, of processor
time and of real time; what it answers is bounded and checked like anything foreign.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.errors import ResumeError
from ingot.resume.child import TOO_MUCH_MEMORY
from ingot.resume.read import ENDINGS, MAX_FILE_BYTES, MAX_TEXT_CHARACTERS

_TEXT_FIELDS = ("name", "headline", "github_url", "linkedin_url", "email", "phone", "location")
_SHELL_CPU = 128 + signal.SIGXCPU


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderLimits:
    """What one reading may take: bytes of address space, seconds of processor and of real time, bytes of answer."""

    memory_bytes: int = 700_000_000
    cpu_seconds: int = 20
    wall_seconds: float = 40.0
    answer_bytes: int = 8_000_000


LIMITS = ReaderLimits()


@dataclass(frozen=True, slots=True)
class Understood:
    """The profile a résumé states, its raw text within, and the addresses behind its words."""

    profile: UserProfile
    links: tuple[str, ...]


async def understand_file(source: Path, *, limits: ReaderLimits = LIMITS) -> Understood:
    """What the file says. Raises `ResumeError` with the reason where it cannot be read."""
    ending = source.suffix.lower()
    with _opened(source) as file:
        answer = await _ask("file", ending if ending in ENDINGS else "", limits=limits, file=file)
    return _understood(answer, source.name)


async def understand_pasted(text: str, *, limits: ReaderLimits = LIMITS) -> Understood:
    """The same for text that was pasted or typed."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise ResumeError("The text is longer than a résumé can be.", hint="Import the résumé's own text only.")
    answer = await _ask("pasted", "", limits=limits, data=text.encode("utf-8", "replace"))
    return _understood(answer, "pasted text")


def _opened(source: Path) -> IO[bytes]:
    """The file, open. A pipe or a device could keep us waiting for ever, so it is opened without waiting and refused."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError as error:
        raise ResumeError("The résumé file does not exist.", hint="Check the path.") from error
    except (OSError, ValueError) as error:
        raise ResumeError("The résumé file cannot be opened.", hint="Check the path and its permissions.") from error
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_size <= MAX_FILE_BYTES:
        return os.fdopen(handle, "rb")
    os.close(handle)
    if stat.S_ISREG(found.st_mode):
        raise ResumeError(
            f"The file is larger than {MAX_FILE_BYTES // 1_000_000} MB.", hint="Export it again without pictures."
        )
    raise ResumeError("The résumé is no file.", hint="Name a PDF, a .docx file or a text file.")


async def _ask(
    kind: str, ending: str, *, limits: ReaderLimits, file: IO[bytes] | None = None, data: bytes | None = None
) -> bytes:
    asked = (kind, ending, str(limits.memory_bytes), str(limits.cpu_seconds))
    return await run_reader((sys.executable, "-m", "ingot.resume.child", *asked), limits=limits, file=file, data=data)


async def run_reader(
    command: Sequence[str], *, limits: ReaderLimits, file: IO[bytes] | None = None, data: bytes | None = None
) -> bytes:
    """What the command answers to the open `file` or to `data`. Raises `ResumeError` where it crashes, loops or floods."""
    reader = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE if file is None else file,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # what a crash prints may quote the résumé
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        async with asyncio.timeout(limits.wall_seconds):
            _, answer = await asyncio.gather(_feed(reader, data), _bounded(reader, limits.answer_bytes))
            code = await reader.wait()
    except TimeoutError as error:
        raise _too_slow() from error
    finally:
        await _ended(reader)
    if code in {-signal.SIGXCPU, _SHELL_CPU}:
        raise _too_slow()
    if code == TOO_MUCH_MEMORY:
        raise ResumeError("The résumé needs more memory than reading one may take.", hint=_OTHER_WAY)
    if code != 0:
        raise ResumeError("The résumé made its reader stop.", hint=_OTHER_WAY, exit_code=code)
    return answer


async def _ended(reader: asyncio.subprocess.Process) -> None:
    """Kill it where it still runs, and read what it has left: asyncio waits for the end of its output, too."""
    if reader.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            reader.kill()
    while reader.stdout is not None and await reader.stdout.read(1 << 16):
        pass
    await reader.wait()


_OTHER_WAY = "Export it again from the word processor, or paste its text: ingot profile import -"


def _too_slow() -> ResumeError:
    return ResumeError("The résumé takes too long to read.", hint=_OTHER_WAY)


async def _feed(reader: asyncio.subprocess.Process, data: bytes | None) -> None:
    if reader.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it stopped reading; its exit code says why
        reader.stdin.write(data or b"")
        await reader.stdin.drain()
    reader.stdin.close()


async def _bounded(reader: asyncio.subprocess.Process, most: int) -> bytes:
    assert reader.stdout is not None
    pieces: list[bytes] = []
    size = 0
    while piece := await reader.stdout.read(1 << 16):
        size += len(piece)
        if size > most:
            raise ResumeError("The résumé's reader answers without end.", hint=_OTHER_WAY)
        pieces.append(piece)
    return b"".join(pieces)


def _understood(answer: bytes, source_name: str) -> Understood:
    """The answer as values of ours; anything of another shape is a reader that was led astray."""
    try:
        told = json.loads(answer)
        refused = told.get("error")
        if refused is None:
            return Understood(_profile(told, source_name), tuple(map(_text, told["links"])))
        message, hint = _text(refused["message"]), _text(refused["hint"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ResumeError("The résumé's reader gave no answer that can be used.", hint=_OTHER_WAY) from error
    raise ResumeError(message, hint=hint)


def _profile(told: dict[str, Any], source_name: str) -> UserProfile:
    fields = told["profile"]
    texts: dict[str, Any] = {name: _text(fields[name]) for name in _TEXT_FIELDS}
    return UserProfile(
        **texts,
        skills=[_text(skill) for skill in fields["skills"]],
        experience=[
            Experience(
                **{name: _text(job[name]) for name in ("title", "company", "start", "end")},
                lines=tuple(_text(line) for line in job["lines"]),
            )
            for job in fields["experience"]
        ],
        education=[
            Education(**{name: _text(item[name]) for name in ("school", "degree", "start", "end")})
            for item in fields["education"]
        ],
        projects=[
            Project(**{name: _text(item[name]) for name in ("name", "description", "url")})
            for item in fields["projects"]
        ],
        resume_raw_text=_text(told["text"]),
        source_name=source_name,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        msg = "no text"
        raise TypeError(msg)
    return value
