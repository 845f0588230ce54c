"""The work that somebody is not given and when they can work, as coordinators read and change it."""

from collections.abc import Iterable
from datetime import time
from uuid import UUID

from bot.domain.availability import MOST, Available, BadAvailability
from bot.domain.limits import WEEKDAYS
from bot.domain.limits_shown import Limits, LimitsShown
from bot.domain.zones import zone_words
from bot.views.blocks import Message, context, message, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    began_with,
    changed,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    person_select,
    several,
)

FORM = "limits.form"
WHOSE = "limits.whose"
NAMES, AVAILABLE = f"{FORM}.names", f"{FORM}.available"
TITLE = "Limits"
_NAME, _VALUE, _SHOWN, _LONGEST, _LINE = 80, 150, 200, 1000, 60
_HINT = "A line each, such as mon-fri 8-18 or sat, sun 9-13. Left empty: at any time."
_WHAT_HOLDS = (
    "cannot be given what is left out here, by no swap and no cover. At other times than those below they are not "
    "asked to cover, and a swap needs an approver's reason."
)
_NO_REASONS = (
    "Do not say why: it is nobody's business and is not stored. Others, leads too, only see that it is not "
    "possible; the person sees their limits under *My settings*. A people file that has the column `limits` says "
    "them anew."
)


def whose(command: str) -> Message:
    """Nobody was named yet."""
    text = "Whose limits do you want to see or change?"
    menu = {**person_select(), "action_id": WHOSE}
    return message(
        text, {**section(text), "accessory": menu}, context(f"Or type it: `{command} limits @colleague`")
    )


def cannot_tell(typed: str, command: str) -> Message:
    """What was typed is no person that Slack knows."""
    text = f"I cannot tell who “{escape(shorten(typed, _NAME))}” is."
    hint = f"Name one person, from the list that Slack offers after `@`: `{command} limits @colleague`"
    return message(text, section(text), context(hint))


def not_on_roster(slack_id: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so they are given no work here."
    return message(text, section(text), context("A people file puts them there."))


def limits_form(shown: LimitsShown) -> View:
    """Somebody's limits, to be changed."""
    names = dict.fromkeys([*shown.limits.names, *shown.known])
    options = [option(plain(name), name) for name in names if len(name) <= _VALUE][:MOST_OPTIONS]
    lines = "\n".join(map(available_line, shown.limits.available or ()))
    return modal(
        TITLE,
        section(f"{person(shown.person)} {_WHAT_HOLDS}"),
        field("Work that is left out", NAMES, several(options, shown.limits.names), optional=True),
        field(
            "Can work only",
            AVAILABLE,
            paragraph_input(lines, longest=_LONGEST),
            optional=True,
            hint=f"{_HINT} Times are those of {zone_words(shown.zone)}.",
        ),
        context(_NO_REASONS),
        callback_id=FORM,
        submit="Save",
        metadata=str(shown.person.member_id),
    )


def read_person(view: View) -> UUID:
    """Whose limits they are."""
    return UUID(view["private_metadata"])


def typed_availability(view: View) -> str:
    """What stands in the field, to be read by the grammar."""
    return entered(view)[AVAILABLE] or ""


def read_limits(view: View, available: tuple[Available, ...] | None, before: Limits) -> Limits:
    """What was changed in the form over what somebody has by now; ``available`` is what its text means."""
    was, now = (set(each.get(NAMES) or ()) for each in (began_with(view), entered(view)))
    names = {*before.names} - (was - now) | (now - was)
    return Limits(tuple(sorted(names)), available if AVAILABLE in changed(view) else before.available)


def errors(bad: BadAvailability, formats: Formats) -> dict[str, str]:
    """Which line makes no sense, at its field."""
    line = plain(shorten(bad.line, _LINE))
    meant = [f"{formats.wall(start)}–{formats.wall(end)}" for start, end in bad.choices if start and end]
    if meant:
        return {AVAILABLE: f"“{line}” may mean {' or '.join(meant)}. Write it like that, with the weekdays first."}
    return {
        AVAILABLE: f"I do not understand “{line}”. Write weekdays and hours, such as mon-fri 8-18 or sat 9-13."
    }


def too_many() -> dict[str, str]:
    """Nobody can look through so many lines."""
    return {AVAILABLE: f"These are more than {MOST} lines. Put weekdays with the same hours into one."}


def saved(shown: LimitsShown, formats: Formats) -> View:
    """What holds from now on."""
    lines = [f"Saved. {person(shown.person)}:", *limit_lines(shown.limits, formats)]
    if len(lines) == 1:
        lines = [f"Saved. {person(shown.person)} can be given any work, at any time."]
    return modal(TITLE, section("\n".join(lines)), close="Close")


def limit_lines(limits: Limits, formats: Formats) -> list[str]:
    """What there is of limits, a line each; nothing where there are none."""
    lines = [f"• Not to be given: {names_words(limits.names)}"] if limits.names else []
    if limits.available is not None:
        lines.append(f"• Can work only {available_words(limits.available, formats)}")
    return lines


def names_words(names: Iterable[str]) -> str:
    """Limits by name."""
    return escape(shorten(", ".join(names), _SHOWN))


def available_words(available: Iterable[Available], formats: Formats) -> str:
    """When somebody can work: "Mon–Fri 08:00–18:00, Sat 09:00–13:00"."""
    return "; ".join(_words(each, formats) for each in available)


def available_line(each: Available) -> str:
    """As the grammar reads it in every language: "Mon–Fri 08:00–18:00"."""
    end = "24:00" if each.end == time() else f"{each.end:%H:%M}"
    return f"{_days(each)} {each.start:%H:%M}–{end}"


def _words(each: Available, formats: Formats) -> str:
    hours = "all day" if each.whole_day else f"{formats.wall(each.start)}–{formats.wall(each.end)}"
    return f"{_days(each)} {hours}"


def _days(each: Available) -> str:
    if len(each.weekdays) == len(WEEKDAYS):
        return f"{_name(0)}–{_name(6)}"
    return ", ".join(
        _name(first) if first == last else f"{_name(first)}–{_name(last)}" for first, last in each.days
    )


def _name(weekday: int) -> str:
    return WEEKDAYS[weekday][:3].capitalize()
