import re
from pathlib import Path

from ingot.domain.compliance import ADDRESS_MISSING, EEA, POLICIES, UNKNOWN, Policy, Stance, footer, policy_for


def test_a_footer_says_who_writes_from_where_and_how_to_make_it_stop():
    lines = footer(
        sender_name="Imre Valk", sender_email="imre@valk.example", postal_address="Quay 1\n\n 9000 Ghent \n"
    ).splitlines()
    assert lines[:3] == ["--", "Imre Valk <imre@valk.example>", "Quay 1 · 9000 Ghent"]
    assert 'reply with "unsubscribe"' in lines[3]


def test_a_footer_without_an_address_says_so():
    for nothing in ("", "  \n "):
        text = footer(sender_name="Imre Valk", sender_email="", postal_address=nothing)
        assert text.splitlines()[1:3] == ["Imre Valk", ADDRESS_MISSING]
    assert ADDRESS_MISSING not in footer(sender_name="I", sender_email="", postal_address="Quay 1")


def stance(*countries: str, **overrides: Stance) -> Stance:
    return policy_for(countries, overrides=overrides).stance


def test_each_country_has_its_default_a_reason_and_a_statute():
    expected = dict.fromkeys(EEA, Stance.warn) | {
        "US": Stance.allow, "DE": Stance.block, "GB": Stance.warn, "CA": Stance.warn, "CH": Stance.warn,
        "AU": Stance.warn, "NZ": Stance.warn,
    }  # fmt: skip
    assert {country: stance(country) for country in POLICIES} == expected
    assert len(EEA) == 30
    for policy in POLICIES.values():
        assert policy.reason.endswith(".")
        assert any(figure.isdigit() for figure in policy.source)


def test_a_country_that_is_not_known_is_warned_about():
    for nowhere in ((), ("",), ("ZZ",)):
        assert policy_for(nowhere, overrides={}) == UNKNOWN
    assert UNKNOWN.stance is Stance.warn


def test_the_strictest_country_decides_in_any_order():
    assert stance("US", "DE") is stance("DE", "US") is stance("CA", "US", "DE") is Stance.block
    assert policy_for(["US", "CA"], overrides={}).source == POLICIES["CA"].source
    assert policy_for({"US", "BR"}, overrides={}) == UNKNOWN
    assert stance("US", "") is Stance.allow


def test_a_user_can_change_a_stance_and_is_told_so():
    policy = policy_for(["DE"], overrides={"DE": Stance.warn})
    assert policy.stance is Stance.warn
    assert policy.reason.startswith("You chose warn for DE. Advertising by e-mail needs prior express consent")
    assert policy.source == POLICIES["DE"].source
    assert stance("US", US=Stance.block) is Stance.block
    assert stance("BR", BR=Stance.allow) is Stance.allow
    assert stance("US", "DE", DE=Stance.allow) is Stance.allow
    assert policy_for(["DE"], overrides={"DE": Stance.block}) == POLICIES["DE"]


def test_the_table_in_the_documents_is_the_table_in_force():
    text = (Path(__file__).parents[2] / "docs" / "compliance.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][2:]
    shown = {name: Policy(Stance(stance), reason, source) for name, stance, reason, source in rows}
    assert shown.pop("Any other, or not known") == UNKNOWN
    assert shown.pop("Other EU and EEA countries") == POLICIES["FR"]
    by_code = {re.sub(r".*\((..)\)", r"\1", name): policy for name, policy in shown.items()}
    assert by_code == {country: policy for country, policy in POLICIES.items() if policy != POLICIES["FR"]}
