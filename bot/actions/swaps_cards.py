"""The cards of swaps: what each shows, and who has one."""

from uuid import UUID

from bot.actions.announced import where
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.announcements import Kind
from bot.domain.intervals import Interval
from bot.domain.swaps import State
from bot.domain.swaps_review import from_document
from bot.domain.swaps_shown import Audience, News, Seat, SwapShift, SwapShown
from bot.views import swaps as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.outbox import message_about, message_of_key
from storage.people import member
from storage.swaps import assignment, note_text, queue_of, swap
from storage.tables import Swap

CARD = "swap"
NEWS = "swap.news"


def register_cards(cards: Cards) -> None:
    """The card of a swap, and what is said beside it when something happens."""
    cards.register(CARD, load_swap, _draw_card)
    cards.register(NEWS, load_swap, _draw_news)


def load_swap(session: WorkspaceSession, swap_id: UUID | None) -> SwapShown | None:
    """A swap as it stands now; None if there is none."""
    row = swap(session, swap_id) if swap_id else None
    if row is None:
        return None
    taker = swap(session, row.superseded_by_id) if row.superseded_by_id else None
    return SwapShown(
        row.id,
        row.number,
        State(row.state),
        somebody(session, row.asker_id),
        somebody(session, row.colleague_id),
        _shift(session, row.given_made_id or row.given_id),
        _shift(session, row.returned_made_id or row.returned_id),
        from_document(row.review),
        row.proposed_at,
        row.expires_at,
        note_text(session, row.note_id),
        note_text(session, row.answer_id),
        note_text(session, row.reason_id),
        row.accepted_at is not None,
        somebody(session, row.decided_by_id) if row.decided_by_id else None,
        row.settled_at,
        row.undo_wanted_by_id,
        (somebody(session, taker.asker_id), somebody(session, taker.colleague_id)) if taker else None,
        *(
            somebody(session, each) if each else None
            for each in (row.entered_by_id, row.answered_by_id, row.ended_by_id)
        ),
    )


def show(session: WorkspaceSession, deps: Deps, row: Swap, *audiences: Audience) -> None:
    """Gives each of the audiences the card, and has all that they have of it show the swap as it is now."""
    touch(session, deps, CARD, row.id)
    for audience in audiences:
        for lane in _lanes(session, row, audience):
            tell(
                session, deps, to=lane, card=CARD, subject=row.id, audience=audience, key=_key(row, audience, lane)
            )


def say(
    session: WorkspaceSession, deps: Deps, row: Swap, news: News, *audiences: Audience, but: UUID | None = None
) -> None:
    """Tells the audiences what has happened, each beside their card; ``but`` is the member who knows."""
    for audience in audiences:
        reply(session, deps, row, audience, NEWS, news, {"news": news}, but=but)


def reply(
    session: WorkspaceSession,
    deps: Deps,
    row: Swap,
    audience: Audience,
    card: str,
    name: str,
    facts: Facts,
    but: UUID | None = None,
) -> None:
    """Posts another card beside the swap's own, wherever the audience has that; once by its name."""
    for lane in _lanes(session, row, audience, but):
        beside = message_of_key(session, _key(row, audience, lane))
        tell(
            session,
            deps,
            to=lane,
            card=card,
            subject=row.id,
            audience=audience,
            key=f"{_key(row, audience, lane)}:{name}",
            facts=facts,
            parent=beside.id if beside else None,
        )


def _lanes(session: WorkspaceSession, row: Swap, audience: Audience, but: UUID | None = None) -> list[str]:
    """The people or the channel that an audience is; nobody where there is no account or channel."""
    people = {
        Audience.ASKER: row.asker_id,
        Audience.COLLEAGUE: row.colleague_id,
        Audience.PROXY: row.entered_by_id,
    }
    if audience in people:
        person_id = people[audience]
        person = member(session, person_id) if person_id and person_id != but else None
        return [person.slack_id] if person and person.slack_id and not person.deactivated_at else []
    if audience is Audience.FLOOR:
        announced = message_about(session, CARD, row.id, Audience.FLOOR)
        channel = announced.lane if announced else where(session, Kind.SWAP, row.asker_id, row.colleague_id)
        return [channel] if channel else []
    asker = member(session, row.asker_id)
    concerned = {row.asker_id, row.colleague_id, row.entered_by_id, row.answered_by_id}
    return approver_lanes(session, asker.team_id if asker else None, concerned)


def _key(row: Swap, audience: Audience, lane: str) -> str:
    return f"{CARD}:{row.id}:{audience}:{lane}"


def _shift(session: WorkspaceSession, assignment_id: UUID) -> SwapShift:
    row = assignment(session, assignment_id)
    if row is None:
        raise LookupError(f"a swap names an assignment that is gone: {assignment_id}")
    queue = queue_of(session, row)
    return SwapShift(row.id, Interval(row.start, row.end), queue.name if queue else None)


def _draw_card(shown: SwapShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    # Who has a copy as a proxy entered it for the asker.
    sides = frozenset({Audience.ASKER} if audience == Audience.PROXY else ())
    return views.swap_card(shown, Seat(Audience(audience), sides), formats)


def _draw_news(shown: SwapShown, audience: str, formats: Formats, facts: Facts) -> Message:
    return views.swap_news(shown, News(facts["news"]), Audience(audience), formats)
