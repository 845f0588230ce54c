"""The form in which people choose their time zone and their quiet hours."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.limits import WEEKDAYS
from bot.domain.own import QuietHours, Wrong
from bot.domain.zones import zone_words
from bot.views.blocks import Block, section
from bot.views.formats import Formats
from bot.views.forms import (
    View,
    entered,
    field,
    modal,
    option,
    searching_select,
    several,
    time_picker,
)
from bot.views.zones import ZONE, zone_option

FORM = "own.form"
FROM, TO, DAYS = (f"{FORM}.{name}" for name in ("from", "to", "days"))
TITLE = "My settings"
AS_SLACK = "slack"
_NEXT_DAY = "The next morning, if it is earlier than “From”."
_NO_DAY = "No day ticked: no quiet hours."
_WORDS = {
    Wrong.START_MISSING: "Say from when on, or clear the other time.",
    Wrong.END_MISSING: "Say until when, or clear the other time.",
    Wrong.NO_LENGTH: "Quiet hours that end when they begin never end. Choose another time.",
}
_URGENT = "I keep my messages until they are over. What cannot wait, such as a press of yours, still gets through."


def own_form(time_zone: str | None, quiet: QuietHours | None, formats: Formats, now: datetime) -> View:
    """The form with what holds now; ``time_zone`` None is left to Slack."""
    zone = zone_option(time_zone, now) if time_zone else as_slack()
    days = [option(_name(day), WEEKDAYS[day]) for day in _ordered(range(7), formats)]
    ticked = [WEEKDAYS[day] for day in (quiet.weekdays if quiet else range(7))]
    return modal(
        TITLE,
        field("Time zone", ZONE, searching_select(zone), hint="Type a city, such as Lisbon. All times follow it."),
        section(f"*Quiet hours*\n{_URGENT}"),
        field("From", FROM, time_picker(quiet.start if quiet else None), optional=True),
        field("To", TO, time_picker(quiet.end if quiet else None), optional=True, hint=_NEXT_DAY),
        field("Beginning on", DAYS, several(days, ticked, kind="checkboxes"), optional=True, hint=_NO_DAY),
        callback_id=FORM,
        submit="Save",
    )


def as_slack() -> Block:
    """The option of who leaves their zone to Slack."""
    return option("As Slack says", AS_SLACK)


def read_own(view: View) -> dict[str, object]:
    """What somebody has chosen, as it is kept."""
    said = entered(view)
    zone = said[ZONE]
    return {
        "time_zone": None if zone == AS_SLACK else zone,
        "quiet_from": said[FROM],
        "quiet_to": said[TO],
        "quiet_days": said[DAYS],
    }


def errors(wrong: Wrong) -> dict[str, str]:
    """What is wrong with the quiet hours, at its field."""
    return {FROM if wrong is Wrong.START_MISSING else TO: _WORDS[wrong]}


def saved(quiet: QuietHours | None, formats: Formats) -> View:
    """What holds from now on."""
    text = "You have no quiet hours: I may write at any time."
    if quiet:
        named = ", ".join(_name(day) for day in _ordered(quiet.weekdays, formats))
        days = "every day" if len(quiet.weekdays) == 7 else f"on {named}"
        text = f"Quiet hours are from {formats.wall(quiet.start)} to {formats.wall(quiet.end)}, beginning {days}."
    zone = f"Times are those of *{zone_words(formats.zone.key)}*."
    return modal(TITLE, section(f"Saved. {zone}\n{text}"), close="Close")


def _ordered(weekdays: Iterable[int], formats: Formats) -> list[int]:
    """As the reader's week has them."""
    return sorted(weekdays, key=lambda day: (day - formats.first_weekday) % 7)


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday].capitalize()
