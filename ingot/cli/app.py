"""The command groups of `ingot`, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import gc
import io
import sys
from typing import Annotated

import typer

import ingot.cli.contacts
import ingot.cli.explain
import ingot.cli.learned
import ingot.cli.outbox
import ingot.cli.preferences
import ingot.cli.profile_edit
import ingot.cli.replies
import ingot.cli.report
import ingot.cli.review
import ingot.cli.track
import ingot.cli.weights  # noqa: F401 - these hang their commands on the apps of others
from ingot import __version__
from ingot.cli.agents import agents_app
from ingot.cli.backup import backup, restore
from ingot.cli.campaigns import campaign_app
from ingot.cli.chat import EPILOG as CHAT_EPILOG
from ingot.cli.chat import chat
from ingot.cli.configure import config_app
from ingot.cli.data import data_app
from ingot.cli.doctor import doctor
from ingot.cli.evaluate import eval_app
from ingot.cli.hooks import hooks_app
from ingot.cli.leads import leads_app
from ingot.cli.mail import mail_app
from ingot.cli.models import models_app
from ingot.cli.prices import prices_app
from ingot.cli.privacy import privacy_app
from ingot.cli.profile import profile_app
from ingot.cli.run import run_app
from ingot.cli.serve import serve
from ingot.cli.setup.command import setup
from ingot.cli.stats import stats
from ingot.cli.suppress import suppress_app
from ingot.cli.tui import tui
from ingot.cli.venues import venues_app
from ingot.errors import ConfigError, DBError, IngotError, ValidationError

app = typer.Typer(
    name="ingot",
    help="INGOT finds companies, reads what they publish, and writes them letters in which every sentence is true.",
    epilog="\b\nStart a search:  python -m flows.campaign --help\n"
    "Exit codes:  0 done, 1 failed or refused, 2 wrong command line, 3 configuration,\n"
    "             4 database or no such id, 5 input that cannot be used.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command()(setup)
config_app.command("setup")(setup)
app.add_typer(config_app, name="config")
app.add_typer(profile_app, name="profile")
app.add_typer(run_app, name="run")
app.add_typer(leads_app, name="leads")
app.add_typer(mail_app, name="mail")
app.add_typer(models_app, name="models")
app.add_typer(suppress_app, name="suppress")
app.add_typer(venues_app, name="venues")
app.add_typer(campaign_app, name="campaign")
app.add_typer(agents_app, name="agents")
app.add_typer(data_app, name="data")
app.add_typer(hooks_app, name="hooks")
app.add_typer(eval_app, name="eval")
app.add_typer(prices_app, name="prices")
app.add_typer(privacy_app, name="privacy")
app.command(epilog="Example: ingot stats --campaign autumn")(stats)
app.command(epilog="Example: ingot serve --port 8787")(serve)
app.command(epilog="Example: ingot doctor --json")(doctor)
app.command(epilog=CHAT_EPILOG)(chat)
app.command(epilog="Example: ingot tui")(tui)
app.command(epilog="Example: ingot backup --keep 7     or: ingot backup --to /mnt/usb/ingot.tar.gz")(backup)
app.command(epilog="Example: ingot restore ~/.outreach-agent/backups/ingot-20261124-080000.tar.gz --replace")(restore)

# 1 is a failed run, 2 is what typer uses for a wrong command line; 3-5 tell a script what to mend.
EXIT_CODES: tuple[tuple[type[IngotError], int], ...] = (
    (ConfigError, 3),
    (DBError, 4),
    (ValidationError, 5),
    (IngotError, 1),
)

INTERRUPTED = 130  # what typer makes of Ctrl-C, without a word


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ingot {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    *,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No progress and no remarks beside the result; errors are always told.")
    ] = False,
    version: Annotated[  # noqa: ARG001 - its callback has run by now
        bool, typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Typer needs a callback to hang the options of `ingot` itself on."""
    gc.enable()
    if quiet:
        from ingot.cli.console import notes

        notes.quiet = True
        context.call_on_close(lambda: setattr(notes, "quiet", False))


def run(command: typer.Typer) -> None:
    """Run a command line; an `IngotError` is printed as a sentence with what to do, and exits with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without é shows ? instead of failing
    try:
        command()
    except IngotError as error:
        fail(error)
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            sys.stderr.write("\nStopped. Nothing is lost: run the same command again to go on.\n")
        raise


def fail(error: IngotError) -> None:
    """Print the error on standard error and exit."""
    from ingot.cli.console import err, text

    # Not wrapped by us: a command in the hint can then be copied in one piece.
    err.print(text(f"Error: {error.message}", "bold red"), soft_wrap=True)
    if error.hint:
        err.print(text(error.hint), soft_wrap=True)
    sys.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))


def main() -> None:
    """The console script `ingot`."""
    gc.disable()  # until a command begins: what is made before stays, see `ingot.cli.loading`
    run(app)
