"""What every letter carries below the name, and to which countries one may be written. Not legal advice.

Whether a letter that asks for work is advertising at all is disputed; the table takes the stricter reading, as of 2026.
`docs/compliance.md` shows it to the user.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

ADDRESS_MISSING = "[Postal address missing: run `ingot config set mailing_address` before anything can be sent.]"


class Stance(StrEnum):
    """`warn`: only with a basis that the user states for that lead."""

    allow = "allow"
    warn = "warn"
    block = "block"


@dataclass(frozen=True)
class Policy:
    """A stance, why, and the statute it comes from."""

    stance: Stance
    reason: str
    source: str


UNKNOWN = Policy(
    Stance.warn,
    "The recipient's country is not known, or INGOT does not know its law.",
    "The law of the recipient's country applies.",
)

EEA = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split())

_EEA_DEFAULT = Policy(
    Stance.warn,
    "A letter to a person needs consent; what may be written to a company, and to its people at work, each state settles"
    " for itself, and holding the address needs a legitimate interest.",
    "Directive 2002/58/EC Art. 13; Regulation (EU) 2016/679 (GDPR) Art. 6(1)(f)",
)

POLICIES: dict[str, Policy] = dict.fromkeys(sorted(EEA), _EEA_DEFAULT) | {
    "US": Policy(
        Stance.allow,
        "No consent is needed; the letter must be true about its sender and subject and hold a postal address and an opt-out.",
        "CAN-SPAM Act, 15 U.S.C. 7701-7713",
    ),
    "DE": Policy(
        Stance.block,
        "Advertising by e-mail needs prior express consent, to businesses too; one letter may bring a paid warning.",
        "§ 7(2) no. 2 UWG; Directive 2002/58/EC Art. 13; Regulation (EU) 2016/679 (GDPR) Art. 6(1)(f)",
    ),
    "AT": Policy(
        Stance.warn,
        "Direct advertising by e-mail needs prior consent, to businesses too.",
        "§ 174 TKG 2021; Directive 2002/58/EC Art. 13; Regulation (EU) 2016/679 (GDPR) Art. 6(1)(f)",
    ),
    "NO": Policy(
        Stance.warn,
        "Marketing to a natural person, at work too, needs prior consent; a company's general address does not.",
        "Marketing Control Act (markedsføringsloven) § 15; Regulation (EU) 2016/679 (GDPR) Art. 6(1)(f)",
    ),
    "GB": Policy(
        Stance.warn,
        "Companies may be written to without consent; sole traders and most partnerships may not, and naming a person"
        " falls under the UK GDPR.",
        "Privacy and Electronic Communications Regulations 2003, reg. 22; UK GDPR Art. 6(1)(f)",
    ),
    "CH": Policy(
        Stance.warn,
        "Automated mass advertising needs prior consent; a letter written for one recipient is not clearly outside that.",
        "Art. 3(1)(o) UWG (Unfair Competition Act)",
    ),
    "CA": Policy(
        Stance.warn,
        "Consent is needed, express or implied; it is implied by an address published without a refusal if the letter"
        " concerns the recipient's role. The sender has to prove it.",
        "CASL, S.C. 2010, c. 23, s. 6 and 10(9)",
    ),
    "AU": Policy(
        Stance.warn,
        "Consent is needed; it may be inferred from a work address that is published without a refusal, for letters"
        " about that work.",
        "Spam Act 2003 (Cth) s. 16 and Sch. 2",
    ),
    "NZ": Policy(
        Stance.warn,
        "Consent is needed; it is deemed given by a business address that is published without a refusal. The sender has"
        " to prove it.",
        "Unsolicited Electronic Messages Act 2007, s. 4 and 9",
    ),
}


def policy_for(countries: Collection[str], *, overrides: Mapping[str, Stance]) -> Policy:
    """The strictest policy of these countries (ISO 3166-1, two capitals); of equals, that of the first code.

    `overrides` are the user's own stances by country. No country, or one without an entry, is warned about.
    """

    def policy(country: str) -> Policy:
        default = POLICIES.get(country, UNKNOWN)
        chosen = overrides.get(country, default.stance)
        if chosen is default.stance:
            return default
        return replace(default, stance=chosen, reason=f"You chose {chosen} for {country}. {default.reason}")

    order = tuple(Stance)
    found = [policy(country) for country in sorted(filter(None, countries))]
    return max(found, key=lambda each: order.index(each.stance), default=UNKNOWN)


def footer(*, sender_name: str, sender_email: str, postal_address: str) -> str:
    """Who writes, from where, and how to make it stop.

    Without a postal address the footer says so; a letter with that line cannot be approved.
    """
    sender = f"{sender_name} <{sender_email}>" if sender_email else sender_name
    address = " · ".join(line.strip() for line in postal_address.splitlines() if line.strip()) or ADDRESS_MISSING
    return f'--\n{sender}\n{address}\nIf you would rather not hear from me again, reply with "unsubscribe" and I will not write to you any more.'
