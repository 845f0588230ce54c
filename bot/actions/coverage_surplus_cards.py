"""The cards of time off that is offered: for whoever is asked, and for who offered it."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.coverage_surplus import Answer, AskShown, OfferShown, State
from bot.domain.intervals import Interval
from bot.views import coverage_surplus as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.people import members_by_id
from storage.surplus import surplus_asks, surplus_offer
from storage.tables import SurplusOffer

OFFER, ASK = "surplus.offer", "surplus.ask"


def register_cards(cards: Cards) -> None:
    """Both cards."""
    cards.register(OFFER, load_offer, _draw_offer)
    cards.register(ASK, load_offer, _draw_ask)


def load_offer(session: WorkspaceSession, offer_id: UUID | None) -> OfferShown | None:
    """An offer as it stands now; None if there is none."""
    row = surplus_offer(session, offer_id) if offer_id else None
    if row is None:
        return None
    return OfferShown(
        row.id,
        State(row.state),
        Interval(row.start, row.end),
        tuple(dict.fromkeys(each["queue"] for each in row.posts)),
        row.places,
        somebody(session, row.offered_by_id),
        tuple(
            AskShown(
                somebody(session, each.member_id),
                Interval(each.start, each.end),
                Answer(each.answer) if each.answer else None,
            )
            for each in surplus_asks(session, row.id)
        ),
    )


def show(session: WorkspaceSession, deps: Deps, row: SurplusOffer) -> None:
    """Has everybody see it as it is now, also who offered it."""
    by = somebody(session, row.offered_by_id)
    if by.slack_id:
        tell(session, deps, to=by.slack_id, card=OFFER, subject=row.id, key=f"{OFFER}:{row.id}")
    touch(session, deps, OFFER, row.id)
    touch(session, deps, ASK, row.id)


def show_asked(session: WorkspaceSession, deps: Deps, row: SurplusOffer, member_ids: Iterable[UUID]) -> None:
    """Asks these people."""
    for person in members_by_id(session, member_ids).values():
        if person.slack_id:
            tell(
                session,
                deps,
                to=person.slack_id,
                card=ASK,
                subject=row.id,
                audience=str(person.id),
                key=f"{ASK}:{row.id}:{person.id}",
                priority=Priority.OFFER,
            )


def _draw_offer(shown: OfferShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.offer_card(shown, formats)


def _draw_ask(shown: OfferShown, audience: str, formats: Formats, _facts: Facts) -> Message | None:
    return views.ask_card(shown, UUID(audience), formats)
