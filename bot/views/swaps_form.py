"""The forms of swaps: proposing one, and saying why."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.domain.permissions import Reach
from bot.domain.swaps_shown import SwapForm, SwapShift, Wrong
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, context, header, message, section
from bot.views.formats import Formats, plain, shorten
from bot.views.swaps_words import wrong_words

FORM = "swap.form"
GIVEN, COLLEAGUE, RETURNED, NOTE = (f"{FORM}.{name}" for name in ("given", "colleague", "returned", "note"))
REASON = "swap.reason"
LONGEST_NOTE = 3000
_OPTION = 75
_FOR_SOMEBODY = "You enter this for <@{}>, who is told and may withdraw it. You cannot approve it."
_MOST_OPTIONS = 100

View = dict[str, Any]

_ABOUT_GIVEN = frozenset({Wrong.GIVEN_NOT_YOURS, Wrong.GIVEN_CHANGED, Wrong.GIVEN_BEGUN})
_ABOUT_RETURNED = frozenset({Wrong.RETURNED_CHANGED, Wrong.RETURNED_BEGUN})


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; ``returned_block`` is where its return shift is chosen.

    ``asker`` is for whom it is entered; None: for whoever fills it in.
    """

    nonce: UUID
    given: UUID | None
    colleague: str | None
    returned: UUID | None
    note: str
    returned_block: str
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """Which swap a form that asks why is about; ``reply_to`` is where a card stands that only its reader sees."""

    nonce: UUID
    swap_id: UUID
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """A form that asks why; ``callback_id`` is the button's with ``.form``."""

    title: str
    label: str
    submit: str
    required: bool = True


def swap_form(form: SwapForm, formats: Formats) -> View:
    """The form that proposes a swap, with what was chosen or typed so far."""
    shifts = [option(shift, formats) for shift in form.shifts]
    legal = [option(shift, formats) for shift in form.legal or ()]
    hints = [_FOR_SOMEBODY.format(form.asker), *form.hints] if form.asker else form.hints
    blocks = [context("\n".join(hints))] if hints else []
    blocks += [
        _input(
            "Their shift to give" if form.asker else "Your shift",
            GIVEN,
            _select("static_select", shifts, form.given, options=shifts),
            tells=True,
        ),
        _input("With", COLLEAGUE, _users(form.colleague), tells=True),
        context(_offer(form)),
        _input("For their shift", RETURNED, _select("external_select", legal, form.returned, min_query_length=0)),
        _input("Note", NOTE, _text(LONGEST_NOTE), optional=True),
    ]
    # Another colleague has other shifts: a new id forgets what was chosen.
    blocks[-2]["block_id"] = f"{RETURNED}:{form.given}:{form.colleague}"
    chosen = {"nonce": str(form.nonce), "given": str(form.given or ""), "colleague": form.colleague or ""}
    chosen |= {"asker": form.asker or ""}
    return {
        "type": "modal",
        "callback_id": FORM,
        "title": _plain("Swap a shift"),
        "submit": _plain("Propose"),
        "close": _plain("Cancel"),
        "private_metadata": json.dumps(chosen),
        "blocks": blocks,
    }


def read_form(view: View) -> Filled:
    """What somebody has filled in."""
    values = {action: value for block in view["state"]["values"].values() for action, value in block.items()}
    given, returned = (values.get(name, {}).get("selected_option") for name in (GIVEN, RETURNED))
    block = next(
        each["block_id"] for each in view["blocks"] if each.get("element", {}).get("action_id") == RETURNED
    )
    return Filled(
        UUID(json.loads(view["private_metadata"])["nonce"]),
        UUID(given["value"]) if given else None,
        values.get(COLLEAGUE, {}).get("selected_user"),
        UUID(returned["value"]) if returned else None,
        values.get(NOTE, {}).get("value") or "",
        block,
        read_asker(view),
    )


def read_chosen(view: View) -> tuple[UUID | None, str | None]:
    """The shift and the colleague that the form was last drawn for."""
    chosen = json.loads(view["private_metadata"])
    return UUID(chosen["given"]) if chosen["given"] else None, chosen["colleague"] or None


def read_asker(view: View) -> str | None:
    """For whom the form is filled in, by their Slack account; None: for whoever does."""
    return json.loads(view["private_metadata"])["asker"] or None


def option(shift: SwapShift, formats: Formats) -> Block:
    """A shift to choose, by day and hours in the reader's zone: options cannot hold date tokens."""
    day = formats.day(local_date(shift.interval.start, formats.zone))
    queue = f" · {plain(shift.queue)}" if shift.queue else ""
    return {
        "text": _plain(shorten(f"{day}, {formats.hours(shift.interval)}{queue}", _OPTION)),
        "value": str(shift.id),
    }


