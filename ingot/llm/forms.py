"""The forms in which a model can be asked for an object, and the memory of which one works where."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from ingot.domain.model_use import ModelForm
from ingot.llm.xml_fallback import ROOT, outline

if TYPE_CHECKING:
    from ingot.llm.outputs import Answer


@dataclass(frozen=True)
class Form:
    """How an object is asked for: Instructor's mode, or none, and what the question says about the form."""

    name: str
    mode: str
    note: str = ""

    def describe(self, output: type[Answer]) -> str:
        """What stands under the question; empty where the request itself carries the schema in words."""
        return _described(self.note, output)


@lru_cache(maxsize=256)
def _described(note: str, output: type[Answer]) -> str:
    if not note:
        return ""
    schema = json.dumps(output.model_json_schema(), ensure_ascii=False) if "{schema}" in note else ""
    return note.format(schema=schema, outline=outline(output) if "{outline}" in note else "")


_SCHEMA = "Answer with one JSON object and nothing else. Its keys and their meanings, as a JSON schema:\n{schema}"
_TAGS = f"Answer with these tags, filled in, and nothing else:\n<{ROOT}>\n{{outline}}\n</{ROOT}>"

LADDER: tuple[Form, ...] = (
    Form("tools", "TOOLS"),
    # Here the schema binds the sampling, but the model does not see it.
    Form("json_schema", "JSON_SCHEMA", _SCHEMA),
    Form("json", "JSON"),
    Form("markdown", "MD_JSON"),
    Form("xml", "", _TAGS),
)
"""From the most to the least that is asked of a model."""

SCHEMA_FIRST = (LADDER[1], LADDER[0], *LADDER[2:])
"""The same for servers that people run themselves: they bind the sampler to a schema, and often not to a tool's."""


class FormStore(Protocol):
    """Remembers, for a model at an address, the form that works and the request options that it rejects."""

    async def load(self, model: str, url: str) -> ModelForm | None:
        """What is known, or None."""
        ...

    async def save(self, model: str, url: str, form: str, rejected: Sequence[str]) -> None:
        """Replace what is known. `form` is empty where none has worked yet."""
        ...


@dataclass
class MemoryForms:
    """A store for one process."""

    known: dict[tuple[str, str], ModelForm] = field(default_factory=dict)

    async def load(self, model: str, url: str) -> ModelForm | None:
        return self.known.get((model, url))

    async def save(self, model: str, url: str, form: str, rejected: Sequence[str]) -> None:
        self.known[model, url] = ModelForm(model=model, url=url, form=form, rejected=list(rejected))
