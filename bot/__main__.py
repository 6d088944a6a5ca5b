"""The command line: `python -m bot` runs against Telegram, `python -m bot demo` plays it in a browser."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import typer

from bot.app import client, running, serve_here
from bot.demo.server import play
from bot.doctor import examine
from bot.doors.patience import NoUpdatesError, TokenRefusedError
from bot.http_request import HttpRequest
from bot.import_codes import CodeListError, Scheme, import_codes
from bot.process_metrics import progressed
from bot.redaction import Redaction, configure_logging
from bot.settings import Settings, SettingsError, read_settings
from bot.staff import Staff
from bot.watchdog import Watchdog
from storage.database import connect
from storage.schema import upgrade
from storage.trouble import DatabaseUnavailableError, NewerDatabaseError

Work = Callable[[asyncio.Event], Awaitable[None]]

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__, no_args_is_help=False)


@cli.callback(invoke_without_command=True)
def run(context: typer.Context) -> None:
    """Run against Telegram, until SIGTERM or SIGINT."""
    if context.invoked_subcommand is None:
        try:
            asyncio.run(_run(_settings()))
        except (NoUpdatesError, TokenRefusedError, DatabaseUnavailableError, NewerDatabaseError) as error:
            sys.exit(str(error))


@cli.command()
def demo(port: int = 8080) -> None:
    """Serve the chat page on http://127.0.0.1:8080, without token and network."""
    asyncio.run(_until_stopped(lambda stop: play(_settings(), port, stop)))


@cli.command()
def migrate() -> None:
    """Bring the database up to date and stop."""
    try:
        engine = connect(_settings().database)
        upgrade(engine)
        engine.dispose()
    except (DatabaseUnavailableError, NewerDatabaseError) as error:
        sys.exit(str(error))
    typer.echo("The database is up to date.")


@cli.command()
def doctor() -> None:
    """Look at everything the bot needs and say what is wrong; exit code 1 where something is."""
    settings = _settings()
    findings = asyncio.run(examine(settings))
    for finding in findings:
        typer.echo(Redaction(settings).clean(f"{'✓' if finding.well else '✗'} {finding.words}"))
    sys.exit(not all(finding.well for finding in findings))


@cli.command("import-codes")
def take_codes(scheme: Scheme, edition: str, file: Path) -> None:
    """Take an official list of codes from a CSV or XLSX file: import-codes kbli 2020 list.csv."""
    try:
        typer.echo(import_codes(_settings().database, scheme, edition, file))
    except (CodeListError, DatabaseUnavailableError) as error:
        sys.exit(str(error))


def _settings() -> Settings:
    try:
        settings = read_settings()
    except SettingsError as error:
        sys.exit(str(error))
    configure_logging(settings)
    return settings


async def _run(settings: Settings) -> None:
    bot = client(settings.token, settings.telegram_api_url, HttpRequest)
    staff = Staff(settings.helpdesk_staff_ids, settings.helpdesk_chat_id)
    files, calendar = settings.files_dir, settings.reporting_scheme
    async with running(bot, settings.database, files, calendar, staff=staff) as handlers:
        with Watchdog(progressed) as watchdog:
            await _until_stopped(lambda stop: serve_here(bot, handlers, stop, settings, watchdog.progress))


async def _until_stopped(work: Work) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await work(stop)


if __name__ == "__main__":
    cli()
