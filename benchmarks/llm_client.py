"""What INGOT adds to a model call: `.venv/bin/python -m benchmarks.llm_client`. Exits with 1 where it adds too much.

Opening is measured in a fresh process, imports included. Calls go to one loopback server in a process of its own, which
answers at once, in turn with the bare OpenAI client sending the same request, schema and all, over its own kept-alive
connections.
Each side is warmed up; medians.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import openai

from ingot.llm.client import LLMClient
from ingot.llm.forms import SCHEMA_FIRST
from ingot.llm.instructor_engine import OPTIONS
from ingot.llm.messages import conversation, rendered
from ingot.llm.outputs import TalkingPoints
from ingot.llm.prompt import Prompt
from ingot.llm.providers import ProviderSettings
from ingot.llm.structured import structured
from tests.fakes.openai_server import OpenAIServer, says

OPENINGS = 5
CALLS = 100
AT_ONCE = 32
ROUNDS = 25
MOST_ADDED_MS = 15.0
MOST_TIMES = 1.15
ANSWER = {
    kind: {"text": "Both the broker and the queue are written in Rust.", "evidence_id": 7}
    for kind in ("achievement", "connection", "value")
}
PROMPT = Prompt(
    name="talking_points",
    agent="research",
    output=TalkingPoints,
    inputs={
        "company_name": "Millpond",
        "person_name": "",
        "person_role": "CTO",
        "value_proposition": "Has built a broker; they build a queue.",
        "evidence": [{"id": 7, "kind": "product", "quote": "Millpond builds a queue for sensor data."}],
        "resume_lines": [{"no": 1, "text": "Wrote a message broker in Rust.", "employer": "Weirhead"}],
    },
)
OPEN = """
import time
started = time.perf_counter()
from ingot.llm.client import LLMClient
from ingot.llm.providers import ProviderSettings
from ingot.llm.structured import structured
LLMClient({model!r}, settings=ProviderSettings(openai_base_url="http://127.0.0.1:9/v1"))
print((time.perf_counter() - started) * 1000)
"""

Ask = Callable[[], Awaitable[Any]]


def opening_ms(model: str) -> float:
    """Median milliseconds from a started interpreter to an open client."""
    program = [sys.executable, "-c", OPEN.format(model=model)]
    runs = [subprocess.run(program, check=True, capture_output=True, text=True) for _ in range(OPENINGS)]
    return statistics.median(float(run.stdout) for run in runs)


@contextmanager
def serving() -> Iterator[str]:
    """Run the server in a process of its own; gives its address."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,))
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join()


def serve(pipe: Connection) -> None:
    """Tell the address, and answer until told to stop."""
    with OpenAIServer(always=lambda _: says(json.dumps(ANSWER))) as server:
        pipe.send(server.url)
        pipe.recv()


async def compare(url: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median milliseconds, bare and through `LLMClient`: of one call, and of `AT_ONCE` calls at once."""
    client = LLMClient("openai-compatible/x", settings=ProviderSettings(openai_base_url=url))
    asking = structured(SCHEMA_FIRST[0], PROMPT.output)
    options: Any = OPTIONS
    messages: Any = asking.framed(
        conversation(rendered(PROMPT, "openai-compatible/x").text, SCHEMA_FIRST[0], PROMPT.output)
    )
    async with openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0) as bare:

        async def ask_bare() -> None:
            await bare.chat.completions.create(model="x", messages=messages, extra_body=asking.body, **options)

        async def ask_client() -> None:
            await client.complete(PROMPT)

        one = await _medians(ask_bare, ask_client, CALLS)
        many = await _medians(_at_once(ask_bare), _at_once(ask_client), ROUNDS)
    return one, many


def _at_once(ask: Ask) -> Ask:
    async def ask_all() -> None:
        await asyncio.gather(*(ask() for _ in range(AT_ONCE)))

    return ask_all


async def _medians(first: Ask, second: Ask, rounds: int) -> tuple[float, float]:
    for _ in range(3):
        await first()
        await second()
    pairs = [(await _timed(first), await _timed(second)) for _ in range(rounds)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


async def _timed(ask: Ask) -> float:
    started = time.perf_counter()
    await ask()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    for model in ("offline/extractive", "openai-compatible/x"):
        print(f"open {model:22} {opening_ms(model):7.1f} ms")
    with serving() as url:
        (bare, ours), (all_bare, all_ours) = asyncio.run(compare(url))
    added, times = ours - bare, all_ours / all_bare
    print(f"one call, bare openai       {bare:7.1f} ms")
    print(f"one call, LLMClient         {ours:7.1f} ms  adds {added:.2f} ms, wanted < {MOST_ADDED_MS:.0f}")
    print(f"{AT_ONCE} at once, bare openai     {all_bare:7.1f} ms")
    print(f"{AT_ONCE} at once, LLMClient       {all_ours:7.1f} ms  {times:.2f} times, wanted <= {MOST_TIMES}")
    if added >= MOST_ADDED_MS or times > MOST_TIMES:
        sys.exit(1)


if __name__ == "__main__":
    main()
