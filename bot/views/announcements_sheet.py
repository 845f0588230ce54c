"""Who has acknowledged an announcement when, as a table."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.announcements_shown import Acknowledged, AnnouncementShown
from bot.domain.sheets import Column, Sheet
from bot.views.announcements_words import count_words, title_words
from bot.views.formats import Formats

_COLUMNS = ("Name", "E-mail", "Team", "Read", "Version read", "Reminders")


def sheet(shown: AnnouncementShown, lines: Iterable[Acknowledged], formats: Formats) -> Sheet:
    """A row for each reader by name; times are on the clock of whoever takes it out."""
    headings = tuple(Column(f"{each} ({formats.zone.key})" if each == "Read" else each) for each in _COLUMNS)
    rows = [
        (each.name, each.email, each.team, _local(each.read_at, formats), each.revision, each.reminders)
        for each in lines
    ]
    return Sheet(f"Announcement {shown.number}", headings, rows)


def name_of(shown: AnnouncementShown, kind: str) -> str:
    """What the file is called."""
    return f"announcement-{shown.number}-read.{kind}"


def comment(shown: AnnouncementShown) -> str:
    """What is said with the file."""
    return f"Announcement {shown.number}, {title_words(shown)}: {count_words(shown)}."


def _local(instant: datetime | None, formats: Formats) -> datetime | None:
    return instant.astimezone(formats.zone).replace(tzinfo=None, microsecond=0) if instant else None
