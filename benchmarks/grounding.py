"""How well grounding tells true sentences from inventions: `python -m benchmarks.grounding [--json]`.

The set is `tests/fixtures/claims.json`: fictional people and companies, each sentence labelled with how it was made. Rules
and word lists were tuned on the half marked `tune` only.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked

CLAIMS = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "claims.json"
TRUE_KINDS = frozenset({"verbatim", "paraphrase", "no_claim"})


def read_grounds(entry: dict[str, Any]) -> Grounds:
    return Grounds(
        company_name=entry["company_name"],
        user_name=entry["user_name"],
        person_name=entry["person_name"],
        person_role=entry["person_role"],
        evidence=tuple(EvidenceSpan(**span) for span in entry["evidence"]),
        resume_lines=tuple(entry["resume_lines"]),
        own_values=tuple(entry["own_values"]),
        chosen=tuple(entry["chosen"]),
    )


def measure() -> dict[str, Any]:
    """Per split: recall and precision of "unbacked", counts per kind, and the sentences that were judged wrongly."""
    data = json.loads(CLAIMS.read_text(encoding="utf-8"))
    grounds = {entry["id"]: read_grounds(entry) for entry in data["grounds"]}
    result: dict[str, Any] = {}
    for split in ("tune", "held_out"):
        count: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        misses = []
        for entry in (e for e in data["sentences"] if e["split"] == split):
            ties = check(entry["text"], grounds[entry["grounds"]], part="body")
            wrong = unbacked(ties)
            count[entry["kind"]] += 1
            refused[entry["kind"]] += bool(wrong)
            if bool(wrong) is (entry["kind"] in TRUE_KINDS):
                seen = wrong or ties
                misses.append({**entry, "found": [[t.claim_kind, t.claim, t.quote] for t in seen]})
        caught = sum(n for kind, n in refused.items() if kind not in TRUE_KINDS)
        invented = sum(n for kind, n in count.items() if kind not in TRUE_KINDS)
        result[split] = {
            "recall": caught / invented,
            "precision": caught / refused.total(),
            "kinds": {kind: {"count": n, "refused": refused[kind]} for kind, n in count.items()},
            "misses": misses,
        }
    return result


def main() -> None:
    result = measure()
    if "--json" in sys.argv[1:]:
        print(json.dumps(result, ensure_ascii=False, indent=2))
        return
    for split, figures in result.items():
        print(f"{split}: recall of inventions {figures['recall']:.3f}, precision {figures['precision']:.3f}")
        for kind, n in figures["kinds"].items():
            print(f"  {kind:16} {n['count']:4} sentences {n['refused']:4} refused")
        for miss in figures["misses"]:
            print(f"  missed ({miss['kind']}): {miss['text']!r} {miss['found']}")


if __name__ == "__main__":
    main()
