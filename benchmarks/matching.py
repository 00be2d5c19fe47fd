"""How matching spreads, how fast it is, and whether the company made for a résumé comes first.

Run as `python -m benchmarks.matching [--data DIR] [--part tune|held|all] [--top]`. DIR holds a list of companies as the Y Combinator
mirror gives it (`yc/companies/hiring_recent_300.json`). Exit code 1 where a target is missed:
the intended company first for every résumé, at least 20 different scores of 150 companies, under 5 ms a match and 2 ms a first look.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ingot.domain.candidate import candidate_of
from ingot.domain.company import CompanyFacts
from ingot.domain.first_look import FirstLook
from ingot.domain.scoring import Score, score_match
from ingot.domain.user import UserProfile
from ingot.sample.golden import golden_cases
from ingot.venues.record import VenueRecord, record_text
from ingot.venues.yc import parse_company

_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
_YEAR = 2026
_FEWEST_SCORES, _SLOWEST_MATCH, _SLOWEST_LOOK = 20, 5.0, 2.0

# Forty invented companies: what each makes, its open role, and the résumé (by the headline's beginning) it was made for, or "".
_INVENTED = """
Backend Engineer | Corlane settles freight invoices and card payments between carriers and shippers; services in Python and Postgres. | Backend Engineer
Senior Data Engineer | Windmoor forecasts wind power and keeps the readings of turbines in pipelines on Airflow, dbt and Spark. | Data Engineer
Principal Firmware Engineer | Halbrook makes battery controllers; the firmware is C on an RTOS and talks over CAN bus and Bluetooth Low Energy. | Embedded Engineer
Junior Frontend | Petalune is an online shop for seeds; the front end is React, TypeScript and CSS with tests in Playwright. | Frontend Developer
Research Scientist | Foldmere designs proteins with deep learning; drug discovery on PyTorch and JAX. | Machine Learning Scientist
Senior Product Designer | Wardhollow plans shifts of nurses in hospitals and is drawn in Figma on one design system with user research. | Product Designer
 | Tannerby sells leather polish to saddlers. | Account Executive
 | Ovenfold bakes for hotels. | Pastry Chef
 | Graveltide dredges harbours with large ships. | Ship Mechanic
 | Quoinstone restores church windows. | Glazier
 | Lampwick makes video games about lighthouses in Unreal Engine. | Gameplay Programmer
 | Burrowdale sells insurance for pets by telephone. | Underwriter
 | Thornlea runs a call center for florists. | Customer Support Lead
 | Millrace prints posters for theatres. | Marketing Manager
 | Osterley recruits teachers for language schools. | Recruiter
 | Pikehall writes contracts for law firms. | Paralegal
 | Seabrook audits the books of charities. | Accountant
 | Larkfield teaches chess to children online. | Chess Teacher
 | Harrowgate keeps bees on roofs. | Beekeeper
 | Dunmere flies drones over vineyards. | Drone Pilot
 | Saltwick runs a lottery for villages. | Compliance Officer
 | Foxglove grows herbs for restaurants. | Greenhouse Manager
 | Ironvale casts bells of bronze. | Foundry Technician
 | Kestrelow rents bicycles to tourists. | Operations Coordinator
 | Brackenby makes podcasts on gardening. | Audio Editor
 | Copseworth sells houses in the country. | Estate Agent
 | Marlpit drills for oil in the North Sea. | Drilling Supervisor
 | Netherby paints murals for museums. | Illustrator
 | Rushmoor builds armoured vehicles for the army. | Welding Engineer
 | Stonecrop keeps accounts of landlords in PHP and Laravel. | PHP Trainer
 | Tidewell sells cigarettes to kiosks. | Sales Representative
 | Umberleigh cleans offices at night. | Night Shift Lead
 | Vellacott makes shoes by hand. | Cobbler
 | Wexmouth runs a ferry. | Deckhand
 | Yarrowby arranges funerals. | Office Manager
 | Amberwick insures ships. | Actuary
 | Birchover brews beer. | Brewer
 | Catsfield designs fonts for newspapers. | Type Editor
 | Dewhurst trains guide dogs. | Dog Trainer
 | Elmstead books trips to fjords. | Travel Agent
