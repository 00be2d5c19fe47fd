"""A small invented world to try INGOT in: companies, their sites, a résumé, and the server that serves them."""

from __future__ import annotations

from ingot.sample.server import SampleServer, sample_companies, sample_path

__all__ = ["SampleServer", "sample_companies", "sample_path"]
