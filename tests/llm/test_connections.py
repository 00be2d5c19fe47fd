import asyncio

import pytest

from ingot.llm import connections
from ingot.llm.connections import Connections

pytestmark = pytest.mark.long


class Client:
    def __init__(self) -> None:
        self.closed = asyncio.Event()

    @property
    def is_closed(self) -> bool:
        return self.closed.is_set()

    async def close(self) -> None:
        await asyncio.sleep(0)
        self.closed.set()


def pool() -> tuple[Connections[Client], list[Client]]:
    opened: list[Client] = []

    def start() -> Client:
        opened.append(Client())
        return opened[-1]

    return Connections(start=start, stop=lambda client: client.close()), opened


def test_a_loop_has_one_client_which_closes_with_the_loop() -> None:
    kept, opened = pool()

    async def ask_twice() -> None:
        for _ in range(2):
            with kept.use() as client:
                await asyncio.sleep(0)
                assert not client.is_closed

    for loops in (1, 2):
        asyncio.run(ask_twice())
        assert len(opened) == loops
        assert all(client.is_closed for client in opened)


async def test_a_client_that_nobody_uses_is_closed_and_the_next_question_opens_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections, "_IDLE_S", 0.01)
    kept, opened = pool()
    with kept.use() as client:
        await asyncio.sleep(0.05)
        assert not client.is_closed
    async with asyncio.timeout(5):
        await client.closed.wait()
    with kept.use() as another:
        assert another is not client
    assert len(opened) == 2
