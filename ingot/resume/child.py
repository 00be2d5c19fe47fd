"""Reads one résumé in a process of its own: `python -m ingot.resume.child KIND ENDING MEMORY SECONDS`, file in, JSON out.

KIND is `file` or `pasted`. What is written is one object, `{"text", "links", "profile"}` or `{"error": {"message", "hint"}}`.
"""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict
from typing import Any

from ingot.errors import ResumeError

TOO_MUCH_MEMORY = 77  # the exit code; a traceback would tell nobody anything
_OWN_FIELDS = ("name", "headline", "skills", "experience", "education", "projects")
_CONTACT_FIELDS = ("github_url", "linkedin_url", "email", "phone", "location")


def confine(*, memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good: address space, processor time, no file written, no image of its memory left behind."""
    import resource

    limits = (
        (resource.RLIMIT_AS, memory_bytes, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, soft, hard in limits:
        with contextlib.suppress(
            ValueError, OSError
        ):  # macOS knows no limit of the address space; the clock still holds
            resource.setrlimit(kind, (soft, hard))


def answer(kind: str, ending: str, data: bytes) -> dict[str, Any]:
    """What a résumé says, or why it cannot be read, as plain values."""
    from ingot.resume.extract import extract_profile
    from ingot.resume.read import read_bytes, read_pasted

    try:
        read = read_pasted(data.decode("utf-8", "replace")) if kind == "pasted" else read_bytes(data, ending=ending)
        profile = extract_profile(read)
    except ResumeError as error:
        return {"error": {"message": error.message, "hint": error.hint}}
    plain = {name: getattr(profile, name) for name in (*_OWN_FIELDS, *_CONTACT_FIELDS)}
    for name in ("experience", "education", "projects"):
        plain[name] = [asdict(item) for item in plain[name]]
    return {"text": read.text, "links": read.links, "profile": plain}


def main(arguments: list[str]) -> int:
    """Confine the process, then read standard input."""
    kind, ending, memory, seconds = arguments
    confine(memory_bytes=int(memory), cpu_seconds=int(seconds))
    try:
        written = json.dumps(answer(kind, ending, sys.stdin.buffer.read()))
    except MemoryError:
        return TOO_MUCH_MEMORY
    sys.stdout.write(written)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
