"""Connecting a tool, and parting from it; what signs in is kept sealed, and nobody reads it again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.connectors.helpdesk import Helpdesk, base_address
from bot.connectors.knowledge import EVER, KnowledgeBase
from bot.connectors.knowledge_bases import KNOWLEDGE_BASES
from bot.connectors.sealed import seal, unseal
from bot.connectors.tools import TOOLS
from bot.deps import Deps
from bot.domain.connections import ConnectionShown, ConnectionState, Mirrors, NotConnected, Offered, WriteState
from bot.domain.permissions import Deed
from storage import connections as rows
from storage.db import WorkspaceSession
from storage.kb_sources import any_url_of, count_of_source
from storage.shifts import queues
from storage.tables import Connection

# How far back cases are read at first; more is for the command line. Articles are read whole.
AT_FIRST = timedelta(days=14)
_SLACK = (".slack.com", ".slack-gov.com")


class NoSecretKey(Exception):
    """The process has no key to keep secrets with."""


class OtherAccount(Exception):
    """What is here is of another account of the same provider, at ``host``, and their numbers would mix."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.host = host


def offered() -> list[Offered]:
    """What can be connected."""
    return [
        Offered(
            each.kind, each.name, each.domain, each.blanks, mirrored_of(each.kind), anywhere=bool(each.address)
        )
        for each in TOOLS.values()
    ]


def mirrored_of(kind: str) -> Mirrors:
    """What is mirrored from this kind of tool."""
    return Mirrors.ARTICLES if kind in KNOWLEDGE_BASES else Mirrors.CASES


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
    provider = TOOLS.get(row.kind)
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
        mirrors=mirrored_of(row.kind),
        mirrored=count_of_source(session, row.kind),
    )


def connect(deps: Deps, caller: Caller, kind: str, typed: str, secrets: Mapping[str, str]) -> tuple[str, str]:
    """Signs in and, if that is good, keeps how; gives the host, and whom one is signed in as.

    What was read before stays read. Raises ``NoSecretKey``, ``BadAddress``, ``OtherAccount``, ``HelpdeskFails``.
    """
    caller.actor.require(Deed.CONNECT)
    keys = deps.settings.secret_keys
    if not keys:
        raise NoSecretKey
    provider = TOOLS[kind]
    address = base_address(provider, typed, stand_ins=not _is_slack(deps))
    kept = {blank.name: secrets[blank.name].strip() for blank in provider.blanks}
    with _opened(deps, kind, address, kept) as tool:
        who = tool.check()
    with deps.sessions.write(caller.workspace_id) as session:
        url = rows.any_url(session, kind) or any_url_of(session, kind)
        if url is not None and not provider.address and not url.startswith(f"{address}/"):
            raise OtherAccount(urlsplit(url).netloc)
        row, options = rows.connection(session, kind), _options(session, deps, kind, kept)
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
    """Forgets how to sign in, and asks nothing more there; what was mirrored stays, and is ours alone.

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
def opened(deps: Deps, workspace_id: str, row: Connection) -> Iterator[Helpdesk | KnowledgeBase]:
    """The tool, with its secret; one that an older key sealed is sealed anew. Raises ``WrongKey``."""
    keys = deps.settings.secret_keys
    secrets, newest = unseal(keys, _belongs_to(workspace_id, row.kind), row.secret)
    if not newest:
        with deps.sessions.write(workspace_id) as session:
            found = rows.connection(session, row.kind)
            if found and found.secret == row.secret:
                found.secret = seal(keys, _belongs_to(workspace_id, row.kind), secrets)
    with _opened(deps, row.kind, row.address, secrets) as tool:
        yield tool


@contextmanager
def _opened(deps: Deps, kind: str, address: str, secrets: Mapping[str, str]) -> Iterator[Helpdesk | KnowledgeBase]:
    tool = TOOLS[kind].open(address, secrets, deps.clock)
    try:
        yield tool
    finally:
        tool.close()


def _options(session: WorkspaceSession, deps: Deps, kind: str, secrets: Mapping[str, str]) -> dict[str, Any]:
    """From when on is read: where it was connected before, from the last that was read then."""
    since = deps.clock() - AT_FIRST if mirrored_of(kind) is Mirrors.CASES else EVER
    version = rows.newest_version(session, kind)
    if version:
        since = min(since, datetime.fromisoformat(version))
    scope = {blank.name: secrets[blank.name] for blank in TOOLS[kind].blanks if blank.scope}
    return {"since": since.astimezone(UTC).isoformat(), "scope": scope}


def _belongs_to(workspace_id: str, kind: str) -> str:
    return f"{workspace_id}:{kind}"


def _is_slack(deps: Deps) -> bool:
    """Whether the workspace is a real one: only where it is none may a helpdesk be played on this machine."""
    host = urlsplit(deps.settings.api_url).hostname or ""
    return f".{host}".endswith(_SLACK)
