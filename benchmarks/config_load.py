"""How long `ConfigManager.load` takes with three secrets, beside a bare json.load of the same file.

Run: .venv/bin/python -m benchmarks.config_load
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ingot.config.manager import ConfigManager
from ingot.config.schema import SECRET_FIELDS

ROUNDS = 300


def milliseconds(work: Callable[[], object]) -> list[float]:
    """Give the sorted times of `ROUNDS` calls."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        manager = ConfigManager(Path(directory) / "base")
        manager.update({name: f"a secret of usual length, {name}" for name in SECRET_FIELDS})
        start = time.perf_counter()
        manager.load()
        first = (time.perf_counter() - start) * 1000
        loads = milliseconds(manager.load)
        bare = milliseconds(lambda: json.loads(manager.path.read_bytes()))
    print(
        f"ConfigManager.load, {len(SECRET_FIELDS)} secrets: first {first:.2f} ms, then median "
        f"{statistics.median(loads):.3f} ms, worst {loads[-1]:.2f} ms ({ROUNDS} rounds)"
    )
    print(f"json.loads of the same file: median {statistics.median(bare):.3f} ms")


if __name__ == "__main__":
    main()
