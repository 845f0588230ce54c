"""What could not be written to a helpdesk: the message about it, and what a case's card says of it."""

from collections.abc import Sequence
from typing import Any

from bot.domain.connections import Stranger, WriteShown, WriteState
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import escape, shorten

THEIRS = "write.theirs"
OURS = "write.ours"
_FIELDS = {"owner": "the owner", "state": "the state", "tags": "the tags", "note": "the note"}
_TITLE = 120
_VALUE = 200


def write_card(shown: WriteShown) -> Message:
    """What stands where, and for a conflict what can be done about it."""
    text = _text(shown)
    blocks = [section(f"*{escape(_headline(shown))}*\n{text}")]
    match shown.state:
        case WriteState.CONFLICT:
            blocks.append(buttons(*decide_buttons(shown)))
        case WriteState.TAKEN | WriteState.REPEATED:
            blocks.append(context(_decided(shown)))
    return message(f"{_headline(shown)}: {_case(shown, link=False)}", *blocks)


def part_lines(shown: Sequence[WriteShown]) -> list[str]:
    """What the case's card says of the changes that are not made, and of those that wait for a decision."""
    waiting = [each for each in shown if each.state is WriteState.WAITING]
    lines = [f"⚠ {_both(each)}" for each in shown if each.state is WriteState.CONFLICT]
    if waiting:
        fields = ", ".join(dict.fromkeys(_FIELDS[each.field] for each in waiting))
        lines.append(f"Still to be written to {waiting[0].helpdesk}: {fields}")
    return lines


def owner_line(stranger: Stranger) -> str:
    """Who owns it there, where nobody does here."""
    who = escape(stranger.name or "somebody")
    return f"Owned in {stranger.helpdesk} by {who}, who is not on the roster"


def decide_buttons(shown: WriteShown) -> list[Block]:
    """Which of the two is right."""
    about = f" of case {shown.case_number}"
    value = str(shown.id)
    return [
        button("Take theirs", THEIRS, value, f"Take theirs: {_FIELDS[shown.field]}{about}"),
        button("Write ours again", OURS, value, f"Write ours again: {_FIELDS[shown.field]}{about}"),
    ]


def settled_already() -> Message:
    """Somebody was quicker."""
    text = "Somebody has decided this already. The case's card shows how it stands."
    return message(text, section(text))


def over() -> Message:
    """It cannot be written any more."""
    text = "This case is closed there, so nothing can be changed in it. Take theirs, or open a new case."
    return message(text, section(text))


def _headline(shown: WriteShown) -> str:
    if shown.state is WriteState.REFUSED:
        return f"{shown.helpdesk} did not take your change"
    return f"{shown.helpdesk} says something else"


def _text(shown: WriteShown) -> str:
    if shown.state is WriteState.REFUSED:
        stays = "Nothing was changed there, and here it is again as it is there." if shown.found else ""
        return (
            f"{_case(shown)}: {_FIELDS[shown.field]} could not be written, because {_why(shown)}. {stays}".strip()
        )
    return f"{_case(shown)}: {_both(shown)}"


def _both(shown: WriteShown) -> str:
    """What either side says."""
    who, verb = escape(shown.asked_by or "Floorwalker"), "were" if shown.field == "tags" else "was"
    wanted, found = (_said(shown, value) for value in (shown.wanted, shown.found))
    return (
        f"{who} set {_FIELDS[shown.field]} to {wanted}, but in {shown.helpdesk} that {verb} changed meanwhile, to "
        f"{found}. Nothing was written over."
    )


def _why(shown: WriteShown) -> str:
    match shown.error:
        case "gone":
            return "the case is not there any more"
        case "no account there":
            return f"whoever should own it has no account in {shown.helpdesk} with the address that I know"
        case "disconnected":
            return f"{shown.helpdesk} was disconnected"
    return f"{shown.helpdesk} refuses it: look at the case there, perhaps it is closed or lacks a field"


def _decided(shown: WriteShown) -> str:
    who = escape(shown.settled_by or "Somebody")
    if shown.state is WriteState.TAKEN:
        return f"{who} took what stands in {shown.helpdesk}."
    return f"{who} has it written again, upon what stands in {shown.helpdesk} now."


def _case(shown: WriteShown, *, link: bool = True) -> str:
    """Our number, the helpdesk's, and what it is about."""
    there = f"{shown.helpdesk} {shown.reference}"
    if not link:
        return f"case {shown.case_number} ({there})"
    place = f"<{shown.url}|{escape(there)}>" if shown.url else escape(there)
    return f"Case {shown.case_number} ({place}), “{escape(shorten(shown.title, _TITLE))}”"


def _said(shown: WriteShown, value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else str(value or "")
    return f"*{escape(shorten(text, _VALUE))}*" if text else {"owner": "nobody"}.get(shown.field, "none")
