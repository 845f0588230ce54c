"""The cards of exceptions: who is asked to approve one, what everybody is shown, and what is said of it."""

from collections.abc import Collection
from uuid import UUID

from bot.actions.approvers import first_there
from bot.actions.cards import Cards, Facts
from bot.actions.cases_cards import say_in_thread
from bot.actions.cases_named import named
from bot.actions.cases_turn import CARD as CASE_CARD
from bot.actions.nudges import nudge
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.actions.settings import WORKSPACE, preferences
from bot.deps import Deps
from bot.domain.exceptions import ExceptionShown, Kind, Limit, Money, News, State, deciders
from bot.domain.nudges import Kind as Nudged
from bot.domain.permissions import Role
from bot.views import exceptions as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.attendance import shown_to
from storage.cases import case
from storage.db import WorkspaceSession
from storage.exceptions import exception_of
from storage.outbox import Priority
from storage.people import holders, member, member_by_slack_id
from storage.swaps import note_text
from storage.tables import CaseException, Member
from storage.tables import Message as OutMessage

CARD, NEWS, IN_CASE = "exception", "exception.news", "exception.in_case"


def register_cards(cards: Cards) -> None:
    """The card of an exception, what is said beside it, and what is said in the thread of the case."""
    cards.register(CARD, _load, _draw_card)
    cards.register(NEWS, _load, _draw_news)
    cards.register(IN_CASE, _load, _draw_in_case)


def load_exception(session: WorkspaceSession, row: CaseException) -> ExceptionShown:
    """An exception as it stands now."""
    return ExceptionShown(
        row.id,
        row.number,
        Kind(row.kind),
        Money(row.amount_minor, row.currency),
        State(row.state),
        named(session, row.case_id),
        somebody(session, row.asked_by_id),
        row.asked_at,
        row.due_at,
        note_text(session, row.reason_id),
        somebody(session, row.decided_by_id) if row.decided_by_id else None,
        note_text(session, row.decision_id),
    )


def ask(session: WorkspaceSession, deps: Deps, row: CaseException, limits: Collection[Limit]) -> None:
    """Shows it to who approves it: the lowest who may and are there and, after two reminders, the next as well."""
    roles = deciders(Money(row.amount_minor, row.currency), limits)
    tiers = [_lanes(session, deps, row, roles[number:]) for number in range(len(roles))]
    reached = [each for each in dict.fromkeys(map(tuple, tiers)) if each]
    for lane in dict.fromkeys(one for each in reached[: max(row.rung, 1)] for one in each):
        _show(session, deps, row, lane, views.APPROVERS)


def show(session: WorkspaceSession, deps: Deps, row: CaseException) -> None:
    """Has whoever looks at it, or at its case, see what has become of it."""
    touch(session, deps, CARD, row.id)
    touch(session, deps, CASE_CARD, row.case_id)


def show_asker(session: WorkspaceSession, deps: Deps, row: CaseException) -> None:
    """Gives whoever asked the card."""
    asker = member(session, row.asked_by_id)
    if asker and asker.slack_id:
        _show(session, deps, row, asker.slack_id, views.ASKER)


def say(session: WorkspaceSession, deps: Deps, row: CaseException, news: News) -> None:
    """Tells whoever asked, and the owner of the case; where nobody has decided, also who was to."""
    for each in shown_to(session, CARD, row.id):
        if not _has_left(session, each.lane) and (each.audience == views.ASKER or news is News.EXPIRED):
            _say_beside(session, deps, each, news, str(news))
    owned = case(session, row.case_id)
    if owned and owned.owner_id != row.asked_by_id:
        say_in_thread(session, deps, owned, IN_CASE, row.id, None, f"{IN_CASE}:{row.id}:{news}")


def remind(session: WorkspaceSession, deps: Deps, row: CaseException) -> None:
    """Reminds approvers: a channel beside the card, a person together with whatever else waits for them."""
    for each in shown_to(session, CARD, row.id):
        if each.audience == views.APPROVERS and not _has_left(session, each.lane):
            person = member_by_slack_id(session, each.lane)
            if person:
                key = f"{each.key}:{row.rung}"
                nudge(session, deps, person.id, Nudged.EXCEPTION, row.id, key, {})
            else:
                _say_beside(session, deps, each, News.REMINDER, f"{News.REMINDER}{row.rung}")


def _has_left(session: WorkspaceSession, lane: str) -> bool:
    person = member_by_slack_id(session, lane)
    return person is not None and person.deactivated_at is not None


def _say_beside(session: WorkspaceSession, deps: Deps, card: OutMessage, news: News, name: str) -> None:
    tell(
        session,
        deps,
        to=card.lane,
        card=NEWS,
        subject=card.subject_id,
        audience=card.audience,
        key=f"{card.key}:{name}",
        facts={"news": news},
        parent=card.id,
        priority=Priority.CARD,
    )


def _show(session: WorkspaceSession, deps: Deps, row: CaseException, lane: str, audience: str) -> None:
    key = f"{CARD}:{row.id}:{lane}"
    tell(session, deps, to=lane, card=CARD, subject=row.id, audience=audience, key=key)


def _lanes(session: WorkspaceSession, deps: Deps, row: CaseException, roles: Collection[Role]) -> list[str]:
    """The first of these roles in which anybody is there whom it does not concern."""
    asker = member(session, row.asked_by_id)
    team_id = asker.team_id if asker else None
    levels = [_holders(session, role, team_id) for role in roles]
    people = first_there(session, levels, {row.asked_by_id}, deps.clock())
    coordinators = {each.id for each in _holders(session, Role.COORDINATOR, None)}
    channel = preferences(session, f"team:{team_id}" if team_id else WORKSPACE).ops_channel
    if channel and people and {each.id for each in people} <= coordinators:
        return [channel]
    return [each.slack_id for each in people if each.slack_id]


def _holders(session: WorkspaceSession, role: Role, team_id: UUID | None) -> list[Member]:
    """Who holds a role: of leads those of the team, and those of all teams."""
    of_team = holders(session, role, team_id) if team_id and role is Role.LEAD else []
    return list({each.id: each for each in (*of_team, *holders(session, role))}.values())


def _load(session: WorkspaceSession, exception_id: UUID | None) -> ExceptionShown | None:
    row = exception_of(session, exception_id) if exception_id else None
    return load_exception(session, row) if row else None


def _draw_card(shown: ExceptionShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.exception_card(shown, audience, formats)


def _draw_news(shown: ExceptionShown, audience: str, formats: Formats, facts: Facts) -> Message:
    return views.exception_news(shown, News(facts["news"]), audience, formats)


def _draw_in_case(shown: ExceptionShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.exception_in_case(shown, formats)
