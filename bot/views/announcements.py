"""An announcement in every state it can be in: in a channel, in a direct message, and for who wrote it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.domain.announcements import OPEN, Kind, State
from bot.domain.announcements_shown import AnnouncementLine, AnnouncementShown, News, ReaderShown, Seat
from bot.views.announcements_text import body
from bot.views.announcements_words import (
    audience_words,
    count_words,
    ended_words,
    people_words,
    team_words,
    title_words,
)
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, person
from bot.views.forms import confirmation
from bot.views.requests import zone_line

ACKNOWLEDGE, READ, SHOW = "announcement.acknowledge", "announcement.read", "announcement.show"
HOW_MANY = "announcement.how_many"
READERS, EDIT, WITHDRAW, SEND = (
    "announcement.readers",
    "announcement.edit",
    "announcement.withdraw",
    "announcement.send",
)
OPEN_ARTICLE = "kb.open"
LONGEST_EDITED = 3000  # characters, of which a form takes no more


def announcement_card(shown: AnnouncementShown, seat: Seat, formats: Formats) -> Message:
    """What is said, by whom, how many have read it, and what can be done."""
    if seat is Seat.AUTHOR:
        return _author_card(shown, formats)
    if shown.state is State.WITHDRAWN:
        return _withdrawn(shown)
    mention = [section("<!channel>")] if shown.mentions else []
    small = [*_small(shown, formats, due=shown.state is State.SENT), *([count_words(shown)] if shown.asks else [])]
    asks = shown.asks and shown.state is not State.EXPIRED
    row = [*([acknowledge_button(shown)] if asks else []), *_article(shown)]
    return message(
        f"{'<!channel> ' if shown.mentions else ''}{_headline(shown)}",
        *mention,
        *body(shown.title, shown.text),
        *([buttons(*row)] if row else ()),
        zone_line(formats, " · ".join(small)),
    )


def reader_card(shown: ReaderShown, formats: Formats) -> Message:
    """The same to one of its readers, who sees whether they have said that they have read it.

    How many have does not stand on it, because all readers' cards would change with each who reads it.
    """
    of = shown.announcement
    if of.state is State.WITHDRAWN:
        return _withdrawn(of)
    asks = of.asks and shown.read_at is None and of.state is not State.EXPIRED
    how_many = [_how_many_button(of)] if of.asks and not asks else []
    row = [*([acknowledge_button(of)] if asks else []), *how_many, *_article(of)]
    return message(
        _headline(of),
        *body(of.title, of.text),
        *([buttons(*row)] if row else ()),
        zone_line(formats, " · ".join([*_small(of, formats, due=asks), *_read_words(shown.read_at, formats)])),
    )


def looked_up(line: AnnouncementLine, formats: Formats, *, changes: bool) -> Message:
    """The whole of it as it is now, for who looks it up; ``changes``: they may change it."""
    of = line.announcement
    if of.state is State.WITHDRAWN:
        return _author_card(of, formats) if changes else _withdrawn(of)
    asks = line.is_read is False and of.state is State.SENT
    row = [*([acknowledge_button(of)] if asks else []), *_article(of)]
    count = [count_words(of)] if of.asks else []
    small = [*_small(of, formats, due=asks), *_read_words(line.read_at, formats), *count]
    card = _author_card(of, formats)["blocks"] if changes else [zone_line(formats, " · ".join(small))]
    return message(
        _headline(of),
        *body(of.title, of.text),
        *([buttons(*row)] if row else ()),
        *([{"type": "divider"}] if changes else ()),
        *card,
    )


def announcement_news(
    shown: AnnouncementShown, news: News, facts: dict[str, Any], formats: Formats
) -> Message | None:
    """What is said beside a card, or to who leads people; nothing once it is withdrawn or over."""
    if shown.state is not State.SENT:
        return None
    if news is News.CHANGED:
        due = f", by {formats.moment(shown.due_at)}" if shown.due_at else ""
        return message(f"{title_words(shown)} has changed. Please read it again{due}.")
    due = f" It was to be read by {formats.moment(shown.due_at)}." if shown.due_at else ""
    missing, readers = facts["missing"], facts["readers"]
    whom = "has" if missing == 1 else "have"
    where = f" in {team_words(facts['teams'])}" if facts["teams"] else ""
    text = f"{missing} of {people_words(readers)}{where} {whom} not read {title_words(shown)} yet.{due}"
    hint = "They are still reminded when they work; whoever is away reads it when they are back."
    return message(text, section(text), buttons(readers_button(shown, "Who is missing")), context(hint))


def reminder_line(shown: ReaderShown, formats: Formats) -> str:
    """For somebody who has not read it yet."""
    of = shown.announcement
    due = f", by {formats.moment(of.due_at)}" if of.due_at else ""
    return f"{title_words(of)}{_by(of)} waits for you to read it{due}."


def remind_buttons(shown: ReaderShown) -> list[Block]:
    """What can be done about that."""
    of = shown.announcement
    return [button("Read it…", READ, str(of.id), f"Read {of.title}")]


def acknowledge_button(shown: AnnouncementShown) -> Block:
    """Says that one has read it, as it was when this was shown."""
    value = f"{shown.id} {shown.revision}"
    return button("I have read it", ACKNOWLEDGE, value, f"I have read {shown.title}") | {"style": "primary"}


def read_seen(value: str) -> tuple[UUID, int]:
    """The announcement and the revision of such a button."""
    announcement_id, revision = value.split()
    return UUID(announcement_id), int(revision)


def readers_button(shown: AnnouncementShown, label: str = "Who has read it") -> Block:
    """For its author, and for who leads its readers."""
    return button(label, READERS, f"{shown.id} 0", f"{label}: {shown.title}")


def _how_many_button(shown: AnnouncementShown) -> Block:
    return button("How many have read it", HOW_MANY, str(shown.id), f"How many have read {shown.title}")


def author_buttons(shown: AnnouncementShown) -> Iterator[Block]:
    """What its author can do about it."""
    about = str(shown.id)
    if shown.state is State.SCHEDULED:
        yield button("Send now", SEND, about, f"Send {shown.title} now")
    elif shown.asks and shown.sent_at:
        yield readers_button(shown)
    # What a form does not hold would be lost by changing it there, as the words of a long change of a procedure.
    if shown.state in OPEN and len(shown.text or "") <= LONGEST_EDITED:
        yield button("Edit…", EDIT, about, f"Edit {shown.title}")
    if shown.state in OPEN:
        sure = confirmation(
            "Withdraw it?",
            "Its words vanish wherever they stand, and nobody is asked to read it any more.",
            "Withdraw",
            "Keep it",
        )
        withdraw = button("Withdraw…", WITHDRAW, about, f"Withdraw {shown.title}")
        yield withdraw | {"style": "danger", "confirm": sure}


def state_words(shown: AnnouncementShown, formats: Formats) -> str:
    """Where it stands: "will be sent Fri, Nov 27, 09:00", "sent …", "withdrawn", "over"."""
    match shown.state:
        case State.SCHEDULED:
            return f"will be sent {formats.moment(shown.send_at)}"
        case State.WITHDRAWN:
            return "withdrawn"
        case State.EXPIRED:
            return ended_words(shown, formats)
    return f"sent {formats.moment(shown.sent_at or shown.send_at)}"


def place_words(shown: AnnouncementShown) -> str:
    """Where it stands or will."""
    return ", ".join(f"<#{each}>" for each in shown.channels) if shown.channels else "direct messages"


def _author_card(shown: AnnouncementShown, formats: Formats) -> Message:
    title = f"Announcement {shown.number}, {title_words(shown)}"
    whom = f"For {audience_words(shown.audience, formats)}, in {place_words(shown)}"
    lines = [f"*{title}* · {state_words(shown, formats)}", whom]
    if shown.sent_at:
        lines.append(count_words(shown) if shown.asks else f"Reaches {people_words(shown.readers)}")
    due = [f"To be read by {formats.moment(shown.due_at)}"] if shown.due_at else []
    ends = [f"{'ends' if due else 'Ends'} {formats.moment(shown.expires_at)}"] if shown.state in OPEN else []
    row = [*author_buttons(shown)]
    return message(
        f"{title}: {state_words(shown, formats)}",
        *paragraphs(lines),
        *([buttons(*row)] if row else ()),
        zone_line(formats, " · ".join([*due, *ends])),
    )


def _withdrawn(shown: AnnouncementShown) -> Message:
    text = f"{title_words(shown)}{_by(shown)} was withdrawn. There is nothing to do."
    return message(text, section(text))


def _read_words(read_at: datetime | None, formats: Formats) -> list[str]:
    return [f"✓ you read it {formats.moment(read_at)}"] if read_at else []


def _headline(shown: AnnouncementShown) -> str:
    return f"{title_words(shown)}{_by(shown)}"


def _by(shown: AnnouncementShown) -> str:
    return f" by {person(shown.author)}" if shown.author else ""


def _small(shown: AnnouncementShown, formats: Formats, *, due: bool = True) -> list[str]:
    what = "A changed procedure" if shown.kind is Kind.SOP else "Announced"
    edited = ["edited"] if shown.revision > 1 else []
    over = ["over now"] if shown.state is State.EXPIRED else []
    by = [f"{what}{_by(shown)}", *edited, *over]
    return [*by, *([f"please read it by {formats.moment(shown.due_at)}"] if due and shown.due_at else [])]


def _article(shown: AnnouncementShown) -> list[Block]:
    if shown.kind is not Kind.SOP or shown.subject_id is None:
        return []
    return [button("Open the procedure", OPEN_ARTICLE, str(shown.subject_id), f"Open the procedure {shown.title}")]
