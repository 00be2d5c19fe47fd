"""What the user wants and does not want of a company, and how much each part of a match counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(kw_only=True, eq=False)
class Preference:
    """The user's wishes and weights as stored: one row a user.

    `wishes` holds what `Wishes` reads and, as `letters`, what `ingot.domain.learned.Learned` does.

    `weights` are points per part of the score where the user changed them; `proposal` is what was learned from decisions and
    waits for the user's yes.
    """

    user_id: str
    wishes: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    proposal: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    updated_at: datetime | None = None


class RemoteWish(StrEnum):
    """How the user wants to work. `any` is no matter."""

    only = "only"
    preferred = "preferred"
    any = "any"
    no = "no"


class ConditionKind(StrEnum):
    """What a must-have or a deal-breaker is about."""

    technology = "technology"
    industry = "industry"
    location = "location"
    size = "size"
    remote = "remote"
    keyword = "keyword"


@dataclass(frozen=True, order=True)
class Condition:
    """Something that holds of a company or does not: `technology:Python`, `size:200+`, `remote:no`."""

    kind: ConditionKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What the user wants. Empty says nothing; sizes are people, both ends included; `salary_floor` is "90000 EUR" a year.

    `roles` are titles, `countries` ISO 3166-1 codes, industries and technologies the names of their tables.
    """

    roles: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    remote: RemoteWish = RemoteWish.any
    needs_visa: bool = False
    size_min: int | None = None
    size_max: int | None = None
    industries_liked: tuple[str, ...] = ()
    industries_avoided: tuple[str, ...] = ()
    technologies_liked: tuple[str, ...] = ()
    technologies_avoided: tuple[str, ...] = ()
    salary_floor: str = ""
    must_haves: tuple[Condition, ...] = ()
    deal_breakers: tuple[Condition, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What is wished, as JSON values; what is not is left out."""
        shown: dict[str, Any] = {}
        for item in fields(self):
            value = getattr(self, item.name)
            if value != item.default:
                shown[item.name] = [str(one) for one in value] if isinstance(value, tuple) else value
        return shown

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Wishes:
        """The wishes that `to_json` wrote; names of a later version are passed over."""
        known = {item.name for item in fields(cls)} & stored.keys()
        values: dict[str, Any] = {
            name: tuple(stored[name]) if isinstance(stored[name], list) else stored[name] for name in known
        }
        for name in {"must_haves", "deal_breakers"} & known:
            values[name] = tuple(_condition(text) for text in values[name])
        if "remote" in known:
            values["remote"] = RemoteWish(values["remote"])
        return cls(**values)


def _condition(text: str) -> Condition:
    kind, _, value = text.partition(":")
    return Condition(ConditionKind(kind), value)


NO_WISHES = Wishes()
