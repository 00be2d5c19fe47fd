"""What is known of a company when it is matched, and what follows from it; worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from ingot.domain.industries import Naming, main_industries, named_industries
from ingot.domain.places import Place, place_of
from ingot.domain.skills import find_skills
from ingot.domain.topics import topics
from ingot.domain.work_terms import Pay, Remote, remote_stance, stated_pay, visa_stance

# The same few places stand in thousands of records.
_place = lru_cache(maxsize=4096)(place_of)


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """What a score is computed from.

    `text` is everything that was read, `about` the part in which the company describes itself (empty is all of it), `labels`
    the venue's tags and industries, `open_roles` titles, `location` and `regions` as the venue has them.
    """

    text: str
    about: str = ""
    team_size: int | None = None
    open_roles: tuple[str, ...] = ()
    location: str = ""
    regions: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    domain: str = ""

    @cached_property
    def skills(self) -> dict[str, str]:
        """The technologies named, with the words that name them."""
        return find_skills(self.text)

    @cached_property
    def topics(self) -> frozenset[str]:
        """The stems of the words that tell what it does."""
        return topics(self.about or self.text)

    @cached_property
    def named_industries(self) -> dict[str, Naming]:
        """Every industry that is named, also those in passing."""
        return named_industries(self.labels, self.about or self.text)

    @cached_property
    def industries(self) -> dict[str, Naming]:
        """The industries that the company works in."""
        return main_industries(self.named_industries)

    @cached_property
    def place(self) -> Place:
        """Where it is; regions count where it gives no location."""
        return _place(self.location or "; ".join(self.regions), domain=self.domain)

    @cached_property
    def remote(self) -> tuple[Remote | None, str]:
        """Whether people work remotely, and the words that say so."""
        return remote_stance("\n".join((self.location, *self.regions)), self.text)

    @cached_property
    def visa(self) -> tuple[bool | None, str]:
        """Whether it sponsors a visa, and the words that say so."""
        return visa_stance(self.text)

    @cached_property
    def pay(self) -> tuple[Pay, ...]:
        """The pay it states."""
        return tuple(stated_pay(self.text))
