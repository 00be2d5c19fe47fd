"""The topics of a text: the stems of its words without those that companies and résumés of every kind share."""

from __future__ import annotations

from functools import lru_cache

from ingot.domain.vocabulary import content_stems
from ingot.domain.words import stem

# Words that say nothing of what one company does and another does not: of companies, their customers, of time and amount.
_EVERYBODYS = frozenset(
    map(
        stem,
        """build built builder team platform help company customer work product software business time real need user service system
        tool first year provide create develop enable support manage run day solution technology tech world people process include
        enterprise engineer faster fast operation operate power across lead leader month source scale startup start cost minute
        minutes manual take understand back handle million billion thousand hundred find complex human task full complete home
        live best miss grow next give reduce base replace week allow direct top high layer entire drive end turn save native
        critical traditional easy easily deliver pay opportunity information focus powerful everything case right better
        communicate increase existing exist less get self meet quality bring yet solve current currently set feature decision
        hour hard founder found update launch long today offer let zero custom act want small simple know detail improve
        background become modern new project member part open several across different various large largest big many daily
        available access single own every best-in-class end-to-end state art million-dollar com http www we're we've it's don't
        designed using based used join hire role looking grow growth goal way thing value deal ready instead via without like
        plus great good senior junior staff wrote led made ran added brought cut kept ran rose fell number one two three four
        five six seven eight nine ten percent per within under over more most""".split(),
    )
)


@lru_cache(maxsize=4096)
def topics(text: str) -> frozenset[str]:
    """The stems that tell what the text is about."""
    return content_stems(text) - _EVERYBODYS
