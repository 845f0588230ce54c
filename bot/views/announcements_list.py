"""Announcements in a list, and who has read one."""

from collections.abc import Iterator

from bot.domain.announcements import State
from bot.domain.announcements_shown import (
    AnnouncementLine,
    AnnouncementShown,
    AnnouncementsPage,
    ReaderRow,
    ReadersPage,
)
from bot.views.announcements import SHOW, acknowledge_button, state_words
from bot.views.announcements_text import body
from bot.views.announcements_words import NOTED, count_words, title_words
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, person
from bot.views.forms import View, modal
from bot.views.requests import zone_line

PAGE, READERS_PAGE, EXPORT = "announcement.page", "announcement.readers_page", "announcement.export"
READ_FORM = "announcement.read_form"
TITLE = "Announcement"
EXPORTING = "The file is on its way to our direct message."


def list_message(page: AnnouncementsPage, formats: Formats, command: str) -> Message:
    """Those that concern the reader, the newest first."""
    hint = context(f"Write one: `{command}` · look at one by its number: `{command} 12`")
    if not page.lines:
        text = "Nothing was announced to you yet, and you have announced nothing."
        return message(text, section(text), hint)
    title = f"Announcements · {page.count}"
    rows = ({**section(_line(each, formats)), "accessory": _open(each)} for each in page.lines)
    turns = _turns(PAGE, page.page, page.pages)
    return message(title, section(f"*{title}*"), *rows, *turns, hint, zone_line(formats))


def readers_message(page: ReadersPage, formats: Formats) -> Message:
    """Who has not read it, and then who has, for who may know."""
    of, about = page.announcement, str(page.announcement.id)
    led = " of those you lead" if page.everybody < of.readers else ""
    title = f"Who has read {title_words(of)}: {page.everybody - page.missing} of {page.everybody}{led}"
    small = "Only you see this" + (f" · page {page.page + 1} of {page.pages}" if page.pages > 1 else "")
    files = (
        button(f"Export as {kind.upper()}", f"{EXPORT}.{kind}", about, f"Export who has read {of.title} as {kind}")
        for kind in ("csv", "xlsx")
    )
    return message(
        title,
        *paragraphs([f"*{title}*", *(_reader(row, formats) for row in page.rows)]),
        *_turns(READERS_PAGE, page.page, page.pages, f"{about} "),
        buttons(*files),
        zone_line(formats, small),
    )


def read_form(line: AnnouncementLine, formats: Formats, first: str = "") -> View:
    """All of it, to be read and to say so, after what is to be said ``first``."""
    of = line.announcement
    waits = line.is_read is False and of.state is State.SENT
    due = f"please read it by {formats.moment(of.due_at)}" if of.due_at and waits else ""
    author = f"Announced by {person(of.author)}" if of.author else "Announced"
    small = zone_line(formats, " · ".join(filter(None, [author, due])))
    if waits:
        value = acknowledge_button(of)["value"]
        return modal(
            TITLE,
            *([section(first)] if first else ()),
            *body(of.title, of.text),
            small,
            callback_id=READ_FORM,
            submit="I have read it",
            close="Later",
            metadata=value,
        )
    return modal(TITLE, *body(of.title, of.text), small, close="Close")


def acknowledged(shown: AnnouncementShown) -> View:
    """After somebody said that they have read it."""
    return modal(TITLE, section(f"{NOTED} {count_words(shown)}."), close="Close")


def _line(line: AnnouncementLine, formats: Formats) -> str:
    of = line.announcement
    waits = " · *waits for you to read it*" if of.state is State.SENT else ""
    own = {True: " · ✓ you have read it", False: waits, None: ""}[line.is_read]
    count = f" · {count_words(of)}" if of.asks and of.sent_at else ""
    return f"{of.number} · *{title_words(of)}* · {state_words(of, formats)}{count}{own}"


def _open(line: AnnouncementLine) -> Block:
    of = line.announcement
    return button("Open", SHOW, str(of.id), f"Open announcement {of.number}, {of.title}")


def _reader(row: ReaderRow, formats: Formats) -> str:
    if row.read_at:
        return f"✓ {person(row.who)} · {formats.moment(row.read_at)}"
    return f"– {person(row.who)} · {'not yet, away now' if row.away else 'not yet'}"


def _turns(action: str, page: int, pages: int, about: str = "") -> Iterator[Block]:
    turns = [
        button(label, f"{action}.{label.lower()}", f"{about}{number}")
        for label, number in (("Previous", page - 1), ("Next", page + 1))
        if 0 <= number < pages
    ]
    if turns:
        yield buttons(*turns)
