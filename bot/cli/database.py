"""``floorwalker db``."""

import typer

from bot.cli.common import fail
from bot.settings import load_settings
from storage.db import open_engine
from storage.migrate import check, upgrade

app = typer.Typer(help="The database: bring it up to date, or look whether it is.", no_args_is_help=True)


@app.command("upgrade")
def db_upgrade() -> None:
    """Bring the database up to date."""
    engine = open_engine(load_settings().database_url)
    upgrade(engine)
    engine.dispose()
    typer.echo("The database is up to date.")


@app.command("check")
def db_check() -> None:
    """Say whether the database is up to date; exit code 1 if not."""
    engine = open_engine(load_settings().database_url)
    findings = check(engine)
    engine.dispose()
    if findings:
        fail(*findings)
    typer.echo("The database is up to date.")
