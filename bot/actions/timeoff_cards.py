"""The cards of requests for time off: what each shows, and who has one."""

from collections.abc import Iterable
from uuid import UUID

from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.own import zone_of
from bot.actions.people import somebody
from bot.actions.timeoff import usual_day
from bot.actions.timeoff_requests import Turn
from bot.deps import Deps
from bot.domain.permissions import CLOCK
from bot.domain.timeoff import State
from bot.domain.timeoff_kinds import Privacy
from bot.domain.timeoff_seen import DECIDING, Audience, News, RequestShown, Said, Seat
from bot.domain.wallclock import local_date
from bot.views import timeoff_requests as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.outbox import Priority, message_of_key
from storage.people import member
from storage.swaps import note_text
from storage.tables import LeaveRequest
from storage.timeoff_requests import change_of, read_days, request

CARD, NEWS = "timeoff.request", "timeoff.news"


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card of a request, and what is said beside it when something happens."""

    def load(session: WorkspaceSession, request_id: UUID | None) -> RequestShown | None:
        row = request(session, request_id) if request_id else None
        return load_request(session, deps, row) if row else None

    def load_briefly(session: WorkspaceSession, request_id: UUID | None) -> RequestShown | None:
        row = request(session, request_id) if request_id else None
        return load_request(session, deps, row, reviewed=False) if row else None

    cards.register(CARD, load, _draw_card)
    cards.register(NEWS, load_briefly, _draw_news)


def load_request(
    session: WorkspaceSession, deps: Deps, row: LeaveRequest, *, reviewed: bool = True
) -> RequestShown:
    """A request as it stands now; ``reviewed``: with what approvers look at, as long as it waits."""
    turn = Turn(session, deps, CLOCK, row)
    person, kind, now = turn.person, turn.kind, deps.clock()
    replaced, changed_by, waits = turn.replaced, change_of(session, row), row.state == State.NEEDS_APPROVAL
    entered_by, decided_by, ended_by = (
        somebody(session, each) if each else None
        for each in (row.entered_by_id, row.decided_by_id, row.ended_by_id)
    )
    return RequestShown(
        row.id,
        row.number,
        State(row.state),
        somebody(session, row.member_id),
        kind.name,
        kind.privacy is Privacy.MANAGERS,
        read_days(row.wanted),
        read_days(row.days),
        local_date(now, zone_of(session, person, turn.preferred)),
        now,
        usual_day(person, row.first),
        row.asked_at,
        row.expires_at,
        note_text(session, row.note_id),
        note_text(session, row.reason_id),
        tuple(_said(session, row)),
        entered_by,
        decided_by,
        ended_by,
        replaced.number if replaced else None,
        changed_by.number if changed_by else None,
        turn.review() if reviewed and waits else None,
        waits and turn.needs_manager,
    )


def show(session: WorkspaceSession, deps: Deps, row: LeaveRequest, *audiences: Audience) -> None:
    """Gives each of the audiences the card, and has all that they have of it show the request as it is now."""
    touch(session, deps, CARD, row.id)
    for audience in audiences:
        for lane in _lanes(session, deps, row, audience):
            key = _key(row, audience, lane)
            tell(session, deps, to=lane, card=CARD, subject=row.id, audience=audience, key=key)


def say(
    session: WorkspaceSession,
    deps: Deps,
    row: LeaveRequest,
    news: News,
    *audiences: Audience,
    but: UUID | None = None,
    name: str = "",
    facts: Facts | None = None,
) -> None:
    """Tells the audiences what has happened, beside their card, once by its name; ``but`` is who knows."""
    for audience in audiences:
        for lane in _lanes(session, deps, row, audience, but):
            beside = message_of_key(session, _key(row, audience, lane))
            if beside is None and audience is Audience.NEXT_LEVEL:  # who never heard of it
                continue
            tell(
                session,
                deps,
                to=lane,
                card=NEWS,
                subject=row.id,
                audience=audience,
                key=f"{_key(row, audience, lane)}:{news}{name}",
                facts={"news": news, **(facts or {})},
                parent=beside.id if beside else None,
                priority=Priority.CARD,
            )


def _said(session: WorkspaceSession, row: LeaveRequest) -> Iterable[Said]:
    for each in row.talk:
        if text := note_text(session, UUID(each["note"])):
            yield Said(somebody(session, UUID(each["by"])), text)


def _lanes(
    session: WorkspaceSession, deps: Deps, row: LeaveRequest, audience: Audience, but: UUID | None = None
) -> list[str]:
    """The people or the channel that an audience is; nobody where there is no account or channel."""
    parties = {Audience.ASKER: row.member_id, Audience.PROXY: row.entered_by_id}
    if audience in parties:
        person_id = parties[audience]
        person = member(session, person_id) if person_id and person_id != but else None
        return [person.slack_id] if person and person.slack_id and not person.deactivated_at else []
    turn = Turn(session, deps, CLOCK, row)
    lanes = approver_lanes(session, turn.person.team_id, turn.concerned, deps.clock())
    higher = [each.slack_id for each in turn.next_level if each.slack_id] if turn.next_level_decides else []
    # Whoever is in both has one card: the one with the buttons.
    if turn.needs_manager:
        lanes = [each for each in lanes if each not in higher]
    else:
        higher = [each for each in higher if each not in lanes]
    return higher if audience is Audience.NEXT_LEVEL else lanes


def _key(row: LeaveRequest, audience: Audience, lane: str) -> str:
    return f"{CARD}:{row.id}:{audience}:{lane}"


def _draw_card(shown: RequestShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    seat = Seat(Audience(audience), reads_kind=audience not in DECIDING or not shown.private)
    return views.request_card(shown, seat, formats)


def _draw_news(shown: RequestShown, audience: str, formats: Formats, facts: Facts) -> Message:
    return views.request_news(shown, News(facts["news"]), Audience(audience), formats)
