"""Tells teams that their schedule goes further than it did; what is changed of it, its owners read themselves."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.announced import where
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.announcements import Kind
from bot.domain.wallclock import local_date
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.shifts_told import schedule_published
from storage.db import WorkspaceSession
from storage.outbox import Priority
from storage.tables import Import, Member

PUBLISHED = "shifts.published"


def tell_teams(
    session: WorkspaceSession,
    deps: Deps,
    entry: Import,
    added: Iterable[tuple[Member, datetime]],
    last: datetime | None,
) -> None:
    """Announces what was added beyond the ``last`` shift that there was, to each team where it hears of that.

    ``added`` are the shifts, by who works them and when they start.
    """
    after = max(last or deps.clock(), deps.clock())
    starts, lanes = defaultdict[str, list[datetime]](list), dict[UUID | None, str | None]()
    for person, start in added:
        if start > after:
            if person.team_id not in lanes:
                lanes[person.team_id] = where(session, Kind.SCHEDULE, person.id)
            if lane := lanes[person.team_id]:
                starts[lane].append(start)
    zone = ZoneInfo(preferences(session).time_zone)
    for lane, found in starts.items():
        days = [local_date(each, zone).isoformat() for each in (min(found), max(found))]
        tell(
            session,
            deps,
            to=lane,
            card=PUBLISHED,
            subject=entry.id,
            key=f"{PUBLISHED}:{entry.id}:{lane}",
            facts={"days": days, "shifts": len(found)},
            priority=Priority.BULK,
            expires_at=max(found),
        )


def register_cards(cards: Cards, prefix: str) -> None:
    """The card of this module; ``prefix`` precedes the commands."""

    def load(session: WorkspaceSession, subject: UUID | None) -> Import | None:
        return session.get(Import, (session.workspace_id, subject))

    def draw(entry: Import, _audience: str, formats: Formats, facts: Facts) -> Message:
        first, last = (date.fromisoformat(each) for each in facts["days"])
        return schedule_published(
            first, last, facts["shifts"], formats, f"/{prefix}shifts", taken_back=entry.undone_at is not None
        )

    cards.register(PUBLISHED, load, draw)
