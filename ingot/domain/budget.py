"""What models may cost, and when they may be asked again. Money is in micro-dollars, a day is any 24 hours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MICRO_USD = 1_000_000
DAY = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True)
class Spending:
    """Micro-dollars and tokens (in and out): of a call, of a day, or as a limit, where 0 is no limit."""

    micro_usd: int = 0
    tokens: int = 0

    def __add__(self, other: Spending) -> Spending:
        return Spending(micro_usd=self.micro_usd + other.micro_usd, tokens=self.tokens + other.tokens)


@dataclass(frozen=True, kw_only=True)
class Budget:
    """The limits of a day and of a campaign."""

    day: Spending = field(default_factory=Spending)
    campaign: Spending = field(default_factory=Spending)

    @classmethod
    def of(cls, *, day_usd: float, day_tokens: int, campaign_usd: float, campaign_tokens: int) -> Budget:
        """From dollars and tokens. A limit above zero stays above zero, however small."""
        return cls(
            day=Spending(micro_usd=_micro(day_usd), tokens=day_tokens),
            campaign=Spending(micro_usd=_micro(campaign_usd), tokens=campaign_tokens),
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is limited."""
        return self.in_dollars or bool(self.day.tokens or self.campaign.tokens)

    @property
    def in_dollars(self) -> bool:
        """Whether dollars are limited, so that every price has to be known."""
        return bool(self.day.micro_usd or self.campaign.micro_usd)


@dataclass(frozen=True, kw_only=True)
class Used:
    """What all processes together have used in a day, and for one campaign (None where a call belongs to no campaign)."""

    day: Spending
    campaign: Spending
    campaign_id: int | None


@dataclass(frozen=True, kw_only=True)
class Excess:
    """The limit that a call would pass: micro-dollars or tokens allowed, used so far, and needed by the call."""

    period: str
    unit: str
    limit: int
    used: int
    needed: int

    @property
    def setting(self) -> str:
        """The configuration field of this limit."""
        return f"budget.{self.period}_{self.unit}"

    @property
    def enough(self) -> str:
        """A value for the setting that lets the call pass: twice the limit, or more where that is too little."""
        value = max(2 * self.limit, self.used + self.needed)
        if self.unit == "tokens":
            return str(value)
        cents = MICRO_USD // 100
        return f"{-(-value // cents) / 100:.2f}"

    def told(self, amount: int) -> str:
        """An amount of this unit in words."""
        return f"{amount:,} tokens" if self.unit == "tokens" else dollars(amount)


def exceeded(budget: Budget, used: Used, call: Spending) -> Excess | None:
    """The first limit that a call would pass after what was used; None where it may be made.

    A limit holds back only what would add to it: a free call passes a dollar limit that is used up, a call that belongs
    to no campaign passes the limits of campaigns.
    """
    periods = [("day", budget.day, used.day)]
    if used.campaign_id is not None:
        periods.append(("campaign", budget.campaign, used.campaign))
    for period, limits, sums in periods:
        for unit, limit, spent, needed in (
            ("usd", limits.micro_usd, sums.micro_usd, call.micro_usd),
            ("tokens", limits.tokens, sums.tokens, call.tokens),
        ):
            if limit and needed and spent + needed > limit:
                return Excess(period=period, unit=unit, limit=limit, used=spent, needed=needed)
    return None


def free_at(entries: Iterable[tuple[datetime, int]], *, limit: int, needed: int, now: datetime) -> datetime | None:
    """When so much of the last 24 hours will have passed that `needed` fits under `limit`: `now` where it does already.

    `entries` are the moments and amounts that were used. None where it never fits.
    """
    if needed > limit:
        return None
    kept = sorted(entry for entry in entries if entry[0] > now - DAY)
    used = sum(amount for _, amount in kept)
    moment = now
    for spent_at, amount in kept:
        if used + needed <= limit:
            break
        used -= amount
        moment = spent_at + DAY
    return moment


def dollars(micro_usd: int) -> str:
    """`$0.00`, `$0.0042`, `$12.50`: to the cent from a dollar on, below it to a hundredth of a cent."""
    return f"${micro_usd / MICRO_USD:,.{4 if 0 < micro_usd < MICRO_USD else 2}f}"


def _micro(usd: float) -> int:
    return max(1, round(usd * MICRO_USD)) if usd > 0 else 0
