from pathlib import Path

import pytest

from ingot.config.price_file import price_file, read_prices, write_price
from ingot.errors import ConfigError

pytestmark = pytest.mark.long


def test_without_a_file_there_are_no_own_prices(tmp_path: Path) -> None:
    assert read_prices(tmp_path) == {}


def test_a_price_is_added_to_the_others_and_replaced(tmp_path: Path) -> None:
    write_price(tmp_path, "openai/gpt-4o", per_input=2, per_output=8)
    write_price(tmp_path, "openai/next", per_input=0, per_output=0.5)
    write_price(tmp_path, "openai/gpt-4o", per_input=1.5, per_output=8)
    assert read_prices(tmp_path) == {"openai/gpt-4o": (1.5, 8.0), "openai/next": (0.0, 0.5)}
    assert price_file(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "no table"),
        ('{"gpt-4o": {"input": 1, "output": 2}}', "'gpt-4o' is no model name"),
        ('{"openai/x": [1, 2]}', "openai/x needs exactly input and output"),
        ('{"openai/x": {"input": 1}}', "openai/x needs exactly input and output"),
        ('{"openai/x": {"input": 1, "output": 2, "cache": 3}}', "needs exactly"),
        ('{"openai/x": {"input": "1", "output": 2}}', "the price of openai/x is no amount"),
        ('{"openai/x": {"input": -1, "output": 2}}', "no amount"),
        ('{"openai/x": {"input": NaN, "output": 2}}', "no amount"),
        ('{"openai/x": {"input": true, "output": 2}}', "no amount"),
    ],
)
def test_a_file_that_is_wrong_is_named_with_what_is_wrong_in_it(tmp_path: Path, content: str, told: str) -> None:
    price_file(tmp_path).write_text(content)
    with pytest.raises(ConfigError, match=r"prices\.json cannot be used") as caught:
        read_prices(tmp_path)
    assert told in caught.value.message
    with pytest.raises(ConfigError):
        write_price(tmp_path, "openai/y", per_input=1, per_output=2)
    assert price_file(tmp_path).read_text() == content


def test_a_wrong_price_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no amount"):
        write_price(tmp_path, "openai/x", per_input=float("inf"), per_output=1)
    assert not price_file(tmp_path).exists()


def test_a_file_that_cannot_be_read_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    price_file(tmp_path).mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        read_prices(tmp_path)
