"""Ollama's own protocol on loopback, with the scripts of the OpenAI server: what they answer is translated."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from tests.fakes.openai_server import OpenAIServer, Reply, Request

PULLED = (
    {"status": "pulling manifest"},
    {"status": "pulling abc", "digest": "sha256:abc", "total": 400, "completed": 100},
    {"status": "pulling abc", "digest": "sha256:abc", "total": 400, "completed": 400},
    {"status": "success"},
)


class OllamaServer(OpenAIServer):
    """`requests` are the chats; `shown` and `pulled` are the models that were asked about and fetched."""

    def __init__(self, *script: Reply, context: int = 32_768, models: tuple[str, ...] = ("scripted",)) -> None:
        super().__init__(*script)
        self.shown: list[str] = []
        self.pulled: list[str] = []
        self._context = context
        self._models = models

    def reply_to(self, request: Request) -> Reply:
        if request.path == "/api/chat":
            return self._translated(super().reply_to(request))
        name = request.body["model"]
        if request.path == "/api/pull":
            self.pulled.append(name)
            parts = PULLED if name in self._models else ({"error": "pull model manifest: file does not exist"},)
            return Reply(body="\n".join(map(json.dumps, parts)).encode(), headers={"Content-Type": "x-ndjson"})
        self.shown.append(name)
        if name not in self._models:
            return Reply(404, {"error": f"model '{name}' not found"})
        return Reply(body={"model_info": {"general.architecture": "llama", "llama.context_length": self._context}})

    @staticmethod
    def _translated(reply: Reply) -> Reply:
        if not isinstance(reply.body, dict):
            return reply
        if "error" in reply.body:
            return dataclasses.replace(reply, body={"error": reply.body["error"]["message"]})
        if not reply.body["choices"]:
            return dataclasses.replace(reply, body=_chat({"content": ""}, "stop", reply))
        choice = reply.body["choices"][0]
        message: dict[str, Any] = {"content": choice["message"]["content"] or ""}
        for call in choice["message"].get("tool_calls", []):
            try:
                arguments = json.loads(call["function"]["arguments"])
            except ValueError:  # Ollama parses tool calls itself, and passes on as text what it cannot read
                message["content"] = call["function"]["arguments"]
            else:
                name = call["function"]["name"]
                message["tool_calls"] = [{"function": {"name": name, "arguments": arguments}}]
        return dataclasses.replace(reply, body=_chat(message, choice["finish_reason"], reply))


def _chat(message: dict[str, Any], finish: str, reply: Reply) -> dict[str, Any]:
    usage = reply.body["usage"]
    return {
        "model": "scripted",
        "created_at": "2026-11-22T10:00:00Z",
        "message": {"role": "assistant", **message},
        "done": True,
        "done_reason": "length" if finish == "length" else "stop",
        "prompt_eval_count": usage["prompt_tokens"],
        "eval_count": usage["completion_tokens"],
    }
