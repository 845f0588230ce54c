"""What is said beside the card of shifts that need an owner: what has come to it, come back or been declined."""

from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.covers_cards import load_part
from bot.actions.departures_cards import key_of, lanes_of, loader
from bot.actions.outbox import tell
from bot.actions.people import somebody
from bot.actions.unowned import stints_of
from bot.deps import Deps
from bot.domain.covers_shown import CoverShown, PartShown
from bot.domain.departures import DepartureShown
from bot.views import departures as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.departures import departures_ahead
from storage.outbox import message_of_key
from storage.tables import Cover, CoverPart, Departure, Import

BACK, NEEDED, DECLINED = "departure.news", "departure.needed", "departure.declined"
_THEMSELVES = "member"


def register_cards(cards: Cards, deps: Deps) -> None:
    """The cards of this module."""
    cards.register(BACK, loader(deps), _draw_back)
    cards.register(NEEDED, loader(deps), _draw_needed)
    cards.register(DECLINED, load_part, _draw_declined)


def say_back(session: WorkspaceSession, deps: Deps, row: Departure, given: int) -> None:
    """Tells the coordinators and the person of how many shifts are theirs again."""
    person = somebody(session, row.member_id)
    to = dict.fromkeys(lanes_of(session, row), "")
    if person.slack_id and given:
        to[person.slack_id] = _THEMSELVES
    for lane, audience in to.items():
        _say(session, deps, row, lane, "back", BACK, row.id, {"given": given}, audience)


def say_needed(session: WorkspaceSession, deps: Deps, row: Departure, entry: Import, number: int) -> None:
    """Tells the coordinators of shifts that an import, or its undoing, has put on the card."""
    for lane in lanes_of(session, row):
        name = f"{entry.id}:{'undone' if entry.undone_at else 'done'}"
        _say(session, deps, row, lane, name, NEEDED, row.id, {"number": number})


def say_declined(session: WorkspaceSession, deps: Deps, cover: Cover, part: CoverPart) -> None:
    """Tells the coordinators that whom they had chosen for something on a card does not work it."""
    for row in departures_ahead(session, deps.clock()):
        if any(each.shift_id == cover.shift_id for each in stints_of(row)):
            for lane in lanes_of(session, row):
                _say(session, deps, row, lane, str(part.id), DECLINED, part.id)


def _say(
    session: WorkspaceSession,
    deps: Deps,
    row: Departure,
    lane: str,
    name: str,
    card: str,
    subject: UUID,
    facts: Facts | None = None,
    audience: str = "",
) -> None:
    key = key_of(row, lane)
    beside = message_of_key(session, key)
    tell(
        session,
        deps,
        to=lane,
        card=card,
        subject=subject,
        audience=audience,
        key=f"{key}:{name}",
        facts=facts,
        parent=beside.id if beside else None,
    )


def _draw_back(shown: DepartureShown, audience: str, _formats: Formats, facts: Facts) -> Message:
    return views.back(shown, facts["given"], to_themselves=audience == _THEMSELVES)


def _draw_needed(shown: DepartureShown, _audience: str, _formats: Formats, facts: Facts) -> Message:
    return views.needed(shown, facts["number"])


def _draw_declined(
    found: tuple[CoverShown, PartShown], _audience: str, formats: Formats, _facts: Facts
) -> Message:
    return views.declined(*found, formats)
