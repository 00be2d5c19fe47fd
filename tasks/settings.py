"""The Prefect settings that INGOT needs, applied unless the user set them.

Why these: the recorder's default batch of one locks SQLite under parallel tasks; the ephemeral server needs more than
its 20 s on a busy laptop; and a program that reads a résumé does not phone home.
"""

from __future__ import annotations

import os
from typing import Any

from ingot.config.prefect_server import profile_settings

SETTINGS = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "true",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "60",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
}
# Names that Prefect still reads for the same setting.
OLDER_NAMES = {
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE",
    "PREFECT_SERVER_LOGGING_LEVEL": "PREFECT_LOGGING_SERVER_LEVEL",
}
DO_NOT_TRACK = "DO_NOT_TRACK"


def apply(environment: dict[str, str] | None = None) -> None:
    """Set what neither the environment nor the active Prefect profile sets. `environment` is `os.environ` unless given."""
    target: Any = os.environ if environment is None else environment
    chosen = {**profile_settings(target), **target}
    for name, value in SETTINGS.items():
        if name not in chosen and OLDER_NAMES.get(name) not in chosen:
            target[name] = value
    target.setdefault(DO_NOT_TRACK, "1")
