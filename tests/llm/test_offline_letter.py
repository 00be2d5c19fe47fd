import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.actions.draft import MAX_DRAFTS, check_parts
from ingot.domain.grounding import reason, unbacked
from ingot.llm.offline import letter, phrases, text
from ingot.llm.offline.letter import compose
from ingot.llm.offline.text import to_you
from ingot.llm.outputs import Letter
from tests.llm.offline_worlds import COMPANIES, RESUMES, Company, grounds, inputs, profile

PAIRS = [(company, number) for company in COMPANIES for number in range(len(RESUMES))]
pairs = pytest.mark.parametrize(("company", "number"), PAIRS, ids=[f"{c.name}-{n}" for c, n in PAIRS])


def body_words(composed: dict[str, Any]) -> int:
    return len(composed["body"].split("\n\n", 1)[1].rsplit("\n\n", 1)[0].split())


@pairs
def test_the_same_inputs_give_the_same_letter_of_the_asked_shape(company: Company, number: int) -> None:
    given_inputs = inputs(company, profile(number))
    assert compose(given_inputs) == compose(inputs(company, profile(number)))
    Letter.model_validate(compose(given_inputs))


@pairs
def test_a_letter_keeps_to_its_length_names_company_and_user(company: Company, number: int) -> None:
    for variant in range(4):
        composed = compose(inputs(company, profile(number), variant=variant))
        assert body_words(composed) <= inputs(company, profile(number))["max_words"]
        assert company.name in composed["subject_a"]
        assert company.name in composed["subject_b"]
        assert composed["body"].splitlines()[0].rstrip(",").endswith(company.person_name.split(" ")[0] or "team")
        assert RESUMES[number][0] in composed["body"]


@pytest.mark.parametrize(("company", "number"), PAIRS)
def test_within_three_drafts_every_sentence_is_backed(company: Company, number: int) -> None:
    user, problems = profile(number), list[str]()
    for _ in range(MAX_DRAFTS):
        composed = compose(inputs(company, user) | {"problems": problems})
        refused = unbacked(check_parts(composed, grounds(company, user)))
        if not refused:
            return
        problems = [*problems, *(f"{reason(tie)} ({tie.sentence})" for tie in refused)]
    pytest.fail(f"still refused: {[(tie.claim, tie.sentence) for tie in refused]}")


@pairs
def test_each_follow_up_adds_what_the_letter_did_not_say(company: Company, number: int) -> None:
    composed = compose(inputs(company, profile(number)))
    told = [*RESUMES[number][3], *(to_you(quote) for kind, quote, _ in company.facts if kind != "role")]
    ends = [sentence.rstrip(".")[-25:] for sentence in told]
    said = composed["body"]
    for part in ("followup_day_3", "followup_day_7"):
        left = [end for end in ends if end not in said]
        assert not left or [end for end in left if end in composed[part]]
        said += composed[part]


def test_answers_choose_fact_line_and_ask() -> None:
    company, user = COMPANIES[2], profile(0)
    angle, line = company.facts[2][1], RESUMES[0][3][2]
    asks = ("The name of the right person to write to", f"Whether {company.name} plans to hire engineers")
    for ask, words in zip(asks, ("right person to write to?", "plans to hire engineers?"), strict=True):
        answers = (("angle", angle), ("experience", line), ("ask", ask))
        body = compose(inputs(company, user, answers=answers))["body"]
        opening = body.split("\n\n")[1]
        assert "€2.4 million in May 2025" in opening
        assert "wrote an importer for customs forms in Python" in body
        assert words in body


def test_an_open_role_stands_in_a_subject_and_in_the_wish() -> None:
    composed = compose(inputs(COMPANIES[1], profile(1)))
    assert "Senior Backend Engineer" in composed["subject_b"]
    assert "Senior Backend Engineer role" in composed["body"]


def test_neighbours_of_a_campaign_are_worded_differently() -> None:
    company, user = COMPANIES[0], profile(0)
    bodies = [compose(inputs(company, user, variant=variant))["body"].split("\n\n")[1] for variant in range(3)]
    assert len(set(bodies)) == 3


