"""``floorwalker import`` and ``floorwalker undo``."""

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bot.actions.activities_import import import_activities
from bot.actions.cases_import import import_cases
from bot.actions.imports import AlreadyUndone, ImportInUse, UnknownImport, undo_import
from bot.actions.kb_import import import_kb
from bot.actions.kpi_import import import_kpi
from bot.actions.kpi_mapping import MOST_OF_A_NAME, Mapped, TakenName, UnknownMapping, read_rows
from bot.actions.kpi_table import find_figures
from bot.actions.people_import import import_people
from bot.actions.requirements_import import import_plan
from bot.actions.shifts_import import Clashing, import_shifts
from bot.actions.timeoff_import import import_leave
from bot.actions.unowned_offer import count_unowned
from bot.actions.volumes_import import import_volumes
from bot.actions.workspace import meet_workspace
from bot.cli import reports
from bot.cli.common import fail, opened, print_lines
from bot.connectors.markdown_files import find_files, read_markdown
from bot.connectors.slack import all_accounts
from bot.connectors.spreadsheets import find_table, header
from bot.deps import Deps
from bot.domain import (
    activities_import,
    cases_import,
    kpi_columns,
    people_import,
    requirements_import,
    shifts_import,
    timeoff_import,
    volumes,
)
from bot.domain.figures import FiguresImport
from bot.domain.imports import BadFile, Row
from bot.domain.kpi_columns import UnknownColumn, read_column
from bot.domain.permissions import OPERATOR
from bot.settings import load_settings
from bot.views.imports import undone_words

app = typer.Typer(help="Take over spreadsheets (CSV or XLSX), and articles (Markdown).", no_args_is_help=True)

Files = Annotated[list[Path], typer.Argument(help="CSV or XLSX files; several are one import.")]
_TO_DO = "Correct those lines, or remove what is there with --replace FROM..TO, and import again."
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


@app.command("people")
def import_people_files(files: Files, dry_run: DryRun = False) -> None:
    """People: email,name,slack_id,role,team,skills,timezone,weekly_hours,capacity,hired_on,limits,pattern."""
    rows = _read(files, people_import.REQUIRED, people_import.COLUMNS)
    with opened(load_settings(), patient=True) as deps:
        workspace_id = meet_workspace(deps)
        with Console(stderr=True).status("Asking Slack for its people"):
            accounts = all_accounts(deps.slack)
        done = import_people(deps, workspace_id, OPERATOR, rows, accounts, files=_names(files), dry_run=dry_run)
    print_lines(reports.people_report(done, full=dry_run, several=len(files) > 1))
    _say_imported(done.number, dry_run)


@app.command("shifts")
def import_shift_files(
    files: Files,
    dry_run: DryRun = False,
    replace: Annotated[
        str | None,
        typer.Option(
            metavar="FROM..TO", help="Remove what the files do not have between these days (YYYY-MM-DD)."
        ),
    ] = None,
) -> None:
    """Shifts: email,date,start,end,timezone,queue,note; no e-mail is an open shift."""
    replaced = _days(replace) if replace else None
    rows = _read(files, shifts_import.REQUIRED, shifts_import.COLUMNS)
    try:
        with opened(load_settings(), patient=True) as deps, _progress() as progress:
            workspace_id = meet_workspace(deps)
            done = import_shifts(
                deps,
                workspace_id,
                OPERATOR,
                rows,
                files=_names(files),
                replaced=replaced,
                dry_run=dry_run,
                progress=progress,
            )
            open_shifts = count_unowned(deps, workspace_id, OPERATOR, done.number) if done.number else 0
    except Clashing as clashing:
        print_lines(reports.shifts_report(clashing.preview, full=False, several=len(files) > 1))
        fail("Nothing was imported: nobody can work two shifts at once.", _TO_DO)
    print_lines(reports.shifts_report(done, full=dry_run, several=len(files) > 1))
    if dry_run and done.plan.clashes:
        fail("Nothing was written (dry run), and it cannot be imported as long as lines clash.", _TO_DO)
    _say_imported(done.number, dry_run)
    if open_shifts:
        typer.echo(reports.unowned_report(open_shifts, load_settings().command_prefix))


