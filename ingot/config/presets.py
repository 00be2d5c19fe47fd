"""Three ready choices of models for the seven agents. Light to import: the command line lists them in `--help`."""

from __future__ import annotations

from enum import StrEnum

AGENTS = ("orchestrator", "scout", "research", "matcher", "writer", "outreach", "analyst")

OFFLINE = "offline/extractive"
LLAMA = "ollama/llama3.1"
SONNET = "anthropic/claude-sonnet-5-5"
HAIKU = "anthropic/claude-haiku-5-5"


class Preset(StrEnum):
    """`fully_free` needs Ollama, `best_quality` an Anthropic key, `offline` nothing at all."""

    fully_free = "fully_free"
    best_quality = "best_quality"
    offline = "offline"


PRESETS: dict[Preset, dict[str, str]] = {
    Preset.fully_free: dict.fromkeys(AGENTS, LLAMA),
    Preset.best_quality: dict.fromkeys(AGENTS, HAIKU) | {"writer": SONNET, "research": SONNET},
    Preset.offline: dict.fromkeys(AGENTS, OFFLINE),
}
"""Each preset: agent name to model string `provider/name`."""


def preset_changes(preset: Preset) -> dict[str, str]:
    """Give the preset as dotted field names and texts, ready for `ConfigManager.update`."""
    return {f"agents.{agent}.model": model for agent, model in PRESETS[preset].items()}
