"""Looks how the bot is doing. Each look stands alone, so that what is away hides nothing else."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DatabaseError, SQLAlchemyError

from bot.actions.connections import shown
from bot.actions.health_slack import check_channel, slack_checks
from bot.actions.kb_sync import is_under_way
from bot.actions.people import Caller
from bot.actions.settings import preferences
from bot.actions.setup import setup_state
from bot.connectors.addresses import leads_here
from bot.deps import Clock, Deps, system_clock
from bot.domain.health import Check
from bot.domain.permissions import OPERATOR, Deed
from bot.views import health as words
from storage.connections import connections
from storage.db import database_url
from storage.health import failures_since, job_states, waiting_since, without_account, workspace_ids
from storage.jobs import Outcome
from storage.migrate import check
from storage.people import members

# The clock looks at its jobs three times a minute, and the shortest period is of five.
LATE = timedelta(minutes=15)
_FAILURES = timedelta(days=7)


def health(
    deps: Deps, workspace_id: str | None, caller: Caller | None = None, real_time: Clock = system_clock
) -> list[Check]:
    """Everything that can be looked at, what the rest depends on first; raises ``NotPermitted`` only.

    ``workspace_id`` None: nobody could say which workspace it is. Without a ``caller`` the operator asks.
    """
    (caller.actor if caller else OPERATOR).require(Deed.READ_HEALTH)
    checks = [*slack_checks(deps, real_time), _database(deps)]
    if not checks[-1].ok:
        because = "the database is not there"
    elif workspace_id is None:
        because = "it is not known which workspace it is"
    else:
        return [*checks, *_of_workspace(deps, workspace_id, real_time), _public_url(deps)]
    unseen = (words.not_looked_at(name, because) for name in _looks(real_time()))
    return [*checks, *unseen, _public_url(deps)]


def only_workspace(deps: Deps) -> str | None:
    """The workspace, where the database knows exactly one: for when Slack cannot say whose the token is."""
    try:
        known = workspace_ids(deps.sessions) if _is_there(deps) else []
    except SQLAlchemyError:
        return None
    return known[0] if len(known) == 1 else None


def _database(deps: Deps) -> Check:
    if not _is_there(deps):
        return words.database_missing()
    kind = "SQLite" if deps.sessions.engine.dialect.name == "sqlite" else "PostgreSQL"
    try:
        return words.database(kind, check(deps.sessions.engine))
    except DatabaseError as error:
        return words.database_away(str(error.orig).strip())


def _is_there(deps: Deps) -> bool:
    """SQLite would make a file that is missing, and a look changes nothing."""
    parsed = database_url(deps.settings.database_url)
    return parsed.get_backend_name() != "sqlite" or not parsed.database or Path(parsed.database).exists()


def _looks(real_now: datetime) -> dict[str, Callable[[Deps, str], Check]]:
    return {
        words.OPS_CHANNEL: partial(_channel, words.OPS_CHANNEL, "ops_channel"),
        words.FLOOR_CHANNEL: partial(_channel, words.FLOOR_CHANNEL, "floor_channel"),
        words.MESSAGES: partial(_messages, real_now),
        words.JOBS: _jobs,
        words.SERVING: _serving,
        words.PEOPLE: _people,
        words.HELPDESKS: _helpdesks,
        words.SETUP: _setup,
    }


def _of_workspace(deps: Deps, workspace_id: str, real_time: Clock) -> Iterator[Check]:
    for name, look in _looks(real_time()).items():
        try:
            yield look(deps, workspace_id)
        except SQLAlchemyError:
            yield words.not_looked_at(name, "the database does not answer")


def _channel(name: str, key: str, deps: Deps, workspace_id: str) -> Check:
    with deps.sessions.read(workspace_id) as session:
        channel_id = getattr(preferences(session), key)
    return check_channel(deps, name, key, channel_id)


def _messages(real_now: datetime, deps: Deps, workspace_id: str) -> Check:
    with deps.sessions.read(workspace_id) as session:
        waiting = waiting_since(session, deps.clock())
        failed = failures_since(session, real_now - _FAILURES)
    oldest = real_now - waiting[0] if waiting else timedelta()
    return words.messages(len(waiting), oldest, failed, late=oldest > LATE)


def _jobs(deps: Deps, workspace_id: str) -> Check:
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        states = job_states(session)
    return words.jobs(
        {each.job: now - each.finished_at if each.finished_at else None for each in states},
        [each.job for each in states if each.outcome == Outcome.FAILED],
        {each.job: now - each.due_at for each in states if now - each.due_at > LATE},
    )


def _serving(deps: Deps, workspace_id: str) -> Check:
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        states = job_states(session)
    ended = [each.finished_at for each in states if each.finished_at]
    waiting = any(now - each.due_at <= LATE for each in states)
    return words.serving(now - max(ended) if ended else None, LATE, waiting=waiting)


def _people(deps: Deps, workspace_id: str) -> Check:
    with deps.sessions.read(workspace_id) as session:
        return words.people(without_account(session), anybody=bool(members(session)))


def _helpdesks(deps: Deps, workspace_id: str) -> Check:
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        rows = connections(session)
        there = [shown(session, row) for row in rows]
    came = [row for row in rows if row.failed_at or (row.read_at and not is_under_way(row))]
    since = {row.kind: now - (row.read_at or row.connected_at) for row in came}
    behind = {kind: age for kind, age in since.items() if age > LATE}
    prefix = deps.settings.command_prefix
    return words.helpdesks(there, behind, prefix, keyless=not deps.settings.secret_keys)


def _setup(deps: Deps, workspace_id: str) -> Check:
    with deps.sessions.read(workspace_id) as session:
        return words.setup(setup_state(session, deps.clock()), deps.settings.command_prefix)


def _public_url(deps: Deps) -> Check:
    address = deps.settings.public_url
    return words.public_url(address, reached=address is not None and leads_here(address))
