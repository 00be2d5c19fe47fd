"""Taking an object apart, for models that cannot give it as a whole: what of it is valid is kept, the rest is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, Generic, get_args, get_origin

import pydantic
from pydantic.fields import FieldInfo

from ingot.llm.outputs import Answer
from ingot.llm.prompt import T


@dataclass(frozen=True)
class Part:
    """A field of an object, or one more item of a list in it (`is_item`), as an object of its own."""

    name: str
    output: type[Answer]
    is_item: bool = False
    is_optional: bool = False


class Pieces(Generic[T]):
    """An object that grows field by field. Values are kept as JSON, and validated as a whole at the end."""

    def __init__(self, output: type[T], found: Sequence[dict[str, Any]]) -> None:
        """`found` are objects that the model gave and that are not valid as a whole."""
        self._output = output
        self.kept: dict[str, Any] = {}
        for data in found:
            for name in output.model_fields.keys() & data.keys():
                if name not in self.kept:
                    self._salvage(name, data[name])
        if self._is_whole() and self.assembled() is None:
            self.kept.clear()  # each part is valid, all of them together are not: which one is at fault cannot be told

    @property
    def can_be_asked(self) -> bool:
        """Whether there are parts smaller than the whole."""
        fields = self._output.model_fields
        return len(fields) > 1 or any(_item_of(field) for field in fields.values())

    def missing(self) -> Iterator[Part]:
        """What has to be asked for still; each may be given to `add` before the next is taken."""
        for name, field in self._output.model_fields.items():
            item = _item_of(field)
            if item is None or not _least(field):
                if name not in self.kept:
                    yield Part(name, _alone(self._output, name), is_optional=not field.is_required())
                continue
            for number in range(len(self.kept.get(name, [])), _least(field)):
                yield Part(f"{name}, number {number + 1}", item, is_item=True)

    def add(self, part: Part, value: Answer) -> None:
        """Keep an answer."""
        data = value.model_dump(mode="json")
        if part.is_item:
            self.kept.setdefault(part.name.partition(",")[0], []).append(data)
        else:
            self.kept |= data

    def assembled(self) -> T | None:
        """The whole object, or None where its parts do not fit together."""
        try:
            return self._output.model_validate(self.kept)
        except pydantic.ValidationError:
            return None

    def _is_whole(self) -> bool:
        return bool(self.kept) and next(self.missing(), None) is None

    def _salvage(self, name: str, value: Any) -> None:
        field = self._output.model_fields[name]
        item = _item_of(field)
        if item is not None and isinstance(value, list):
            value = [data for one in value if (data := _valid(item, one)) is not None][: _most(field)]
            if not value:
                return
        alone = _valid(_alone(self._output, name), {name: value})
        if alone is not None:
            self.kept |= alone
        elif item is not None and isinstance(value, list):  # too few of them: more are asked for
            self.kept[name] = value


def _valid(output: type[Answer], data: Any) -> dict[str, Any] | None:
    try:
        return output.model_validate(data).model_dump(mode="json")
    except pydantic.ValidationError:
        return None


@lru_cache(maxsize=128)
def _alone(output: type[Answer], name: str) -> type[Answer]:
    field = output.model_fields[name]
    fields: dict[str, Any] = {name: (field.annotation, field)}
    return pydantic.create_model(f"{output.__name__}_{name}", __base__=Answer, **fields)


def _item_of(field: FieldInfo) -> type[Answer] | None:
    """The kind of object that a list holds; None for anything else."""
    annotation = field.annotation
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is not list:
        return None
    (item,) = get_args(annotation)
    return item if isinstance(item, type) and issubclass(item, Answer) else None


def _least(field: FieldInfo) -> int:
    return next((rule.min_length for rule in field.metadata if getattr(rule, "min_length", None)), 0)


def _most(field: FieldInfo) -> int | None:
    return next((rule.max_length for rule in field.metadata if getattr(rule, "max_length", None)), None)
