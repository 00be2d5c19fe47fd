"""A real Postgres on loopback, from the binaries of this machine, with its data in a directory of its own."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

_BINARIES = Path("/usr/lib/postgresql")
_START_DEADLINE_S = 60.0
# A server cannot run as root; Debian's package brings this account.
_ACCOUNT = "postgres"


def binaries() -> Path | None:
    """The newest installed server's directory of programs."""
    found = [path.parent for path in _BINARIES.glob("*/bin/initdb")]
    return max(found, key=lambda path: int(path.parent.name), default=None)


class Postgres:
    """Makes databases and drops them."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._made = 0

    def url(self, name: str) -> str:
        return f"postgresql+asyncpg://ingot@127.0.0.1:{self.port}/{name}"

    def run(self, statement: str) -> None:
        engine = sa.create_engine(
            f"postgresql+psycopg://ingot@127.0.0.1:{self.port}/postgres", poolclass=sa.NullPool
        ).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    @contextmanager
    def database(self, *, template: str = "template1") -> Iterator[str]:
        """A new database, copied from `template`; gives its URL and drops it."""
        self._made += 1
        name = f"ingot_{self._made}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def running_postgres(programs: Path) -> Iterator[Postgres]:
    """Start a server, and stop it and remove its data at the end."""
    account = _ACCOUNT if os.getuid() == 0 else None
    home = Path(tempfile.mkdtemp(prefix="ingot-postgres-"))
    try:
        if account:
            shutil.chown(home, account)
        data, port = home / "data", _free_port()
        init = [programs / "initdb", "-D", data, "-U", "ingot", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(init, user=account, cwd=home, check=True, capture_output=True)
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with (home / "log").open("wb") as log:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-p", str(port), *settings],
                user=account, cwd=home, stdout=log, stderr=log,
            )  # fmt: skip
            try:
                postgres = Postgres(port)
                _wait_for(postgres, server, home / "log")
                yield postgres
            finally:
                server.send_signal(signal.SIGINT)  # ends open connections, then stops
                server.wait(timeout=30)
    finally:
        shutil.rmtree(home)


def _wait_for(postgres: Postgres, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_DEADLINE_S
    while True:
        try:
            postgres.run("SELECT 1")
        except sa.exc.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Postgres did not start: {log.read_text()[-2000:]}") from None
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
