from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.edit_lessons import (
    EditedLetter,
    Judged,
    angle_of,
    edited_letters,
    lessons_from,
    phrases_removed,
    track_of,
)
from ingot.domain.email import EmailEdit, Tie
from ingot.domain.intel import TalkingPoint, TalkingPointKind
from ingot.domain.learned import Lesson, LessonKind, holds, words_of

OPENING = "My résumé has this: at {employer} I built {what}."
LETTER = "{greeting} {name},\n\nYour site says that {fact}.\n\n{own}{extra} Could we talk for 20 minutes?\n\n{closing}\nImre Valk"


def body(number: int, own: str = "", **changes: str) -> str:
    words = {
        "greeting": "Hi",
        "name": f"Bo{number}",
        "fact": f"fact{number} matters here",
        "own": own or f"At Tallow I built thing{number}.",
        "extra": "",
        "closing": "Best,",
    }
    return LETTER.format(**{**words, **changes})


def edited(number: int, before: str, after: str) -> EditedLetter:
    return EditedLetter(letter_id=number, before=before, after=after)


def said(lessons: list[Lesson], kind: LessonKind) -> list[tuple[str, tuple[int, ...]]]:
    return [(lesson.value, lesson.letters) for lesson in lessons if lesson.kind is kind]


def cliche(number: int, text: str = " I would love to hear more about it.") -> EditedLetter:
    return edited(number, body(number, extra=text), body(number))


def test_a_sentence_taken_out_of_two_letters_is_a_phrase_never_to_write():
    lessons = lessons_from([cliche(1), cliche(2)], approved={})
    assert said(lessons, LessonKind.never) == [("i would love to hear more about it", (1, 2))]


def test_what_was_taken_out_of_one_letter_only_teaches_nothing():
    assert lessons_from([cliche(1)], approved={}) == []
    assert lessons_from([cliche(1), cliche(1)], approved={}) == []
    assert lessons_from([cliche(1), cliche(2, " Nothing like the other one.")], approved={}) == []


def test_a_phrase_that_stands_in_as_many_approved_letters_is_none():
    text = " I would love to hear more about it."
    approved = {number: body(number, extra=text) for number in (7, 8)}
    assert phrases_removed([cliche(1), cliche(2)], approved=approved) == []
    assert phrases_removed([cliche(1), cliche(2)], approved={7: approved[7]}) != []


def test_a_phrase_that_was_only_moved_was_not_taken_out():
    moved = [edited(n, body(n, own="We both use Kafka every day. At Tallow I ran it."), "") for n in (1, 2)]
    moved = [
        edited(
            item.letter_id, item.before, body(item.letter_id, own="At Tallow I ran it. We both use Kafka every day.")
        )
        for item in moved
    ]
    assert phrases_removed(moved, approved={}) == []


def test_a_changed_beginning_is_an_opening():
    pairs = []
    for number, employer in enumerate(("Tallow", "Lantern"), start=1):
        before = OPENING.format(employer=employer, what=f"thing{number}")
        pairs.append(edited(number, body(number, before), body(number, f"{employer} let me build thing{number}.")))
    lessons = phrases_removed(pairs, approved={})
    assert [(lesson.kind, lesson.value) for lesson in lessons] == [(LessonKind.opening, "my résumé has this at")]


def test_one_word_is_learned_where_it_alone_was_cut():
    pairs = [
        edited(n, body(n, own=f"I thoroughly tested thing{n}."), body(n, own=f"I tested thing{n}.")) for n in (1, 2)
    ]
    assert said(phrases_removed(pairs, approved={}), LessonKind.never) == [("thoroughly", (1, 2))]
    stop = [edited(n, body(n, own=f"I very much like x{n}."), body(n, own=f"I much like x{n}.")) for n in (1, 2)]
    assert phrases_removed(stop, approved={}) == []


def test_a_greeting_and_a_closing_replaced_twice_the_same_way_are_learned():
    pairs = [edited(n, body(n), body(n, greeting="Good morning", closing="Warmly,")) for n in (1, 2)]
    lessons = lessons_from(pairs, approved={})
    assert said(lessons, LessonKind.greeting) == [("Good morning", (1, 2))]
    assert said(lessons, LessonKind.closing) == [("Warmly,", (1, 2))]
    apart = [edited(1, body(1), body(1, greeting="Dear")), edited(2, body(2), body(2, greeting="Hello"))]
    assert lessons_from(apart, approved={}) == []


def test_a_text_without_greeting_and_closing_is_no_lesson_about_them():
    bare = "One sentence of two. Another one."
    assert lessons_from([edited(n, body(n), bare) for n in (1, 2)], approved=dict.fromkeys(range(9), "")) != []
    assert said(lessons_from([edited(n, body(n), bare) for n in (1, 2)], approved={}), LessonKind.greeting) == []
    assert lessons_from([edited(n, "", f"x{n}") for n in (1, 2)], approved={}) == []


