"""The card of a gap: for the coordinators, and for who leads the floor once it is near."""

from collections.abc import Collection, Sequence, Set
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.absences_lanes import responsible_now
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.covers_cards import load_covers
from bot.actions.outbox import tell, touch
from bot.actions.parties import Parties
from bot.actions.people import somebody
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.coverage_documents import read_gap, read_levels
from bot.domain.coverage_gaps_shown import GapCard, Risk
from bot.domain.coverage_settings import read_ahead
from bot.domain.coverage_supply import Post, posts_for
from bot.domain.coverage_watch import LIVE, Said, State
from bot.domain.permissions import Role
from bot.domain.windows import moment
from bot.views import coverage_gaps as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.db import WorkspaceSession
from storage.gaps import found_at_once, gap, gaps_ahead
from storage.outbox import message_of_key
from storage.people import all_grants, members, members_by_id
from storage.shifts import queues, worked
from storage.swaps import note_text
from storage.tables import CoverageGap

_MINUTE = timedelta(minutes=1)
CARD, NEWS, MANY = "coverage_gap", "coverage_gap.news", "coverage_gap.many"


def register_cards(cards: Cards, deps: Deps) -> None:
    """The card, what is said beside it, and the list of many that were found at once."""
    cover = f"/{deps.settings.command_prefix}cover"

    def draw_card(shown: GapCard, _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.gap_card(shown, formats, cover)

    cards.register(CARD, load_gap, draw_card)
    cards.register(NEWS, load_gap, _draw_news)
    command = f"/{deps.settings.command_prefix}coverage"

    def draw_many(shown: Sequence[GapCard], _audience: str, formats: Formats, _facts: Facts) -> Message:
        return views.many_gaps(shown, command, formats)

    cards.register(MANY, _load_many, draw_many)


def load_gap(session: WorkspaceSession, gap_id: UUID | None) -> GapCard | None:
    """A gap as it stands now; None if there is none."""
    row = gap(session, gap_id) if gap_id else None
    if row is None:
        return None
    short = read_gap(row.parts)
    wanted = {post.queue for post in short.posts}
    risk = None
    if row.state == State.ACCEPTED and row.accepted_by_id:
        reason = note_text(session, row.reason_id) or ""
        risk = Risk(somebody(session, row.accepted_by_id), reason, row.accepted_until)
    return GapCard(
        row.id,
        State(row.state),
        short,
        read_levels(row.levels),
        {
            queue.name: preferences(session, f"queue:{queue.id}").service_level_percent
            for queue in queues(session)
            if queue.name in wanted
        },
        tuple(load_covers(session, [UUID(each["cover"]) for each in row.covers]).values()),
        risk,
        row.rung_minutes * _MINUTE <= min(read_ahead(preferences(session).gap_warning_hours)),
    )


def show(session: WorkspaceSession, deps: Deps, row: CoverageGap, *, urgent: bool = False) -> None:
    """Gives the card to whoever does something about it."""
    for lane in _lanes(session, deps.clock(), row if urgent else None):
        tell(session, deps, to=lane, card=CARD, subject=row.id, key=_key(row, lane))


def show_many(session: WorkspaceSession, deps: Deps, row: CoverageGap) -> None:
    """Gives the list of all that were found with it: each gets a card of its own once it is nearer."""
    first = found_at_once(session, row)[0]
    for lane in _lanes(session, deps.clock()):
        tell(session, deps, to=lane, card=MANY, subject=first.id, key=f"{MANY}:{first.id}:{lane}")


def touch_gap(session: WorkspaceSession, deps: Deps, row: CoverageGap) -> None:
    """Has its card shown anew, and the list that it is on."""
    touch(session, deps, CARD, row.id)
    touch(session, deps, MANY, found_at_once(session, row)[0].id)


def say(session: WorkspaceSession, deps: Deps, row: CoverageGap, said: Said, *, urgent: bool = False) -> None:
    """Says it beside the card; whoever has none yet gets that instead."""
    now = deps.clock()
    for lane in _lanes(session, now, row if urgent else None):
        card = message_of_key(session, _key(row, lane))
        if card is None:
            tell(session, deps, to=lane, card=CARD, subject=row.id, key=_key(row, lane))
            continue
        tell(
            session,
            deps,
            to=lane,
            card=NEWS,
            subject=row.id,
            key=f"{_key(row, lane)}:{said}:{now.isoformat()}",
            facts={"said": said},
            parent=card.id,
        )


def renew(session: WorkspaceSession, deps: Deps, shift_ids: Collection[UUID]) -> None:
    """Has the cards show anew on which any of these shifts is."""
    wanted = {str(each) for each in shift_ids}
    for row in gaps_ahead(session, deps.clock()):
        if any(each["shift"] in wanted for each in row.covers):
            touch_gap(session, deps, row)


def leads_on(session: WorkspaceSession, now: datetime, team_ids: Set[UUID] | None = None) -> list[str]:
    """The accounts of the leads who are on now; while none is, of who answers for the floor at this hour.

    With ``team_ids`` the leads of these teams, and those who lead all.
    """
    concerned = None if team_ids is None else {None, *team_ids}
    within = moment(now)
    on = {each.member_id for each in worked(session, within.start, within.end)}
    leads = [
        member_id
        for member_id, grants in all_grants(session).items()
        if member_id in on
        and any(each.role == Role.LEAD and (concerned is None or each.team_id in concerned) for each in grants)
    ]
    people = [*members_by_id(session, leads).values()] or responsible_now(session, None, now)
    return [each.slack_id for each in people if each.slack_id and not each.deactivated_at]


def _load_many(session: WorkspaceSession, first: UUID | None) -> list[GapCard] | None:
    row = gap(session, first) if first else None
    if row is None:
        return None
    every = sorted(found_at_once(session, row), key=lambda each: (each.start, each.id))
    return [shown for each in every if (shown := load_gap(session, each.id))]


def _lanes(session: WorkspaceSession, now: datetime, near_gap: CoverageGap | None = None) -> list[str]:
    """The coordinators; of a gap that is near also the leads who are on of teams that could fill it."""
    near = leads_on(session, now, _able(session, read_gap(near_gap.parts).posts)) if near_gap else []
    return list(dict.fromkeys([*approver_lanes(session, None, ()), *near]))


def _able(session: WorkspaceSession, posts: Set[Post]) -> set[UUID]:
    """The teams of whose people somebody has the skills that one of the posts takes."""
    parties = Parties(session)
    needed = {queue.name: parties.needs(queue)[0] for queue in queues(session)}
    takes = {post: needed[post.queue] | {post.skill} - {""} for post in posts}
    team_of = {each.id: each.team_id for each in members(session) if each.team_id and not each.deactivated_at}
    able = parties.skills_of(team_of)
    return {team_id for member_id, team_id in team_of.items() if posts_for(None, able[member_id], takes)}


def _key(row: CoverageGap, lane: str) -> str:
    return f"{CARD}:{row.id}:{lane}"


def _draw_news(shown: GapCard, _audience: str, formats: Formats, facts: Facts) -> Message | None:
    """None where it was filled, or somebody has decided to live with it, before anybody could be told."""
    if shown.state not in LIVE or shown.risk:
        return None
    return views.gap_news(shown, Said(facts["said"]), formats)
