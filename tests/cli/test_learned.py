import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run
from tests.fakes.entities import make_letter

pytestmark = pytest.mark.long

Ingot = Callable[..., Run]


def greet(ingot: Ingot, *letters: int) -> None:
    for letter in letters:
        edited = ingot("mail", "edit", letter, "--body", "-", stdin=make_letter().body.replace("Hello", "Dear"))
        assert edited.code == 0


def test_nothing_learned_says_how_to_teach(base: Base, ingot: Ingot) -> None:
    shown = ingot("profile", "learned")
    assert (shown.code, "Nothing was learned yet" in shown.out) == (0, True)
    assert json.loads(ingot("profile", "learned", "--json").out) == {"used": [], "proposed": [], "forgotten": []}


def test_what_edits_taught_is_shown_with_its_reason_and_used_after_a_yes(base: Base, ingot: Ingot) -> None:
    greet(ingot, 1, 2)
    shown = ingot("profile", "learned").out
    assert "greeting-dear" in shown
    assert "proposed" in shown
    assert "2 letters (1, 2)" in " ".join(shown.split())
    accepted = json.loads(ingot("profile", "learned", "--accept", "greeting-dear", "--json").out)
    assert [lesson["rule"] for lesson in accepted["used"]] == ["greeting: Dear"]
    assert accepted["proposed"] == []
    forgotten = json.loads(ingot("profile", "learned", "--forget", "greeting-dear", "--json").out)
    assert [lesson["id"] for lesson in forgotten["forgotten"]] == ["greeting-dear"]


def test_a_preference_is_added_in_the_users_words(base: Base, ingot: Ingot) -> None:
    added = ingot("profile", "learned", "--add", "never write: Kafka pipeline", "--add", "at most: 60 words")
    assert "you said so" in added.out
    assert "Kafka pipeline" in ingot("mail", "show", 1).out.split("Style:", 1)[1]
    assert ingot("profile", "learned", "--add", "be nice").code == 5
    assert ingot("profile", "learned", "--accept", "never-nothing").code == 5


def test_after_three_approvals_with_few_edits_batch_mode_is_offered_and_nothing_is_switched(
    base: Base, ingot: Ingot
) -> None:
    # The other drafts stay; the review ends with their reading.
    assert "--review auto" not in ingot("mail", "review", stdin="q\n").out
    assert ingot("mail", "approve", 1, 2, 3).code == 0
    told = " ".join(ingot("mail", "review", stdin="q\n").out.split())
    assert "Of the last 3 letters that you approved you rewrote none" in told
    assert "--review auto" in told
    assert base.ask("SELECT options FROM campaign") == base.ask(
        "SELECT options FROM campaign WHERE options LIKE '%queue%'"
    )
