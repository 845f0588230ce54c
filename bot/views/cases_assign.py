"""Who could see to a case, with why, and the form that gives it to one of them."""

import json
from collections.abc import Iterator
from uuid import UUID

from bot.domain.cases_assign import Suggestion
from bot.domain.cases_assign_shown import AssignShown, Suggested
from bot.domain.cases_named import CaseNamed
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats, amount, escape, person, plain, shorten
from bot.views.forms import View, entered, field, modal, option, paragraph_input, person_select, plain_text
from bot.views.requests import zone_line

ASSIGN, GIVE = "case.assign", "case.give"
FORM, WHO, OTHER, REASON = "case.assign.form", "case.assign.who", "case.assign.other", "case.assign.reason"
TITLE = "Assign a case"
LONGEST_REASON = 500
MAY_NOT = "Cases are given to others by the people of the support floor. Nothing was changed."
GONE = "There is no such case. Nothing was changed."
OVER = "This case is closed, or gone from the helpdesk. Reopen it first, where that is possible."
NOT_ON_ROSTER = (
    "Only people who work on the support floor, and have not left, can have a case. Pick somebody else."
)
WHO_FIRST = "Choose who should have it."
_NAME = 60
_PERCENT = 100


def assign_button(case: CaseNamed) -> Block:
    """Opens the form that gives a case to somebody."""
    return button("Assign…", ASSIGN, str(case.id), f"Assign {case_spoken(case)}")


def assign_list(shown: AssignShown, formats: Formats) -> Message:
    """Who could see to it, each with a button that gives it to them."""
    now_of = f"is {person(shown.owner)}'s" if shown.owner else "is nobody's"
    text = f"{_capital(case_words(shown.case))} {now_of}."
    if not shown.people:
        nobody = "Nobody else who could see to it is on shift, or comes in time."
        return message(f"{text} {nobody}", section(f"{text}\n{nobody}"), buttons(_else(shown.case)))
    blocks = [
        {
            **section(f"{number}. {person(each.person)}: {why_words(each.why, formats)}"),
            "accessory": button(
                "Assign",
                f"{GIVE}.{number}",
                f"{shown.case.id} {each.person.member_id}",
                f"Assign to {plain(shorten(each.person.name, 40))}",
            ),
        }
        for number, each in enumerate(shown.people, 1)
    ]
    return message(text, section(text), *blocks, buttons(_else(shown.case)), zone_line(formats))


def assign_form(shown: AssignShown, nonce: UUID, formats: Formats) -> View:
    """Asks to whom: those who could see to it, or somebody else; and why."""
    now_of = f"It is {person(shown.owner)}'s now." if shown.owner else "It is nobody's now."
    metadata = json.dumps({"case": str(shown.case.id), "nonce": str(nonce)})
    offered = [_option(each, number, formats) for number, each in enumerate(shown.people, 1)]
    someone = [field("Who could see to it", WHO, {"type": "radio_buttons", "options": offered}, optional=True)]
    return modal(
        TITLE,
        section(f"{_capital(case_words(shown.case))}\n{now_of}"),
        *(someone if offered else [context("Nobody who could see to it is on shift, or comes in time.")]),
        field("Somebody else" if offered else "To whom", OTHER, person_select(), optional=True),
        field("Why", REASON, paragraph_input(longest=LONGEST_REASON), optional=True),
        zone_line(formats),
        callback_id=FORM,
        submit="Assign",
        metadata=metadata,
    )


def read_form(view: View) -> tuple[UUID, UUID, UUID | str | None, str]:
    """The case, the nonce, to whom (a member's id, or the Slack account of somebody else), and why."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    chosen = UUID(said[WHO]) if said.get(WHO) else None
    return UUID(kept["case"]), UUID(kept["nonce"]), said.get(OTHER) or chosen, said.get(REASON) or ""


def read_case(value: str) -> UUID:
    """The case of a button."""
    return UUID(value)


def read_give(value: str) -> tuple[UUID, UUID]:
    """The case and the member of a button."""
    case_id, member_id = value.split()
    return UUID(case_id), UUID(member_id)


def given(shown: AssignShown) -> str:
    """Whose it is now, and was, which may be somebody else than the list had said."""
    whose = f"{person(shown.owner)}'s" if shown.owner else "nobody's"
    was = f"; it was {person(shown.before)}'s" if shown.before and shown.before != shown.owner else ""
    return f"{_capital(case_words(shown.case))} is {whose} now{was}."


def whom_help(command: str, case: str) -> Message:
    """How to say to whom."""
    number = escape(shorten(case, _NAME))
    text = f"Mention one person: `{command} assign {number} @ben`."
    return message(text, section(text), context(f"Who could see to it: `{command} assign {number}`"))


def assign_help(command: str) -> Message:
    """How to say which case, and to whom."""
    text = f"Say which case: `{command} assign 12`, or at once to whom: `{command} assign 12 @ben`."
    hint = f"Your cases: `{command} mine` · what is nobody's: `{command} aging`"
    return message(text, section(text), context(hint))


def why_words(why: Suggestion, formats: Formats) -> str:
    """Why somebody is where they are in the list."""
    return ", ".join(_reasons(why, formats))


def _reasons(why: Suggestion, formats: Formats) -> Iterator[str]:
    if why.now:
        yield f"there until {formats.time(why.there.end)}"
    else:
        day = formats.day(local_date(why.there.start, formats.zone))
        yield f"comes {day}, {formats.time(why.there.start)}"
    if why.busy_until:
        yield f"busy until {formats.time(why.busy_until)}"
    if why.leaves:
        yield "about to leave"
    if why.lacking:
        yield f"lacks {' and '.join(escape(shorten(each, _NAME)) for each in sorted(why.lacking))}"
    number = "no open case" if not why.open else "one open case" if why.open == 1 else f"{why.open} open cases"
    share = round(_PERCENT * why.capacity)
    yield number if share == _PERCENT else f"{number} at {amount(str(share), '%')} for contacts"
    if why.leads:
        yield "looks after the floor"


def _option(each: Suggested, number: int, formats: Formats) -> Block:
    name = f"{number}. {plain(shorten(each.person.name, _NAME))}"
    why = plain_text(shorten(why_words(each.why, formats), 75))
    return {**option(name, str(each.person.member_id)), "description": why}


def _else(case: CaseNamed) -> Block:
    return button("Somebody else…", ASSIGN, str(case.id), f"Assign {case_spoken(case)} to somebody else")


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