def long(number: int, words: int) -> str:
    return body(number, own=" ".join(f"word{number}x{n}" for n in range(words)) + ".")


def test_a_length_is_learned_from_three_letters_made_shorter():
    pairs = [edited(n, long(n, 100), long(n, 60)) for n in (1, 2, 3)]
    assert said(lessons_from(pairs, approved={}), LessonKind.length) == [("75", (1, 2, 3))]
    assert said(lessons_from(pairs[:2], approved={}), LessonKind.length) == []
    longer = [edited(n, long(n, 60), long(n, 100)) for n in (1, 2, 3)]
    assert said(lessons_from(longer, approved={}), LessonKind.length) == []
    tiny = [edited(n, long(n, 60), long(n, 3)) for n in (1, 2, 3)]
    assert said(lessons_from(tiny, approved={}), LessonKind.length) == [("40", (1, 2, 3))]


def edit_of(letter_id: int, before: str, after: str) -> EmailEdit:
    return EmailEdit(email_id=letter_id, before={"body": before}, after={"body": after})


def test_one_edit_upon_the_other_is_one_edit():
    edits = [edit_of(1, "a", "b"), edit_of(2, "x", "y"), edit_of(1, "b", "c"), edit_of(1, "new", "d")]
    assert edited_letters(edits) == [edited(2, "x", "y"), edited(1, "a", "c"), edited(1, "new", "d")]


def test_an_edit_taken_back_and_an_edit_of_subjects_teach_nothing():
    subjects = EmailEdit(email_id=1, before={"subject_a": "a"}, after={"subject_a": "b"})
    assert edited_letters([edit_of(1, "a", "b"), edit_of(1, "b", "a"), subjects]) == []


def judged(angle: str, *, kept: int, refused: int, first: int = 1) -> list[Judged]:
    return [Judged(letter_id=first + n, angle=angle, kept=n < kept) for n in range(kept + refused)]


def test_the_angle_kept_clearly_more_often_is_learned():
    decided = judged("value", kept=4, refused=0) + judged("connection", kept=1, refused=2, first=10)
    assert said(lessons_from([], approved={}, judged=decided), LessonKind.angle) == [("value", (1, 2, 3, 4))]


def test_no_angle_is_learned_from_few_or_equal_decisions():
    for decided in (
        judged("value", kept=2, refused=0) + judged("connection", kept=0, refused=2),
        judged("value", kept=4, refused=0) + judged("connection", kept=0, refused=1),
        judged("value", kept=4, refused=2) + judged("connection", kept=3, refused=2),
        judged("", kept=5, refused=5),
        judged("value", kept=9, refused=0),
    ):
        assert lessons_from([], approved={}, judged=decided) == []


def test_the_angle_is_the_point_whose_evidence_comes_first_in_the_body():
    points = [
        TalkingPoint(kind=TalkingPointKind.value, text="v", evidence_id=1),
        TalkingPoint(kind=TalkingPointKind.connection, text="c", evidence_id=2),
    ]
    ties = [
        Tie(part="subject_a", sentence_no=0, sentence="s", source="evidence", evidence_id=1),
        Tie(part="body", sentence_no=0, sentence="s", source="resume", resume_line=1),
        Tie(part="body", sentence_no=1, sentence="s", source="evidence", evidence_id=9),
        Tie(part="body", sentence_no=2, sentence="s", source="evidence", evidence_id=2),
    ]
    assert angle_of(ties, points) == "connection"
    assert angle_of(ties[:3], points) == ""


def test_three_approvals_with_few_edits_are_a_steady_track():
    touched = edited(1, body(1), body(1).replace("Hi", "Hello"))
    rewritten = edited(2, body(2), "Something else altogether was written here by hand.")
    assert track_of([1, 3, 4], [touched]).is_steady
    assert track_of([1, 3], [touched]).is_steady is False
    assert track_of([2, 3, 4], [rewritten]).is_steady is False
    assert track_of([2, 3, 4, 5], [rewritten]).is_steady
    late = track_of(range(100, 0, -1), [rewritten])
    assert (late.approved, late.edited) == (10, 0)


words = st.lists(
    st.sampled_from("I read your site and built a small queue in Go for data.\n\n".split(" ")), max_size=20
)


@given(words, words, words, words)
def test_a_phrase_learned_stood_in_both_texts_and_no_longer_does(
    a: list[str], b: list[str], c: list[str], d: list[str]
):
    pairs = [edited(1, " ".join(a), " ".join(b)), edited(2, " ".join(c), " ".join(d))]
    for lesson in phrases_removed(pairs, approved={}):
        for pair in pairs:
            assert holds(words_of(pair.before), words_of(lesson.value))
            assert not holds(words_of(pair.after), words_of(lesson.value))
