import signal
import socket
import threading
import time
from collections.abc import Callable

import httpx
import pytest
import uvicorn

from ingot.public.app import DONE
from tests.cli.conftest import Base, Run

Ingot = Callable[..., Run]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The ports that were listened on; the server returns at once."""
    ports = []

    async def serve(_server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        ports.extend(item.getsockname()[1] for item in sockets)

    monkeypatch.setattr(uvicorn.Server, "serve", serve)
    return ports


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
    return port


def test_it_says_where_it_listens_and_what_must_lead_there(
    base: Base, ingot: Ingot, served: list[int], free_port: int
) -> None:
    base.manager.set("public_base_url", "https://out.valk.example/ingot")
    shown = ingot("serve", "--port", free_port)
    assert (shown.code, shown.err, served) == (0, "", [free_port])
    assert f"http://127.0.0.1:{free_port}" in shown.out
    assert "https://out.valk.example/ingot/u/" in shown.out
    assert "open_pixel" not in shown.out


def test_it_says_when_opens_are_counted(base: Base, ingot: Ingot, served: list[int]) -> None:
    base.manager.set("open_pixel", "true")
    assert "open_pixel is on" in ingot("serve", "--port", 0).out


@pytest.mark.parametrize(
    ("address", "why"), [("", "is not set"), ("http://out.valk.example", "must begin with https://")]
)
def test_without_a_public_address_that_letters_can_name_it_serves_and_warns(
    address: str, why: str, base: Base, ingot: Ingot, served: list[int]
) -> None:
    if address:
        base.manager.set("public_base_url", address)
    shown = ingot("serve", "--port", 0)
    assert (shown.code, len(served)) == (0, 1)
    assert why in shown.err
    assert "ingot config set public_base_url https://" in shown.err


def test_a_port_in_use_is_told(ingot: Ingot, served: list[int]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = ingot("serve", "--port", port)
    assert (refused.code, served) == (5, [])
    assert f"Port {port} is in use." in refused.err
    assert "--port" in refused.err


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "a..b"])
def test_an_address_of_another_machine_is_told(host: str, ingot: Ingot, served: list[int]) -> None:
    refused = ingot("serve", "--host", host, "--port", 0)
    assert (refused.code, served) == (5, [])
    assert f"It is not possible to listen on {host}" in refused.err


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_is_none_is_a_wrong_command_line(port: str, ingot: Ingot) -> None:
    assert ingot("serve", "--port", port).code == 2


def post_until_it_listens(url: str) -> httpx.Response:
    for _ in range(500):
        try:
            return httpx.post(url, timeout=10)
        except httpx.ConnectError:
            time.sleep(0.02)
    raise TimeoutError


def test_the_command_serves_until_it_is_interrupted(ingot: Ingot, free_port: int) -> None:
    answers: list[tuple[int, str]] = []
    returned = threading.Event()

    def press_and_interrupt() -> None:
        try:
            answer = post_until_it_listens(f"http://127.0.0.1:{free_port}/u/nonsense")
            answers.append((answer.status_code, answer.text))
        finally:
            if not returned.is_set():
                signal.raise_signal(signal.SIGINT)

    visitor = threading.Thread(target=press_and_interrupt)
    visitor.start()
    try:
        stopped = ingot("serve", "--port", free_port)
    finally:
        returned.set()
        visitor.join(20)
    assert answers == [(200, DONE)]
    assert stopped.code == 0
    assert stopped.out.endswith("Stopped.\n")
    assert "Traceback" not in stopped.err
