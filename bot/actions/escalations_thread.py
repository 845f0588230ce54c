"""What people reply beside the card of a question, or in its case's thread: the other side reads it as a note."""

from dataclasses import dataclass
from uuid import UUID

from bot.actions import chase
from bot.actions.cases_turn import CARD as CASE
from bot.actions.departments import names_of
from bot.actions.escalations_cards import (
    CARD,
    NEWS,
    NOTE,
    audience_of,
    say_in_department,
    say_to_case,
    show,
    written,
)
from bot.actions.escalations_load import speaks_for
from bot.actions.escalations_turn import Turn, live_of_case
from bot.actions.outbox import tell, touch
from bot.actions.people import Caller, FromOutside, NotOnRoster, recognise
from bot.actions.quoted import as_read
from bot.deps import Deps
from bot.domain.cases import Happening, Kind
from bot.domain.escalations import LIVE, Inform, State
from bot.domain.escalations_shown import News, Said, Side
from bot.domain.permissions import Deed
from storage.db import WorkspaceSession
from storage.escalations import Root, escalation, note, root_at, said_at
from storage.tables import Escalation, EscalationSaid


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody wrote in a thread: where, who by their account, and the text as Slack has it."""

    channel: str
    thread_ts: str
    ts: str
    slack_id: str
    text: str


def hear(deps: Deps, workspace_id: str, reply: Reply) -> bool:
    """Whether a reply is about an escalation that is not closed; then the other side reads it.

    One look at an index says of any other that it is not. Whoever is not on the roster, or speaks for another
    department, is told once that it goes no further.
    """
    with deps.sessions.read(workspace_id) as session:
        root = root_at(session, reply.channel, reply.thread_ts)
        row = _meant(session, root) if root else None
    if root is None or row is None:
        return False
    try:
        caller = recognise(deps, workspace_id, reply.slack_id)
    except (FromOutside, NotOnRoster):
        _refuse(deps, workspace_id, row.id, root, News.STRANGER, reply.slack_id)
        return True
    if _may_say(deps, caller, row, root):
        _pass_on(deps, caller, row.id, root, reply)
    else:
        _refuse(deps, workspace_id, row.id, root, News.NOT_THEIRS, reply.slack_id)
    return True


def correct(deps: Deps, workspace_id: str, channel: str, ts: str, text: str) -> bool:
    """Whether a reply that was edited is one that the other side reads; it then reads it as it is now."""
    with deps.sessions.read(workspace_id) as session:
        known = said_at(session, channel, ts)
        found, now = (note(session, known.note_id) if known else None), as_read(session, text)
        if found is None or found.erased_at or found.text == now:
            return known is not None
    with deps.sessions.write(workspace_id) as session:
        kept = note(session, found.id)
        if kept and kept.erased_at is None:
            kept.text = now
            touch(session, deps, NOTE, kept.id)
    return True


def take_back(deps: Deps, workspace_id: str, channel: str, ts: str) -> bool:
    """Whether a reply that was deleted is one that the other side reads; its words are then gone there, too."""
    with deps.sessions.read(workspace_id) as session:
        known = said_at(session, channel, ts)
    if known is None:
        return False
    with deps.sessions.write(workspace_id) as session:
        kept = note(session, known.note_id)
        if kept and kept.erased_at is None:
            kept.text, kept.erased_at = "", deps.clock()
            touch(session, deps, NOTE, kept.id)
    return True


def _meant(session: WorkspaceSession, root: Root) -> Escalation | None:
    """Which escalation a thread is about: of a case's the one that waits for a word from us, else the newest."""
    if root.subject_id is None:
        return None
    if root.card == CARD:
        row = escalation(session, root.subject_id)
        return row if row and row.state in LIVE and root.audience == audience_of(row) else None
    if root.card == CASE:
        live = live_of_case(session, root.subject_id)
        waiting = [each for each in live if each.state == State.NEEDS_INFO]
        return next(iter(waiting or reversed(live)), None)
    return None


def _may_say(deps: Deps, caller: Caller, row: Escalation, root: Root) -> bool:
    """The floor may everywhere; who speaks for a department, beside its own questions."""
    if caller.actor.may(Deed.ESCALATE):
        return True
    with deps.sessions.read(caller.workspace_id) as session:
        return root.card == CARD and speaks_for(session, caller.actor, row.department_id)


def _pass_on(deps: Deps, caller: Caller, escalation_id: UUID, root: Root, reply: Reply) -> None:
    with deps.sessions.write(caller.workspace_id) as session:
        if said_at(session, reply.channel, reply.ts):
            return
        turn = Turn.of(session, deps, caller.actor, escalation_id)
        row, before = turn.row, State(turn.row.state)
        note_id = turn.note(as_read(session, reply.text))
        if note_id is None or before not in LIVE:
            return
        session.add(
            EscalationSaid(
                workspace_id=session.workspace_id,
                channel=reply.channel,
                ts=reply.ts,
                escalation_id=row.id,
                note_id=note_id,
            )
        )
        theirs = speaks_for(session, caller.actor, row.department_id)
        informs = before is State.NEEDS_INFO and not theirs
        if informs:
            turn.become(Inform())
            turn.log("informed", before, note_id)
            show(session, deps, row)
        else:
            turn.happens(Happening(Kind.NOTE, member_id=turn.who, note_id=note_id))
        facts, key = written(session, row, Said.INFO if informs else Said.REPLY), f"{NOTE}:{note_id}"
        if root.card == CASE:
            say_in_department(session, deps, row, NOTE, facts, key, note_id)
            return
        if theirs:
            chase.heard(session, deps, row)
        say_to_case(session, deps, row, NOTE, facts, key, note_id)


def _refuse(deps: Deps, workspace_id: str, escalation_id: UUID, root: Root, news: News, slack_id: str) -> None:
    with deps.sessions.write(workspace_id) as session:
        row = escalation(session, escalation_id)
        assert row
        name = names_of(session)[row.department_id]
        tell(
            session,
            deps,
            to=root.lane,
            card=NEWS,
            subject=escalation_id,
            audience=Side.DEPARTMENT,
            facts={"news": news, "who": slack_id, "department": name},
            key=f"{NEWS}:{escalation_id}:{news}:{slack_id}:{root.message_id}",
            parent=root.message_id,
        )
