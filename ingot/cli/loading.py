"""Loading what a command needs, once a process."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading(module: str) -> Iterator[None]:
    """Import `module` and what it needs inside of this: the search for garbage passes over all that is there by then.

    Modules, classes and tables stay to the end. Looking through them again and again, and once more at the exit, took
    a third of the time of `ingot leads list`. Where the module is loaded already, nothing is different.
    """
    if module in sys.modules or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