def test_a_problem_leads_to_another_draft_without_the_refused_sentence() -> None:
    company, user = COMPANIES[3], profile(2)
    first = compose(inputs(company, user))
    opening = first["body"].split("\n\n")[1]
    problem = f"Nothing in the sources says this. ({opening})"
    second = compose(inputs(company, user) | {"problems": [problem]})
    assert second["body"].split("\n\n")[1] != opening
    assert (
        compose(inputs(company, user) | {"problems": [f"x ({first['subject_a']})"]})["subject_a"] != first["subject_a"]
    )


@pytest.mark.parametrize("missing", ["evidence", "resume_lines"])
def test_without_facts_or_lines_nothing_is_composed(missing: str) -> None:
    assert compose(inputs(COMPANIES[0], profile(0)) | {missing: []}) == {}


def words_of(told: str) -> set[str]:
    return set(re.findall(r"\w+", told.lower()))


@cache
def own_words() -> frozenset[str]:
    """The words of all text constants of the engine's modules."""
    files = [Path(str(module.__file__)) for module in (letter, phrases, text)]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    constants = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(word for constant in constants for word in words_of(constant))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [found for item in value.values() for found in strings(item)]
    return [found for item in value for found in strings(item)] if isinstance(value, list) else [str(value)]


prose = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=60)
quotes = st.one_of(st.sampled_from([quote for company in COMPANIES for _, quote, _ in company.facts]), prose)
bullets = st.one_of(st.sampled_from([line for resume in RESUMES for line in resume[3]]), prose)


@given(data=st.data())
def test_no_input_makes_it_fail_or_say_a_word_of_its_own(data: st.DataObject) -> None:
    company, number = data.draw(st.sampled_from(PAIRS))
    base = inputs(company, profile(number), variant=data.draw(st.integers(0, 40)))
    kinds = st.sampled_from(["signal", "product", "fact", "role", "person"])
    found = data.draw(st.lists(st.tuples(kinds, quotes, st.booleans()), max_size=5))
    lines = data.draw(st.lists(st.tuples(bullets, st.sampled_from(["", "Tallow & Reed", "{0}"])), max_size=5))
    topics = st.sampled_from(["angle", "experience", "ask"])
    changed = base | {
        "company_name": data.draw(st.sampled_from(["Millpond", "Sedge & Sons", "{x}", "Ångström"])),
        "open_role": data.draw(st.sampled_from(["", "Data Engineer", "{role}"])),
        "evidence": [{"id": n, "kind": k, "quote": q, "origin": "profile" if r else "site"} for n, (k, q, r) in enumerate(found)],
        "resume_lines": [{"no": n, "text": t, "employer": e} for n, (t, e) in enumerate(lines)],
        "answers": [{"question": "?", "topic": t, "answer": a} for t, a in data.draw(st.lists(st.tuples(topics, quotes), max_size=3))],
        "problems": data.draw(st.lists(quotes, max_size=3)),
    }  # fmt: skip
    known = own_words() | {word for told in strings(changed) for word in words_of(told)}
    composed = compose(changed)
    assert {word for told in composed.values() for word in words_of(told)} <= known


@pairs
def test_a_letter_is_greeted_and_closed_as_the_user_wants_and_says_nothing_unwanted(
    company: Company, number: int
) -> None:
    user = profile(number)
    taught = {
        "never": ["your site"],
        "openings": ["at", "on my side"],
        "greeting": "Good day",
        "closing": "Warmly,",
        "angle": "",
    }
    composed = compose(inputs(company, user) | {"preferences": taught})
    lines = composed["body"].splitlines()
    assert lines[0].startswith("Good day ")
    assert "Warmly," in lines
    assert not [sentence for sentence in lines if sentence.startswith(("At ", "On my side", "Your site"))]


def test_a_letter_starts_from_the_kind_of_point_that_the_user_prefers() -> None:
    company = next(
        item for item in COMPANIES if sum(kind in {"signal", "product", "fact"} for kind, _, _ in item.facts) > 1
    )
    asked = inputs(company, profile(0))
    facts = [item for item in asked["evidence"] if item["kind"] in {"signal", "product", "fact"}]
    for fact in facts:
        point = {"kind": "connection", "text": fact["quote"], "evidence_id": fact["id"]}
        told = asked | {"talking_points": [point], "preferences": asked["preferences"] | {"angle": "connection"}}
        start = letter._gather(told).facts[0]
        assert start["id"] == fact["id"]
