"""The parts of a match, each as the share (0-1) of its points that a company gets, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from ingot.domain.candidate import Candidate
from ingot.domain.company import CompanyFacts
from ingot.domain.industries import relatedness
from ingot.domain.roles import families, years_of_title
from ingot.domain.skills import family
from ingot.domain.wish_checks import Finding, Outcome, Strength
from ingot.domain.work_terms import Remote

# A company names few technologies in public; below this many, each one would weigh too much.
_FEWEST_SKILLS = 3
# What a technology is worth that the company may use and does not name.
_UNNAMED = 0.35
# A skill that does the same job (MySQL for PostgreSQL), and one that is only of the same family, of the skill itself.
_KIN, _FAMILY = 0.55, 0.15
# Practices and trends stand in every second text: they tell less than a language or a data store.
_COMMON = {"practice": 0.5, "machine learning": 0.7, "security": 0.7, "trend": 0.4}
# A résumé that shares this part of a company's topic words is as close as résumés get; measured over 300 companies.
_FULL_OVERLAP = 0.30
# What is not known is neither good nor bad.
_NEUTRAL = 0.5
# How much of the experience the role decides; the topics decide the rest.
_ROLE, _ROLE_UNKNOWN = 0.6, 0.3
_SMALL_TEAM, _MIDDLE_TEAM = 50, 200


@dataclass(frozen=True, kw_only=True)
class Share:
    """What a part gets of its points (0-1), why, what would raise it, and the words on both sides that it rests on."""

    share: float
    why: str
    change: str = ""
    theirs: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


def skills(candidate: Candidate, company: CompanyFacts, _: tuple[Finding, ...]) -> Share:
    """Technologies the company names: on the résumé, or ones that do the same job there."""
    wanted = company.skills
    if not wanted:
        return Share(
            share=_UNNAMED,
            why="The company names no technology; counted as neutral.",
            change="A job post or an engineering page that names its technologies.",
        )
    worth = {name: _COMMON.get(family(name), 1.0) for name in wanted}
    common = [name for name in wanted if name in candidate.skills]
    missing = [name for name in wanted if name not in candidate.skills]
    alike = {name: candidate.kin[name] for name in missing if name in candidate.kin}
    gained = sum(worth[name] for name in common) + sum(
        worth[name] * (_KIN if name in alike else _FAMILY if family(name) in candidate.skill_families else 0.0)
        for name in missing
    )
    unnamed = max(0.0, _FEWEST_SKILLS - sum(worth.values()))
    why = f"{len(common)} of {len(wanted)} named technologies are on the résumé"
    why += f" ({', '.join(common[:6])})" if common else ""
    why += f"; near ones: {', '.join(f'{own} for {name}' for name, own in list(alike.items())[:3])}" if alike else ""
    why += f"; not on it: {', '.join(missing[:4])}." if missing else "."
    return Share(
        share=(gained + _UNNAMED * unnamed) / (sum(worth.values()) + unnamed),
        why=why,
        change=f"{', '.join(missing[:4])} on the résumé, where you know them." if missing else "",
        theirs=tuple(wanted[name] for name in [*common, *missing]),
        ours=(*common, *dict.fromkeys(alike.values())),
    )


def experience(candidate: Candidate, company: CompanyFacts, _: tuple[Finding, ...]) -> Share:
    """The open role nearest to the user's titles, and the topics that both texts share."""
    theirs = company.topics
    if not theirs and not company.open_roles:
        return Share(
            share=0.0, why="Nothing is known of what the company does.", change="A page that tells what it does."
        )
    common = theirs & candidate.topics
    topics = min(1.0, len(common) / len(theirs) / _FULL_OVERLAP) if theirs else 0.0
    role, fit, own = best_role(candidate, company)
    told = f"{len(common)} of the {len(theirs)} topic words of the company stand on the résumé."
    if not role:
        return Share(
            share=_ROLE_UNKNOWN * _NEUTRAL + (1 - _ROLE_UNKNOWN) * topics,
            why=f"No open role is known; counted as neutral. {told}",
            change="An open role on its pages that is like yours.",
        )
    near = "the same kind of work as" if fit > 0.8 else "near to" if fit >= 0.4 else "far from"
    return Share(
        share=_ROLE * fit + (1 - _ROLE) * topics,
        why=f"It looks for: {role}; {near} your work" + (f" as {own}. " if own else ". ") + told,
        change="" if fit > 0.8 else "An open role nearer to your titles.",
        theirs=(role,),
        ours=(own,) if own else (),
    )


def best_role(candidate: Candidate, company: CompanyFacts) -> tuple[str, float, str]:
    """The open role of a known kind that fits best, how well (0-1), and to which of the user's titles; ("", 0, "") where none."""
    fits = [(*candidate.fit(title), title) for title in company.open_roles if families(title)]
    fit, own, title = max(fits, key=lambda found: found[0], default=(0.0, "", ""))
    return title, fit, own


