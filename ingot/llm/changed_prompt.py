"""A prompt in another wording than the packaged one: to see what a change would do before it is made."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2

from ingot.errors import ConfigError
from ingot.llm.prompt import Prompt, T, Template, compiled, parsed, template


@dataclass(frozen=True)
class Wording:
    """A file that stands in for a packaged prompt."""

    template: Template

    @cached_property
    def compiled(self) -> jinja2.Template:
        """The text as a template. `ConfigError` where Jinja cannot read it."""
        try:
            return compiled(self.template.text)
        except jinja2.TemplateSyntaxError as error:
            raise ConfigError(
                f"The changed prompt {self.template.name!r} is no valid template (line {error.lineno} of its text).",
                hint="Compare its {{ }} and {% %} with those of the packaged prompt.",
            ) from error


def read_wording(name: str, path: Path) -> Wording:
    """Read the file that stands in for the prompt `name`.

    It has the packaged file's shape and inputs: a head between two lines of `---` that declares `inputs: a, b, c`. Raises
    `ConfigError` where it has not.
    """
    packaged = template(name)
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"The file for the prompt {name!r} cannot be read.", hint="Check its path.") from error
    changed = parsed(name, source)
    if changed.inputs != packaged.inputs:
        raise ConfigError(
            f"The file for the prompt {name!r} does not declare the inputs of that prompt.",
            hint=f"Begin it as the packaged file does: ---, inputs: {', '.join(sorted(packaged.inputs))}, ---.",
        )
    wording = Wording(dataclasses.replace(changed, cut=packaged.cut))
    _ = wording.compiled
    return wording


@dataclass(frozen=True, kw_only=True)
class ChangedPrompt(Prompt[T]):
    """A question in another wording. Its answers are stored under the hash of that wording."""

    wording: Wording

    @property
    def hash(self) -> str:
        """SHA-256 of the file."""
        return self.wording.template.sha256

    def render(self) -> str:
        """The text for a model. `ConfigError` where the wording asks for what is not among the inputs."""
        try:
            return self.wording.compiled.render(self.inputs)
        except jinja2.UndefinedError as error:
            raise ConfigError(
                f"The changed prompt {self.name!r} uses something that is no input: {error.message}.",
                hint="Correct the name; the head of the file lists the inputs.",
            ) from error
