"""Who is asked to come when somebody raises a hand, and what they and the asker are shown."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from bot.actions.absences_lanes import responsible_now
from bot.actions.approvers import approver_lanes, there
from bot.actions.cards import Cards, Facts
from bot.actions.cases_named import named
from bot.actions.contact import silent
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.handup import HandShown, News, State
from bot.domain.permissions import Role
from bot.domain.windows import moment
from bot.views import handup as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.attendance import shown_to
from storage.db import WorkspaceSession
from storage.handup import hand_up
from storage.outbox import Priority
from storage.people import all_grants, holders, member, member_by_slack_id, members_by_id
from storage.shifts import worked
from storage.swaps import note_text
from storage.tables import HandUp, Member

CARD, NEWS = "handup", "handup.news"


def register_cards(cards: Cards) -> None:
    """The card of a raised hand, and what is said beside it."""
    cards.register(CARD, load_hand, _draw_card)
    cards.register(NEWS, load_hand, _draw_news)


def load_hand(session: WorkspaceSession, hand_id: UUID | None) -> HandShown | None:
    """A raised hand as it is now; None if there is none."""
    row = hand_up(session, hand_id) if hand_id else None
    if row is None:
        return None
    asked = (each.lane for each in shown_to(session, CARD, row.id) if each.audience != views.ASKER)
    return HandShown(
        row.id,
        row.number,
        State(row.state),
        somebody(session, row.asked_by_id),
        row.asked_at,
        note_text(session, row.question_id),
        named(session, row.case_id),
        somebody(session, row.taken_by_id) if row.taken_by_id else None,
        row.taken_at,
        tuple(dict.fromkeys(asked)),
    )


def ask(session: WorkspaceSession, deps: Deps, row: HandUp) -> None:
    """Shows it to whoever is to be asked by now, at once, and then to the asker whom that is."""
    for lane, audience in _asked(session, row, deps.clock()).items():
        _show(session, deps, row, lane, audience)
    asker = member(session, row.asked_by_id)
    if asker and asker.slack_id:
        _show(session, deps, row, asker.slack_id, views.ASKER)


def show(session: WorkspaceSession, deps: Deps, row: HandUp) -> None:
    """Has whoever looks at it see what has become of it."""
    touch(session, deps, CARD, row.id)


def say(session: WorkspaceSession, deps: Deps, row: HandUp, news: News) -> None:
    """Tells the asker, beside their card; and where nobody came, those who were asked, too."""
    for each in shown_to(session, CARD, row.id):
        if news is News.MISSED or each.audience == views.ASKER:
            tell(
                session,
                deps,
                to=each.lane,
                card=NEWS,
                subject=row.id,
                audience=each.audience,
                key=f"{each.key}:{news}",
                facts={"news": news},
                parent=each.id,
                priority=Priority.PRESS,
            )


def asker_team(session: WorkspaceSession, row: HandUp) -> UUID | None:
    """The team of who raised it."""
    asker = member(session, row.asked_by_id)
    return asker.team_id if asker else None


def _show(session: WorkspaceSession, deps: Deps, row: HandUp, lane: str, audience: str) -> None:
    key = f"{CARD}:{row.id}:{lane}"
    tell(session, deps, to=lane, card=CARD, subject=row.id, audience=audience, key=key, priority=Priority.PRESS)


def _asked(session: WorkspaceSession, row: HandUp, now: datetime) -> dict[str, str]:
    """Who is asked, by lane, each with the audience that they are: levels in which anybody is, one per rung."""
    team_id = asker_team(session, row)
    not_asked = {row.asked_by_id, *silent(session, now)}
    within = moment(now)
    on = {each.member_id for each in worked(session, within.start, within.end)}
    leads = [each for each in _leads(session) if each.id in on]
    own = {each.id for each in holders(session, Role.LEAD, team_id)} if team_id else set()
    desk = approver_lanes(session, team_id, not_asked, now)
    levels = [
        _people((each for each in leads if each.id in own), not_asked),
        _people([*leads, *responsible_now(session, team_id, now)], not_asked),
        {lane: _audience(session, lane) for lane in desk},
        _people(there(session, holders(session, Role.MANAGER), now), not_asked),
    ]
    reached, found = 0, dict[str, str]()
    for level in levels:
        if level.keys() - found.keys() and reached <= row.rung:
            found.update(level)
            reached += 1
    return found


def _leads(session: WorkspaceSession) -> list[Member]:
    """The leads of every team, by name."""
    grants = all_grants(session)
    ids = [each for each, held in grants.items() if any(one.role == Role.LEAD for one in held)]
    active = (each for each in members_by_id(session, ids).values() if not each.deactivated_at)
    return sorted(active, key=lambda each: each.name)


def _people(people: Iterable[Member], but: Collection[UUID]) -> dict[str, str]:
    return {each.slack_id: str(each.id) for each in people if each.slack_id and each.id not in but}


def _audience(session: WorkspaceSession, lane: str) -> str:
    """A person by id, so that their card has their buttons; in a channel they are for all."""
    found = member_by_slack_id(session, lane)
    return str(found.id) if found else views.DESK


def _draw_card(shown: HandShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.hand_card(shown, audience, formats)


def _draw_news(shown: HandShown, audience: str, formats: Formats, facts: Facts) -> Message:
    return views.hand_news(shown, News(facts["news"]), audience, formats)
