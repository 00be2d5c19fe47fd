"""What a judge model may say of a letter: a mark and the reason for it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ingot.llm.outputs import Answer, Line


class Judgement(Answer):
    """How a letter reads to the person who gets it, from 1 (deleted at once) to 5 (answered today)."""

    reason: Line
    score: Annotated[int, Field(ge=1, le=5)]
