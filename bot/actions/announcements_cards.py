"""The cards of announcements: in channels, in direct messages, and whoever wrote one sees how it goes."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.announcements_audience import audience_shown
from bot.actions.cards import Cards, Facts
from bot.actions.outbox import tell, touch
from bot.actions.people import somebody
from bot.deps import Deps
from bot.domain.announcements import Kind, State, read_audience
from bot.domain.announcements_shown import AnnouncementShown, News, ReaderShown, Seat
from bot.views import announcements as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.announcements import announcement_of, read_counts, reader_by_id
from storage.attendance import shown_to
from storage.db import WorkspaceSession
from storage.outbox import Priority, end_unsent, message_of_key
from storage.people import member
from storage.swaps import note_text
from storage.tables import Announcement, AnnouncementReader, Member

CARD, READER, NEWS = "announcement", "announcement.reader", "announcement.news"


def register_cards(cards: Cards) -> None:
    """The card in a channel or of the author, that of each reader, and what is said beside or after it."""
    cards.register(CARD, _load, _draw_card)
    cards.register(READER, load_reader, _draw_reader)
    cards.register(NEWS, _load, _draw_news)


def load_announcement(session: WorkspaceSession, row: Announcement) -> AnnouncementShown:
    """An announcement as it stands now."""
    read, readers = read_counts(session, row)
    return AnnouncementShown(
        row.id,
        row.number,
        Kind(row.kind),
        State(row.state),
        row.title,
        note_text(session, row.note_id),
        somebody(session, row.author_id) if row.author_id else None,
        audience_shown(session, read_audience(row.audience)),
        tuple(row.channels),
        row.mentions,
        row.asks,
        row.revision,
        row.send_at,
        row.sent_at,
        row.due_at,
        row.expires_at,
        readers,
        read,
        row.subject_id,
    )


def show_author(session: WorkspaceSession, deps: Deps, row: Announcement) -> None:
    """Gives whoever wrote it the card on which they see how it goes."""
    author = member(session, row.author_id) if row.author_id else None
    if author and author.slack_id:
        key = f"{CARD}:{row.id}:{Seat.AUTHOR}"
        tell(
            session,
            deps,
            to=author.slack_id,
            card=CARD,
            subject=row.id,
            audience=Seat.AUTHOR,
            key=key,
            priority=Priority.PRESS,
        )


def show_channels(session: WorkspaceSession, deps: Deps, row: Announcement) -> None:
    """Posts it in its channels."""
    for channel in row.channels:
        tell(
            session,
            deps,
            to=channel,
            card=CARD,
            subject=row.id,
            audience=Seat.CHANNEL,
            key=f"{CARD}:{row.id}:{channel}",
            expires_at=row.expires_at,
        )


def show_reader(
    session: WorkspaceSession, deps: Deps, row: Announcement, reader: AnnouncementReader, person: Member
) -> None:
    """Posts it to one of its readers."""
    if person.slack_id:
        tell(
            session,
            deps,
            to=person.slack_id,
            card=READER,
            subject=reader.id,
            key=f"{READER}:{reader.id}",
            priority=Priority.OFFER,
            expires_at=row.expires_at,
        )


def renew(
    session: WorkspaceSession, deps: Deps, row: Announcement, readers: Iterable[AnnouncementReader] = ()
) -> None:
    """Has the channels and the author see it as it is now, and those of the readers who have it to themselves."""
    touch(session, deps, CARD, row.id)
    if not row.channels:
        for reader in readers:
            touch(session, deps, READER, reader.id)


def end_posting(
    session: WorkspaceSession, deps: Deps, row: Announcement, readers: Iterable[AnnouncementReader]
) -> None:
    """Nobody who has not been sent it yet is sent it any more."""
    end_unsent(session, CARD, row.id, [Seat.CHANNEL], deps.clock())
    if not row.channels:
        for reader in readers:
            end_reader(session, deps, reader)


def end_reader(session: WorkspaceSession, deps: Deps, reader: AnnouncementReader) -> None:
    """Whoever has not been sent it yet is sent it no more."""
    end_unsent(session, READER, reader.id, [""], deps.clock())


def say_changed(
    session: WorkspaceSession, deps: Deps, row: Announcement, readers: Iterable[tuple[AnnouncementReader, Member]]
) -> None:
    """Tells everybody that it has changed and is to be read again, beside what they have of it."""
    places = [(each.lane, each.key) for each in shown_to(session, CARD, row.id) if each.audience == Seat.CHANNEL]
    if not row.channels:
        places = [(person.slack_id, f"{READER}:{each.id}") for each, person in readers if person.slack_id]
    for lane, key in places:
        beside = message_of_key(session, key)
        # Whoever has not been sent it yet is sent what it says now.
        if beside and beside.ts:
            _say(session, deps, row, lane, News.CHANGED, {}, beside.id)


def say_late(
    session: WorkspaceSession,
    deps: Deps,
    row: Announcement,
    lane: str,
    missing: int,
    readers: int,
    teams: Sequence[str],
) -> None:
    """Tells who leads people, or wrote it, that so many of so many in these teams have not read it in time."""
    facts = {"missing": missing, "readers": readers, "teams": list(teams)}
    _say(session, deps, row, lane, News.LATE, facts, None)


def load_reader(session: WorkspaceSession, reader_id: UUID | None) -> ReaderShown | None:
    """An announcement as one of its readers has it."""
    reader = reader_by_id(session, reader_id) if reader_id else None
    shown = _load(session, reader.announcement_id) if reader else None
    if reader is None or shown is None:
        return None
    row = announcement_of(session, shown.id)
    return ReaderShown(shown, read_at(reader, row)) if row else None


def read_at(reader: AnnouncementReader, row: Announcement) -> datetime | None:
    """Since when somebody has read it as it has to be; None: not yet."""
    return reader.acknowledged_at if (reader.acknowledged or 0) >= row.asks_from else None


def _say(
    session: WorkspaceSession,
    deps: Deps,
    row: Announcement,
    lane: str,
    news: News,
    facts: Facts,
    beside: UUID | None,
) -> None:
    tell(
        session,
        deps,
        to=lane,
        card=NEWS,
        subject=row.id,
        key=f"{NEWS}:{row.id}:{news}:{row.revision}:{lane}",
        facts={"news": news, **facts},
        parent=beside,
        priority=Priority.CARD,
        expires_at=row.expires_at,
    )


def _load(session: WorkspaceSession, announcement_id: UUID | None) -> AnnouncementShown | None:
    row = announcement_of(session, announcement_id) if announcement_id else None
    return load_announcement(session, row) if row else None


def _draw_card(shown: AnnouncementShown, audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.announcement_card(shown, Seat(audience), formats)


def _draw_reader(shown: ReaderShown, _audience: str, formats: Formats, _facts: Facts) -> Message:
    return views.reader_card(shown, formats)


def _draw_news(shown: AnnouncementShown, _audience: str, formats: Formats, facts: Facts) -> Message | None:
    return views.announcement_news(shown, News(facts["news"]), facts, formats)
