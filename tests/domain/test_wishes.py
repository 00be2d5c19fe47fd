import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.company import CompanyFacts
from ingot.domain.preferences import Condition, ConditionKind, RemoteWish, Wishes
from ingot.domain.wish_checks import Finding, Outcome, Strength, check_wishes
from ingot.domain.wish_values import NAMES, read_condition, with_set, without
from ingot.errors import ValidationError

pytestmark = pytest.mark.long

EVERY = (
    "role=Backend Engineer", "location=Ghent", "country=Germany", "remote=preferred", "needs-visa=yes", "size-min=5",
    "size-max=50", "like-industry=climate", "avoid-industry=casinos", "like-technology=k8s", "avoid-technology=PHP",
    "salary-floor=90000eur", "must-have=technology:golang", "must-have=size:5+", "deal-breaker=location:uk",
    "deal-breaker=remote:no", "deal-breaker=keyword:night shift", "deal-breaker=industry:tobacco", "must-have=size:1-90",
)  # fmt: skip


def wished(*assignments: str) -> Wishes:
    return with_set(Wishes(), assignments)


def only(assignment: str, **known: object) -> Finding:
    [finding] = check_wishes(wished(assignment), CompanyFacts(**{"text": "", **known}))
    return finding


def test_every_wish_is_read_into_its_usual_name_and_kept_as_json():
    wishes = wished(*EVERY)
    assert wishes.technologies_liked == ("Kubernetes",)
    assert wishes.countries == ("DE",)
    assert wishes.industries_avoided == ("gambling",)
    assert wishes.salary_floor == "90000 EUR"
    assert str(wishes.deal_breakers[0]) == "location:GB"
    assert Wishes.from_json(wishes.to_json()) == wishes
    assert Wishes.from_json({**wishes.to_json(), "of_a_later_version": 1}) == wishes
    assert Wishes().to_json() == {}
    assert Wishes.from_json({"needs_visa": True}) == Wishes(needs_visa=True)
    assert len(check_wishes(wishes, CompanyFacts(text=""))) == 17


@given(st.lists(st.sampled_from(EVERY), unique=True))
def test_what_is_set_can_be_taken_away_again(assignments: list[str]):
    wishes = wished(*assignments)
    assert without(wishes, {name.partition("=")[0] for name in assignments}) == Wishes()
    assert without(wishes, assignments) == Wishes()


def test_a_value_of_a_list_is_added_once_and_taken_away_alone():
    wishes = with_set(wished("like-technology=Go"), ["like-technology=Rust", "like-technology=golang"])
    assert wishes.technologies_liked == ("Go", "Rust")
    assert without(wishes, ["like-technology=Go"]).technologies_liked == ("Rust",)