@app.command("volume")
def import_volume_files(files: Files, dry_run: DryRun = False) -> None:
    """Contact volumes: interval_start,queue,offered,aht_seconds and, as far as known, what became of them."""
    _import_figures(import_volumes, _read(files, volumes.REQUIRED, volumes.COLUMNS), files, dry_run)


@app.command("plan")
def import_plan_files(files: Files, dry_run: DryRun = False) -> None:
    """How many people queues need: date,start,end,queue,heads,skill,timezone."""
    _import_figures(
        import_plan, _read(files, requirements_import.REQUIRED, requirements_import.COLUMNS), files, dry_run
    )


@app.command("activities")
def import_activity_files(files: Files, dry_run: DryRun = False) -> None:
    """Breaks, training, meetings: email,date,start,end,activity,timezone; all of a person's on a day at once."""
    rows = _read(files, activities_import.REQUIRED, activities_import.COLUMNS)
    _import_figures(import_activities, rows, files, dry_run)


@app.command("leave")
def import_leave_files(files: Files, dry_run: DryRun = False) -> None:
    """Balances of leave: email,kind,minutes|hours|days,on,expires,reason; with a reason it is an adjustment."""
    rows = _read(files, timeoff_import.REQUIRED, timeoff_import.COLUMNS)
    with opened(load_settings(), patient=True) as deps:
        workspace_id = meet_workspace(deps)
        done = import_leave(deps, workspace_id, OPERATOR, rows, files=_names(files), dry_run=dry_run)
    print_lines(reports.leave_report(done, several=len(files) > 1))
    _say_imported(done.number, dry_run)


@app.command("cases")
def import_case_files(files: Files, dry_run: DryRun = False) -> None:
    """Cases: reference,title and, as far as known, state,owner,opened,replied …; known ones are updated."""
    rows = _read(files, cases_import.REQUIRED, cases_import.COLUMNS)
    with opened(load_settings(), patient=True) as deps, _progress() as progress:
        workspace_id = meet_workspace(deps)
        done = import_cases(
            deps, workspace_id, OPERATOR, rows, files=_names(files), dry_run=dry_run, progress=progress
        )
    print_lines(reports.cases_report(done, full=dry_run, several=len(files) > 1))
    _say_imported(done.number, dry_run)


@app.command("kpi")
def import_kpi_files(
    files: Files,
    dry_run: DryRun = False,
    mapping: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Read the columns as kept under this name, or keep them under it."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN=HEADING", help="Which heading a column has, such as csat_positive=Happy."),
    ] = None,
) -> None:
    """Key figures: date and, as far as known, queue,channel,agent,offered,csat_positive,csat_answers …"""
    try:
        read_as = Mapped(mapping, dict(read_column(each) for each in column or ()))
    except UnknownColumn as unknown:
        known = ", ".join(kpi_columns.COLUMNS)
        fail(f"--column {unknown}: expected one such as csat_positive=Happy. Columns are: {known}", code=2)
    with opened(load_settings(), patient=True) as deps:
        workspace_id = meet_workspace(deps)
        try:
            with deps.sessions.read(workspace_id) as session:
                rows = [row for path in files for row in find_figures(session, path.name, path, read_as).rows]
            _say_unread(deps, workspace_id, rows, read_as)
            done = import_kpi(
                deps, workspace_id, OPERATOR, rows, files=_names(files), dry_run=dry_run, read_as=read_as
            )
        except UnknownMapping as unknown:
            kept = f"Kept are: {', '.join(unknown.names)}." if unknown.names else "None is kept yet."
            fail(f"No mapping is called “{unknown.name}”. {kept}", "Say its columns with --column to keep it.")
        except TakenName as taken:
            fail(f"--mapping {taken.name}: expected another name, of at most {MOST_OF_A_NAME} characters", code=2)
    print_lines(reports.figures_report(done))
    _say_imported(done.number, dry_run)


