"""What those who are asked can do: take all or a part, say that they cannot, or give up what is not approved."""

from uuid import UUID

from bot.actions.covers_propose import BadOffer, least_of
from bot.actions.covers_settle import settle
from bot.actions.covers_tell import say, show, show_approvers
from bot.actions.covers_turn import Turn
from bot.actions.people import Caller, UnknownPerson, caller_of
from bot.actions.proxies import person_for
from bot.actions.record import record
from bot.actions.swaps_turn import NotLegal
from bot.deps import Deps
from bot.domain.approval import NotAParty, NotPossible
from bot.domain.covers import GiveUp, NotOpen, PartState, State, Take
from bot.domain.covers_life import demand_taker
from bot.domain.covers_shown import Audience, Meant, News, Wrong, asked
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.rules_swaps import Outcome, Verdict, read_verdict
from bot.domain.swaps_review import Review
from storage.covers import offer as offer_to
from storage.covers import offers_of, part
from storage.db import WorkspaceSession
from storage.swaps import form_result, remember_form
from storage.tables import CoverPart, Member

CANNOT = "cannot"


def take(
    deps: Deps,
    caller: Caller,
    cover_id: UUID,
    interval: Interval | None = None,
    nonce: UUID | None = None,
    taker: str | None = None,
) -> PartState:
    """Somebody takes an interval (None: all that is open), the caller or by their Slack account another.

    Confirmed, or needs approval, where only some of it does. Raises ``UnknownCover``, ``UnknownPerson``,
    ``NotPermitted``, ``NotOpen``, ``NotOffered``, ``CoverOfOneself``, ``BothSides``, ``BadOffer`` and
    ``NotLegal``, and then nothing of it is taken.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, nonce) if nonce else None
        before = part(session, known) if known else None
        if before:
            return PartState(before.state)
        turn = Turn.of(session, deps, caller.actor, cover_id)
        person = _taker(session, caller, taker)
        taken = [take_part(turn, person, each) for each in _wanted(turn, interval)]
        if nonce:
            remember_form(session, nonce, taken[0].id, deps.clock())
        waits = any(each.state == PartState.NEEDS_APPROVAL for each in taken)
        return PartState.NEEDS_APPROVAL if waits else PartState.CONFIRMED


def preview_take(
    deps: Deps, caller: Caller, cover_id: UUID, interval: Interval | None = None, taker: str | None = None
) -> Meant:
    """What taking it would mean for the taker, and of what it breaks what the caller may know.

    Raises what ``take`` does; of several parts that are open it is the first.
    """
    with deps.sessions.read(caller.workspace_id) as session:
        turn = Turn.of(session, deps, caller.actor, cover_id)
        person = _taker(session, caller, taker)
        verdict, review = _checked(turn, person, _wanted(turn, interval)[0])
        if verdict.firm:
            raise _not_legal(turn, verdict)
        return meant_for(person, turn.who, verdict, review)


def meant_for(taker: Member, reader: UUID | None, verdict: Verdict, review: Review) -> Meant:
    """What a check means for the taker, and of what it found what the reader may know."""
    own = tuple(each for each in review.findings if each.whom == reader)
    sides = tuple(each for each in review.sides if each.member_id == taker.id)
    return Meant(Review(own, (), sides), verdict.outcome is not Outcome.AUTOMATIC)


def cannot(deps: Deps, caller: Caller, cover_id: UUID, nonce: UUID, reason: str = "") -> None:
    """The caller, who was asked, cannot; once all who were have said so, the next are asked.

    Raises ``UnknownCover``, ``NotPermitted``, ``NotOpen``, and ``NotAParty`` for who was not asked.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if form_result(session, nonce):
            return
        turn = Turn.of(session, deps, caller.actor, cover_id)
        row = turn.row
        caller.actor.require(Deed.TAKE_COVER, of=turn.who)
        asked_for = offer_to(session, row.id, turn.who)
        if asked_for is None:
            raise NotAParty
        if State(row.state) is not State.OPEN:
            raise NotOpen(State(row.state))
        asked_for.answer, asked_for.answered_at = CANNOT, deps.clock()
        asked_for.reason_id = turn.note(reason)
        _hasten(turn)
        remember_form(session, nonce, row.id, deps.clock())
        record(session, deps, caller.actor, "cover.cannot", ("cover", row.id), None, None, row.number)
        show(turn)


