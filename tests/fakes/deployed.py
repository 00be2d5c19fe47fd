"""INGOT deployed to a real Prefect server with a worker, all on loopback, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.fakes.prefect_server import PrefectServer

ROOT = Path(__file__).parents[2]
_COMMAND_S = 120
_RUN_DEADLINE_S = 180.0
_ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


class Deployment:
    """The server, its worker and INGOT's own directory. Everything is asked for over the API, as the UI does."""

    def __init__(self, server: PrefectServer, base_dir: Path) -> None:
        self.server = server
        self.environment = {
            **os.environ,
            "INGOT_BASE_DIR": str(base_dir),
            "PREFECT_API_URL": server.api_url,
            "PREFECT_HOME": str(server.home),
            "PREFECT_LOGGING_LEVEL": "WARNING",
        }
        self.environment.pop("INGOT_DATABASE_URL", None)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command beside this Python, with this deployment's environment, from the project's root."""
        program = Path(sys.executable).with_name(arguments[0])
        return subprocess.run(
            [str(program), *arguments[1:]],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=_COMMAND_S,
            check=False,
        )

    def deploy(self) -> None:
        """What the README says: a pool, and every deployment."""
        for command in (("work-pool", "create", "ingot", "--type", "process"), ("--no-prompt", "deploy", "--all")):
            done = self.run("prefect", *command)
            assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def worker(self) -> Iterator[None]:
        """A worker that looks for runs every second, stopped with everything it started."""
        command = [str(Path(sys.executable).with_name("prefect")), "worker", "start", "--pool", "ingot"]
        environment = self.environment | {"PREFECT_WORKER_QUERY_SECONDS": "1"}
        with (self.server.home / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def ask(self, method: str, place: str, **more: Any) -> Any:
        """One call of the API."""
        with httpx.Client(base_url=self.server.api_url, trust_env=False, timeout=30) as client:
            for _ in range(5):
                answer = client.request(method, place, **more)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:  # its database was busy
                    break
                time.sleep(0.5)
            answer.raise_for_status()
            return answer.json()

    def start(self, name: str, parameters: Mapping[str, Any]) -> str:
        """Start a run of a deployment as the UI's form does. Returns its id."""
        deployment = self.ask("GET", f"/deployments/name/{name}")
        run = self.ask("POST", f"/deployments/{deployment['id']}/create_flow_run", json={"parameters": parameters})
        return str(run["id"])

    def ended(self, run_id: str) -> str:
        """The state in which a run ends."""
        deadline = time.monotonic() + _RUN_DEADLINE_S
        while time.monotonic() < deadline:
            state = self.ask("GET", f"/flow_runs/{run_id}")["state"]["type"]
            if state in _ENDED:
                return str(state)
            time.sleep(0.3)
        raise TimeoutError((self.server.home / "worker.log").read_text()[-2000:])

    def runs(self, name: str) -> list[dict[str, Any]]:
        """All runs of a deployment, the oldest first."""
        deployment = self.ask("GET", f"/deployments/name/{name}")
        chosen = {"deployments": {"id": {"any_": [deployment["id"]]}}, "sort": "START_TIME_ASC"}
        found: list[dict[str, Any]] = self.ask("POST", "/flow_runs/filter", json=chosen)
        return sorted(found, key=lambda run: str(run["created"]))

    def artifact(self, key: str) -> Any:
        """The newest artifact of a key."""
        return self.ask("GET", f"/artifacts/{key}/latest")


@contextmanager
def deployed(server: PrefectServer, base_dir: Path) -> Iterator[Deployment]:
    """Server, deployments and worker, all up."""
    server.start()
    try:
        server.wait()
        deployment = Deployment(server, base_dir)
        deployment.deploy()
        with deployment.worker():
            yield deployment
    finally:
        server.stop()