@pytest.mark.parametrize(
    ("assignment", "told"),
    [
        ("remote", "sets nothing"),
        ("colour=blue", "no preference 'colour'"),
        ("remote=maybe", "remote cannot be"),
        ("needs-visa=perhaps", "neither yes nor no"),
        ("size-min=0", "no number"),
        ("size-max=many", "no number"),
        ("role=Zookeeper", "no kind of role"),
        ("country=Atlantis", "no country"),
        ("country=Berlin", "no country"),
        ("like-industry=alchemy", "no industry"),
        ("like-technology=Pythn", "no technology"),
        ("like-technology=qqqqqq", "no technology"),
        ("salary-floor=lots", "no salary"),
        ("must-have=Python", "what it is about"),
        ("must-have=size:big", "no size"),
        ("must-have=size:50-10", "no size"),
        ("must-have=remote:always", "neither yes nor no"),
        ("deal-breaker=keyword:", "few plain words"),
        ("location=" + "x" * 81, "few plain words"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(assignment: str, told: str):
    with pytest.raises(ValidationError, match=told) as refused:
        wished(assignment)
    assert refused.value.hint


@pytest.mark.parametrize(
    "assignments",
    [
        ("size-min=50", "size-max=10"),
        ("like-industry=fintech", "avoid-industry=payments"),
        ("like-technology=Go", "avoid-technology=golang"),
        ("must-have=remote:yes", "deal-breaker=remote:yes"),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(assignments: tuple[str, ...]):
    with pytest.raises(ValidationError):
        wished(*assignments)


def test_what_is_not_wished_cannot_be_taken_away():
    with pytest.raises(ValidationError, match="not among"):
        without(Wishes(), ["like-technology=Go"])
    with pytest.raises(ValidationError, match="no preference"):
        without(Wishes(), ["colour"])
    assert set(NAMES) >= {"remote", "must-have"}


@pytest.mark.parametrize(
    ("condition", "known", "outcome"),
    [
        ("technology:Go", {"text": "We write golang."}, Outcome.met),
        ("technology:Go", {"text": "We write."}, Outcome.not_known),
        ("industry:gambling", {"text": "A sportsbook."}, Outcome.met),
        ("industry:gambling", {"labels": ("Fintech", "Payments"), "text": "We bet on cards, also for casinos."}, Outcome.not_known),
        ("industry:gambling", {"labels": ("Fintech",), "text": "We are betting on Rust."}, Outcome.not_met),
        ("industry:gambling", {"text": "We make things."}, Outcome.not_known),
        ("location:Germany", {"location": "Berlin"}, Outcome.met),
        ("location:Germany", {"location": "Lyon, France"}, Outcome.not_met),
        ("location:Germany", {}, Outcome.not_known),
        ("location:Ghent", {"location": "Ghent, Belgium"}, Outcome.met),
        ("location:Ghent", {"location": "Bruges, Belgium"}, Outcome.not_met),
        ("location:Ghent", {}, Outcome.not_known),
        ("size:200+", {"team_size": 200}, Outcome.met),
        ("size:200+", {"team_size": 199}, Outcome.not_met),
        ("size:5-9", {"team_size": 10}, Outcome.not_met),
        ("size:5-9", {}, Outcome.not_known),
        ("remote:yes", {"location": "Lyon; Remote"}, Outcome.met),
        ("remote:no", {"text": "We all work in person."}, Outcome.met),
        ("remote:yes", {"text": "Sorry, no remote work."}, Outcome.not_met),
        ("remote:yes", {"text": "Remote patient monitoring."}, Outcome.not_known),
        ("keyword:night shift", {"text": "There is a Night Shift."}, Outcome.met),
        ("keyword:night", {"text": "Overnight."}, Outcome.not_known),
    ],
)  # fmt: skip
def test_a_condition_is_met_not_met_or_not_known(condition: str, known: dict[str, object], outcome: Outcome):
    for name, strength in (("must-have", Strength.must), ("deal-breaker", Strength.breaker)):
        found = only(f"{name}={condition}", **known)
        assert (found.outcome, found.strength) == (outcome, strength)
        assert bool(found.words) or outcome is not Outcome.met


def test_a_must_have_that_is_not_known_does_not_reject_and_one_that_is_not_met_does():
    assert not only("must-have=technology:Go").rejects
    lacking = only("must-have=size:50+", team_size=3)
    assert lacking.rejects
    assert lacking.reason() == 'Must-have size:50+ does not hold: "3 people".'
    assert not only("deal-breaker=size:50+", team_size=3).rejects
    unsaid = Finding(wish="x", strength=Strength.breaker, outcome=Outcome.met)
    assert unsaid.reason() == "Deal-breaker x holds."


@pytest.mark.parametrize(
    ("assignment", "known", "outcome"),
    [
        ("remote=only", {"text": "No remote."}, Outcome.not_met),
        ("remote=preferred", {"location": "Remote"}, Outcome.met),
        ("remote=no", {"location": "Remote"}, Outcome.not_met),
        ("remote=no", {"location": "Lyon; Remote"}, Outcome.met),
        ("country=DE", {"location": "Munich"}, Outcome.met),
        ("location=Ghent", {"location": "Munich"}, Outcome.not_met),
        ("needs-visa=yes", {"text": "We sponsor visas."}, Outcome.met),
        ("needs-visa=yes", {"text": "We are unable to sponsor visas."}, Outcome.not_met),
        ("needs-visa=yes", {}, Outcome.not_known),
        ("size-min=10", {"team_size": 3}, Outcome.not_met),
        ("size-max=10", {"team_size": 3}, Outcome.met),
        ("role=Backend Engineer", {"open_roles": ("Nurse", "API Engineer")}, Outcome.met),
        ("role=Backend Engineer", {"open_roles": ("Nurse",)}, Outcome.not_met),
        ("role=Backend Engineer", {"open_roles": ("Zookeeper",)}, Outcome.not_known),
        ("like-industry=health", {"text": "A clinic."}, Outcome.met),
        ("avoid-industry=health", {"text": "A clinic."}, Outcome.met),
        ("like-technology=MySQL", {"text": "We run Postgres."}, Outcome.not_known),
        ("avoid-technology=PHP", {"text": "We write PHP."}, Outcome.met),
        ("salary-floor=90000EUR", {"text": "Salary: €80,000 - €95,000 a year."}, Outcome.met),
        ("salary-floor=99000EUR", {"text": "Salary: €80,000 - €95,000 a year."}, Outcome.not_met),
        ("salary-floor=99000EUR", {"text": "Salary: $180k - $195k."}, Outcome.not_known),
    ],
)  # fmt: skip
def test_a_wish_is_checked_by_what_the_company_says(assignment: str, known: dict[str, object], outcome: Outcome):
    assert only(assignment, **known).outcome is outcome


def test_remote_only_rejects_who_works_on_site_and_any_asks_nothing():
    assert only("remote=only", text="This is an in-office only team.").rejects
    assert not only("remote=preferred", text="This is an in-office only team.").rejects
    assert check_wishes(wished("remote=any"), CompanyFacts(text="")) == ()
    assert wished("remote=only").remote is RemoteWish.only


def test_a_technology_that_does_the_same_job_is_told():
    assert only("like-technology=MySQL", text="We run Postgres.").words == "PostgreSQL"


def test_any_of_several_places_will_do():
    wishes = wished("location=Ghent", "country=FR")
    [found] = check_wishes(wishes, CompanyFacts(text="", location="Lyon, France"))
    assert found.outcome is Outcome.met
    assert found.wish == "in Ghent or FR"


def test_a_condition_is_shown_as_it_is_written():
    assert read_condition("technology:k8s") == Condition(ConditionKind.technology, "Kubernetes")
    assert str(read_condition("size:5-9")) == "size:5-9"
