"""A prompt: prose in Markdown with declared inputs, and the type its answer must have."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

import jinja2

from ingot.errors import ConfigError
from ingot.llm.outputs import Answer

T = TypeVar("T", bound=Answer)

_FENCE = "---\n"


@dataclass(frozen=True)
class Template:
    """A Markdown file of `ingot/llm/prompts/`: the declared input names, the text, and the SHA-256 of the file and its parts.

    `cut` are the inputs that may be shortened where a model's context is small, the first of them first.
    """

    name: str
    inputs: frozenset[str]
    text: str
    sha256: str
    cut: tuple[str, ...] = ()


@cache
def template(name: str) -> Template:
    """Read `prompts/<name>.md`. Its head, between two lines of `---`, declares `inputs: a, b, c` and may name `cut: c, a`.

    With `parts: style`, a line `{{ style }}` of it stands for the text of `prompts/parts/style.md`, which is hashed with it.
    """
    path = resources.files("ingot.llm") / "prompts" / f"{name}.md"
    if not path.is_file():
        raise ConfigError(
            f"There is no prompt named {name!r}.", hint="Reinstall INGOT: a file of the package is missing."
        )
    return parsed(name, path.read_text(encoding="utf-8"))


def parsed(name: str, source: str) -> Template:
    """The template in a file's text. Raises `ConfigError` where it has no head, or names a part that is not packaged."""
    if source.count(_FENCE) < 2:
        raise ConfigError(f"The prompt {name!r} has no head.", hint="Begin it with ---, inputs: a, b, and another ---.")
    whole, (_, head, text) = source, source.split(_FENCE, 2)
    for part in _listed(head, "parts"):
        shared = _part(part)
        whole += shared
        text = text.replace(f"{{{{ {part} }}}}\n", shared.split(_FENCE, 2)[2])
    inputs = frozenset(_listed(head, "inputs"))
    return Template(name, inputs, text, hashlib.sha256(whole.encode()).hexdigest(), _listed(head, "cut"))


def _part(name: str) -> str:
    path = resources.files("ingot.llm") / "prompts" / "parts" / f"{name}.md"
    if not name.isidentifier() or not path.is_file():
        raise ConfigError(f"There is no part of prompts named {name!r}.", hint="Put its text into the file itself.")
    return path.read_text(encoding="utf-8")


def _listed(head: str, field: str) -> tuple[str, ...]:
    """The words of the line `field: a, b, c`."""
    lines = [line.partition(":")[2] for line in head.splitlines() if line.startswith(f"{field}:")]
    return tuple(word.strip() for line in lines for word in line.split(",") if word.strip())


def compiled(text: str) -> jinja2.Template:
    """A template's text, in which a name that is no input is an error. It makes plain text, no HTML."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 - plain text, no HTML
    return environment.from_string(text)


@cache
def _compiled(name: str) -> jinja2.Template:
    return compiled(template(name).text)


@cache
def _shape(output: type[Answer]) -> str:
    return json.dumps(output.model_json_schema(), sort_keys=True)


@dataclass(frozen=True, kw_only=True)
class Prompt(Generic[T]):
    """One question to an engine. `inputs` are plain JSON values, exactly those that the template declares.

    `agent` is one of the seven agents and decides the model; `name` is the template and, for the offline engine, the task.
    """

    name: str
    agent: str
    output: type[T]
    inputs: dict[str, Any]
    lead_id: int | None = None

    def __post_init__(self) -> None:
        declared = template(self.name).inputs
        if declared != self.inputs.keys():
            raise ConfigError(
                f"Prompt {self.name!r} was given other inputs than it declares.",
                hint=f"Missing: {sorted(declared - self.inputs.keys())}, unknown: {sorted(self.inputs.keys() - declared)}.",
            )

    @property
    def hash(self) -> str:
        """SHA-256 of the template file: stored beside what it produced."""
        return template(self.name).sha256

    @property
    def cuttable(self) -> tuple[str, ...]:
        """The inputs that may be shortened, the first of them first."""
        return template(self.name).cut

    def key(self, model: str) -> str:
        """The only author of call keys: model, template, output shape and inputs. Same key, same question."""
        asked = json.dumps([model, self.hash, _shape(self.output), self.inputs], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(asked.encode()).hexdigest()

    def render(self) -> str:
        """The text for a model. An input that the text does not find is an error, never an empty string.

        The inputs hold untrusted page text: they are values of the template, never templates themselves.
        """
        return _compiled(self.name).render(self.inputs)
