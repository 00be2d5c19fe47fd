"""Draws a draft's page as `ingot mail show` prints it: INGOT_BASE_DIR=... python -m examples.draw_review ID docs/review.svg."""

from __future__ import annotations

import asyncio
import io
import re
import sys
from pathlib import Path

from rich.console import Console

from ingot.actions.review import page_of
from ingot.cli.letters import render
from ingot.wiring import opened


async def draw(letter_id: int, target: Path) -> None:
    """Render the letter's page and save it as SVG, without the web fonts that Rich would link to."""
    async with opened() as wiring, wiring.uow() as uow:
        page = await page_of(uow, letter_id)
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(render(page))
    svg = console.export_svg(title=f"ingot mail show {letter_id}")
    target.write_text(re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL), encoding="utf-8")  # noqa: ASYNC240 - one small file


if __name__ == "__main__":
    asyncio.run(draw(int(sys.argv[1]), Path(sys.argv[2])))
