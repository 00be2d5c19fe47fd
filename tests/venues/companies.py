"""Fictional companies in the shape of the Y Combinator mirror."""

from __future__ import annotations

from typing import Any


def company(number: int = 1, **changes: Any) -> dict[str, Any]:
    return {
        "id": 9_000_000 + number,
        "name": f"Quillmark {number}",
        "slug": f"quillmark-{number}",
        "website": f"https://quillmark{number}.example",
        "one_liner": "Ink for machines.",
        "long_description": "We set pages.\r\n\r\nIn   Rust.",
        "all_locations": "Port Ink, CA, USA; Remote",
        "regions": ["United States of America", "Remote"],
        "team_size": 8,
        "industry": "B2B",
        "industries": ["B2B", "Engineering, Product and Design"],
        "tags": ["Developer Tools", "Open Source"],
        "batch": "Winter 2025",
        "status": "Active",
        "isHiring": True,
        "url": f"https://www.ycombinator.com/companies/quillmark-{number}",
        **changes,
    }
