from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.skill_table import SKILL_TABLE
from ingot.domain.skills import canonical, family, find_skills, skill_spans


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("k8s", "Kubernetes"),
        ("Postgres", "PostgreSQL"),
        ("JS", "JavaScript"),
        ("ts", "TypeScript"),
        ("golang", "Go"),
        ("RoR", "Ruby on Rails"),
        ("GCP", "Google Cloud"),
        (" spring   boot ", "Spring"),
        ("Ｐｙｔｈｏｎ", "Python"),
    ],
)
def test_a_spelling_has_one_usual_name(spelling: str, name: str) -> None:
    assert canonical(spelling) == name


def test_an_unknown_name_is_no_skill() -> None:
    assert canonical("underwater basket weaving") is None
    with pytest.raises(KeyError):
        family("underwater basket weaving")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++/C# on .NET and Node.js", {"C++": "C++", "C#": "C#", ".NET": ".NET", "Node.js": "Node.js"}),
        ("Firmware in C, stats in R.", {"C": "C", "R": "R"}),
        ("Series C, R&D, C-level, vitamin C", {}),
        ("Go to market; we go fast; to Go ahead", {}),
        ("services in Go and Rust", {"Go": "Go", "Rust": "Rust"}),
        ("rust on the swift express", {}),
        ("a flask of elixir, a spark, a chef", {}),
        ("React Native, not react to it", {"React Native": "React Native"}),
        ("Javanese JavaScripting Gopher Dockerized", {}),
        ("see https://python.org/java or mail a@django.dev", {}),
        ("Python/Django", {"Python": "Python", "Django": "Django"}),
        ("kafka and Apache Kafka", {"Apache Kafka": "kafka"}),
        ("Vue.js and Three.js", {"Vue": "Vue.js", "Three.js": "Three.js"}),
        ("SQL Server", {"Microsoft SQL Server": "SQL Server"}),
        ("Spring 2024 in Phoenix, AZ with Taylor Swift", {}),
    ],
)
def test_only_whole_names_in_their_own_capitals_are_found(text: str, found: dict[str, str]) -> None:
    assert find_skills(text) == found


def test_each_name_of_the_table_is_found_where_it_stands_alone() -> None:
    names = [
        line.strip().partition(": ")[0].removeprefix("=")
        for block in SKILL_TABLE.values()
        for line in block.splitlines()
        if line.strip()
    ]
    assert len(names) == len(set(names)) >= 150
    assert [name for name in names if find_skills(f"I know {name} well") != {name: name}] == []
    assert all(family(name) for name in names)


@given(st.text(max_size=80))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for start, end, name in skill_spans(text):
        assert canonical(text[start:end]) == name
    assert all(words in text for words in find_skills(text).values())
