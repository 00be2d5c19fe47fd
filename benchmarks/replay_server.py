"""Replays `../shared/data` on loopback: the recorded hosts' paths, bytes and status codes. See that folder's README.

Run it by hand: `.venv/bin/python -m benchmarks.replay_server [--port 0] [--data DIR]`.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from ingot.errors import ConfigError
from ingot.sample.hosting import LOOPBACK_NAMES, NOT_FOUND, Answer, HostServer, Request, companies_api

DEFAULT_DATA = Path(__file__).parents[2] / "shared" / "data"
HN_SEARCH_KEYS = ("query", "restrictSearchableAttributes", "tags")


class ReplayServer(HostServer):
    """Serves a folder of recordings by the Host header; what was not recorded is 404.

    Raises ConfigError when `data` does not hold the recorded companies.
    """

    def __init__(self, data: Path = DEFAULT_DATA, *, port: int = 0) -> None:
        super().__init__(port=port)
        if not (data / "yc" / "companies").is_dir():
            raise ConfigError(
                "There are no recorded companies in the data folder.",
                hint="Pass the folder that holds yc/companies with --data.",
            )
        hiring, odd = (
            _records(data / "yc" / "companies" / name) for name in ("hiring_recent_300.json", "odd_records_60.json")
        )
        together = {record["id"]: record for record in [*odd, *hiring]}
        self._tables = {"hiring": hiring, "odd": odd, "all": list(together.values())}
        self._data = data
        self._sites = {_bare(file.stem): file for file in (data / "yc" / "sites").glob("*.html")}
        self._hosts: dict[str, Callable[[Request], Answer]] = {
            **dict.fromkeys(LOOPBACK_NAMES, self._venue),
            "www.ycombinator.com": self._directory,
            "hn.algolia.com": self._hn_search,
            "hacker-news.firebaseio.com": self._hn_item,
        }

    def answer(self, request: Request) -> Answer:
        """Route by host; every host that is not in the table is a company's site."""
        return self._hosts.get(request.host, self._site)(request)

    def _venue(self, request: Request) -> Answer:
        if request.path.startswith("/api/v1/"):
            return self._hn_search(request)
        if request.path.startswith("/v0/"):
            return self._hn_item(request)
        return companies_api(request, tables=self._tables)

    def _site(self, request: Request) -> Answer:
        home = self._sites.get(_bare(request.host))
        return Answer.file(home) if home and request.path == "/" else NOT_FOUND

    def _directory(self, request: Request) -> Answer:
        return self._recorded(request.path, r"/companies/([\w-]+)", "yc/pages/{}.html")

    def _hn_search(self, request: Request) -> Answer:
        if request.path == "/api/v1/search_by_date":
            return Answer.json({"hits": self._hn_threads()})
        if request.path != "/api/v1/search":
            return self._recorded(request.path, r"/api/v1/items/(\d+)", "hn/algolia_items_{}.json")
        parts = [part for key in HN_SEARCH_KEYS for part in (key, request.query.get(key, ""))]
        name = re.sub(r"\W", "_", "_".join(parts))
        return self._file(self._data / "yc" / "hn_search" / f"{name}.json")

    def _hn_threads(self) -> list[dict[str, Any]]:
        """The recorded threads as the hits of a search, the newest first."""
        threads = [
            json.loads(file.read_text(encoding="utf-8")) for file in (self._data / "hn").glob("algolia_items_*.json")
        ]
        hits = [
            {"objectID": str(thread["id"]), "title": thread.get("title", ""), "author": thread.get("author", "")}
            for thread in threads
        ]
        return sorted(hits, key=lambda hit: int(hit["objectID"]), reverse=True)

    def _hn_item(self, request: Request) -> Answer:
        if request.path == "/v0/user/whoishiring.json":
            return Answer.json({"submitted": [int(hit["objectID"]) for hit in self._hn_threads()]})
        return self._recorded(request.path, r"/v0/item/(\d+)\.json", "hn/firebase_item_{}.json")

    def _recorded(self, path: str, pattern: str, place: str) -> Answer:
        found = re.fullmatch(pattern, path)
        return self._file(self._data / place.format(found[1])) if found else NOT_FOUND

    @staticmethod
    def _file(path: Path) -> Answer:
        return Answer.file(path) if path.is_file() else NOT_FOUND


def _records(path: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return records


def _bare(host: str) -> str:
    return host.removeprefix("www.")


def main() -> None:
    parser = argparse.ArgumentParser(description="Replay recorded company sites and APIs on loopback.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free port")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the folder that holds yc/ and hn/")
    arguments = parser.parse_args()
    with ReplayServer(arguments.data, port=arguments.port) as server, suppress(KeyboardInterrupt):
        print(server.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
