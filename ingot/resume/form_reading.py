"""Reading the corrected form of a profile, with the line and what to do for whatever in it cannot be used."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.errors import ResumeError
from ingot.resume import contact
from ingot.resume.dates import is_point

MOST_ITEMS = 300
MOST_CHARACTERS = 150_000
_LONGEST = {"name": 120, "headline": 300, "skills": 120, "lines": 4000, "url": 2000}  # characters; 300 for the rest
_SIMPLE = ("name", "headline", "email", "phone", "location", "github_url", "linkedin_url")
_KEYS = {
    "job": ("title", "company", "start", "end", "lines"),
    "school": ("school", "degree", "start", "end"),
    "project": ("name", "url", "lines"),
}
_DATES = frozenset({"start", "end"})
_LISTS = frozenset({"lines", "skills"})
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")
_PROFILES = {"github_url": "github", "linkedin_url": "linkedin"}


def read_form(text: str) -> tuple[UserProfile, int | None]:
    """The profile that a form describes, and the version it was made from. Raises `ResumeError` naming the line."""
    if len(text) > MOST_CHARACTERS:
        raise ResumeError("The form is longer than a profile can be.", hint="Keep what a letter may say about you.")
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        _refuse_syntax(text, str(error))
    form = _Form(text)
    form.check_names(given, "", (*_SIMPLE, "version", "skills", *_KEYS))
    values: dict[str, Any] = {name: form.simple(given, name) for name in _SIMPLE}
    if not values["name"]:
        form.refuse("", 0, "name", "`name` is empty.", "Write your name: letters are signed with it.")
    version = given.get("version")
    if version is not None and (not isinstance(version, int) or isinstance(version, bool)):
        form.refuse("", 0, "version", "`version` is no number.", "Leave the line as it was, or delete it.")
    profile = UserProfile(
        **values,
        skills=form.texts(given, "", 0, "skills"),
        experience=[Experience(**item, lines=tuple(lines)) for item, lines in form.parts(given, "job")],
        education=[Education(**item) for item, _ in form.parts(given, "school")],
        projects=[Project(**item, description="\n".join(lines)) for item, lines in form.parts(given, "project")],
    )
    return profile, version


def checked_value(name: str, value: str) -> str:
    """One simple field as it is stored. Raises `ResumeError` where it is no such thing; its message holds no value."""
    clean = cleaned(value)
    if name == "name" and not clean:
        raise ResumeError("`name` is empty.", hint="Write your name: letters are signed with it.")
    if len(clean) > _LONGEST.get(name, 300):
        raise ResumeError(f"`{name}` is longer than {_LONGEST.get(name, 300)} characters.", hint="Write it shorter.")
    if not clean:
        return ""
    if name == "email" and contact.emails(clean, []) != [clean]:
        raise ResumeError("`email` is no e-mail address.", hint="Write it like name@example.com.")
    if name == "phone" and not any(letter.isdigit() for letter in clean):
        raise ResumeError("`phone` holds no digits.", hint="Write it like +49 30 5550 1234.")
    if name in _PROFILES:
        found = contact.profile_url(clean, [], _PROFILES[name])
        if not found:
            like = "https://github.com/you" if name == "github_url" else "https://www.linkedin.com/in/you"
            raise ResumeError(f"`{name}` is no such address.", hint=f"Write it like {like}, or leave it empty.")
        return found
    return clean


def cleaned(value: str) -> str:
    """One line without control characters, its runs of blanks as one."""
    visible = (letter for letter in value if letter.isspace() or unicodedata.category(letter)[0] != "C")
    return " ".join("".join(visible).split())


class _Form:
    """The text of a form, for finding the line that a refusal is about."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def refuse(self, table: str, index: int, key: str, message: str, hint: str) -> NoReturn:
        raise ResumeError(f"Line {self._line(table, index, key)} of the form: {message}", hint=hint)

    def _line(self, table: str, index: int, key: str) -> int:
        """Where `key` of the table's `index`-th part stands, from 1; the part's first line where it is not there."""
        heads = [at for at, line in enumerate(self._lines) if re.match(r"\s*\[", line) and _head(line)]
        mine = [at for at in heads if _head(self._lines[at]) == table]
        start = mine[index] if table and index < len(mine) else 0
        stop = next((at for at in heads if at > start), len(self._lines)) if table else (heads or [len(self._lines)])[0]
        wanted = re.compile(rf'\s*"?{re.escape(key)}"?\s*=')
        return next((at for at in range(start, stop) if wanted.match(self._lines[at])), start) + 1

    def check_names(self, given: Mapping[str, Any], table: str, known: tuple[str, ...], index: int = 0) -> None:
        for key in given:
            if key not in known:
                self.refuse(table, index, key, "there is no such field.", f"The fields are: {', '.join(known)}.")

    def simple(self, given: Mapping[str, Any], name: str) -> str:
        value = self.text(given, "", 0, name)
        try:
            return checked_value(name, value)
        except ResumeError as error:
            self.refuse("", 0, name, error.message, error.hint)

    def text(self, given: Mapping[str, Any], table: str, index: int, key: str) -> str:
        value = given.get(key, "")
        if not isinstance(value, str):
            self.refuse(table, index, key, f"`{key}` is no text.", 'Write it between quotes: "...".')
        self._bounded(value, table, index, key)
        return cleaned(value)

    def _bounded(self, value: str, table: str, index: int, key: str) -> None:
        most = _LONGEST.get(key, 300)
        if len(value) > most:
            self.refuse(table, index, key, f"`{key}` holds more than {most} characters.", "Write it shorter.")

    def texts(self, given: Mapping[str, Any], table: str, index: int, key: str) -> list[str]:
        values = given.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(table, index, key, f"`{key}` is no list of texts.", 'Write it like ["one", "another"].')
        if len(values) > MOST_ITEMS:
            self.refuse(table, index, key, f"`{key}` has more than {MOST_ITEMS} items.", "Keep what matters.")
        for value in values:
            self._bounded(value, table, index, key)
        return list(dict.fromkeys(filter(None, map(cleaned, values))))

    def parts(self, given: Mapping[str, Any], table: str) -> list[tuple[dict[str, str], list[str]]]:
        """The parts of one kind as their texts and their lines; parts in which nothing stands are left out."""
        items = given.get(table, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            self.refuse("", 0, table, f"`{table}` is no part.", f"Begin each with a line [[{table}]].")
        if len(items) > MOST_ITEMS:
            self.refuse(table, 0, table, f"there are more than {MOST_ITEMS} parts [[{table}]].", "Keep what matters.")
        found = []
        for index, item in enumerate(items):
            self.check_names(item, table, _KEYS[table], index)
            texts = {key: self.text(item, table, index, key) for key in _KEYS[table] if key not in _LISTS}
            lines = self.texts(item, table, index, "lines")
            self._check_dates(texts, table, index)
            if any(texts.values()) or lines:
                self._check_named(texts, table, index)
                found.append((texts, lines))
        return found

    def _check_dates(self, texts: Mapping[str, str], table: str, index: int) -> None:
        for key in _DATES & texts.keys():
            if texts[key] and not is_point(texts[key]):
                hint = "Write it like 2021, 2021-03, March 2021 or present."
                self.refuse(table, index, key, f"`{key}` is no date.", hint)

    def _check_named(self, texts: Mapping[str, str], table: str, index: int) -> None:
        names = [key for key in _KEYS[table][:2] if key != "url"]
        if not any(texts[key] for key in names):
            self.refuse(table, index, names[0], f"this [[{table}]] has no {names[0]}.", f"Write its {names[0]}.")


def _head(line: str) -> str:
    found = re.match(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(?:#.*)?$", line)
    return found[1] if found else ""


def _refuse_syntax(text: str, told: str) -> NoReturn:
    """TOML's own message quotes no value, but knows no remedy; the usual mistakes have one."""
    found = _AT.search(told)
    number = int(found[1]) if found else len(text.splitlines())
    raise ResumeError(
        f"Line {number} of the form cannot be read.",
        hint='Look for a missing quote or comma there or on the line above: name = "value", and in a list "value",',
    )
