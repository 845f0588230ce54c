"""The form in which people choose their time zone, their quiet hours and when they cover for others."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.limits import WEEKDAYS
from bot.domain.own import OwnShown, Wrong
from bot.domain.wallclock import local_date
from bot.domain.when import Reading
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
from bot.views.wishes import read_wish, wish_fields, wish_lines
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
_URGENT = (
    "I keep my messages until they are over, and while you have Slack's Do Not Disturb on. What cannot wait still "
    "gets through, and so does the answer when you press or type something."
)


def own_form(shown: OwnShown, formats: Formats, reading: Reading) -> View:
    """The form with what holds now; ``reading`` is how what is typed there will be read."""
    quiet, covering = shown.quiet, shown.covering
    zone = zone_option(shown.time_zone, reading.now) if shown.time_zone else as_slack()
    days = [option(_name(day), WEEKDAYS[day]) for day in _ordered(range(7), formats)]
    ticked = [WEEKDAYS[day] for day in (quiet.weekdays if quiet else range(7))]
    return modal(
        TITLE,
        field("Time zone", ZONE, searching_select(zone), hint="Type a city, such as Lisbon. All times follow it."),
        section(f"*Quiet hours*\n{_URGENT}"),
        field("From", FROM, time_picker(quiet.start if quiet else None), optional=True),
        field("To", TO, time_picker(quiet.end if quiet else None), optional=True, hint=_NEXT_DAY),
        field("Beginning on", DAYS, several(days, ticked, kind="checkboxes"), optional=True, hint=_NO_DAY),
        *(wish_fields(covering, formats, reading) if covering else ()),
        callback_id=FORM,
        submit="Save",
    )


def as_slack() -> Block:
    """The option of who leaves their zone to Slack."""
    return option("As Slack says", AS_SLACK)


def read_own(view: View) -> dict[str, object]:
    """What somebody has chosen, as it is kept; without days that are typed."""
    said = entered(view)
    zone = said[ZONE]
    return {
        "time_zone": None if zone == AS_SLACK else zone,
        "quiet_from": said[FROM],
        "quiet_to": said[TO],
        "quiet_days": said[DAYS],
        **read_wish(view),
    }


def errors(wrong: Wrong) -> dict[str, str]:
    """What is wrong with the quiet hours, at its field."""
    return {FROM if wrong is Wrong.START_MISSING else TO: _WORDS[wrong]}


def saved(shown: OwnShown, formats: Formats, now: datetime) -> View:
    """What holds from now on."""
    quiet, covering = shown.quiet, shown.covering
    text = "You have no quiet hours: I may write at any time."
    if quiet:
        named = ", ".join(_name(day) for day in _ordered(quiet.weekdays, formats))
        days = "every day" if len(quiet.weekdays) == 7 else f"on {named}"
        text = f"Quiet hours are from {formats.wall(quiet.start)} to {formats.wall(quiet.end)}, beginning {days}."
    lines = [f"Saved. Times are those of *{zone_words(formats.zone.key)}*.", text]
    if covering:
        lines += wish_lines(covering.wish, covering.queues, formats, local_date(now, formats.zone))
    return modal(TITLE, section("\n".join(lines)), close="Close")


def _ordered(weekdays: Iterable[int], formats: Formats) -> list[int]:
    """As the reader's week has them."""
    return sorted(weekdays, key=lambda day: (day - formats.first_weekday) % 7)


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday].capitalize()
