"""Doing what helps against a gap of today, one step at a time, and undoing it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from bot.actions.cards import Cards, Facts
from bot.actions.covers_open import Opening, announce, begin_shifts, offer_out_all
from bot.actions.covers_propose import begin_cover
from bot.actions.covers_turn import Turn
from bot.actions.covers_waves import ask_only
from bot.actions.ladder import Asking, Floor, made_of
from bot.actions.outbox import tell
from bot.actions.people import Caller
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.ladder import Rung, Step
from bot.domain.ladder_moves import soonest
from bot.domain.ladder_shown import Against, Made
from bot.domain.permissions import Deed
from bot.views import ladder as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.ladder import ladder_step
from storage.outbox import Priority
from storage.people import member
from storage.shifts import queues
from storage.swaps import form_result, remember_form
from storage.tables import Activity, LadderStep

CARD = "ladder.told"
_RECORDED = {Rung.MOVE: "ladder.move", Rung.SKILL: "ladder.skill", Rung.WHOLE: "ladder.whole"}


class StepGone(Exception):
    """It does not help any more, or somebody has done it; nothing was changed."""


class CannotUndo(Exception):
    """It is over or undone already, or what it moved has changed since."""


def register_cards(cards: Cards) -> None:
    """What somebody reads whose day was changed."""
    cards.register(CARD, _load, _draw)


def do(deps: Deps, caller: Caller, against: Against, wanted: Step, nonce: UUID) -> None:
    """Does a step as it was shown, if it still helps; whom it concerns is told or asked.

    Under the same nonce nothing is done twice. Raises ``NotPermitted``, ``StepGone`` and ``BadOffer``.
    """
    caller.actor.require(Deed.CHANGE_DAY)
    own = uuid5(nonce, repr(key_of(wanted)))
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, own):
            return
        floor = Floor.of(session, against, deps.clock())
        if floor is None:
            raise StepGone
        if wanted.rung in (Rung.EXTEND, Rung.OVERTIME):
            done = _ask(session, deps, caller, floor, wanted, own)
        else:
            step = _same(wanted, floor.ladder.steps(), floor.now)
            done = _change(session, deps, caller, step)
        remember_form(session, own, done, deps.clock())


def undo(deps: Deps, caller: Caller, step_id: UUID) -> None:
    """From now on all is as it was planned. Raises ``NotPermitted`` and ``CannotUndo``."""
    caller.actor.require(Deed.CHANGE_DAY)
    with deps.sessions.write(caller.workspace_id) as session:
        row = ladder_step(session, step_id)
        if row is None or row.undone_at or row.end <= deps.clock():
            raise CannotUndo
        now, before = deps.clock(), _said(row)
        if row.moved:
            _move_back(session, row, now)
        if row.moved or now <= row.start:
            row.undone_at = now
        else:
            row.end = now  # what was done of it, was done
        row.undone_by_id = caller.actor.member_id
        session.flush()
        record(session, deps, caller.actor, "ladder.undo", ("member", row.member_id), before, None)
        _tell(session, deps, caller, row, undone=True)


def key_of(step: Step) -> tuple[object, ...]:
    """What makes a step the same one, however much it helps."""
    doing = step.doing.id if step.doing else None
    return step.rung, step.who, step.interval, doing, step.to, step.queue, step.people


def _same(wanted: Step, steps: Iterable[Step], now: datetime) -> Step:
    for each in steps:
        if _is_wanted(each, wanted, now):
            return each
    raise StepGone


def _is_wanted(step: Step, wanted: Step, now: datetime) -> bool:
    """Whether it is the one that was shown, of which time may have taken the beginning since."""
    was, time = wanted.interval, step.interval
    is_shorter = was.start < time.start <= soonest(now) and was.end == time.end
    return key_of(step) == key_of(replace(wanted, interval=time) if is_shorter else wanted)


def _change(session: WorkspaceSession, deps: Deps, caller: Caller, step: Step) -> UUID:
    assert step.who
    assert caller.actor.member_id
    row = LadderStep(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        rung=step.rung,
        member_id=step.who,
        start=step.interval.start,
        end=step.interval.end,
        queue_id=next((each.id for each in queues(session) if each.name == step.queue), None),
        moved=_moved(session, step),
        made_by_id=caller.actor.member_id,
        made_at=deps.clock(),
    )
    session.add(row)
    session.flush()
    record(session, deps, caller.actor, _RECORDED[step.rung], ("member", step.who), None, _said(row))
    _tell(session, deps, caller, row, undone=False)
    return row.id


def _moved(session: WorkspaceSession, step: Step) -> dict[str, Any] | None:
    """Moves what they do, or puts it off; as it was, and when it is instead."""
    if step.doing is None:
        return None
    row = session.get_one(Activity, (session.workspace_id, step.doing.id))
    was = {"id": str(row.id), "kind": row.kind, "start": row.start.isoformat(), "end": row.end.isoformat()}
    if step.to:
        row.start, row.end = step.to.start, step.to.end
        return was | {"to": [step.to.start.isoformat(), step.to.end.isoformat()]}
    session.delete(row)
    return was


def _move_back(session: WorkspaceSession, row: LadderStep, now: datetime) -> None:
    """Raises ``CannotUndo``."""
    was = row.moved or {}
    start, end = (datetime.fromisoformat(was[each]) for each in ("start", "end"))
    found = session.get(Activity, (session.workspace_id, UUID(was["id"])))
    is_there = [found.start.isoformat(), found.end.isoformat()] == was.get("to") if found else "to" not in was
    if not is_there or start <= now or (found and found.start <= now):
        raise CannotUndo
    if found:
        found.start, found.end = start, end
    else:
        key = {"workspace_id": session.workspace_id, "id": UUID(was["id"]), "member_id": row.member_id}
        session.add(Activity(**key, start=start, end=end, kind=was["kind"]))


def _ask(session: WorkspaceSession, deps: Deps, caller: Caller, floor: Floor, wanted: Step, nonce: UUID) -> UUID:
    """Asks whoever would work longer, or others to come. Raises ``StepGone`` and ``BadOffer``."""
    asking = Asking(session, floor)
    if wanted.rung is Rung.EXTEND:
        places = dict(asking.extensions())
        step = _same(wanted, places, floor.now)
        turn = _again(session, deps, caller, asking, step)
        if turn is None:
            turn = _begun(session, deps, caller, asking, step, nonce)
            announce(turn)
        ask_only(turn, places[step], asking.priority(places[step]))
        return turn.row.id
    step = _same(wanted, asking.overtime(), floor.now)
    turns = [
        begin_cover(session, deps, caller.actor, row.shift_id, part)
        for row, part in asking.to_offer[: step.people]
    ]
    if more := step.people - len(turns):
        opening = Opening(deps.new_id(), step.queue, step.interval.start, step.interval.end, more)
        turns += begin_shifts(session, deps, caller, opening)
    offer_out_all(turns)
    return turns[0].row.id


def _again(session: WorkspaceSession, deps: Deps, caller: Caller, asking: Asking, step: Step) -> Turn | None:
    """An open shift that others were asked to take and cannot."""
    for each in asking.refused:
        if each.start <= step.interval.start and step.interval.end <= each.end:
            asked = {"asked": [str(step.who)]}
            record(session, deps, caller.actor, "cover.ask", ("cover", each.id), None, asked, each.number)
            return Turn.of(session, deps, caller.actor, each.id)
    return None


def _begun(session: WorkspaceSession, deps: Deps, caller: Caller, asking: Asking, step: Step, nonce: UUID) -> Turn:
    """An open shift for somebody to work longer: of what nobody works then, or a new one."""
    for row, part in asking.to_offer:
        if part.start <= step.interval.start and step.interval.end <= part.end:
            return begin_cover(session, deps, caller.actor, row.shift_id, step.interval)
    opening = Opening(uuid5(nonce, "opening"), step.queue, step.interval.start, step.interval.end)
    return begin_shifts(session, deps, caller, opening)[0]


def _said(row: LadderStep) -> dict[str, Any]:
    """What the audit says of a step."""
    said = {"rung": row.rung, "start": row.start.isoformat(), "end": row.end.isoformat()}
    if row.queue_id:
        said["queue"] = str(row.queue_id)
    return said | ({"moved": row.moved["kind"]} if row.moved else {})


def _tell(session: WorkspaceSession, deps: Deps, caller: Caller, row: LadderStep, *, undone: bool) -> None:
    """Whose day was changed reads what of it, and by whom."""
    person = member(session, row.member_id)
    if person and person.slack_id and person.id != caller.actor.member_id:
        tell(
            session,
            deps,
            to=person.slack_id,
            card=CARD,
            subject=row.id,
            key=f"{CARD}:{row.id}{':undone' if undone else ''}",
            facts={"undone": undone},
            priority=Priority.PRESS,
        )


def _load(session: WorkspaceSession, subject: UUID | None) -> Made | None:
    row = ladder_step(session, subject) if subject else None
    return made_of(session, row) if row else None


def _draw(made: Made, _audience: str, formats: Formats, facts: Facts) -> Message:
    return views.undone(made, formats) if facts["undone"] else views.told(made, formats)
