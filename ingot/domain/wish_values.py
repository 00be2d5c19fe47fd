"""How wishes are written: `remote=only`, `must-have=technology:Python`. Each value is checked, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

from ingot.domain.industries import industry_names, industry_of
from ingot.domain.places import country_named
from ingot.domain.preferences import Condition, ConditionKind, RemoteWish, Wishes
from ingot.domain.roles import families, family_names
from ingot.domain.skills import canonical, skill_names
from ingot.errors import ValidationError

_LONGEST = 80


def read_size(value: str) -> tuple[int, int | None]:
    """`10-200` or `200+` as the least and the most people, the most None where there is no end."""
    match = re.fullmatch(r"(\d{1,7})(?:\+|\s*-\s*(\d{1,7}))", value.strip())
    if match is None or (match[2] and int(match[2]) < int(match[1])):
        raise ValidationError(f"{value!r} is no size.", hint="Write 10-200 or 200+.")
    return int(match[1]), int(match[2]) if match[2] else None


def read_salary(value: str) -> tuple[int, str]:
    """`90000 EUR` as an amount a year and its currency."""
    match = re.fullmatch(r"(\d{4,7})\s*([A-Za-z]{3})", value.strip())
    if match is None:
        raise ValidationError(f"{value!r} is no salary.", hint="Write a year's pay with its currency: 90000EUR.")
    return int(match[1]), match[2].upper()


def _text(value: str) -> str:
    plain = " ".join(value.split())
    if not plain or len(plain) > _LONGEST or not plain.isprintable():
        raise ValidationError("A wish is a few plain words.", hint=f"Give 1 to {_LONGEST} characters.")
    return plain


def _country(value: str) -> str:
    code = country_named(_text(value))
    if not code:
        raise ValidationError(
            f"{_text(value)!r} is no country that is known.", hint="Give its English name or code: Germany, DE."
        )
    return code


def _place(value: str) -> str:
    """A country's code where the value names one, else the words as a town or region."""
    return country_named(_text(value)) or _text(value)


def _technology(value: str) -> str:
    name = canonical(_text(value))
    if name is None:
        near = get_close_matches(_text(value), skill_names(), n=3)
        hint = f"Did you mean {' or '.join(near)}? " if near else ""
        raise ValidationError(
            f"{_text(value)!r} is no technology that is known.",
            hint=f"{hint}Other words go in as must-have=keyword:WORD.",
        )
    return name


def _industry(value: str) -> str:
    name = industry_of(_text(value))
    if name is None:
        raise ValidationError(
            f"{_text(value)!r} is no industry that is known.", hint=f"Known are: {', '.join(industry_names())}."
        )
    return name


def _role(value: str) -> str:
    plain = _text(value)
    if not families(plain):
        raise ValidationError(
            f"{plain!r} names no kind of role that is known.", hint=f"Known are: {', '.join(family_names())}."
        )
    return plain


def _remote(value: str) -> RemoteWish:
    known = {str(wish): wish for wish in RemoteWish}
    if value not in known:
        raise ValidationError(f"remote cannot be {value!r}.", hint=f"Give one of: {', '.join(known)}.")
    return known[value]


def _yes_no(value: str) -> bool:
    if value not in {"yes", "no"}:
        raise ValidationError(f"{value!r} is neither yes nor no.", hint="Give yes or no.")
    return value == "yes"


def _count(value: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,6}", value):
        raise ValidationError(f"{value!r} is no number of people.", hint="Give a whole number, such as 10.")
    return int(value)


def _salary(value: str) -> str:
    amount, currency = read_salary(value)
    return f"{amount} {currency}"


def _size(value: str) -> str:
    low, high = read_size(value)
    return f"{low}+" if high is None else f"{low}-{high}"


def _remote_or_not(value: str) -> str:
    return "yes" if _yes_no(value) else "no"


_CONDITION_VALUES: dict[ConditionKind, Callable[[str], str]] = {
    ConditionKind.technology: _technology,
    ConditionKind.industry: _industry,
    ConditionKind.location: _place,
    ConditionKind.size: _size,
    ConditionKind.remote: _remote_or_not,
    ConditionKind.keyword: _text,
}


