"""The cards of an absence: for whoever finds somebody to step in, and for who is away by another's word."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.actions.absences_holes import holes_of, load_absence
from bot.actions.absences_lanes import lanes_of
from bot.actions.cards import Cards, Facts
from bot.actions.cases_handover import load_cases
from bot.actions.outbox import tell, touch
from bot.actions.unowned import stints_of
from bot.deps import Deps
from bot.domain.absences import SHORT_NOTICE, AbsenceShown, Asked, Kind, State
from bot.domain.cases_handover_shown import GivenBack
from bot.domain.intervals import Interval
from bot.views import absences as views
from bot.views import absences_card as ops
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.absences import absence, absences_ahead
from storage.db import WorkspaceSession
from storage.outbox import Priority, message_of_key
from storage.people import member
from storage.tables import Absence

CARD, OWN, ASKED = "absence", "absence.own", "absence.asked"
BACK, CALL = "absence.back", "absence.call"


def register_cards(cards: Cards, deps: Deps) -> None:
    """Every card of this module."""
    floor = f"/{deps.settings.command_prefix}floor"

    def draw_card(shown: AbsenceShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return ops.absence_card(shown, formats, floor)

    cards.register(CARD, loader(deps), draw_card)
    cards.register(OWN, loader(deps), _draw_own)
    cards.register(BACK, loader(deps), _draw_back)
    cards.register(CALL, loader(deps), _draw_call)
    command = f"/{deps.settings.command_prefix}sick"

    def draw_asked(_subject: UUID | None, _audience: str, formats: Formats, facts: Facts) -> Message:
        return _draw_asked(formats, facts, command)

    cards.register(ASKED, lambda _session, subject: subject, draw_asked)


def loader(deps: Deps) -> Callable[[WorkspaceSession, UUID | None], AbsenceShown | None]:
    """Loads an absence by id as it is now; None if there is none."""

    def load(session: WorkspaceSession, subject: UUID | None) -> AbsenceShown | None:
        row = absence(session, subject) if subject else None
        if row is None:
            return None
        now = deps.clock()
        return replace(load_absence(session, row, now), cases=load_cases(session, row, now))

    return load


def show(session: WorkspaceSession, deps: Deps, row: Absence) -> None:
    """Gives it to whoever finds somebody to step in: at once where there is little time left."""
    holes = holes_of(session, row, deps.clock())
    hurried = any(each.start < deps.clock() + SHORT_NOTICE for each in holes)
    for lane in lanes_of(session, row, deps.clock()):
        tell(
            session,
            deps,
            to=lane,
            card=CARD,
            subject=row.id,
            key=key_of(row, lane),
            priority=Priority.PRESS if hurried else Priority.CARD,
        )
    touch(session, deps, CARD, row.id)
    _renew_late(session, deps, row)


def show_own(session: WorkspaceSession, deps: Deps, row: Absence) -> None:
    """Tells who is away that somebody else has said so."""
    person = member(session, row.member_id)
    if person and person.slack_id:
        tell(session, deps, to=person.slack_id, card=OWN, subject=row.id, key=f"{OWN}:{row.id}")


def ask(
    session: WorkspaceSession, deps: Deps, slack_id: str, event_id: str, found: Asked | None, *, late: bool
) -> None:
    """Asks who wrote that they are away, or ``late``, whether this is meant; nothing of their words is kept."""
    facts: Facts = {"nonce": str(deps.new_id()), "late": late}
    if found:
        facts |= {"kind": found.kind, "interval": _edges(found.interval), "work": list(map(_edges, found.work))}
    key = f"{ASKED}:{event_id}"
    tell(
        session,
        deps,
        to=slack_id,
        card=ASKED,
        subject=deps.new_id(),
        key=key,
        facts=facts,
        priority=Priority.PRESS,
    )


def say(
    session: WorkspaceSession,
    deps: Deps,
    row: Absence,
    card: str,
    name: str,
    facts: Facts,
    priority: Priority = Priority.CARD,
) -> None:
    """Posts something beside the card, once by its name, wherever the card is."""
    for lane in lanes_of(session, row, deps.clock()):
        if beside := message_of_key(session, key_of(row, lane)):
            key = f"{key_of(row, lane)}:{name}"
            tell(
                session,
                deps,
                to=lane,
                card=card,
                subject=row.id,
                key=key,
                facts=facts,
                parent=beside.id,
                priority=priority,
            )


def key_of(row: Absence, lane: str) -> str:
    """What makes it the same card there."""
    return f"{CARD}:{row.id}:{lane}"


def renew(session: WorkspaceSession, deps: Deps, shift_ids: Collection[UUID]) -> None:
    """Has the cards show anew on which any of these shifts is."""
    wanted = set(shift_ids)
    for row in absences_ahead(session, deps.clock(), states=[State.IN_FORCE, State.ENDED]):
        if any(each.shift_id in wanted for each in stints_of(row)):
            touch(session, deps, CARD, row.id)


def _renew_late(session: WorkspaceSession, deps: Deps, row: Absence) -> None:
    """Has the cards show anew of who comes later meanwhile: they may be missed now, where enough were there."""
    away = Interval(row.start, row.end)
    for other in absences_ahead(session, deps.clock(), states=[State.IN_FORCE]):
        if other.kind == Kind.LATE and other.id != row.id and away.overlaps(Interval(other.start, other.end)):
            touch(session, deps, CARD, other.id)


def _edges(interval: Interval) -> list[str]:
    return [interval.start.isoformat(), interval.end.isoformat()]


def _read_edges(said: Iterable[str]) -> Interval:
    return Interval(*map(datetime.fromisoformat, said))


def _draw_own(shown: AbsenceShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.own_card(shown, formats)


def _draw_back(shown: AbsenceShown, _audience: str, _formats: Formats, facts: Facts) -> Message:
    cases = GivenBack(*(facts.get(each, 0) for each in ("again", "stay", "wait")))
    return ops.back(shown, facts["given"], cases)


def _draw_call(shown: AbsenceShown, _audience: str, formats: Formats, facts: Facts) -> Message | None:
    """None where somebody has stepped in meanwhile, or enough are there without."""
    if shown.is_spared:
        return None
    wanted = UUID(facts["assignment"])
    hole = next((each for each in shown.holes if each.open.id == wanted and not each.accepted), None)
    return ops.last_call(shown, hole, formats) if hole else None


def _draw_asked(formats: Formats, facts: Facts, command: str) -> Message:
    nonce = UUID(facts["nonce"])
    if "kind" not in facts:
        return views.no_shift_begins() if facts.get("late") else views.no_work(command)
    asked = Asked(Kind(facts["kind"]), _read_edges(facts["interval"]), tuple(map(_read_edges, facts["work"])))
    return views.ask(asked, nonce, formats)