def give_up(deps: Deps, caller: Caller, part_id: UUID) -> None:
    """The taker wants a part no more that waits for approval.

    Raises ``UnknownCover``, ``NotPermitted``, ``NotOpen`` and ``BothSides``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        turn, taken = Turn.of_part(session, deps, caller.actor, part_id)
        row, proxy = turn.row, turn.proxy_of(taken.taker_id, Deed.TAKE_COVER)
        before, after = turn.become(GiveUp(part_id, taken.taker_id, proxy))
        record(session, deps, caller.actor, "cover.give_up", ("cover", row.id), before, after, row.number)
        show(turn)
        audiences = (Audience.OWNER, Audience.PROXY, asked(taken.taker_id))
        say(turn, News.GIVEN_UP, *audiences, part=taken, but=turn.who)


def take_part(turn: Turn, person: Member, interval: Interval) -> CoverPart:
    """Has somebody take an interval, which is settled if the rules let it be. Raises what ``take`` does."""
    session, deps, row = turn.session, turn.deps, turn.row
    proxy = turn.who if turn.who != person.id else None
    verdict, review = _checked(turn, person, interval)
    part_id = deps.new_id()
    try:
        before, after = turn.become(Take(part_id, person.id, interval, verdict, proxy))
    except NotPossible:
        raise _not_legal(turn, verdict) from None
    turn.keep(part_id, review)
    taken = turn.part(part_id)
    record(session, deps, turn.actor, "cover.take", ("cover", row.id), before, after, row.number)
    if taken.state == PartState.CONFIRMED:
        settle(turn, taken)
    else:
        show(turn, asked(person.id))
        show_approvers(turn, taken)
        say(turn, News.TAKEN, Audience.OWNER, Audience.PROXY, part=taken, but=turn.who)
    if proxy:
        say(turn, News.TAKEN_FOR, asked(person.id), part=taken)
    return taken


def _taker(session: WorkspaceSession, caller: Caller, slack_id: str | None) -> Member:
    person = person_for(session, caller, slack_id, Deed.TAKE_COVER)
    if person is None:
        raise UnknownPerson
    # A contact of a department works no shifts, whoever means to give them one.
    caller_of(session, person, slack_id or caller.slack_id).actor.require(Deed.TAKE_COVER, of=person.id)
    return person


def _wanted(turn: Turn, interval: Interval | None) -> tuple[Interval, ...]:
    """What is to be taken; of what is not open at all it is for the cover to say why not."""
    left = turn.life.open_parts
    if interval is None:
        return left or (Interval(turn.row.start, turn.row.end),)
    least = least_of(turn.session, turn.owner)
    if interval not in left and interval.length < least:
        raise BadOffer((Wrong.TOO_SHORT,), least)
    return (interval,)


def _checked(turn: Turn, person: Member, interval: Interval) -> tuple[Verdict, Review]:
    proxy = turn.who if turn.who != person.id else None
    demand_taker(turn.life, person.id, interval, turn.deps.clock(), proxy)
    return turn.check(person, interval)


def _not_legal(turn: Turn, verdict: Verdict) -> NotLegal:
    """A proxy reads no more of the taker's rules than anybody else."""
    return NotLegal(read_verdict(verdict, turn.who, approves=False))


def _hasten(turn: Turn) -> None:
    """Nobody is waited for once all who were asked last have answered."""
    row, takers = turn.row, {each.taker_id for each in turn.parts}
    everybody = offers_of(turn.session, row.id)
    silent = [each for each in everybody if each.answer is None and each.member_id not in takers]
    if row.next_wave_at and not silent and max(each.wave for each in everybody) == row.wave:
        row.next_wave_at = min(row.next_wave_at, turn.deps.clock())