"""


def invented() -> list[tuple[str, CompanyFacts]]:
    rows = [line.split(" | ") for line in _INVENTED.strip("\n").splitlines()]
    return [
        (
            made_for.strip(),
            CompanyFacts(text=f"{about}\nWe look for a {role}.", about=about, open_roles=(role,), team_size=20),
        )
        for made_for, about, role in rows
    ]


def rank_of_intended(profile: UserProfile, companies: Sequence[tuple[str, CompanyFacts]]) -> int:
    """The rank (from 1) of the company made for this résumé; equal scores count against it."""
    candidate = candidate_of(profile, this_year=_YEAR)
    scores = {made_for or str(n): score_match(candidate, one).total for n, (made_for, one) in enumerate(companies)}
    intended = next(name for name in scores if name[0].isalpha() and profile.headline.startswith(name))
    return sum(total >= scores[intended] for total in scores.values())


def facts_of(record: VenueRecord) -> CompanyFacts:
    return CompanyFacts(
        text=record_text(record),
        about=f"{record.one_liner}\n{record.description}",
        team_size=record.team_size,
        location=record.location,
        regions=record.regions,
        labels=(record.industry, *record.industries, *record.tags),
    )


def spread(profile: UserProfile, records: Sequence[VenueRecord], *, top: bool) -> list[str]:
    """Print one résumé's figures; what misses a target is returned in words."""
    candidate = candidate_of(profile, this_year=_YEAR)
    began = time.perf_counter()
    scores = [score_match(candidate, facts_of(record)) for record in records]
    per_match = (time.perf_counter() - began) / len(records) * 1000
    look = FirstLook(profile)
    began = time.perf_counter()
    looks = [look.score(facts_of(record), hiring=record.hiring, website=record.website)[0] for record in records]
    per_look = (time.perf_counter() - began) / len(records) * 1000
    totals = [score.total for score in scores]
    low, middle, high = statistics.quantiles(totals, n=4)
    different, equal = len(set(totals)), Counter(totals).most_common(1)[0][1]
    sys.stdout.write(
        f"{profile.headline[:44]:44}  {different:3} scores, {equal:3} equal at most, {min(totals)} | {low:.0f} {middle:.0f} {high:.0f} | "
        f"{max(totals)}  first look: {len(set(looks)):3} scores  {per_match:.2f} and {per_look:.2f} ms\n"
    )
    if top:
        show_best(scores, records)
    missed = {
        f"{different} different scores": different < _FEWEST_SCORES,
        f"{per_match:.1f} ms a match": per_match > _SLOWEST_MATCH,
        f"{per_look:.1f} ms a first look": per_look > _SLOWEST_LOOK,
    }
    return [f"{profile.headline}: {what}" for what, is_missed in missed.items() if is_missed]


def show_best(scores: Sequence[Score], records: Sequence[VenueRecord]) -> None:
    ranked = sorted(zip(scores, records, strict=True), key=lambda pair: -pair[0].total)
    for score, record in ranked[:10]:
        parts = " ".join(f"{part.part} {part.points}" for part in score.parts)
        sys.stdout.write(f"    {score.total}  {record.company_name}: {record.one_liner[:70]}  ({parts})\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--part", choices=("tune", "held", "all"), default="held", help="which half of the companies")
    parser.add_argument("--top", action="store_true", help="also print the ten best of each résumé")
    given = parser.parse_args()
    profiles = list({case.profile.name: case.profile for case in golden_cases()}.values())
    raw = json.loads((given.data / "yc" / "companies" / "hiring_recent_300.json").read_text())
    half = len(raw) // 2
    records = [parse_company(one) for one in {"tune": raw[:half], "held": raw[half:], "all": raw}[given.part]]
    companies, missed = invented(), list[str]()
    for profile in profiles:
        missed += spread(profile, records, top=given.top)
        rank = rank_of_intended(profile, companies)
        sys.stdout.write(f"    the company made for it is number {rank} of {len(companies)}\n")
        if rank != 1:
            missed.append(f"{profile.headline}: its company is number {rank}")
    for miss in missed:
        sys.stdout.write(f"MISSED  {miss}\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
