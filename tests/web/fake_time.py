"""A clock that stands still unless somebody sleeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ingot.web.turns import Timer

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class FakeTime:
    def __init__(self) -> None:
        self.seconds = 0.0

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    @property
    def timer(self) -> Timer:
        """With the shortest gap always."""
        return Timer(clock=lambda: self.seconds, sleep=self.sleep, between=lambda shortest, _: shortest)
