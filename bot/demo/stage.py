"""The sandbox and the bot in one process, kept in one folder."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from socketserver import ThreadingMixIn
from tempfile import TemporaryDirectory
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from bot.actions.people import recognise
from bot.actions.people_import import import_people
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.actions.setup import admit_admin
from bot.actions.shifts_import import import_shifts
from bot.actions.volumes_import import import_volumes
from bot.actions.workspace import meet_workspace
from bot.app import Floorwalker, build
from bot.connectors.slack import all_accounts
from bot.connectors.spreadsheets import read_table
from bot.demo.cases import bring_in_cases
from bot.demo.knowledge import bring_in_figures, bring_in_knowledge
from bot.demo.leave import bring_in_leave
from bot.demo.wishes import bring_in_wishes
from bot.deps import Deps
from bot.domain import people_import, shifts_import, volumes
from bot.domain.permissions import Actor
from bot.manifest import manifest
from bot.sandbox import Sandbox
from bot.sandbox.sample import populate, write_spreadsheets
from bot.sandbox.sample_volumes import write_volumes
from bot.settings import Mode, Settings
from bot.web import SOCKETS, Site, take_file
from storage.migrate import upgrade

_DATABASE, _WORKSPACE = "floorwalker.sqlite3", "workspace.json"
_UNFINISHED = "unfinished"  # is there while a new workspace is made
HOLIDAYS = "DE"  # whose public holidays the sample team has
# What it has agreed on.
_SETTINGS = {
    "time_zone": "Europe/Berlin",
    "jurisdiction": "eu",
    "holidays": HOLIDAYS,
    "leave_weeks": "6",
    "leave_carried_days": "5",
}
_STAFFING = {
    "chat": {"channel": "chats", "concurrency": "2", "service_level_seconds": "60"},
    "email": {"channel": "backlog", "deadline_hours": "8"},
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A workspace that is served; ``first`` says that it has just been made."""

    sandbox: Sandbox
    deps: Deps
    first: bool


def clear(folder: Path) -> None:
    """Forgets the workspace of a folder, and touches nothing else in it."""
    for name in (_DATABASE, f"{_DATABASE}-wal", f"{_DATABASE}-shm", _WORKSPACE, f"{_WORKSPACE}.new"):
        (folder / name).unlink(missing_ok=True)


@contextmanager
def staged(
    folder: Path,
    port: int = 0,
    *,
    fresh: bool = False,
    at: datetime | None = None,
    begin: Callable[[Stage], None] = lambda _stage: None,
) -> Iterator[Stage]:
    """Serves the workspace of the folder until the end: the one that is there, or a new one with the sample team.

    ``at`` is what time it is in a new one; otherwise it is real time. ``begin`` is done to a new one first; where
    that did not come to its end, the next start makes it anew.
    Raises ``AlreadyServed`` where another process has it, ``NotKept`` where the folder holds something else, and
    OSError for a port that is taken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    database_url = f"sqlite:///{(folder / _DATABASE).absolute()}"
    with ExitStack() as stack:
        lock = take_file(database_url)
        if lock:
            stack.enter_context(lock)
        kept, unfinished = folder / _WORKSPACE, folder / _UNFINISHED
        first = fresh or unfinished.exists() or not kept.exists()
        if first:
            unfinished.touch()
            clear(folder)
        sandbox = stack.enter_context(Sandbox(manifest(), port, kept=kept))
        bot, server = _bot(stack, sandbox, database_url, port)
        stage = Stage(sandbox, bot.deps, first)
        if first:
            if at:
                sandbox.clock.set(at)
            _bring_in_the_team(stage)
        _serve(stack, sandbox, bot, server)
        if first:
            begin(stage)
            sandbox.keep()
            unfinished.unlink()
        yield stage


def _bot(stack: ExitStack, sandbox: Sandbox, database_url: str, port: int) -> tuple[Floorwalker, "_Server"]:
    """The bot, which will answer the rest of the world one port above the sandbox."""
    server = _Server(("127.0.0.1", port + 1 if port else 0), _Quiet)
    stack.callback(server.server_close)
    settings = Settings(
        _env_file=None,
        SLACK_BOT_TOKEN=sandbox.bot_token,
        SLACK_APP_TOKEN=sandbox.app_token,
        SLACK_API_URL=sandbox.api_url,
        FLOORWALKER_DATABASE_URL=database_url,
        FLOORWALKER_PORT=server.server_port,
        FLOORWALKER_PUBLIC_URL=f"http://127.0.0.1:{server.server_port}",
        FLOORWALKER_COMMAND_PREFIX="",
    )
    bot = build(settings, sandbox.clock.now)
    stack.callback(bot.close)
    upgrade(bot.deps.sessions.engine)
    return bot, server


def _serve(stack: ExitStack, sandbox: Sandbox, bot: Floorwalker, server: "_Server") -> None:
    """Starts the bot, and waits until Slack reaches it."""
    site = Site(bot, Mode.SOCKET)
    stack.callback(site.close)
    server.set_app(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    stack.callback(server.shutdown)
    site.open()
    while sandbox.sockets() < SOCKETS:
        time.sleep(0.01)


def _bring_in_the_team(stage: Stage) -> None:
    """Nora sets the workspace up and imports its people and shifts, as an admin would."""
    populate(stage.sandbox)
    deps = stage.deps
    workspace_id, nora = meet_workspace(deps), stage.sandbox.user_id("nora")
    admit_admin(deps, workspace_id, nora)
    admin = recognise(deps, workspace_id, nora).actor
    channels = {"ops_channel": "#coordinators", "floor_channel": "#floor"}
    ids = {key: stage.sandbox.channel_id(name) for key, name in channels.items()}
    change_settings(deps, workspace_id, admin, WORKSPACE, _SETTINGS | ids)
    with TemporaryDirectory() as folder:
        people, shifts = write_spreadsheets(Path(folder), deps.clock().date())
        rows = read_table(people.name, people, people_import.REQUIRED)
        accounts = all_accounts(deps.slack)
        import_people(deps, workspace_id, admin, rows, accounts, files=people.name, dry_run=False)
        bring_in_wishes(stage.sandbox, deps, workspace_id)
        import_shifts(
            deps,
            workspace_id,
            admin,
            read_table(shifts.name, shifts, shifts_import.REQUIRED),
            files=shifts.name,
            replaced=None,
            dry_run=False,
            progress=lambda _done, _steps: None,
        )
        _bring_in_what_came(deps, workspace_id, admin, Path(folder))
        bring_in_leave(stage.sandbox, deps, workspace_id, Path(folder))
        bring_in_cases(stage.sandbox, deps, workspace_id, Path(folder))
        bring_in_knowledge(stage.sandbox, deps, workspace_id)
        bring_in_figures(stage.sandbox, deps, workspace_id, Path(folder))


def _bring_in_what_came(deps: Deps, workspace_id: str, admin: Actor, folder: Path) -> None:
    """Nora says how each queue is to be staffed, and imports the contacts of the last weeks."""
    came = write_volumes(folder, deps.clock().date())
    rows = read_table(came.name, came, volumes.REQUIRED)
    import_volumes(deps, workspace_id, admin, rows, files=came.name, dry_run=False)
    for queue, said in _STAFFING.items():
        with deps.sessions.read(workspace_id) as session:
            scope = scope_of(session, None, queue)
        change_settings(deps, workspace_id, admin, scope, said)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - as it is called there
        return
