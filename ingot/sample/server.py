"""The sample world: a venue with twelve invented companies and their web sites, on loopback."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from ingot.errors import ConfigError
from ingot.sample.hosting import LOOPBACK_NAMES, Answer, HostServer, Request, companies_api, folder_answer


def sample_path(name: str) -> Path:
    """The path of a file or folder of the sample world, e.g. `resume.pdf`.

    Raises ConfigError when this installation does not carry it.
    """
    path = Path(str(files("ingot.sample").joinpath(name)))
    if not path.exists():
        raise ConfigError(
            "This installation of INGOT does not carry the sample file that was asked for.",
            hint="Install INGOT again with pip or uv, unpacked and not as a zip archive.",
            name=name,
        )
    return path


def sample_companies() -> list[dict[str, Any]]:
    """The twelve companies as records of yc-oss: 29 keys each, all of them invented."""
    records: list[dict[str, Any]] = json.loads(sample_path("companies.json").read_text(encoding="utf-8"))
    return records


class SampleServer(HostServer):
    """The venue under its own address, each site under its name in the Host header (`www.` or not, any port).

    A company without a folder in `sites/` is unreachable: its connections close without an answer.
    """

    def __init__(self, *, port: int = 0) -> None:
        super().__init__(port=port)
        companies = sample_companies()
        hiring = [company for company in companies if company["isHiring"]]
        self._tables = {"all": companies, "hiring": hiring}
        self._sites = {folder.name: folder for folder in sample_path("sites").iterdir() if folder.is_dir()}

    def answer(self, request: Request) -> Answer | None:
        """Route by host: the venue, a site, or nobody."""
        if request.host in LOOPBACK_NAMES:
            return companies_api(request, tables=self._tables)
        folder = self._sites.get(request.host.removeprefix("www."))
        return folder_answer(folder, request.path) if folder else None
