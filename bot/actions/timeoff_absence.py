"""What approved time off does to the schedule: nobody works what is theirs meanwhile, until it is given back."""

from collections.abc import Sequence

from bot.actions.absences_cards import CARD as HOLES
from bot.actions.absences_cards import show as show_holes
from bot.actions.absences_holes import holes_of, worked_now
from bot.actions.absences_work import give_back_again, pass_on, release
from bot.actions.cases_handover_back import give_back_cases
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.actions.release import document, give_up_parts
from bot.actions.timeoff_requests import Turn
from bot.domain.absences import Kind, State
from bot.domain.intervals import Interval
from bot.domain.timeoff import away
from storage.tables import Absence
from storage.timeoff_requests import absences_of_request, read_days


def be_away(turn: Turn, holes: Sequence[Interval]) -> None:
    """They are away from now on when the request says so, and nobody works what is theirs then.

    Whoever finds others is shown what of it leaves ``holes``; nobody is asked for what is enough without it.
    """
    for stretch in away(read_days(turn.row.days)):
        row = _absence(turn, stretch)
        released = release(turn.session, turn.deps, turn.actor, row)
        row.work = [*map(document, released)]
        turn.session.flush()
        _accept(turn, row, holes)
        if holes_of(turn.session, row, turn.deps.clock()):
            show_holes(turn.session, turn.deps, row)


def end(turn: Turn) -> int:
    """They are away no longer than what stands of the request says; how many parts of shifts are theirs again."""
    session, deps, now = turn.session, turn.deps, turn.deps.clock()
    left = away(read_days(turn.row.days))
    ended = []
    for row in absences_of_request(session, turn.row.id):
        was = Interval(row.start, row.end)
        stays = [shared for each in left if (shared := was.intersection(each))]
        if row.state != State.IN_FORCE or stays == [was]:
            continue
        row.ended_at = now
        if stays:
            row.end = stays[-1].end
            row.state = State.IN_FORCE if row.end > now else State.ENDED
        else:
            row.state = State.TAKEN_BACK
        ended.append(row)
    session.flush()
    for row in ended:
        pass_on(session, deps, row)
    given = sum(give_back_again(session, deps, turn.actor, row) for row in ended)
    for row in ended:
        if row.state != State.IN_FORCE:
            give_back_cases(session, deps, turn.actor, row)
        touch(session, deps, HOLES, row.id)
    return given


def _absence(turn: Turn, stretch: Interval) -> Absence:
    session, row, now = turn.session, turn.row, turn.deps.clock()
    found = Absence(
        workspace_id=session.workspace_id,
        id=turn.deps.new_id(),
        member_id=row.member_id,
        start=stretch.start,
        end=stretch.end,
        kind=Kind.TIME_OFF,
        state=State.IN_FORCE,
        reported_by_id=row.entered_by_id,
        reported_at=row.asked_at,
        in_force_at=now,
        work=[],
        accepted=[],
        request_id=row.id,
    )
    session.add(found)
    session.flush()
    give_up_parts(session, turn.deps, turn.actor, row.member_id, stretch)
    after = {"kind": found.kind, "start": stretch.start.isoformat(), "end": stretch.end.isoformat()}
    record(session, turn.deps, turn.actor, "absence.begin", ("member", row.member_id), None, after)
    return found


def _accept(turn: Turn, row: Absence, holes: Sequence[Interval]) -> None:
    """What leaves no hole stays with nobody."""
    by, at = str(turn.row.decided_by_id or turn.row.member_id), turn.deps.clock()
    open_ = [
        each
        for each in worked_now(turn.session, row, at)
        if each.member_id is None and not any(hole.overlaps(Interval(each.start, each.end)) for hole in holes)
    ]
    row.accepted = [{"assignment": str(each.id), "by": by, "at": at.isoformat()} for each in open_]
    turn.session.flush()
