"""Connecting a helpdesk, and parting from it; what signs in is kept sealed, and nobody reads it again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.connectors.helpdesk import Helpdesk, Provider, base_address
from bot.connectors.helpdesks import PROVIDERS
from bot.connectors.sealed import seal, unseal
from bot.deps import Deps
from bot.domain.connections import ConnectionShown, ConnectionState, NotConnected, Offered, WriteState
from bot.domain.permissions import Deed
from storage import connections as rows
from storage.db import WorkspaceSession
from storage.shifts import queues
from storage.tables import Connection

# How far back is read at first; more is for the command line.
AT_FIRST = timedelta(days=14)
_SLACK = (".slack.com", ".slack-gov.com")


class NoSecretKey(Exception):
    """The process has no key to keep secrets with."""


class OtherAccount(Exception):
    """Cases of another account of the same provider, at ``host``, are here, and their numbers would mix."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


def offered() -> list[Offered]:
    """What can be connected."""
    return [Offered(each.kind, each.name, each.domain, each.blanks) for each in PROVIDERS.values()]


def can_keep(deps: Deps) -> bool:
    """Whether there is a key to keep secrets with."""
    return bool(deps.settings.secret_keys)


def connections_shown(deps: Deps, caller: Caller) -> list[ConnectionShown]:
    """What is connected, and how it is doing."""
    caller.actor.require(Deed.CONNECT)
    with deps.sessions.read(caller.workspace_id) as session:
        known = {each.name.casefold() for each in queues(session)}
        return [
            replace(
                shown(session, row),
                unknown_groups=tuple(
                    each for each in rows.groups_of(session, row.kind) if each.casefold() not in known
                ),
            )
            for row in rows.connections(session)
        ]


def shown(session: WorkspaceSession, row: Connection) -> ConnectionShown:
    """A connection as people read of it."""
    counts = rows.writes_of_states(session, row.kind)
    provider = PROVIDERS.get(row.kind)
    return ConnectionShown(
        row.kind,
        provider.name if provider else row.kind,
        urlsplit(row.address).netloc,
        ConnectionState(row.state),
        row.connected_at,
        row.read_at,
        counts.get(WriteState.WAITING, 0),
        counts.get(WriteState.CONFLICT, 0),
        row.error,
    )


def connect(deps: Deps, caller: Caller, kind: str, typed: str, secrets: Mapping[str, str]) -> tuple[str, str]:
    """Signs in and, if that is good, keeps how; gives the host, and whom one is signed in as.

    What was read before stays read. Raises ``NoSecretKey``, ``BadAddress``, ``OtherAccount``, ``HelpdeskFails``.
    """
    caller.actor.require(Deed.CONNECT)
    keys = deps.settings.secret_keys
    if not keys:
        raise NoSecretKey
    provider = PROVIDERS[kind]
    address = base_address(provider, typed, stand_ins=not _is_slack(deps))
    kept = {blank.name: secrets[blank.name].strip() for blank in provider.blanks}
    with _opened(deps, kind, address, kept) as helpdesk:
        who = helpdesk.check()
    with deps.sessions.write(caller.workspace_id) as session:
        url = rows.any_url(session, kind)
        if url is not None and not url.startswith(f"{address}/"):
            raise OtherAccount(urlsplit(url).netloc)
        row, options = rows.connection(session, kind), _options(session, deps, provider, kept)
        if row is None:
            began = deps.clock()
            row = Connection(workspace_id=session.workspace_id, kind=kind, options=options, connected_at=began)
            session.add(row)
        elif row.address != address:
            row.cursor, row.options = None, options
        elif row.options.get("scope", {}) != options["scope"]:  # what is read now was not read before
            since = min(row.options["since"], options["since"])
            row.cursor, row.options = None, {**options, "since": since}
        row.address, row.secret = address, seal(keys, _belongs_to(session.workspace_id, kind), kept)
        row.state, row.connected_by_id = ConnectionState.GOOD, caller.actor.member_id
        row.failed_at = row.error = row.next_at = None
        host = urlsplit(address).netloc
        said = {"helpdesk": kind, "address": host}
        record(session, deps, caller.actor, "helpdesk.connect", ("helpdesk", None), None, said)
    return host, who


def disconnect(deps: Deps, caller: Caller, kind: str) -> None:
    """Forgets how to sign in, and asks nothing more of the helpdesk; its cases stay, and are ours alone.

    Raises ``NotConnected``.
    """
    caller.actor.require(Deed.CONNECT)
    with deps.sessions.write(caller.workspace_id) as session:
        row = rows.connection(session, kind)
        if row is None:
            raise NotConnected
        now = deps.clock()
        for write in rows.open_writes(session, kind):
            write.state, write.ended_at, write.error = WriteState.REFUSED, now, "disconnected"
            touch(session, deps, "case.write", write.id)
            touch(session, deps, "case", write.case_id)
        said = {"helpdesk": kind, "address": urlsplit(row.address).netloc}
        session.delete(row)
        record(session, deps, caller.actor, "helpdesk.disconnect", ("helpdesk", None), said, None)


@contextmanager
def opened(deps: Deps, workspace_id: str, row: Connection) -> Iterator[Helpdesk]:
    """The helpdesk, with its secret; one that an older key sealed is sealed anew. Raises ``WrongKey``."""
    keys = deps.settings.secret_keys
    secrets, newest = unseal(keys, _belongs_to(workspace_id, row.kind), row.secret)
    if not newest:
        with deps.sessions.write(workspace_id) as session:
            found = rows.connection(session, row.kind)
            if found and found.secret == row.secret:
                found.secret = seal(keys, _belongs_to(workspace_id, row.kind), secrets)
    with _opened(deps, row.kind, row.address, secrets) as helpdesk:
        yield helpdesk


@contextmanager
def _opened(deps: Deps, kind: str, address: str, secrets: Mapping[str, str]) -> Iterator[Helpdesk]:
    helpdesk = PROVIDERS[kind].open(address, secrets, deps.clock)
    try:
        yield helpdesk
    finally:
        helpdesk.close()


def _options(
    session: WorkspaceSession, deps: Deps, provider: Provider, secrets: Mapping[str, str]
) -> dict[str, Any]:
    """From when on is read: where it was connected before, from the last that was read then."""
    since = deps.clock() - AT_FIRST
    version = rows.newest_version(session, provider.kind)
    if version:
        since = min(since, datetime.fromisoformat(version))
    scope = {blank.name: secrets[blank.name] for blank in provider.blanks if blank.scope}
    return {"since": since.astimezone(UTC).isoformat(), "scope": scope}


def _belongs_to(workspace_id: str, kind: str) -> str:
    return f"{workspace_id}:{kind}"


def _is_slack(deps: Deps) -> bool:
    """Whether the workspace is a real one: only where it is none may a helpdesk be played on this machine."""
    host = urlsplit(deps.settings.api_url).hostname or ""
    return f".{host}".endswith(_SLACK)