def industry(candidate: Candidate, company: CompanyFacts, _: tuple[Finding, ...]) -> Share:
    """The company's industries against those that the résumé shows."""
    theirs = company.industries
    if not theirs or not candidate.industries:
        who = "the company works in" if not theirs else "the résumé comes from"
        return Share(share=_NEUTRAL, why=f"Which industry {who} is not known; counted as neutral.")
    strongest = max(naming.weight for naming in theirs.values())
    pairs = [
        (relatedness(name, own) * weight * (naming.weight / strongest) ** 0.5, name, own)
        for name, naming in theirs.items()
        for own, weight in candidate.industries.items()
    ]
    near, name, own = max(pairs, key=lambda pair: pair[0])
    words = ", ".join(list(theirs)[:3])
    if not near:
        return Share(
            share=0.0,
            why=f"It works in {words}; nothing on the résumé comes from there.",
            change=f"Work in {next(iter(theirs))} on the résumé, where you have done some.",
            theirs=theirs[next(iter(theirs))].words,
        )
    return Share(
        share=near,
        why=f"It works in {words}; the résumé shows {own}.",
        theirs=theirs[name].words,
        ours=candidate.industry_words[own],
    )


def seniority(candidate: Candidate, company: CompanyFacts, _: tuple[Finding, ...]) -> Share:
    """The years that the role asks for, or that a team of this size needs."""
    role = best_role(candidate, company)[0] or next(iter(company.open_roles), "")
    asked = years_of_title(role)
    small = company.team_size is not None and company.team_size <= 10
    wanted = asked if asked is not None else 4 if small else 2
    short, over = max(0, wanted - candidate.years), max(0, candidate.years - wanted - 8) if asked is not None else 0
    source = f"the open role ({role})" if asked is not None else "the size of the team"
    return Share(
        share=max(0.0, 1 - 0.2 * short - 0.1 * over),
        why=f"{candidate.years} years on the résumé; about {wanted} asked for, by {source}.",
        change="A role that asks for fewer years." if short else "A role that asks for more." if over else "",
        theirs=(role,) if asked is not None else (),
    )


def size(candidate: Candidate, company: CompanyFacts, findings: tuple[Finding, ...]) -> Share:
    """The size wished; without such a wish, how likely a letter reaches who decides."""
    wish = next((item for item in findings if item.part == "size"), None)
    people = company.team_size
    if people is None:
        return Share(share=_NEUTRAL, why="The size is not known; counted as neutral.", change="Its number of people.")
    if wish is not None:
        fits = wish.outcome is Outcome.met
        return Share(share=float(fits), why=f"{people} people; you wish for {wish.wish}.", theirs=(wish.words,))
    reach = 1.0 if people <= _SMALL_TEAM else 0.8 if people <= _MIDDLE_TEAM else 0.55
    early = people <= 5 and candidate.years < 3
    if early:
        return Share(share=reach - 0.3, why=f"{people} people: the first hires should have worked before.")
    told = "a letter reaches who decides." if people <= _SMALL_TEAM else "a letter may go through several hands."
    return Share(share=reach, why=f"{people} people: {told}")


def location(candidate: Candidate, company: CompanyFacts, findings: tuple[Finding, ...]) -> Share:
    """The place, remote work and visa wished; without such wishes, whether the user lives in the company's country."""
    asked = [item for item in findings if item.part == "location"]
    stance, words = company.remote
    if asked:
        share = sum(_worth(item) for item in asked) / len(asked)
        open_ones = [item.wish for item in asked if item.outcome is Outcome.not_known]
        return Share(
            share=share,
            why="; ".join(f"{item.wish}: {item.outcome}" for item in asked) + ".",
            change=f"Word on: {', '.join(open_ones)}." if open_ones else "",
            theirs=tuple(item.words for item in asked if item.words),
        )
    here, there = candidate.place.countries, company.place.countries
    if here and there and here & there:
        return Share(share=1.0, why=f"It is in your country ({company.location}).", ours=(candidate.location,))
    if stance in {Remote.fully, Remote.partly}:
        share = 0.85 if stance is Remote.fully else 0.6
        return Share(share=share, why=f"It is elsewhere or everywhere, and works remotely ({words}).", theirs=(words,))
    if not here or not there:
        return Share(share=_NEUTRAL, why="Where one of you is, is not known; counted as neutral.")
    why = f"It is in {company.location or ', '.join(company.regions)}; you are in {candidate.location}."
    return Share(share=0.1, why=why, change="Word on remote work, or a wish: ingot profile preferences set remote=only")


def wished(_: Candidate, __: CompanyFacts, findings: tuple[Finding, ...]) -> Share:
    """The wishes that no other part counts. Must-haves and deal-breakers weigh double; no wish is a wish granted."""
    counted = [item for item in findings if item.part == "wishes"]
    if not counted:
        return Share(share=1.0, why="You have stated no other wish; set them: ingot profile preferences")
    weights = [2 if item.strength in {Strength.must, Strength.breaker} else 1 for item in counted]
    share = sum(weight * _worth(item) for weight, item in zip(weights, counted, strict=True)) / sum(weights)
    open_ones = [item.wish for item in counted if item.outcome is Outcome.not_known and not item.is_unwanted]
    return Share(
        share=share,
        why="; ".join(f"{item.strength} {item.wish}: {item.outcome}" for item in counted) + ".",
        change=f"Word on: {', '.join(open_ones)}." if open_ones else "",
        theirs=tuple(item.words for item in counted if item.words),
    )


def _worth(finding: Finding) -> float:
    """1 where it is as wished. Silence about the unwanted is good news, silence about the wanted is half of it."""
    if finding.is_unwanted:
        return {Outcome.met: 0.0, Outcome.not_known: 0.9, Outcome.not_met: 1.0}[finding.outcome]
    return {Outcome.met: 1.0, Outcome.not_known: _NEUTRAL, Outcome.not_met: 0.0}[finding.outcome]
