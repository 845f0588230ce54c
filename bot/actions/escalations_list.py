"""All questions to departments that are open, as they are listed in the morning and whenever somebody asks."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.chase import Desk, chased_of
from bot.actions.departments import names_of
from bot.actions.escalations_load import is_over, own_department
from bot.actions.outbox import tell
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.cases_named import CaseNamed
from bot.domain.chase import Step, missed, next_rung, upcoming
from bot.domain.chase_shown import Next, Open, OpenList, Reader
from bot.domain.escalations import State
from bot.domain.escalations_life import answers_only
from bot.domain.matrix import Rung
from bot.domain.permissions import Actor, Deed, Reach
from bot.domain.shifts import Somebody
from bot.domain.standup import Morning
from bot.views import escalations_list as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.chase import cases_of, live
from storage.db import WorkspaceSession
from storage.people import members_by_id
from storage.tables import Case, Escalation

CARD = "escalations.morning"
People = dict[UUID, Somebody]


def register_cards(cards: Cards, deps: Deps) -> None:
    """The list in the thread of the post at stand-up."""
    command = f"/{deps.settings.command_prefix}escalate"

    def load(session: WorkspaceSession, _subject: UUID | None) -> OpenList:
        return open_list(session, deps.clock())

    def draw(shown: OpenList, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.list_message(shown, formats, command, {}, reader=Reader(chases=True))

    cards.register(CARD, load, draw)


def beside_standup(session: WorkspaceSession, deps: Deps, lane: str, post: UUID, key: str) -> None:
    """Puts the list into the thread of the post, if there is anything on it."""
    if live(session):
        tell(session, deps, to=lane, card=CARD, subject=deps.new_id(), key=f"{CARD}:{key}", parent=post)


def of_morning(session: WorkspaceSession, morning: Morning) -> OpenList:
    """What the post at stand-up says of it in a line."""
    return open_list(session, morning.at)


def list_escalations(deps: Deps, caller: Caller, department_id: UUID | None = None) -> OpenList:
    """All of them, or of one department; a contact sees their own department's. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_ESCALATIONS)
    with deps.sessions.read(caller.workspace_id) as session:
        own = own_department(session, caller.actor)
        return open_list(session, deps.clock(), own or department_id)


def reader_of(actor: Actor) -> Reader:
    """What somebody may do about open questions: who is a contact and nothing else answers for a department."""
    return Reader(actor.member_id, actor.reach(Deed.CHASE) is Reach.ANYBODY, answers_only(actor))


def departments_of(deps: Deps, caller: Caller) -> dict[UUID, str]:
    """The departments that the caller can choose among, by name: a contact has one."""
    with deps.sessions.read(caller.workspace_id) as session:
        own, names = own_department(session, caller.actor), names_of(session)
        return {each: name for each, name in names.items() if own in (None, each)}


def open_list(session: WorkspaceSession, now: datetime, department_id: UUID | None = None) -> OpenList:
    """What is not closed, what needs somebody most first."""
    name = names_of(session).get(department_id) if department_id else None
    shown = load_open(session, live(session, department_id))
    return OpenList(tuple(sorted(shown, key=lambda each: each.order)), now, name)


def load_open(session: WorkspaceSession, rows: Sequence[Escalation]) -> list[Open]:
    """These, each with what the clock does about it next; a fixed number of queries, but for the departments'."""
    ids = {each for row in rows for each in (row.asked_by_id, row.contact_id, row.owner_id) if each}
    known = members_by_id(session, ids)  # as long as they are held, nobody is asked for again
    people: People = {each: somebody(session, each) for each in known}
    cases, names = cases_of(session, rows), names_of(session)
    desks = {each: Desk(session, each) for each in {row.department_id for row in rows}}
    return [_open(row, cases[row.case_id], names, people, desks[row.department_id]) for row in rows]


def _open(row: Escalation, case: Case, names: dict[UUID, str], people: People, at: Desk) -> Open:
    return Open(
        row.id,
        row.number,
        CaseNamed(case.id, case.number, case.title, case.source, case.external_id, case.external_url),
        row.severity,
        names[row.department_id],
        State(row.state),
        people[row.asked_by_id],
        row.asked_at,
        people.get(row.contact_id) if row.contact_id else None,
        people.get(row.owner_id) if row.owner_id else None,
        row.own_by,
        row.eta_at,
        row.eta_at is not None and row.eta_at == row.missed_at,
        row.misses,
        row.chased,
        row.chased_at,
        row.answered_at,
        Rung(row.rung),
        _next(row, case, at),
        is_over(case),
        row.hop,
        case.owner_id,
    )


def _next(row: Escalation, case: Case, at: Desk) -> Next | None:
    chased = chased_of(row, case)
    if not chased.waits:
        return None
    found = upcoming(chased, at.hours, at.rungs)
    if found is None:
        return None
    when, step = found
    match step:
        case Step.UP:
            return Next(when, step, next_rung(chased.rung, at.rungs))
        case Step.MISS:
            after = missed(chased, at.rungs).rung
            return Next(when, step, after if after > chased.rung else None)
    return Next(when, step)
