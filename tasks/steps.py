"""Which steps a run of the campaign takes: the chosen ones, until the person at the terminal says no."""

from __future__ import annotations

from typing import Literal

from ingot.wiring import current

Stage = Literal["scout", "research", "match", "write"]
Step = Literal["scout", "research", "match", "decide", "write"]

# Scores are for a decision: who matches also lays the leads before the person.
_STEPS: dict[Stage | None, frozenset[Step]] = {
    None: frozenset({"scout", "research", "match", "decide", "write"}),
    "scout": frozenset({"scout"}),
    "research": frozenset({"research"}),
    "match": frozenset({"match", "decide"}),
    "write": frozenset({"write"}),
}


class Steps:
    """The steps of one run. After a no, no further one is taken."""

    def __init__(self, campaign_id: int, only: Stage | None) -> None:
        self._campaign_id = campaign_id
        self._chosen = _STEPS[only]

    async def take(self, step: Step) -> bool:
        """Whether this step is to be taken now; asks the checkpoint of the run."""
        if step not in self._chosen:
            return False
        if not await current().checkpoint(step, self._campaign_id):
            self._chosen = frozenset()
        return bool(self._chosen)
