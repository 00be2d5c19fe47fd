"""Whether a company is what the user wishes: each wish is checked by a function of its own, and says which words decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingot.domain.company import CompanyFacts
from ingot.domain.places import country_named
from ingot.domain.preferences import Condition, ConditionKind, RemoteWish, Wishes
from ingot.domain.roles import families
from ingot.domain.skills import kin
from ingot.domain.wish_values import read_salary, read_size
from ingot.domain.work_terms import Remote


class Outcome(StrEnum):
    """Whether what the wish speaks of holds of the company."""

    met = "met"
    not_met = "not met"
    not_known = "not known"


class Strength(StrEnum):
    """What follows from it."""

    like = "wish"
    avoid = "avoid"
    must = "must-have"
    breaker = "deal-breaker"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A wish, whether it is met, and the words that decided. `part` is the part of the score that it counts in.

    Of what is to be avoided and of deal-breakers, `met` says that the unwanted holds.
    """

    wish: str
    strength: Strength
    outcome: Outcome
    words: str = ""
    part: str = "wishes"

    @property
    def is_unwanted(self) -> bool:
        """Whether its being met speaks against the company."""
        return self.strength in {Strength.avoid, Strength.breaker}

    @property
    def rejects(self) -> bool:
        """Whether it rejects the lead: a deal-breaker that is met, or a must-have that is known not to be."""
        return (self.strength is Strength.breaker and self.outcome is Outcome.met) or (
            self.strength is Strength.must and self.outcome is Outcome.not_met
        )

    def reason(self) -> str:
        """Why it rejects, for the person who reads the list of leads."""
        held = "holds" if self.outcome is Outcome.met else "does not hold"
        return f"{self.strength.capitalize()} {self.wish} {held}" + (f': "{self.words}".' if self.words else ".")


Verdict = tuple[Outcome, str]


def has_technology(name: str, company: CompanyFacts) -> Verdict:
    """A technology that is not named may still be used: silence is not a no."""
    words = company.skills.get(name)
    return (Outcome.met, words) if words else (Outcome.not_known, "")


def is_in_industry(name: str, company: CompanyFacts) -> Verdict:
    """Met where it is one of the main industries, not known where it is named in passing or none is named at all."""
    if main := company.industries.get(name):
        return Outcome.met, ", ".join(main.words[:3])
    if passing := company.named_industries.get(name):
        return Outcome.not_known, ", ".join(passing.words[:3])
    known = [words for naming in company.industries.values() for words in naming.words]
    return (Outcome.not_met, ", ".join(known[:3])) if known else (Outcome.not_known, "")


def is_in_place(name: str, company: CompanyFacts) -> Verdict:
    """A country by its code or name, or a town or region as the company's location spells it."""
    where = company.location or "; ".join(company.regions)
    if country_named(name):
        found = company.place.countries
        return (
            (Outcome.met if country_named(name) in found else Outcome.not_met, where)
            if found
            else (Outcome.not_known, "")
        )
    if not company.location:
        return Outcome.not_known, ""
    held = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", company.location, re.IGNORECASE)
    return Outcome.met if held else Outcome.not_met, where


def has_size(value: str, company: CompanyFacts) -> Verdict:
    """A number of people, both ends included."""
    low, high = read_size(value)
    size = company.team_size
    if size is None:
        return Outcome.not_known, ""
    fits = low <= size and (high is None or size <= high)
    return Outcome.met if fits else Outcome.not_met, f"{size} people"


def works_remotely(value: str, company: CompanyFacts) -> Verdict:
    """`yes` where people work remotely, at least in part; `no` where everybody works on site."""
    stance, words = company.remote
    if stance is None:
        return Outcome.not_known, ""
    is_remote = stance is not Remote.on_site
    return Outcome.met if is_remote == (value == "yes") else Outcome.not_met, words


def names_keyword(value: str, company: CompanyFacts) -> Verdict:
    """Whole words of the text, whatever their case."""
    found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", company.text, re.IGNORECASE)
    return (Outcome.met, found[0]) if found else (Outcome.not_known, "")


CONDITIONS: dict[ConditionKind, Callable[[str, CompanyFacts], Verdict]] = {
    ConditionKind.technology: has_technology,
    ConditionKind.industry: is_in_industry,
    ConditionKind.location: is_in_place,
    ConditionKind.size: has_size,
    ConditionKind.remote: works_remotely,
    ConditionKind.keyword: names_keyword,
}


