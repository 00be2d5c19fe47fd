"""Which form a model is asked in: the one that is known to work, else one step down the ladder after another."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from ingot.llm.forms import Form, FormStore

_log = logging.getLogger(__name__)


class Ladder:
    """What is known of one model at one address: its form, and the options it rejects. Read from the store once.

    `forms` are those to try, the best first.
    """

    def __init__(self, *, model: str, url: str, forms: tuple[Form, ...], store: FormStore) -> None:
        self._model = model
        self._url = url
        self._forms = forms
        self._store = store
        self._known = ""
        self._rejected: tuple[str, ...] = ()
        self._is_loaded = self._is_doubted = False

    async def load(self) -> None:
        """Read what an earlier process found."""
        if self._is_loaded:
            return
        stored = await self._store.load(self._model, self._url)
        if stored is not None and not self._is_loaded:
            self._known = stored.form if any(form.name == stored.form for form in self._forms) else ""
            self._rejected = tuple(stored.rejected)
        self._is_loaded = True

    def steps(self) -> Iterator[Form]:
        """The form that works, those below it, then those above it: each once."""
        start = next((at for at, form in enumerate(self._forms) if form.name == self._known), 0)
        yield from self._forms[start:]
        yield from self._forms[:start]

    def is_proven(self, form: Form) -> bool:
        """Whether the model has given an object in this form."""
        return form.name == self._known and not self._is_doubted

    def doubt(self) -> None:
        """The form that worked did not: next time it is the first of those that are tried, and no more than that."""
        self._is_doubted = True

    def accepted(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options that the model was not found to reject."""
        return {name: value for name, value in options.items() if name not in self._rejected}

    def step_down(self, form: Form, why: str) -> None:
        """Log that a form does not work. `why` holds nothing that was asked or answered."""
        _log.warning("%s does not answer in the form %s: %s", self._model, form.name, why)

    async def found(self, form: Form) -> None:
        """Remember the form that worked."""
        self._is_doubted = False
        if form.name == self._known:
            return
        _log.info("%s answers in the form %s", self._model, form.name)
        self._known = form.name
        await self._save()

    async def drop(self, option: str) -> None:
        """Remember that the model rejects an option."""
        if option in self._rejected:
            return
        _log.warning("%s rejects the option %s: it is left out from now on", self._model, option)
        self._rejected = (*self._rejected, option)
        await self._save()

    async def _save(self) -> None:
        await self._store.save(self._model, self._url, self._known, self._rejected)