def read_condition(value: str) -> Condition:
    """`technology:k8s` -> the condition that Kubernetes is used. Raises `ValidationError`."""
    kind, _, rest = value.partition(":")
    if kind not in _CONDITION_VALUES:
        kinds = ", ".join(f"{kind}:..." for kind in ConditionKind)
        raise ValidationError(f"{value!r} says not what it is about.", hint=f"Write one of: {kinds}")
    return Condition(ConditionKind(kind), _CONDITION_VALUES[ConditionKind(kind)](rest))


# By the name on the command line: the field, how a value is read, whether there may be several.
NAMES: dict[str, tuple[str, Callable[[str], Any], bool]] = {
    "role": ("roles", _role, True),
    "location": ("locations", _place, True),
    "country": ("countries", _country, True),
    "remote": ("remote", _remote, False),
    "needs-visa": ("needs_visa", _yes_no, False),
    "size-min": ("size_min", _count, False),
    "size-max": ("size_max", _count, False),
    "like-industry": ("industries_liked", _industry, True),
    "avoid-industry": ("industries_avoided", _industry, True),
    "like-technology": ("technologies_liked", _technology, True),
    "avoid-technology": ("technologies_avoided", _technology, True),
    "salary-floor": ("salary_floor", _salary, False),
    "must-have": ("must_haves", read_condition, True),
    "deal-breaker": ("deal_breakers", read_condition, True),
}


def with_set(wishes: Wishes, assignments: Iterable[str]) -> Wishes:
    """The wishes with `NAME=VALUE` set; where there may be several of a name, the value is added. Raises `ValidationError`."""
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise ValidationError(f"{assignment!r} sets nothing.", hint="Write NAME=VALUE, such as remote=only.")
        field, read, many = _known(name)
        given = read(value.strip())
        held = getattr(wishes, field)
        wishes = _replaced(wishes, {field: tuple(dict.fromkeys([*held, given])) if many else given})
    _check_together(wishes)
    return wishes


def without(wishes: Wishes, names: Iterable[str]) -> Wishes:
    """The wishes without those of these names; `NAME=VALUE` takes one of several away. Raises `ValidationError`."""
    for given in names:
        name, sign, value = given.partition("=")
        field, read, many = _known(name)
        if not sign:
            wishes = _replaced(wishes, {field: getattr(Wishes(), field)})
            continue
        held, gone = getattr(wishes, field), read(value.strip())
        if gone not in (held if many else (held,)):
            raise ValidationError(
                f"{given!r} is not among your preferences.", hint="See them: ingot profile preferences"
            )
        kept = tuple(one for one in held if one != gone) if many else getattr(Wishes(), field)
        wishes = _replaced(wishes, {field: kept})
    return wishes


def _replaced(wishes: Wishes, changes: dict[str, Any]) -> Wishes:
    return replace(wishes, **changes)


def _known(name: str) -> tuple[str, Callable[[str], Any], bool]:
    if name not in NAMES:
        raise ValidationError(f"There is no preference {name!r}.", hint=f"There are: {', '.join(NAMES)}.")
    return NAMES[name]


def _check_together(wishes: Wishes) -> None:
    low, high = wishes.size_min, wishes.size_max
    if low is not None and high is not None and low > high:
        raise ValidationError(f"size-min {low} is above size-max {high}.", hint="Set both in one command.")
    pairs: tuple[tuple[str, Sequence[object], Sequence[object]], ...] = (
        ("industry", wishes.industries_liked, wishes.industries_avoided),
        ("technology", wishes.technologies_liked, wishes.technologies_avoided),
        ("condition", wishes.must_haves, wishes.deal_breakers),
    )
    for what, wanted, unwanted in pairs:
        if both := [one for one in wanted if one in unwanted]:
            raise ValidationError(
                f"The {what} {both[0]} is both wanted and unwanted.", hint="Take one away with --unset."
            )
