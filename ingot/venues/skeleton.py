"""The file that a new venue starts from: it works as it stands, and its comments say what to change."""

from __future__ import annotations

from enum import StrEnum
from string import Template


class Reads(StrEnum):
    """What a new venue reads."""

    json = "json"
    csv = "csv"


_HEAD = '''"""$title: companies for INGOT. Try it: ingot venues test $kind"""

from __future__ import annotations
$imports
from ingot.errors import PageError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord

# Where the companies are, unless `--source` names another place. While it is empty, EXAMPLE is shown instead.
SOURCE = $source
# One made-up company in the form of what you read. Delete it once the venue reads something real.
EXAMPLE = [{"id": "1", "name": "Example Works", "website": "https://works.example", "about": "A company that does not exist."}]


class NewVenue:
    """INGOT calls `fetch`, stores what it returns, and shows `refused`. It is given the web, and nothing else of yours."""

    # Marks the leads from here. It begins with the name of this file.
    name = "$kind"

    def __init__(self, source: str | None) -> None:
        self.source = source or SOURCE
        self.refused: list[str] = []

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The companies. What the user filters by is asked again afterwards, so you may return all of them."""
        self.refused = []
        records = []
        for number, item in enumerate(await self._items(web), start=1):
            if not item.get("name"):
                self.refused.append(f"record {number} has no name")
                continue
            # Fill what the source says, and nothing else: letters quote it. docs/venues.md lists the fields.
            record = VenueRecord(
                company_name=str(item["name"]),
                venue_ref=str(item.get("id") or ""),  # what does not change when the company is listed again
                website=str(item.get("website") or ""),
                description=str(item.get("about") or ""),
            )
            records.append(record)
        return records

    async def _items(self, web: Reader) -> list[dict[str, Any]]:
        if not self.source:
            return EXAMPLE
        # `web` is polite and reads only the public web. Use nothing else to read it.
        try:
$load        except PageError as error:
            raise VenueError(f"The list could not be read ({error.reason}).", hint="Check its address.") from error
$check

def open_venue(source: str | None) -> NewVenue:
    """INGOT calls this with what `--source` named, or None."""
    return NewVenue(source)
'''

_JSON_LOAD = """            found = await web.get_json(self.source)
"""
_JSON_CHECK = """        # Say here where the list is inside of what you get, such as found["companies"].
        if not isinstance(found, list):
            raise VenueError("The address does not hold a list.", hint="Its form may have changed.")
        return [item for item in found if isinstance(item, dict)]
"""
_CSV_LOAD = """            document = await web.get_source(self.source, max_bytes=10_000_000)
"""
_CSV_CHECK = """        # The first line names the columns: put their names where `item.get` asks for them.
        return list(csv.DictReader(io.StringIO(document.body.decode("utf-8-sig", "replace"))))
"""


def skeleton(kind: str, reads: Reads, *, source: str = "") -> str:
    """The text of a plug-in of this kind. `source` is the address it reads by itself, without quotes in it."""
    is_json = reads is Reads.json
    return Template(_HEAD).substitute(
        title=kind.replace("_", " ").capitalize(),
        kind=kind,
        source=f'"{source}"',
        imports="\nfrom typing import Any\n" if is_json else "\nimport csv\nimport io\nfrom typing import Any\n",
        load=_JSON_LOAD if is_json else _CSV_LOAD,
        check=_JSON_CHECK if is_json else _CSV_CHECK,
    )