def deal_breakers(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """One finding each. What a text does not name does not hold, as far as anybody can see."""
    yield from _conditions(wishes.deal_breakers, Strength.breaker, company)


def must_haves(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """One finding each."""
    yield from _conditions(wishes.must_haves, Strength.must, company)


def _conditions(conditions: Sequence[Condition], strength: Strength, company: CompanyFacts) -> Iterator[Finding]:
    for condition in conditions:
        outcome, words = CONDITIONS[condition.kind](condition.value, company)
        yield Finding(wish=str(condition), strength=strength, outcome=outcome, words=words)


def remote_work(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """`only` is a must-have, the rest are wishes."""
    if wishes.remote is RemoteWish.any:
        return
    outcome, words = works_remotely("no" if wishes.remote is RemoteWish.no else "yes", company)
    if wishes.remote is RemoteWish.no and company.remote[0] is Remote.partly:
        outcome = Outcome.met  # there is an office to go to
    strength = Strength.must if wishes.remote is RemoteWish.only else Strength.like
    yield Finding(wish=f"remote {wishes.remote}", strength=strength, outcome=outcome, words=words, part="location")


def right_place(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Any of the places and countries will do."""
    wanted = (*wishes.locations, *wishes.countries)
    if wanted:
        outcome, words = _any_of(wanted, is_in_place, company)
        wish = f"in {' or '.join(wanted)}"
        yield Finding(wish=wish, strength=Strength.like, outcome=outcome, words=words, part="location")


def visa(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Asked only of those who need one."""
    if wishes.needs_visa:
        sponsors, words = company.visa
        outcome = Outcome.not_known if sponsors is None else Outcome.met if sponsors else Outcome.not_met
        yield Finding(wish="sponsors a visa", strength=Strength.like, outcome=outcome, words=words, part="location")


def right_size(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Between the smallest and the largest wished."""
    low, high = wishes.size_min, wishes.size_max
    if low is not None or high is not None:
        value = f"{low or 1}+" if high is None else f"{low or 1}-{high}"
        outcome, words = has_size(value, company)
        yield Finding(wish=f"{value} people", strength=Strength.like, outcome=outcome, words=words, part="size")


def right_role(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """An open role of the family of any role wished."""
    if wishes.roles:
        wanted = frozenset[str]().union(*map(families, wishes.roles))
        fitting = [title for title in company.open_roles if families(title) & wanted]
        known = [title for title in company.open_roles if families(title)]
        outcome = Outcome.met if fitting else Outcome.not_met if known else Outcome.not_known
        words = ", ".join((fitting or known)[:3])
        yield Finding(wish=f"role {' or '.join(wishes.roles)}", strength=Strength.like, outcome=outcome, words=words)


def liked_industries(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Any of them will do."""
    if wishes.industries_liked:
        outcome, words = _any_of(wishes.industries_liked, is_in_industry, company)
        wish = f"industry {' or '.join(wishes.industries_liked)}"
        yield Finding(wish=wish, strength=Strength.like, outcome=outcome, words=words)


def avoided_industries(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """One finding each."""
    for name in wishes.industries_avoided:
        outcome, words = is_in_industry(name, company)
        yield Finding(wish=f"industry {name}", strength=Strength.avoid, outcome=outcome, words=words)


def liked_technologies(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Any of them will do; one that does much the same job is told, and does not count."""
    if wishes.technologies_liked:
        outcome, words = _any_of(wishes.technologies_liked, has_technology, company)
        alike = [skill for name in wishes.technologies_liked for skill in company.skills if skill in kin(name)]
        wish = f"technology {' or '.join(wishes.technologies_liked)}"
        yield Finding(wish=wish, strength=Strength.like, outcome=outcome, words=words or ", ".join(alike[:3]))


def avoided_technologies(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """One finding each."""
    for name in wishes.technologies_avoided:
        outcome, words = has_technology(name, company)
        yield Finding(wish=f"technology {name}", strength=Strength.avoid, outcome=outcome, words=words)


def pay(wishes: Wishes, company: CompanyFacts) -> Iterator[Finding]:
    """Only pay that the company states, in the same currency, is compared."""
    if wishes.salary_floor:
        floor, currency = read_salary(wishes.salary_floor)
        stated = [pay for pay in company.pay if pay.currency == currency]
        best = max(stated, key=lambda pay: pay.high, default=None)
        outcome = Outcome.not_known if best is None else Outcome.met if best.high >= floor else Outcome.not_met
        wish, words = f"pays {wishes.salary_floor} a year", best.words if best else ""
        yield Finding(wish=wish, strength=Strength.like, outcome=outcome, words=words)


def _any_of(names: Sequence[str], holds: Callable[[str, CompanyFacts], Verdict], company: CompanyFacts) -> Verdict:
    verdicts = [holds(name, company) for name in names]
    order = (Outcome.met, Outcome.not_known, Outcome.not_met)
    return min(verdicts, key=lambda verdict: order.index(verdict[0]))


# In the order in which they are told; the first that rejects gives the reason.
CHECKS: tuple[Callable[[Wishes, CompanyFacts], Iterator[Finding]], ...] = (
    deal_breakers,
    must_haves,
    remote_work,
    right_place,
    visa,
    right_size,
    right_role,
    liked_industries,
    avoided_industries,
    liked_technologies,
    avoided_technologies,
    pay,
)


def check_wishes(wishes: Wishes, company: CompanyFacts) -> tuple[Finding, ...]:
    """Every wish with what was found about it."""
    return tuple(finding for check in CHECKS for finding in check(wishes, company))


def rejection(findings: Sequence[Finding]) -> Finding | None:
    """The first finding that rejects the lead, or None."""
    return next((finding for finding in findings if finding.rejects), None)
