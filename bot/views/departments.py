"""Departments outside support, as coordinators say how each is reached."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.domain.availability import BadAvailability
from bot.domain.channels import Trouble
from bot.domain.desks import DeskShown
from bot.domain.zones import zone_words
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.channels import errors as channel_errors
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import (
    View,
    channel_select,
    entered,
    field,
    modal,
    paragraph_input,
    person_select,
    text_input,
)
from bot.views.limits import available_line, available_words

FORM, CHANGE = "departments.form", "departments.change"
TITLE = "Departments"
CHANNEL, HOURS, ZONE, LEAD = (f"departments.{name}" for name in ("channel", "hours", "zone", "lead"))
_NAME, _LONGEST, _MOST, _MOST_NAMED, _MOST_OFFERED, _HOURS = 60, 1000, 90, 3, 8, 200


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; hours and zone as they were typed."""

    department_id: UUID
    channel: str | None
    hours: str
    zone: str
    lead: str | None


def department_list(shown: Sequence[DeskShown], formats: Formats, result: Sequence[Block] = ()) -> View:
    """How each is reached; ``result`` is what was just done."""
    none = "There is no department yet. A people file names them: the team of everybody whose role is contact."
    rows = [
        {
            **section(_words(each, formats)),
            "accessory": button("Change…", CHANGE, str(each.department_id), f"Change {plain(each.name)}"),
        }
        for each in shown[:_MOST]
    ]
    return modal(
        TITLE,
        *result,
        *(rows or [section(none)]),
        context(
            "A people file says who belongs to which department. "
            "Questions to one without a channel go to its contacts."
        ),
        close="Close",
    )


def desk_form(shown: DeskShown) -> View:
    """One of them, to be changed."""
    lines = "\n".join(map(available_line, shown.hours or ()))
    return modal(
        TITLE,
        section(f"*{escape(shorten(shown.name, _NAME))}*"),
        field(
            "Channel",
            CHANNEL,
            channel_select(shown.channel),
            optional=True,
            hint="Questions are put there. In a private one type /invite @Floorwalker first.",
        ),
        field(
            "Hours",
            HOURS,
            paragraph_input(lines, longest=_LONGEST),
            optional=True,
            hint="A line each, such as mon-fri 9-17. Left empty: the business hours of the workspace.",
        ),
        field(
            "Time zone",
            ZONE,
            text_input(shown.zone or ""),
            optional=True,
            hint="Such as Europe/Berlin. Left empty: that of the workspace.",
        ),
        field(
            "Lead",
            LEAD,
            person_select(shown.lead.slack_id if shown.lead else None),
            optional=True,
            hint="Hears of it when promised times went by twice, or nobody says a word.",
        ),
        callback_id=FORM,
        submit="Save",
        metadata=json.dumps({"department": str(shown.department_id)}),
    )


def read_desk(view: View) -> Filled:
    """What stands in the form."""
    values, kept = entered(view), json.loads(view["private_metadata"])
    return Filled(
        UUID(kept["department"]),
        values[CHANNEL],
        values[HOURS] or "",
        (values[ZONE] or "").strip(),
        values[LEAD],
    )


def bad_hours(bad: BadAvailability) -> dict[str, str]:
    """Which line makes no sense."""
    line = plain(shorten(bad.line, _NAME))
    return {HOURS: f"I do not understand “{line}”. Write weekdays and hours, such as mon-fri 9-17 or sat 9-13."}


def too_many_hours() -> dict[str, str]:
    """Nobody can look through so many lines."""
    return {HOURS: "These are too many lines. Put weekdays with the same hours into one."}


def bad_zone() -> dict[str, str]:
    """No zone is called that."""
    return {ZONE: "I know no time zone of this name. Write one such as Europe/Berlin or America/New_York."}


def bad_channel(troubles: Mapping[str, Trouble]) -> dict[str, str]:
    """Why the bot cannot write there."""
    return channel_errors(troubles)


def stranger() -> dict[str, str]:
    """The lead is not of the department."""
    return {LEAD: "This person is not of the department. A people file puts them into it, as a contact."}


def saved(shown: DeskShown, formats: Formats) -> list[Block]:
    """What holds from now on."""
    return [section(f"Saved: {_words(shown, formats)}")]


def unknown(typed: str, names: Mapping[UUID, str]) -> Message:
    """No department is called that."""
    known = ", ".join(escape(shorten(each, _NAME)) for each in list(names.values())[:_MOST_OFFERED])
    hint = f" There are: {known}." if known else " A people file names departments: the team of each contact."
    return message(f"No department is called “{escape(shorten(typed, _NAME))}”.{hint}")


def gone() -> list[Block]:
    """There is no such department any more."""
    return [section("This department is not there any more. Nothing was changed.")]


def _words(shown: DeskShown, formats: Formats) -> str:
    zone = f", {zone_words(shown.zone)}" if shown.zone else ""
    hours = (
        shorten(available_words(shown.hours, formats), _HOURS) if shown.hours else "the workspace's business hours"
    )
    people = [person(each) for each in shown.contacts[:_MOST_NAMED]]
    people += [f"{len(shown.contacts) - _MOST_NAMED} more"] if len(shown.contacts) > _MOST_NAMED else []
    return "\n".join(
        [
            f"*{escape(shorten(shown.name, _NAME))}* · {f'<#{shown.channel}>' if shown.channel else 'no channel'}",
            f"{hours}{zone} · lead: {_lead(shown)}",
            f"Contacts: {', '.join(people) or 'nobody yet'}",
        ]
    )


def _lead(shown: DeskShown) -> str:
    return person(shown.lead) if shown.lead else "nobody yet"
