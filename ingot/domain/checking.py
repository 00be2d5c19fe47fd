"""Sentence by sentence: which claims a letter makes, and which line or quote backs each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingot.domain.backing import Claim, Problem, Source, covered_share, problems, same_figure
from ingot.domain.claims import Mood, Subject, Text
from ingot.domain.finding import Finding, kind_of, refused
from ingot.domain.grounds import Grounds
from ingot.domain.intrusions import own_text
from ingot.domain.open_roles import backing_of, bare_role
from ingot.domain.quoting import quoted, repeats
from ingot.domain.sentences import clauses, without_bullet
from ingot.domain.shared import BothSides
from ingot.domain.sources import evidence_sources, jobs, quote_sources, resume_sources, years_backed
from ingot.domain.subjects import leading_name, mood_of, presupposed_events, strip_frame, strip_vocative, subject_of
from ingot.domain.tense import has_ended, says_present
from ingot.domain.words import plain, words

_PREFIX = re.compile(r"((?:At|As|For|In|With) [^,;]{2,80}?),?\s+(?=(?:I|we)\b)")
_TIMES = re.compile(
    r"\b\d{1,2}[:.h]\d\d\b|\b\d{1,2}\s?(?:am|pm)\b|\b\d{1,2}(?:st|nd|rd|th)\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:\d+|[a-z]+)[ -](?:to \d+ )?(?:minutes?|mins?|hours?|days?|weeks?|months?)\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday)s?\b|\bMay\b|\b(?:CES?T|GMT|UTC|BST|[ECMP][SD]?T)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(
    r",\s+(?:and\s+)?(?!(?:at|as|in|for|with|on|of|by|from|to|about|against|using|under|per|a|an|the)\b)|\s+and\s+(?=[a-z]+(?:ed|t)?\b)"
)
_PRONOUN = re.compile(r"(?:it|they|he|she|the \w+|this|that|these|those|both)\b", re.IGNORECASE)
_GENERAL = re.compile(
    r"\b(?:is|are|was|were|be|have|has|can|will|would|should|must|may|might|needs?|means?|takes?)\b|'s\b", re.IGNORECASE
)
_COPULA = re.compile(r"\bI(?:'m| am| was| have been|'ve been)\s+(?:\w+ly\s+)?(?:an?|the)\b")
# In the present, and yet a claim: what the user has, is bound by or agrees to.
_ASSERTED = re.compile(
    r"\bI (?:\w+ly )?(?:hold|own|accept|agree|confirm|promise|guarantee|possess|waive|consent|speak|owe|belong)\b"
)
_WORKED = re.compile(r"\b(?:worked|employed|interned|consulted|was|been)\s(?:\w+\s)?(?:at|for|by|with)\s([\w-]+)")


# Says only that the user's own side follows.
_OWN_FRAME = re.compile(r"^(?:on my side|from my own work|my r[ée]sum[ée] has this)\s*[,:]\s*(at\s|I\s)", re.IGNORECASE)


class Checker:
    """Holds the sentences of a letter against one set of grounds."""

    def __init__(self, grounds: Grounds) -> None:
        self._grounds = grounds
        self._aliases = grounds.aliases
        self._names = grounds.addressees(self._aliases)
        self._company = self._names.company_pattern()
        self._both_sides = BothSides(self._company)
        quotes = [(span.evidence_id, span.quote) for span in grounds.evidence]
        self._quotes = quote_sources(quotes, self._aliases)
        self._evidence = evidence_sources(quotes, self._names, self._aliases)
        self._resume = resume_sources(grounds.resume_lines, dict(grounds.line_headings), self._aliases)
        self._jobs = jobs(self._resume)
        self._chosen = [Text(self._aliases.hide(plain(text))) for text in grounds.chosen]
        self._own_text = own_text(grounds)
        self._own_values = sorted(filter(None, map(plain, grounds.own_values)), key=len, reverse=True)
        role_words = {word.text.lower() for word in words(plain(grounds.person_role))}
        self._known = self._names.company_words | self._names.user_words | role_words
        self._ours = self._known | self._names.person_words

    def findings(self, sentence: str, before: str = "") -> list[Finding]:
        """What came out for the claims of one sentence, in order; empty if it makes none. `before` is the sentence before it."""
        if intrusions := self._own_text.intrusions(sentence):
            return [refused(problem) for problem in intrusions]
        text = self._normal(sentence)
        told = self._whole(text) or [*self._by_clause(text, self._normal(before)), *self._on_both_sides(text)]
        return [replace(finding, words=self._aliases.show(finding.words)) for finding in told]

    def _normal(self, sentence: str) -> str:
        """The sentence without what needs no backing, and with the made-up words for names."""
        text = " ".join(plain(sentence).split())
        for value in self._own_values:
            text = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", text, flags=re.IGNORECASE)
        text = strip_vocative(self._aliases.hide(without_bullet(text).strip()), self._names)
        return _OWN_FRAME.sub(lambda frame: frame[1].capitalize(), text)

    def _whole(self, text: str) -> list[Finding]:
        """What came out for a sentence that is read as a whole: a quote, a bare role, or one about both sides."""
        if verbatim := self._verbatim(text):
            return [verbatim]
        if role := bare_role(text, self._company):
            source = backing_of(role, quotes=self._evidence, lines=self._resume, company=self._company)
            return [Finding(text, "title", bool(source), source) if source else refused(Problem("company", role.role))]
        return [
            replace(finding, words=text) if finding.backed and finding.words else finding
            for side in self._both_sides.split(text)
            for finding in self._by_clause(side.text, "")
        ]

    def _on_both_sides(self, text: str) -> Iterator[Finding]:
        """The skills that a sentence calls common to both sides, as far as one side lacks them."""
        if self._both_sides.mentions_both(text):
            for words_there in Text(text).skills.values():
                sides = (self._best(Claim(Text(words_there), side)) for side in (Subject.company, Subject.user))
                yield from (finding for finding in sides if not finding.backed)

    def _by_clause(self, text: str, before: str) -> Iterator[Finding]:
        is_question = text.rstrip(" \"')").endswith("?")
        place, subject_before = "", Subject.open
        said = strip_frame((clauses(before) or [""])[-1])[0]
        for clause in clauses(text):
            rest, framed = strip_frame(clause)
            if echo := self._both_sides.echo(rest, said):
                yield from self._clause(Text(echo.text), echo.subject, is_question=is_question)
                continue
            said, subject = rest, subject_of(rest, self._names)
            if subject is Subject.open:
                subject = Subject.company if framed else subject_before
            subject_before = subject
            if subject is Subject.user:
                match = _PREFIX.match(rest)
                place = match[1] if match else place
                rest = f"{place} {rest}" if place and not match else rest
            yield from self._clause(Text(rest), subject, is_question=is_question)

    def _clause(self, text: Text, subject: Subject, *, is_question: bool) -> list[Finding]:
        mood = mood_of(text, subject, is_question=is_question)
        if mood is Mood.wish:
            rank = re.match(r"As (an? [^,]+),", text.plain) if subject is Subject.user else None
            claimed = self._statement(Text(f"I am {rank[1]}"), subject) if rank else []
            return claimed + self._wish(text, subject)
        if mood is Mood.lack:
            return [refused(Problem("negation", w)) for w in self._denied_skills(text)]
        return self._statement(text, subject) if self._is_claim(text, subject) else []

    def _denied_skills(self, text: Text) -> list[str]:
        held = {skill for source in self._resume for skill in source.text.skills}
        return [words for skill, words in text.skills.items() if skill in held]

    def _is_claim(self, text: Text, subject: Subject) -> bool:
        """Whether a statement says something that can be false."""
        names = [name for name in text.names if name.lower() not in self._ours]
        if text.skills or text.figures or names or (text.hard_words and subject is not Subject.open):
            return True
        content = Claim(text, subject, self._ours).content
        if subject is Subject.user:
            if (there := _WORKED.search(text.plain)) and there[1].lower() in self._known - self._names.user_words:
                return True
            past = any(w.text.lower().endswith("ed") for w in content)
            return bool(content) and (
                past
                or bool(text.deeds or _COPULA.search(text.plain) or _ASSERTED.search(text.plain))
                or len(content) >= 3
            )
        if subject is Subject.open:
            is_fragment = len(content) >= 4 and not _GENERAL.search(text.plain)
            return bool(content) and (is_fragment or bool(_PRONOUN.match(text.plain)))
        return bool(content or text.events)

    def _statement(self, text: Text, subject: Subject) -> list[Finding]:
        known = self._names.user_words if subject is Subject.user else self._known
        claim = Claim(text, subject, known)
        whole = self._best(claim)
        if whole.backed:
            return [whole]
        return self._by_skill(claim) or self._by_piece(claim) or [whole]

    def _best(self, claim: Claim) -> Finding:
        """The source that backs the claim, or the first problem of the source that comes nearest."""
        sources = self._sources(claim)
        if not sources:
            return refused(Problem("company", leading_name(claim.text.plain, self._names) or claim.text.plain))
        if claim.subject in {Subject.user, Subject.open} and (source := self._by_years(claim)):
            return Finding(words=claim.text.plain, kind="years", source=source)
        if claim.subject is not Subject.user or not says_present(claim.text.plain):
            return self._nearest(claim, sources)
        of_today = [source for source in sources if not self._has_ended(source)]
        found = self._nearest(claim, of_today) if of_today else refused(Problem("tense", claim.text.plain))
        if not found.backed and self._nearest(claim, sources).backed:
            return refused(Problem("tense", claim.text.plain))
        return found

    def _has_ended(self, source: Source) -> bool:
        return has_ended(source.heading.plain, self._grounds.today)

    def _nearest(self, claim: Claim, sources: Sequence[Source]) -> Finding:
        found = [
            (problems(claim, source), -covered_share(claim, source), len(source.text.plain), n)
            for n, source in enumerate(sources)
        ]
        wrong, _, _, nearest = min(found, key=lambda entry: (len(entry[0]), *entry[1:]))
        if wrong:
            return refused(wrong[0])
        return Finding(words=claim.text.plain, kind=kind_of(claim.text), source=sources[nearest])

    def _sources(self, claim: Claim) -> Sequence[Source]:
        match claim.subject:
            case Subject.user:
                return self._resume
            case Subject.company:
                return self._evidence
            case Subject.open:
                return [*self._evidence, *self._resume]
            case _:
                name = leading_name(claim.text.plain, self._names).casefold()
                return [s for s in (*self._evidence, *self._resume) if s.text.plain.casefold().startswith(name)]

    def _by_years(self, claim: Claim) -> Source | None:
        for figure in claim.figures:
            if re.match(r"\+?[\s-]years?\b", claim.text.plain[figure.end :]):
                return years_backed(claim, figure, self._jobs, self._grounds.today)
        return None

    def _by_skill(self, claim: Claim) -> list[Finding]:
        """A bare list of skills ("I use Go and Terraform") may rest on several lines, one for each skill."""
        text = claim.text
        if len(text.skills) < 2 or claim.content or text.figures or text.hard_words or text.deeds:
            return []
        places = [name for name in text.names if name.lower() not in self._ours]
        said = ["I use"] if claim.subject is Subject.user and says_present(text.plain) else []
        singles = [
            self._best(Claim(Text(" ".join([*said, skill, *places])), claim.subject)) for skill in text.skills.values()
        ]
        return list(dict.fromkeys(singles)) if all(f.backed for f in singles) else [f for f in singles if not f.backed]

    def _by_piece(self, claim: Claim) -> list[Finding]:
        """A row of statements about one subject may rest on several lines, one for each."""
        place = _PREFIX.match(claim.text.plain)
        pieces = [piece for piece in _PIECES.split(claim.text.plain[place.end() if place else 0 :]) if piece.strip()]
        if len(pieces) < 2:
            return []
        found = []
        for piece in pieces:
            subject_word = "" if claim.subject is not Subject.user or re.search(r"\bI\b", piece) else "I "
            part = Claim(Text(f"{place[1] + ' ' if place else ''}{subject_word}{piece}"), claim.subject, claim.known)
            if not (part.content or part.text.skills or part.figures or part.text.names):
                return []
            found.append(self._best(part))
        return found if all(finding.backed for finding in found) else []

    def _wish(self, text: Text, subject: Subject) -> list[Finding]:
        """Wishes, offers and questions claim nothing, but numbers, skills and names in them must stand somewhere."""
        text = Text(" ".join(_TIMES.sub(" ", text.plain).split()))
        is_own = subject is Subject.user and bool(
            re.search(r"\b(?:my|mine|as an?|without me)\b", text.plain, re.IGNORECASE)
        )
        chosen = [] if subject is Subject.company else self._chosen
        held = chosen + [s.text for s in (self._resume if is_own else [*self._evidence, *self._resume])]
        claim = Claim(text, subject, self._ours)
        wrong = [
            Problem("skill", w) for skill, w in text.skills.items() if not any(skill in other.skills for other in held)
        ]
        wrong += [
            Problem("number", figure.text)
            for figure in text.figures
            if not any(same_figure(claim, figure, other, there) for other in held for there in other.figures)
            and not any(there.backs(figure) for other in chosen for there in other.figures)
        ]
        lower = {word for other in held for word in other.lower_words} | self._ours
        wrong += [Problem("name", name) for name in text.names if name.lower() not in lower]
        if is_own:
            wrong += [Problem("scope", word) for word in text.hard_words if word not in lower]
        events = {event for source in self._evidence for event in source.text.events}
        wrong += [Problem("event", w) for event, w in presupposed_events(text).items() if event not in events]
        return [refused(problem) for problem in wrong]

    def _verbatim(self, text: str) -> Finding | None:
        """A sentence that repeats a quote or, after "I" or "At X I", a résumé line from its beginning."""
        rest, framed = strip_frame(text)
        is_theirs = framed or subject_of(rest, self._names) is not Subject.user
        for said, sources in ((quoted(text), self._quotes), (rest if is_theirs else "", self._evidence)):
            for source in sources if said else ():
                if repeats(said, source.text.plain):
                    return Finding(words=said, kind=kind_of(Text(said)), source=source)
        match = _PREFIX.match(text)
        own = re.match(r"I\s+(.*)", text[match.end() :] if match else text, re.DOTALL)
        for source in self._resume if own else ():
            if own and repeats(own[1], source.text.plain) and not (says_present(text) and self._has_ended(source)):
                place = Claim(Text(match[1] if match else ""), Subject.open, self._names.user_words)
                if not problems(place, Source(source.heading, "")):
                    return Finding(words=text, kind=kind_of(Text(text)), source=source)
        return None