@app.command("kb")
def import_kb_folder(
    folder: Annotated[
        Path, typer.Argument(help="A folder of Markdown files.", exists=True, file_okay=False, metavar="DIR")
    ],
    prune: Annotated[bool, typer.Option("--prune", help="Archive what is not in the folder any more.")] = False,
    dry_run: DryRun = False,
) -> None:
    """Articles: Markdown files, each with title,owner,tags,product,language,kind,review_days,state on top."""
    folder = folder.resolve()
    files, problems = [], []
    for path in find_files(folder):
        try:
            files.append(read_markdown(f"{folder.name}/{path.relative_to(folder).as_posix()}", path.read_bytes()))
        except BadFile as error:
            problems += error.problems
    if problems:
        raise BadFile(problems)
    if not files:
        fail(f"{folder.name}: there are no Markdown files (.md) in it.")
    with opened(load_settings(), patient=True) as deps, _progress() as progress:
        done = import_kb(
            deps,
            meet_workspace(deps),
            OPERATOR,
            files,
            folder=folder.name,
            prune=prune,
            dry_run=dry_run,
            progress=progress,
        )
    print_lines(reports.kb_report(done))
    if dry_run:
        typer.echo("Nothing was written (dry run).")


def _import_figures(take: Callable[..., FiguresImport], rows: list[Row], files: list[Path], dry_run: bool) -> None:
    with opened(load_settings(), patient=True) as deps:
        done = take(deps, meet_workspace(deps), OPERATOR, rows, files=_names(files), dry_run=dry_run)
    print_lines(reports.figures_report(done))
    _say_imported(done.number, dry_run)


def undo(wanted: Annotated[str, typer.Argument(metavar="IMPORT", help="The number of the import.")]) -> None:
    """Undo an import, as long as nothing depends on it."""
    if not wanted.isdecimal():
        raise typer.BadParameter(f"“{wanted}” is not the number of an import, such as 3")
    number = int(wanted)
    with opened(load_settings()) as deps:
        workspace_id = meet_workspace(deps)
        try:
            typer.echo(undone_words(undo_import(deps, workspace_id, OPERATOR, number)))
        except UnknownImport as refusal:
            fail(reports.unknown_report(refusal))
        except AlreadyUndone:
            fail(f"Import {number} is undone already. To have it again, import its file again.")
        except ImportInUse as refusal:
            fail(*reports.in_use_report(refusal))


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task("Importing", total=None)
        yield lambda done, steps: bars.update(task, completed=done, total=steps)


def _read(files: list[Path], required: frozenset[str], columns: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    problems = []
    for path in files:
        try:
            table = find_table(path.name, path, {"": required}, {"": columns})
        except BadFile as error:
            problems += error.problems
            continue
        ignored = [name or "(no name)" for column, name in header(table.rows).items() if column not in columns]
        if ignored:
            typer.echo(f"{path.name}: ignored columns: {', '.join(ignored)}", err=True)
        if table.passed_over:
            typer.echo(f"{path.name}: ignored sheets: {', '.join(table.passed_over)}", err=True)
        rows += table.rows
    if problems:
        raise BadFile(problems)
    return rows


def _say_unread(deps: Deps, workspace_id: str, rows: list[Row], read_as: Mapped) -> None:
    with deps.sessions.read(workspace_id) as session:
        read = read_rows(session, rows, read_as)
    for file, columns in {row.file: row.headings for row in read}.items():
        ignored = [name or "(no name)" for column, name in columns.items() if column not in kpi_columns.COLUMNS]
        if ignored:
            typer.echo(f"{file}: ignored columns: {', '.join(ignored)}", err=True)
        if not columns.keys() & {*kpi_columns.FIGURES}:
            named = next((name for name in ignored if name in columns.values()), "Happy")
            said = f"--column csat_positive={shlex.quote(named)}"
            typer.echo(f"{file}: say which headings its figures have, such as {said}", err=True)


def _names(files: list[Path]) -> str:
    return ", ".join(path.name for path in files)


def _days(text: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(part) for part in text.split(".."))
    except ValueError:
        fail(f"--replace {text}: expected two days such as 2026-12-01..2026-12-31", code=2)
    if last < first:
        fail(f"--replace {text}: the last day is before the first", code=2)
    return first, last


def _say_imported(number: int | None, dry_run: bool) -> None:
    if dry_run:
        typer.echo("Nothing was written (dry run).")
    elif number is None:
        typer.echo("There was nothing to change.")
    else:
        typer.echo(f"This is import {number}. To take it back: floorwalker undo {number}")
