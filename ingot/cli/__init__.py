"""The command line: `ingot`. A command parses, calls one action, prints and exits."""

from ingot.cli.app import app, main

__all__ = ["app", "main"]
