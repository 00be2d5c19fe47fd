"""The golden set through a real small model on this machine: `make eval-local`, or `.venv/bin/python -m benchmarks.eval_local --limit 5`.

Downloads the weights (1.07 GB) and a server for them on first use, starts the server on loopback, and runs `ingot eval run`
against it with a configuration and a database of their own. A letter takes a minute or two on two cores. What was
answered before is not asked again: an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import local_model

FOLDER = Path.home() / ".cache" / "ingot-local-model"


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the golden set through a real small model on this machine.")
    parser.add_argument("--limit", type=int, help="so many cases instead of all")
    parser.add_argument("--report", type=Path, help="write an HTML report here")
    parser.add_argument("--folder", type=Path, default=FOLDER, help=f"weights, server and database (default {FOLDER})")
    given = parser.parse_args()
    model = f"openai-compatible/{local_model.NAME}"
    ingot = str(Path(sys.executable).with_name("ingot"))
    with local_model.running(given.folder) as url:
        environment = os.environ | {"INGOT_BASE_DIR": str(given.folder / "base")}
        settings = [("openai_base_url", url), ("model_timeout_seconds", "900")]
        for name, value in settings:
            subprocess.run(
                [ingot, "config", "set", name, value], check=True, env=environment, stdout=subprocess.DEVNULL
            )
        command = [ingot, "eval", "run", "--model", model, "--label", "local model", "--concurrency", "1"]
        command += ["--limit", str(given.limit)] if given.limit else []
        command += ["--report", str(given.report)] if given.report else []
        sys.exit(subprocess.run(command, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
