from __future__ import annotations

import pytest

from ingot.web.site_pages import kind_of, ranked

HOME = ["https://millpond.example/"]


@pytest.mark.parametrize(
    ("path", "words", "kind"),
    [
        ("/about-us", "", "about"),
        ("/en/company/team", "", "team"),
        ("/jobs", "", "careers"),
        ("/blog/", "", "news"),
        ("/contact.html", "", "contact"),
        ("/x1", "Meet the team →", "team"),
        ("/x1", "We’re hiring!", "careers"),
        ("/teamwork", "", ""),
        ("/blog/2026/03/05/why-teams", "", ""),
        ("/pricing", "Pricing", ""),
        ("/", "Home", ""),
    ],
)
def test_a_link_promises_its_kind_by_path_or_words(path: str, words: str, kind: str) -> None:
    assert kind_of(f"https://millpond.example{path}", words) == kind


def test_one_of_each_kind_comes_before_a_second_one() -> None:
    links = [f"https://millpond.example/{path}" for path in ("about", "our-story", "team", "blog", "")]
    assert [page.kind for page in ranked(links, home=HOME, most=5)] == ["team", "about", "news", "about"]


def test_a_link_that_only_its_words_promise_comes_last() -> None:
    links = ["https://millpond.example/p/7", "https://millpond.example/contact"]
    assert [page.kind for page in ranked(links, home=HOME, most=5)] == ["contact", "other"]


def test_usual_addresses_are_guesses_and_say_so() -> None:
    guesses = ranked([], home=HOME, most=5)
    assert [page.url for page in guesses] == [f"{HOME[0]}{path}" for path in ("about", "team", "careers")]
    assert all(page.is_guess for page in guesses)
    assert ranked([], home=[], most=5) == []
