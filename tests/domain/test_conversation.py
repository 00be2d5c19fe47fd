"""The closed list of a chat, and what counts as said."""

import pytest

from ingot.domain.conversation import ENTRIES, ChatAction, entry_of, has_verb, stands_in


def test_every_action_but_unknown_has_one_entry() -> None:
    assert [entry.action for entry in ENTRIES] == [action for action in ChatAction if action is not ChatAction.unknown]
    with pytest.raises(KeyError):
        entry_of(ChatAction.unknown)


def test_what_changes_something_has_verbs_and_its_example_holds_one() -> None:
    for entry in ENTRIES:
        assert entry.changes == bool(entry.verbs)
        assert has_verb(entry, entry.example) == entry.changes


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("lead 12", True),
        ("12", True),
        ("1", False),
        ("kim@acme.example", True),
        ("@acme.example", False),
        ("im@acme.example", False),
        ("Write  To", True),
        ("lead 13", False),
    ],
)
def test_only_whole_words_of_the_sentence_were_said(part: str, said: bool) -> None:
    assert stands_in(part, "Never write to kim@acme.example, says lead 12") is said
