import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


def test_an_own_price_is_set_and_listed_beside_the_list_prices(ingot: Ingot, base: Base) -> None:
    assert ingot("prices", "set", "openai/gpt-4o", "1.25", "5").out.startswith("openai/gpt-4o costs $1.25 in and $5.00")
    rows = {row["model"]: row for row in json.loads(ingot("prices", "list", "--json").out)}
    assert rows["openai/gpt-4o"] == {"model": "openai/gpt-4o", "input": 1.25, "output": 5.0, "own": True}
    assert rows["openai/gpt-4o-mini"]["own"] is False
    shown = ingot("prices", "list").out
    assert "yours" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert ingot("prices", "path").out == f"{base.path / 'prices.json'}\n"


def test_a_wrong_price_or_name_is_refused_with_what_to_write(ingot: Ingot, base: Base) -> None:
    for words in (("gpt-4o", "1", "2"), ("openai/gpt-4o", "--", "-1", "2")):
        refused = ingot("prices", "set", *words)
        assert refused.code == 3
        assert "ingot prices set openai/gpt-4o 2.5 10" in " ".join(refused.err.split())
    assert not (base.path / "prices.json").exists()


def test_a_broken_price_file_is_named_wherever_prices_are_needed(ingot: Ingot, base: Base) -> None:
    (base.path / "prices.json").write_text("{")
    for words in (("prices", "list"), ("stats",), ("leads", "list")):
        refused = ingot(*words)
        assert (refused.code, "not valid JSON" in " ".join(refused.err.split())) == (3, True)
