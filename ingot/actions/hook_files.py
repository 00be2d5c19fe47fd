"""The user's own programs in `hooks/`: which are there, whether they may run, and running one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOOK_SECONDS = 10.0
_NAME = re.compile(r"on_([A-Za-z]{3,60})")
# What a program needs to start; keys and passwords of ours in the environment are not its business.
_PASSED_ON = ("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS",
              "XDG_RUNTIME_DIR")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Hook:
    """One file `on_<event>`. `refused` is why it may not run; empty where it may. `since` is when it was put there (epoch)."""

    event: str
    path: Path
    refused: str = ""
    since: float = 0.0


@dataclass(frozen=True, kw_only=True)
class HookRun:
    """How a run ended: `failure` is empty where all went well, and never holds what the program printed."""

    hook: Hook
    failure: str = ""


def find_hooks(base_dir: Path) -> list[Hook]:
    """Every file of the folder that is named like a hook, by event."""
    folder = base_dir / "hooks"
    if not folder.is_dir():
        return []
    named = [(path, _NAME.fullmatch(path.name)) for path in sorted(folder.iterdir())]
    unsafe = _unsafe(folder)
    return [_hook(path, found[1], unsafe_folder=unsafe) for path, found in named if found]


def _hook(path: Path, event: str, *, unsafe_folder: str) -> Hook:
    try:
        about = path.stat()
    except OSError:
        return Hook(event=event, path=path, refused="it leads nowhere")
    if not stat.S_ISREG(about.st_mode):
        refused = "it is no file"
    elif unsafe_folder:
        refused = f"its folder {unsafe_folder}"
    elif why := _unsafe(path.resolve()):
        refused = f"it {why}"
    elif not os.access(path, os.X_OK):
        refused = "it is not executable: chmod +x"
    else:
        refused = ""
    return Hook(event=event, path=path, refused=refused, since=about.st_mtime)


def _unsafe(path: Path) -> str:
    """Why somebody else could have written what would run as the user."""
    about = path.stat()
    if about.st_uid not in {os.getuid(), 0}:
        return "belongs to another user"
    return "can be written by others: chmod go-w" if about.st_mode & (stat.S_IWGRP | stat.S_IWOTH) else ""


async def run_hook(hook: Hook, event: Mapping[str, Any], *, base_dir: Path, seconds: float = HOOK_SECONDS) -> HookRun:
    """Run one with the event as JSON on standard input; what it prints goes to `logs/hooks.log`. Raises nothing of its own."""
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment["INGOT_BASE_DIR"] = str(base_dir)
    with _log(base_dir) as log:
        try:
            process = await asyncio.create_subprocess_exec(
                str(hook.path), stdin=asyncio.subprocess.PIPE, stdout=log, stderr=log, cwd=base_dir, env=environment,
                start_new_session=True,
            )  # fmt: skip
        except OSError as error:  # a script without a shebang, or for another machine
            return HookRun(hook=hook, failure=f"it could not be started ({type(error).__name__})")
        try:
            await asyncio.wait_for(process.communicate(json.dumps(event).encode() + b"\n"), seconds)
        except TimeoutError:
            return HookRun(hook=hook, failure=f"it ran longer than {seconds:g} s and was stopped")
        except (BrokenPipeError, ConnectionResetError):
            await process.wait()  # it did not want to read
        finally:
            await _end(process)
    return HookRun(hook=hook, failure="" if process.returncode == 0 else f"it ended with {process.returncode}")


async def _end(process: asyncio.subprocess.Process) -> None:
    """Stop whatever the program has left running, itself included."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    await process.wait()


def _log(base_dir: Path) -> Any:
    path = base_dir / "logs" / "hooks.log"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
