"""What INGOT adds to a model call: `.venv/bin/python -m benchmarks.llm_client`.

Opening is measured in a fresh process (imports included), a call against the same loopback server as the bare
OpenAI client, interleaved, after one warm-up of each. Medians.
"""

from __future__ import annotations

import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable

import openai

from ingot.llm.client import LLMClient
from ingot.llm.outputs import ValueProposition
from ingot.llm.prompt import Prompt
from ingot.llm.providers import ProviderSettings
from tests.fakes.openai_server import OpenAIServer, calls

OPENINGS = 5
CALLS = 60
ANSWER = {"value_proposition": "Has built a broker; they build a queue.", "confidence": "high"}
PROMPT = Prompt(
    name="value_proposition",
    agent="matcher",
    output=ValueProposition,
    inputs={
        "company_name": "Millpond",
        "product": "A queue for sensor data.",
        "signals": [],
        "headline": "Systems engineer",
        "resume_lines": [{"no": 1, "text": "Wrote a message broker in Rust."}],
        "breakdown": [],
    },
)
OPEN = """
import time
started = time.perf_counter()
from ingot.llm.client import LLMClient
from ingot.llm.providers import ProviderSettings
LLMClient({model!r}, settings=ProviderSettings(openai_base_url="http://127.0.0.1:9/v1"))
print((time.perf_counter() - started) * 1000)
"""


def opening_ms(model: str) -> float:
    """Median milliseconds from a started interpreter to an open client."""
    program = [sys.executable, "-c", OPEN.format(model=model)]
    runs = [subprocess.run(program, check=True, capture_output=True, text=True) for _ in range(OPENINGS)]
    return statistics.median(float(run.stdout) for run in runs)


async def call_ms() -> tuple[float, float]:
    """Median milliseconds of a bare call and of one through `LLMClient`."""
    text = PROMPT.render()
    with OpenAIServer(always=lambda _: calls("ValueProposition", ANSWER)) as server:
        client = LLMClient("openai-compatible/x", settings=ProviderSettings(openai_base_url=server.url))
        async with openai.AsyncOpenAI(base_url=server.url, api_key="none", max_retries=0) as bare:

            async def ask_bare() -> None:
                messages = [{"role": "user", "content": text}]
                await bare.chat.completions.create(model="x", messages=messages)  # type: ignore[arg-type]

            async def ask_client() -> None:
                await client.complete(PROMPT)

            await _timed(ask_bare), await _timed(ask_client)
            pairs = [(await _timed(ask_bare), await _timed(ask_client)) for _ in range(CALLS)]
    first, second = zip(*pairs, strict=True)
    return statistics.median(first), statistics.median(second)


async def _timed(ask: Callable[[], Awaitable[None]]) -> float:
    started = time.perf_counter()
    await ask()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    for model in ("offline/extractive", "openai-compatible/x"):
        print(f"open {model:22} {opening_ms(model):7.1f} ms")
    bare, through = asyncio.run(call_ms())
    print(f"call, bare openai           {bare:7.1f} ms")
    print(f"call, LLMClient             {through:7.1f} ms  (adds {through - bare:.1f} ms)")


if __name__ == "__main__":
    main()
