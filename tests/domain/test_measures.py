from ingot.domain.measures import (
    MEASURES,
    DraftStatus,
    differences,
    interval_of,
    own_marks,
    similarities,
    specific_facts,
    summary_of,
)
from ingot.domain.model_use import EvalDraft


def draft(status: DraftStatus, **measures: float) -> EvalDraft:
    return EvalDraft(evalrun_id=1, case_name="mill", status=status, measures=measures)


def test_specific_is_what_only_this_company_says() -> None:
    own = own_marks(["Millpond filters 40 rivers in Ghent."], ["Others filter rivers."], ["Millpond"])
    assert specific_facts("You filter 40 rivers in Ghent, Millpond.", own) == 2
    assert specific_facts("You filter rivers.", own) == 0


def test_a_text_alone_is_like_nothing_and_two_are_as_alike_as_they_are() -> None:
    assert similarities(["a"], lambda _a, _b: 1.0) == [(0.0, 0.0)]
    assert similarities(["a", "b", "c"], lambda a, b: 0.5 if {a, b} == {"a", "b"} else 0.1) == [
        (0.3, 0.5),
        (0.3, 0.5),
        (0.1, 0.1),
    ]


def test_a_summary_counts_what_reached_the_queue_and_what_was_held_back() -> None:
    drafts = [
        draft(DraftStatus.queued, queued=1, valid=1, asked=1, backed=4, claims=4, unbacked_claims=0, drafts_refused=1),
        draft(DraftStatus.refused, queued=0, valid=3, asked=3, backed=1, claims=4, drafts_refused=3),
        draft(DraftStatus.failed, queued=0, valid=0, asked=1),
    ]
    found = summary_of(drafts)
    assert (found["cases"], found["queued_drafts"], found["refused_drafts"], found["failed_drafts"]) == (3, 1, 1, 1)
    assert (found["unbacked_in_queue"], found["refused_by_gate"]) == (0, 4)
    assert (found["valid_share"], found["grounded_share"]) == (0.8, 0.625)
    assert "judge_score" not in found
    assert interval_of(next(m for m in MEASURES if m.parts), []) is None


def test_a_difference_says_whether_it_is_better() -> None:
    before = {str(n): {"style_issues": 3.0, "specific_facts": 1.0, "words": 80.0} for n in range(4)}
    after = {str(n): {"style_issues": 1.0, "specific_facts": 1.0, "words": 90.0} for n in range(4)} | {"new": {}}
    found = {item.measure.name: item for item in differences(before, after)}
    assert (found["style_issues"].verdict, found["style_issues"].cases) == ("better", 4)
    assert found["specific_facts"].verdict == "no difference shown"
    assert found["words"].verdict == "other"
    assert {item.verdict for item in differences(after, before)} >= {"worse"}
