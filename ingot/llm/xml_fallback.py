"""Reading an object out of tags, for models that can neither call tools nor write JSON.

No XML parser is used: what models write is rarely well-formed, and a parser that expands entities can be made to
fill the memory. The shape asked for decides which tags count; every other one is plain text.
"""

from __future__ import annotations

import re
import types
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

ROOT = "answer"
_ITEM = "item"
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_NOTHING = frozenset({"", "null", "none"})


@dataclass(frozen=True)
class _Kind:
    """What a field holds: words, or another model; one or many of it; perhaps nothing."""

    model: type[BaseModel] | None = None
    many: bool = False
    optional: bool = False


def parse_xml(text: str, model: type[BaseModel]) -> dict[str, Any]:
    """Read one tag for each field of `model` out of `text`, prose around it or not.

    Lists are repeated tags, or one tag around `<item>`s; an empty tag is an empty list. A closing tag may be missing.
    Words come back as strings, stripped: converting and checking them is Pydantic's work. A field that is not there
    is not in the dict either, and a text without any of the tags gives an empty dict.
    """
    text = _CDATA.sub(lambda match: escape(match[1], quote=False), text)
    root = _opening((ROOT,)).search(text)
    return _read_model(text[root.end() :] if root else text, model)


def outline(model: type[BaseModel], indent: str = "") -> str:
    """Show the tags that `parse_xml` reads, one a line, as a form for a model to fill in."""
    lines: list[str] = []
    for name, field in model.model_fields.items():
        kind = _kind(field.annotation)
        note = " (repeat this tag for each one)" if kind.many else " (may be left empty)" if kind.optional else ""
        if kind.model is None:
            lines.append(f"{indent}<{name}>...</{name}>{note}")
        else:
            lines += [f"{indent}<{name}>{note}", outline(kind.model, indent + "  "), f"{indent}</{name}>"]
    return "\n".join(lines)


def _read_model(text: str, model: type[BaseModel]) -> dict[str, Any]:
    kinds = {name: _kind(field.annotation) for name, field in model.model_fields.items()}
    found: dict[str, list[str]] = {}
    for name, inner in _elements(text, kinds):
        found.setdefault(name, []).append(inner)
    return {name: _read_field(inners, kinds[name]) for name, inners in found.items()}


def _read_field(inners: list[str], kind: _Kind) -> Any:
    if kind.many:
        one = _Kind(kind.model)
        items = [item for inner in inners for item in _items(inner, one) if item.strip()]
        return [_read_field([item], one) for item in items]
    inner = inners[0]
    if kind.optional and inner.strip().lower() in _NOTHING:
        return None
    return _unescape(inner).strip() if kind.model is None else _read_model(inner, kind.model)


def _items(inner: str, kind: _Kind) -> list[str]:
    """Split `<item>a</item><item>b</item>`; anything else is one item."""
    if not re.match(rf"\s*<{_ITEM}\b", inner, re.IGNORECASE):
        return [inner]
    return [item for _, item in _elements(inner, {_ITEM: kind})]


def _elements(text: str, kinds: dict[str, _Kind]) -> Iterator[tuple[str, str]]:
    """Yield the name and the inner text of each element of one level, from left to right."""
    names = {name.lower(): name for name in kinds}
    opening = _opening(kinds)
    at = 0
    while match := opening.search(text, at):
        name = names[match["name"].lower()]
        if match["empty"]:
            at = match.end()
            yield name, ""
            continue
        end, at = _extent(text, match.end(), name, kinds)
        yield name, text[match.end() : end]


def _extent(text: str, start: int, name: str, kinds: dict[str, _Kind]) -> tuple[int, int]:
    """Find where the element opened before `start` ends, and where to read on."""
    model = kinds[name].model
    nested = set(model.model_fields) if model else set[str]()
    depth = 1
    for tag in re.finditer(rf"<(/?){re.escape(name)}\s*>", text[start:], re.IGNORECASE):
        if tag[1]:
            depth -= 1
        elif name in nested:
            depth += 1
        if depth == 0:
            return start + tag.start(), start + tag.end()
    siblings = kinds.keys() - nested - {name}
    following = _opening(siblings).search(text, start) if siblings else None
    closing = re.compile(rf"</{ROOT}\s*>", re.IGNORECASE).search(text, start)
    ends = [match.start() for match in (following, closing) if match]
    end = min(ends, default=len(text))
    return end, end


def _opening(names: Collection[str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"<(?P<name>{alternatives})(?:\s[^<>]*?)?(?P<empty>/?)>", re.IGNORECASE)


def _kind(annotation: Any) -> _Kind:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(arguments[0])
    if origin in {Union, types.UnionType}:
        inner = _kind(next(argument for argument in arguments if argument is not types.NoneType))
        return _Kind(inner.model, inner.many, optional=types.NoneType in arguments)
    if origin in {list, set, frozenset, tuple}:
        return _Kind(_kind(arguments[0]).model, many=True)
    return _Kind(annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None)


def _unescape(text: str) -> str:
    """Replace the five entities of XML and character numbers, once: nothing that comes out is looked at again."""
    return _ENTITY.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    if name:
        return _NAMED[name]
    number = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF
    return chr(number) if is_character else match[0]
