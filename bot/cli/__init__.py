"""The ``floorwalker`` command."""

from http.client import HTTPException
from urllib.error import URLError

import typer
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.cli import database, demo, doctor, imports, reports, serving, settings, syncing, trying
from bot.cli.common import count, fail
from bot.connectors.tokens import word_of
from bot.domain.imports import BadFile
from bot.settings import BadSettings

app = typer.Typer(
    help="Floorwalker: the coordinator's work for a support team, in Slack.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(serving.serve)
app.command("run-jobs")(serving.run_jobs)
app.add_typer(imports.app, name="import")
app.command()(imports.undo)
app.command("sync")(syncing.sync_tool)
app.add_typer(settings.app, name="settings")
app.add_typer(database.app, name="db")
app.command()(doctor.doctor)
app.command()(demo.demo)
app.command("manifest")(trying.print_manifest)
app.command()(trying.sandbox)


def main(arguments: list[str] | None = None) -> None:
    """Runs the command; every refusal is said in plain words, with exit code 1, or 2 for wrong settings.

    ``arguments`` are those of the process unless they are given.
    """
    try:
        app(arguments, prog_name="floorwalker")
    except BadSettings as error:
        fail("Floorwalker cannot start; look at the environment and the .env file:", *error.problems, code=2)
    except BadFile as error:
        problems = (reports.problem_line(problem) for problem in error.problems)
        fail(f"Nothing was imported: {count(len(error.problems), 'problem')}.", *problems)
    except SlackApiError as error:
        fail(f"Slack refuses: {word_of(error)}. Are SLACK_BOT_TOKEN and SLACK_API_URL right?")
    except (SlackClientError, URLError, HTTPException, ConnectionError, TimeoutError) as error:
        fail(f"Slack cannot be reached ({type(error).__name__}). Is SLACK_API_URL right, and the network up?")
    except OSError as error:
        fail(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    except DatabaseError as error:
        if type(error) not in (OperationalError, DatabaseError):
            raise  # a constraint that was violated and the like are faults of ours
        fail(f"The database cannot be used: {error.orig}", "Is FLOORWALKER_DATABASE_URL right?")
