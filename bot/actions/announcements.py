"""Announcing something: by who writes it, or by the bot."""

from datetime import datetime

from bot.actions.announced import where
from bot.actions.announcements_audience import audience_of
from bot.actions.announcements_cards import show_author
from bot.actions.announcements_turn import KIND, send
from bot.actions.notes import write_note
from bot.actions.record import record
from bot.deps import Deps
from bot.domain.announcements import (
    Audience,
    BadAnnouncement,
    Kind,
    NewAnnouncement,
    State,
    expiry,
    wrong_times,
    wrong_words,
)
from bot.domain.permissions import Actor
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.tables import Announcement, Article, ArticleVersion


def announce(session: WorkspaceSession, deps: Deps, actor: Actor, new: NewAnnouncement) -> Announcement:
    """Sends it, or keeps it until it is to be sent; whether the actor may is for the caller to ask.

    Raises ``BadAnnouncement``.
    """
    now = deps.clock()
    wrong = (*wrong_words(new.title, new.text), *wrong_times(now, new.send_at, new.due_at, new.expires_at))
    if wrong:
        raise BadAnnouncement(wrong)
    send_at = new.send_at or now
    row = Announcement(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, KIND),
        kind=new.kind,
        subject_id=new.subject_id,
        author_id=new.author_id,
        title=" ".join(new.title.split()),
        note_id=write_note(session, deps, new.author_id, new.text),
        audience=new.audience.document(),
        channels=list(new.channels),
        mentions=new.mentions,
        asks=new.asks,
        state=State.SCHEDULED,
        revision=1,
        asks_from=1,
        written_at=now,
        send_at=send_at,
        due_at=new.due_at if new.asks else None,
        expires_at=expiry(new.expires_at, send_at, new.due_at),
        next_at=send_at,
    )
    session.add(row)
    session.flush()
    said = {"kind": row.kind, "audience": row.audience, "channels": row.channels, "mentions": row.mentions}
    record(session, deps, actor, "announcement.write", (KIND, row.id), None, said, row.number)
    show_author(session, deps, row)
    if new.send_at is None:
        send(session, deps, actor, row)
    return row


def announce_sop(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    article: Article,
    version: ArticleVersion,
    audience: Audience,
    due_at: datetime | None,
    text: str,
) -> Announcement | None:
    """Asks people to acknowledge a procedure that was changed; None where there is nobody to ask.

    ``text`` says why and what is different, in Slack's markup without mentions. It is heard where their teams
    hear of procedures and, where one of them does nowhere, by each in a direct message.
    """
    people = audience_of(session, audience, deps.clock(), actor.member_id)
    if not people:
        return None
    heard = {where(session, Kind.SOP, each.id) for each in {each.team_id: each for each in people}.values()}
    channels = () if None in heard else tuple(sorted(filter(None, heard)))
    new = NewAnnouncement(
        Kind.SOP,
        version.title,
        text,
        audience,
        actor.member_id,
        channels,
        due_at=due_at,
        subject_id=article.id,
    )
    return announce(session, deps, actor, new)
