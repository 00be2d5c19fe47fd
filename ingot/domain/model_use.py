"""What is remembered of models: their answers, the form in which each can answer, and how drafts of theirs were judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(kw_only=True, eq=False)
class ModelCall:
    """The answer to one model call, kept under what was asked, so that a rerun asks nothing twice.

    `inputs` are the values the prompt was rendered with: they can be asked again through another prompt or model.
    """

    call_key: str
    agent_name: str
    model: str
    answer: str
    prompt_name: str = ""
    prompt_hash: str = ""
    inputs: dict[str, Any] = field(default_factory=dict)
    lead_id: int | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cost_micro_usd: int = 0
    id: int | None = None
    created_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class ModelForm:
    """The best form in which a model at an address was found to answer, and the request options that it rejects.

    `form` is empty until one is known.
    """

    model: str
    url: str
    form: str = ""
    rejected: list[str] = field(default_factory=list)
    id: int | None = None
    updated_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class EvalRun:
    """One run of the golden set through an engine. `summary` holds the measures over all drafts, by name."""

    label: str
    model: str
    golden_hash: str
    prompt_hashes: dict[str, str] = field(default_factory=dict)
    summary: dict[str, float] = field(default_factory=dict)
    duration_ms: int = 0
    cost_micro_usd: int = 0
    id: int | None = None
    created_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class EvalDraft:
    """What became of one case in a run: `status` is queued, refused or failed; `parts` is the text of the letter."""

    evalrun_id: int
    case_name: str
    status: str
    parts: dict[str, str] = field(default_factory=dict)
    measures: dict[str, float] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    id: int | None = None
