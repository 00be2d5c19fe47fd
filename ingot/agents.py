"""The seven agents: each asks its model, remembers the answer and logs what it took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from weakref import WeakValueDictionary

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingot.db.tables import modelcall
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AgentLog, ModelCall
from ingot.errors import ConfigError, LLMError
from ingot.llm.client import Completion, LLMClient, Usage
from ingot.llm.prompt import Prompt, T
from ingot.llm.providers import ProviderSettings

AGENTS = ("orchestrator", "scout", "research", "matcher", "writer", "outreach", "analyst")


class Agents:
    """Asks the model of the agent that a prompt names.

    An answer is stored under what was asked before anything is made of it: a killed run asks nothing twice.
    """

    def __init__(
        self,
        models: Mapping[str, str],
        *,
        settings: ProviderSettings,
        uow: Callable[[], SqlAlchemyUnitOfWork],
        concurrency: int = 3,
    ) -> None:
        self._models = models
        self._settings = settings
        self._uow = uow
        self._clients: dict[str, LLMClient] = {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._slots = asyncio.Semaphore(concurrency)

    def model_of(self, agent: str) -> str:
        """The model string of an agent."""
        if agent not in self._models:
            raise ConfigError(f"There is no agent named {agent!r}.", hint=f"The agents are: {', '.join(AGENTS)}.")
        return self._models[agent]

    async def ask(self, prompt: Prompt[T]) -> Completion[T]:
        """The answer to a prompt: the stored one where the same was asked before, else a new one.

        Raises what `LLMClient.complete` raises; the failed call is logged.
        """
        model = self.model_of(prompt.agent)
        key = prompt.key(model)
        # The same question asked twice at once waits for the first answer instead of paying for a second one.
        async with self._asking.setdefault(key, asyncio.Lock()):
            stored = await self._stored(key)
            if stored is None:
                return await self._call(prompt, model, key)
        value = prompt.output.model_validate_json(stored)
        return Completion(value=value, model=model, prompt_hash=prompt.hash, usage=Usage())

    async def _call(self, prompt: Prompt[T], model: str, key: str) -> Completion[T]:
        client = self._clients.get(model) or self._clients.setdefault(model, LLMClient(model, settings=self._settings))
        async with self._slots:
            try:
                completion = await client.complete(prompt)
            except LLMError as error:
                await self._log(prompt, model, error.fields.get("usage", Usage()), error=error)
                raise
        await self._log(prompt, model, completion.usage, answer=(key, completion.value.model_dump_json()))
        return completion

    async def _stored(self, key: str) -> str | None:
        async with self._uow() as uow:
            answer: str | None = await uow.session.scalar(
                sa.select(modelcall.c.answer).where(modelcall.c.call_key == key)
            )
            return answer

    async def _log(
        self,
        prompt: Prompt[T],
        model: str,
        usage: Usage,
        *,
        answer: tuple[str, str] | None = None,
        error: LLMError | None = None,
    ) -> None:
        entry = AgentLog(
            agent_name=prompt.agent,
            step_description=prompt.name,
            status="failed" if error else "completed",
            error_message=f"{type(error).__name__}: {error.message}" if error else "",
            duration_ms=usage.duration_ms,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            cost_estimate=usage.cost_micro_usd,
            model=model,
            lead_id=prompt.lead_id,
        )
        async with self._uow() as uow:
            uow.session.add(entry)
            if answer is not None:
                await self._keep(uow, prompt, model, answer)
            await uow.commit()

    @staticmethod
    async def _keep(uow: SqlAlchemyUnitOfWork, prompt: Prompt[T], model: str, answer: tuple[str, str]) -> None:
        try:
            async with uow.session.begin_nested():
                uow.session.add(ModelCall(call_key=answer[0], agent_name=prompt.agent, model=model, answer=answer[1]))
        except IntegrityError:
            # Another process asked the same and was first: its answer is as good, and ours is still logged.
            return
