"""A real Prefect server on loopback, in a process and a folder of its own. It takes seconds to start: start it early."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import httpx

from tasks.settings import SETTINGS

_START_DEADLINE_S = 120.0
# Garbage is a sixth of what its start costs, and it does not live long enough to have much.
_UVICORN = "import gc, uvicorn; gc.disable(); uvicorn.main()"


class PrefectServer:
    """`start` returns at once, `wait` when it answers; `stop` ends it.

    `ui` serves its pages as well. `template` is a file of an empty database, kept here by the first server: Prefect's migrations take five seconds.
    """

    def __init__(self, home: Path, *, template: Path | None = None, ui: bool = False) -> None:
        self.home = home
        self._ui = ui
        self._template = template
        self.database = home / "prefect.db"
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def start(self) -> None:
        environment = SETTINGS | {
            "PREFECT_HOME": str(self.home),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self.database}",
            "PREFECT_UI_ENABLED": "true" if self._ui else "false",
            "PREFECT_UI_API_URL": self.api_url,
            **({} if self._ui else {"PREFECT__SERVER_EPHEMERAL": "1"}),
            "PREFECT__SERVER_FINAL": "1",
            "DO_NOT_TRACK": "1",
        }
        if self._template is not None and self._template.exists():
            shutil.copy(self._template, self.database)
            environment["PREFECT_SERVER_DATABASE_MIGRATE_ON_START"] = "false"
        application = ["prefect.server.api.server:create_app", "--factory", "--lifespan", "on"]
        place = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "critical"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _UVICORN, *application, *place], env=os.environ | environment
        )

    def wait(self) -> None:
        deadline = time.monotonic() + _START_DEADLINE_S
        with httpx.Client(trust_env=False) as client:
            while time.monotonic() < deadline:
                assert self._process is not None
                assert self._process.poll() is None, "the Prefect server ended by itself"
                try:
                    if client.get(f"{self.api_url}/health").is_success:
                        return self._keep_template()
                except httpx.TransportError:
                    time.sleep(0.05)
        raise TimeoutError("the Prefect server does not answer")

    def _keep_template(self) -> None:
        if self._template is None or self._template.exists():
            return
        copy = self._template.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(self.database)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        copy.replace(self._template)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    @contextmanager
    def used(self) -> Iterator[None]:
        """Within this block flows of this process are recorded here."""
        import prefect.context
        from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

        settings = {PREFECT_API_URL: self.api_url, PREFECT_HOME: self.home}
        with ExitStack() as stack:
            stack.enter_context(temporary_settings(settings))
            # Also for code that runs in a context of its own, such as the workers that send logs and events.
            context = prefect.context.get_settings_context()
            stack.enter_context(prefect.context._temporary_global_settings_context(context))
            yield

    def count(self, table: str, where: str = "1") -> int:
        """Rows of one of Prefect's own tables, read beside the running server."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])

    def stored(self) -> str:
        """Everything in the server's database as one text."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=30)) as connection:
            connection.text_factory = lambda raw: raw.decode(errors="replace")
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return "\n".join(
                str(row) for name in names for row in connection.execute(f'SELECT * FROM "{name}"').fetchall()
            )


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