def options(shifts: Iterable[SwapShift], searched: str, formats: Formats) -> list[Block]:
    """The shifts whose text has what was searched for, as many as Slack takes."""
    every = [option(shift, formats) for shift in shifts]
    found = [each for each in every if searched.casefold() in each["text"]["text"].casefold()]
    return found[:_MOST_OPTIONS]


def errors(filled: Filled, wrong: Iterable[Wrong]) -> dict[str, str]:
    """What is wrong, each at its field."""
    found: dict[str, str] = {}
    for each in wrong:
        block = GIVEN if each in _ABOUT_GIVEN else filled.returned_block if each in _ABOUT_RETURNED else COLLEAGUE
        found[block] = wrong_words(each)
    return found


def why_form(why: Why, callback_id: str, about: About, hint: str = "") -> View:
    """A form with one text, about a swap."""
    blocks = [section(hint)] if hint else []
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": _plain(why.title),
        "submit": _plain(why.submit),
        "close": _plain("Cancel"),
        "private_metadata": f"{about.nonce} {about.swap_id} {about.reply_to}",
        "blocks": [*blocks, _input(why.label, REASON, _text(LONGEST_NOTE), optional=not why.required)],
    }


def read_why(view: View) -> tuple[About, str]:
    """What the text is about, and the text."""
    nonce, swap_id, reply_to = view["private_metadata"].split(" ")
    text = view["state"]["values"][REASON][REASON]["value"] or ""
    return About(UUID(nonce), UUID(swap_id), reply_to), text


def help_message(command: str, reach: Reach) -> Message:
    """Every form of the command for who may swap at least their own; ``reach`` is for whom they may enter it."""
    people = "somebody of your team" if reach is Reach.TEAM else "somebody else"
    for_others = {
        " for @colleague fri with @other": f"enters it for {people}",
        " list @colleague": f"those of {people}",
    }
    forms = {
        "": "opens the form",
        " fri with @colleague": "with that filled in; also `tomorrow`, or a date",
        " dec 24 for dec 27 with @colleague": "with both shifts filled in",
        " list": "your open swaps",
        " 14": "where swap 14 stands, and what you can do about it",
        **(for_others if reach > Reach.OWN else {}),
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "Your colleague is asked first. Nothing changes before it is settled, and both of you hear of it."
    return message(f"What {command} can do", header("Swaps"), section("\n".join(lines)), context(hint))


def nothing_to_swap() -> Message:
    """The asker has no shift to give."""
    text = "You have no shift ahead of you that you could swap."
    return message(text, section(text))


def nothing_of_theirs(whom: str) -> Message:
    """Whoever it was to be entered for has no shift to give."""
    text = f"I know no shift ahead of <@{whom}> that could be swapped."
    return message(text, section(text))


def may_not_enter(whom: str) -> Message:
    """Only some may enter a swap for somebody else."""
    text = f"Only a coordinator, a manager or the lead of their team enters a swap for <@{whom}>."
    return message(text, section(text))


def may_not_swap() -> Message:
    """A department contact works no shifts."""
    text = "Swaps are for those who work shifts here. If you do, ask a coordinator for the role of an agent."
    return message(text, section(text))


def _offer(form: SwapForm) -> str:
    """Why there is, or is not, something to choose in return; never the colleague's rules."""
    wrong = [wrong_words(each) for each in form.wrong]
    if wrong:
        return " ".join(wrong)
    if form.legal is None:
        return "Pick your shift and a colleague first, then you see which of their shifts you can get for it."
    if not form.legal:
        return f"None of <@{form.colleague}>'s shifts can be swapped for this one. Try another shift or colleague."
    number = len(form.legal)
    return (
        f"{number} of <@{form.colleague}>'s shifts can be swapped for this one."
        if number > 1
        else (f"One of <@{form.colleague}>'s shifts can be swapped for this one.")
    )


def _input(label: str, name: str, element: Block, *, tells: bool = False, optional: bool = False) -> Block:
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label),
        "dispatch_action": tells,
        "optional": optional,
        "element": {**element, "action_id": name},
    }


def _select(kind: str, every: list[Block], chosen: UUID | None, **rest: Any) -> Block:
    initial = next((each for each in every if each["value"] == str(chosen)), None)
    return {"type": kind, **rest, **({"initial_option": initial} if initial else {})}


def _users(slack_id: str | None) -> Block:
    return {"type": "users_select", **({"initial_user": slack_id} if slack_id else {})}


def _text(longest: int) -> Block:
    return {"type": "plain_text_input", "multiline": True, "max_length": longest}


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}
