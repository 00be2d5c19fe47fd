"""The command `ingot setup`: the wizard for a person, flags and the environment for a script."""

from __future__ import annotations

import contextlib
import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from ingot.config.presets import Preset


def setup(
    step: Annotated[
        str,
        typer.Argument(
            help="Go through this step again: mailbox, address, resume, models, hours, caps, dns, letter.",
            show_default=False,
        ),
    ] = "",
    *,
    non_interactive: Annotated[
        bool, typer.Option("--non-interactive", help="Ask nothing; take the flags, then the environment.")
    ] = False,
    preset: Annotated[Preset | None, typer.Option(help="Models for the seven agents.")] = None,
    model: Annotated[
        list[str] | None, typer.Option("--model", metavar="AGENT=PROVIDER/NAME", help="One agent's model; repeatable.")
    ] = None,
    check_models: Annotated[bool, typer.Option("--check-models", help="Try the models.")] = False,
    email: Annotated[str, typer.Option(help="The address to send from.")] = "",
    provider: Annotated[str, typer.Option(help="gmail, outlook, fastmail or custom; else told by the address.")] = "",
    username: Annotated[str, typer.Option(help="The mailbox's user name, where it is not the address.")] = "",
    smtp_host: Annotated[str, typer.Option(help="The SMTP server, with --provider custom.")] = "",
    smtp_port: Annotated[str, typer.Option(help="Its port.")] = "",
    imap_host: Annotated[str, typer.Option(help="The IMAP server, with --provider custom.")] = "",
    imap_port: Annotated[str, typer.Option(help="Its port.")] = "",
    password_file: Annotated[str, typer.Option(help="A file with the app password; - reads standard input.")] = "",
    personal_account: Annotated[
        bool, typer.Option("--personal-account", help="Yes: use an address at a free provider, at my risk.")
    ] = False,
    address: Annotated[str, typer.Option(help="The postal address below every letter.")] = "",
    name: Annotated[str, typer.Option(help="Your name as the sender.")] = "",
    resume: Annotated[str, typer.Option(help="The file of your résumé.")] = "",
    time_zone: Annotated[str, typer.Option(help="Your time zone, such as Europe/Berlin.")] = "",
    window: Annotated[str, typer.Option(help="When letters may leave, such as 09:00-17:00.")] = "",
    days: Annotated[str, typer.Option(help="On which days, such as Mon-Fri.")] = "",
    per_day: Annotated[str, typer.Option(help="Letters in any 24 hours, at most.")] = "",
    per_hour: Annotated[str, typer.Option(help="Letters in any hour, at most.")] = "",
    check_dns: Annotated[bool, typer.Option("--check-dns", help="Look up the records of the sending domain.")] = False,
    test_letter: Annotated[bool, typer.Option("--test-letter", help="Send a letter to yourself.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Let the environment replace what is stored already.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Set INGOT up: mailbox, postal address, résumé, models, hours, caps, and a letter to yourself.

    Leave it with Ctrl-C when you like: run again, it goes on there. What is done is not asked again; name a step to redo
    it. Flags answer their questions, and with --non-interactive nothing is asked. Also reads GMAIL_USERNAME, GMAIL_APP_PASSWORD, ANTHROPIC_API_KEY, OPENAI_API_KEY, OPENAI_BASE_URL,
    OLLAMA_HOST, INGOT_MAILING_ADDRESS, INGOT_SENDER_NAME and INGOT_TIME_ZONE.

    Example: ingot setup

    Example: ingot setup models

    Example: ingot setup --non-interactive --preset fully_free
    """
    from ingot.cli.setup.given import Given
    from ingot.cli.setup.steps import STEPS, walk
    from ingot.cli.setup.storing import do_at_once, report_since, show_report, store
    from ingot.config.manager import ConfigManager

    if step and step not in [item.name for item in STEPS]:
        raise typer.BadParameter(f"the steps are {', '.join(item.name for item in STEPS)}", param_hint="STEP")
    if step and non_interactive:
        raise typer.BadParameter("a step asks questions, which --non-interactive forbids", param_hint="STEP")
    given = Given(
        email=email,
        provider=provider,
        username=username,
        smtp_host=smtp_host,
        smtp_port=smtp_port,
        imap_host=imap_host,
        imap_port=imap_port,
        password_file=password_file,
        personal_account=personal_account,
        address=address,
        name=name,
        models=model or [],
        time_zone=time_zone,
        window=window,
        days=days,
        per_day=per_day,
        per_hour=per_hour,
        test_letter=test_letter,
    )
    manager = ConfigManager()
    before = manager.load()
    # What is told on the way must not stand in the report that a script reads.
    with contextlib.redirect_stdout(sys.stderr) if as_json else contextlib.nullcontext():
        store(manager, given, preset=preset, overwrite=overwrite)
        do_at_once(resume=resume, models=check_models, dns=check_dns, letter=test_letter)
        if not non_interactive:
            walk(manager, only=step)
    report = report_since(before, manager)
    if as_json:
        typer.echo(json.dumps({"path": str(manager.path), **asdict(report)}, indent=2))
    else:
        show_report(manager, report, briefly=not non_interactive)
