"""Serves one GGUF file over OpenAI's protocol on loopback: `PYTHON benchmarks/local_model_server.py FILE`.

Run by `benchmarks.eval_local` in an environment of its own: xllamacpp is no dependency of the project.
"""

from __future__ import annotations

import signal
import sys

import xllamacpp  # type: ignore[import-not-found]


def main() -> None:
    params = xllamacpp.CommonParams()
    params.model.path = sys.argv[1]
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any free one
    params.n_ctx = 16_384
    params.n_parallel = (
        1  # two cores: one answer at a time is fastest, and the common beginning of prompts stays cached
    )
    params.cpuparams.n_threads = 2
    params.cpuparams_batch.n_threads = 2
    params.ui = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
