"""`prices.json` in the config directory: the user's own prices, in dollars for a million tokens of input and of output."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ingot.config.fields import ModelName
from ingot.config.private_file import locked, make_private_directory, write_private
from ingot.errors import ConfigError

_MODEL: TypeAdapter[str] = TypeAdapter(ModelName)


def price_file(base_dir: Path) -> Path:
    """Where the user's own prices stand."""
    return base_dir / "prices.json"


def read_prices(base_dir: Path) -> dict[str, tuple[float, float]]:
    """The user's prices for input and output by model; none where there is no file. ConfigError names what is wrong in it."""
    path = price_file(base_dir)
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ConfigError(f"{path} cannot be read ({error.strerror}).", hint="See whose file it is.") from error
    except (ValueError, RecursionError):
        raise _wrong(path, "it is not valid JSON") from None
    if not isinstance(data, dict):
        raise _wrong(path, "it is no table of models")
    return {_model(path, name): _price(path, name, entry) for name, entry in data.items()}


def write_price(base_dir: Path, model: str, *, per_input: float, per_output: float) -> None:
    """Write down the price of one model, over what was said of it before."""
    path = price_file(base_dir)
    name = _model(path, model)
    price = _price(path, name, {"input": per_input, "output": per_output})
    make_private_directory(base_dir)
    with locked(base_dir):
        prices = read_prices(base_dir) | {name: price}
        told = {known: {"input": pair[0], "output": pair[1]} for known, pair in sorted(prices.items())}
        write_private(path, json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _model(path: Path, name: str) -> str:
    try:
        return _MODEL.validate_python(name)
    except ValidationError:
        raise _wrong(path, f"{name!r} is no model name, which is provider/name") from None


def _price(path: Path, name: str, entry: Any) -> tuple[float, float]:
    if not isinstance(entry, dict) or entry.keys() != {"input", "output"}:
        raise _wrong(path, f"{name} needs exactly input and output")
    for value in entry.values():
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            raise _wrong(path, f"the price of {name} is no amount of dollars")
    return float(entry["input"]), float(entry["output"])


def _wrong(path: Path, reason: str) -> ConfigError:
    return ConfigError(
        f"The prices in {path} cannot be used: {reason}.",
        hint='Write dollars for a million tokens: {"openai/gpt-4o": {"input": 2.5, "output": 10}}, '
        "or run: ingot prices set openai/gpt-4o 2.5 10",
    )
