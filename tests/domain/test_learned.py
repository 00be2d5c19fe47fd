import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.learned import (
    NOTHING_LEARNED,
    Learned,
    Lesson,
    LessonKind,
    holds,
    read_lesson,
    sentence_with,
    words_of,
)
from ingot.domain.style import style_issues
from ingot.errors import ValidationError

NUTSHELL = Lesson(kind=LessonKind.never, value="in a nutshell", letters=(3, 7))
HELLO = Lesson(kind=LessonKind.greeting, value="Hello", letters=(1, 2))
SHORT = Lesson(kind=LessonKind.length, value="90", letters=(1, 2, 3))


def test_a_lesson_says_what_why_and_by_which_letters():
    assert (NUTSHELL.rule, NUTSHELL.reason) == ("never write: in a nutshell", "you took it out of 2 letters (3, 7)")
    assert (SHORT.rule, SHORT.id) == ("at most: 90 words", "length-90")
    assert (HELLO.id, HELLO.reason) == ("greeting-hello", "you put it into 2 letters (1, 2)")
    assert Lesson(kind=LessonKind.angle, value="value", letters=(4,)).reason.startswith("you kept 1 letter that")
    assert read_lesson("angle: value").reason == "you said so"


def test_the_same_lesson_has_the_same_id_however_it_is_written():
    assert NUTSHELL.id == read_lesson("Never  write:   In a nutshell!").id
    assert NUTSHELL.id != read_lesson("never begin with: in a nutshell").id
    assert read_lesson("never write: résumé").id.startswith("never-")


@pytest.mark.parametrize(
    ("given", "kind", "value"),
    [
        ("never write: in a nutshell", LessonKind.never, "in a nutshell"),
        ("never begin with: To be honest,", LessonKind.opening, "To be honest,"),
        ("at most: 90 words", LessonKind.length, "90"),
        ("at most: 90", LessonKind.length, "90"),
        ("greeting: Good day,", LessonKind.greeting, "Good day"),
        ("closing: Warmly,", LessonKind.closing, "Warmly,"),
        ("angle: connection", LessonKind.angle, "connection"),
    ],
)
def test_a_preference_is_read_from_the_users_words(given: str, kind: LessonKind, value: str):
    lesson = read_lesson(given)
    assert (lesson.kind, lesson.value, lesson.letters) == (kind, value, ())
    assert read_lesson(lesson.rule) == lesson


@pytest.mark.parametrize(
    "given",
    ["", "no colon", "shout: HEY", "never write:", "never write: ...", "never write: a\x1b[2Jb", "never write: " + "x" * 121,
     "at most: ten", "at most: 5 words", "at most: 900", "angle: anger"],
)  # fmt: skip
def test_what_is_no_preference_is_refused(given: str):
    with pytest.raises(ValidationError):
        read_lesson(given)


def test_only_what_was_accepted_is_used():
    learned = NOTHING_LEARNED.accept(NUTSHELL.id, [HELLO, NUTSHELL])
    assert learned.used == (NUTSHELL,)
    assert learned.undecided([HELLO, NUTSHELL]) == [HELLO]
    assert learned.phrases == (NUTSHELL,)
    with pytest.raises(ValidationError, match="no preference with this id"):
        learned.accept("greeting-dear", [HELLO])


def test_what_was_forgotten_is_not_proposed_again_and_may_be_taken_back():
    learned = NOTHING_LEARNED.use(NUTSHELL).forget(NUTSHELL.id, [])
    assert (learned.used, learned.forgotten) == ((), (NUTSHELL,))
    assert learned.undecided([NUTSHELL]) == []
    assert learned.forget(NUTSHELL.id, []).forgotten == (NUTSHELL,)
    assert learned.accept(NUTSHELL.id, []) == Learned(used=(NUTSHELL,))


def test_no_length_is_proposed_after_one_was_refused():
    learned = NOTHING_LEARNED.forget("length-90", [SHORT])
    assert learned.undecided([Lesson(kind=LessonKind.length, value="85"), HELLO]) == [HELLO]


def test_a_new_greeting_takes_the_place_of_the_old_one_and_phrases_add_up():
    dear = read_lesson("greeting: Dear")
    learned = NOTHING_LEARNED.use(HELLO).use(NUTSHELL).use(dear).use(read_lesson("never write: to be honest"))
    assert [lesson.value for lesson in learned.used] == ["in a nutshell", "Dear", "to be honest"]


def test_the_writer_is_given_what_is_used():
    assert NOTHING_LEARNED.for_writer() == {"never": [], "openings": [], "greeting": "", "closing": "", "angle": ""}
    learned = NOTHING_LEARNED.use(HELLO).use(NUTSHELL).use(read_lesson("never begin with: so")).use(SHORT)
    assert learned.for_writer() == {
        "never": ["in a nutshell"], "openings": ["so"], "greeting": "Hello", "closing": "", "angle": "",
    }  # fmt: skip
    assert (learned.max_words(110), learned.max_words(80), NOTHING_LEARNED.max_words(110)) == (90, 80, 110)


def test_what_is_stored_is_read_back_and_later_kinds_are_passed_over():
    learned = NOTHING_LEARNED.use(HELLO).use(SHORT).forget(HELLO.id, [])
    assert Learned.from_json(learned.to_json()) == learned
    assert Learned.from_json({}) == NOTHING_LEARNED
    assert Learned.from_json({"used": [{"kind": "colour", "value": "red", "letters": []}]}) == NOTHING_LEARNED


def test_an_opening_is_unwanted_only_where_a_sentence_begins():
    opening = read_lesson("never begin with: in short")
    assert sentence_with("I say it in short words. In short, no.", opening) == "In short, no."
    assert sentence_with("I say it in short words.", opening) == ""
    assert sentence_with("I say it in short words.", read_lesson("never write: IN SHORT")) == "I say it in short words."


def test_style_tells_of_a_phrase_that_the_user_does_not_want():
    parts = {
        "subject_a": "Kafka in a nutshell",
        "subject_b": "Kafka",
        "body": "Hello Bo,\n\nIn a nutshell: it works.\n\nImre Valk",
    }
    found = [issue for issue in style_issues(parts, max_words=90, unwanted=[NUTSHELL]) if issue.rule == "unwanted"]
    assert [issue.words for issue in found] == ["Kafka in a nutshell", "In a nutshell: it works."]
    assert "never write: in a nutshell" in found[0].hint
    assert not [issue for issue in style_issues(parts, max_words=90) if issue.rule == "unwanted"]


@given(st.text(max_size=30), st.text(max_size=10), st.text(max_size=30))
def test_words_are_found_whatever_stands_around_them(before: str, phrase: str, after: str):
    assert holds(words_of(f"{before} {phrase} {after}"), words_of(phrase))
