"""The seven agents: each asks its model, remembers the answer and logs what it took."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from weakref import WeakValueDictionary

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingot.db import audit
from ingot.db.spending import AgentLogSpending
from ingot.db.tables import modelcall
from ingot.db.tables.base import utc_now
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.budget import Budget
from ingot.domain.job import AgentLog, AuditLevel, AuditType
from ingot.domain.model_use import ModelCall
from ingot.errors import ConfigError, LLMError
from ingot.llm.budget import BudgetGuard
from ingot.llm.client import Completion, LLMClient, Usage
from ingot.llm.context import Cut, fit
from ingot.llm.fallback import FallbackClient
from ingot.llm.prices import Prices
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
        fallbacks: Mapping[str, Sequence[str]] | None = None,
        budget: Budget | None = None,
        prices: Prices | None = None,
        concurrency: int = 3,
        now: Callable[[], datetime] = utc_now,  # the clock by which calls are logged
    ) -> None:
        self._models = models
        self._fallbacks = fallbacks or {}
        self._settings = settings
        self._uow = uow
        self._prices = prices or Prices()
        self._guard = BudgetGuard(budget=budget or Budget(), prices=self._prices, record=AgentLogSpending(uow), now=now)
        self._clients: dict[str, LLMClient | FallbackClient] = {}
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._slots = asyncio.Semaphore(concurrency)

    def model_of(self, agent: str) -> str:
        """The model string of an agent."""
        if agent not in self._models:
            raise ConfigError(f"There is no agent named {agent!r}.", hint=f"The agents are: {', '.join(AGENTS)}.")
        return self._models[agent]

    def chain_of(self, agent: str) -> tuple[str, ...]:
        """The models that an agent asks in turn, until one answers."""
        return tuple(dict.fromkeys((self.model_of(agent), *self._fallbacks.get(agent, ()))))

    async def ask(self, prompt: Prompt[T], *, model: str | None = None) -> Completion[T]:
        """The answer to a prompt: the stored one where the same was asked before, else a new one.

        With `model`, that one is asked instead of the agent's, and nobody stands in for it. An answer is kept under the
        first model of the chain and what it was shown, whoever of the chain gave it.

        Raises what `LLMClient.complete` raises (the failed call is logged), and before anything is asked
        `BudgetExceeded` and `ContextTooSmall`.
        """
        chain = self.chain_of(prompt.agent) if model is None else (model,)
        prompt, cuts = fit(prompt, chain)
        key = prompt.key(chain[0])
        # The same question asked twice at once waits for the first answer instead of paying for a second one.
        async with self._asking.setdefault(key, asyncio.Lock()):
            stored = await self._stored(key)
            if stored is None:
                return await self._call(prompt, chain, key, cuts)
        answer, answered_by = stored
        value = prompt.output.model_validate_json(answer)
        return Completion(value=value, model=answered_by, prompt_hash=prompt.hash, usage=Usage())

    async def _call(self, prompt: Prompt[T], chain: tuple[str, ...], key: str, cuts: list[Cut]) -> Completion[T]:
        # The share of the budget is held until the call is logged, where others find it.
        async with self._slots, self._guard.call(prompt, chain):
            try:
                completion = await self._client(chain).complete(prompt)
            except LLMError as error:
                usage = self._priced(chain[0], error.fields.get("usage", Usage()))
                await self._log(prompt, chain[0], usage, cuts, error=error)
                raise
            completion = replace(completion, usage=self._priced(completion.model, completion.usage))
            await self._log(prompt, completion.model, completion.usage, cuts, answer=(key, completion))
        return completion

    def _client(self, chain: tuple[str, ...]) -> LLMClient | FallbackClient:
        name = ",".join(chain)
        if name not in self._clients:
            self._clients[name] = (
                LLMClient(chain[0], settings=self._settings)
                if len(chain) == 1
                else FallbackClient(chain, settings=self._settings)
            )
        return self._clients[name]

    def _priced(self, model: str, usage: Usage) -> Usage:
        """The usage at the user's own price, where there is one; the engine knows the list prices."""
        if model not in self._prices.own:
            return usage
        cost = self._prices.micro_usd(model, input_tokens=usage.input_tokens, output_tokens=usage.output_tokens)
        return replace(usage, cost_micro_usd=cost or 0)

    async def _stored(self, key: str) -> tuple[str, str] | None:
        async with self._uow() as uow:
            query = sa.select(modelcall.c.answer, modelcall.c.model).where(modelcall.c.call_key == key)
            found = (await uow.session.execute(query)).one_or_none()
            return (found.answer, found.model) if found else None

    async def _log(
        self,
        prompt: Prompt[T],
        model: str,
        usage: Usage,
        cuts: list[Cut],
        *,
        answer: tuple[str, Completion[T]] | None = None,
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
            if cuts:
                _note_cuts(uow, prompt, model, cuts)
            if answer is not None:
                await _keep(uow, prompt, *answer)
            await uow.commit()


def _note_cuts(uow: SqlAlchemyUnitOfWork, prompt: Prompt[T], model: str, cuts: list[Cut]) -> None:
    """What did not fit, in numbers: nothing is left out silently."""
    told = "; ".join(f"{cut.name}: {cut.left_out} of {cut.whole} {cut.unit}" for cut in cuts)
    audit.note(
        uow,
        AuditType.api_call,
        f"The question {prompt.name} was cut to the context of {model}. Left out: {told}.",
        level=AuditLevel.WARNING,
        row_number=prompt.lead_id,
        cuts=[asdict(cut) for cut in cuts],
    )


async def _keep(uow: SqlAlchemyUnitOfWork, prompt: Prompt[T], key: str, completion: Completion[T]) -> None:
    usage = completion.usage
    call = ModelCall(
        call_key=key,
        agent_name=prompt.agent,
        model=completion.model,
        answer=completion.value.model_dump_json(),
        prompt_name=prompt.name,
        prompt_hash=prompt.hash,
        inputs=prompt.inputs,
        lead_id=prompt.lead_id,
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cost_micro_usd=usage.cost_micro_usd,
    )
    try:
        async with uow.session.begin_nested():
            uow.session.add(call)
    except IntegrityError:
        # Another process asked the same and was first: its answer is as good, and ours is still logged.
        return
