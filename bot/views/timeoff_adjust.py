"""The form that puts a balance of leave right."""

from datetime import date
from uuid import UUID

from bot.domain.timeoff_entries import Entry
from bot.domain.timeoff_shown import AdjustedShown, AdjustForm
from bot.views.blocks import Message, context, message, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import (
    MISSING,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    select,
    text_input,
)
from bot.views.timeoff_words import leave_words, read_leave, signed

FORM = "timeoff.form"
LEDGER, BY, ON, EXPIRES, REASON = (f"{FORM}.{name}" for name in ("ledger", "by", "on", "expires", "reason"))
TITLE = "Adjust leave"
_NAME, _VALUE, _LONGEST = 80, 150, 500


def adjust_form(form: AdjustForm) -> View:
    """What is to be entered, and why."""
    ledgers = [option(plain(name), name) for name in form.ledgers if len(name) <= _VALUE]
    day = leave_words(form.day_minutes, 24 * 60)
    return modal(
        TITLE,
        section(f"Leave of {person(form.whose)}"),
        field("Balance", LEDGER, select(ledgers, form.ledgers[0])),
        field(
            "More or less by",
            BY,
            text_input(longest=40),
            hint=f"Such as +1 d, -4 h or 1 d 30 min. A day is {day}.",
        ),
        field("On", ON, date_picker(form.today)),
        field("Can be taken until", EXPIRES, date_picker(None), optional=True, hint="Left empty: like the rest."),
        field("Reason", REASON, paragraph_input(longest=_LONGEST), hint="The person reads it."),
        context("The person is told. What is entered stays in the ledger; to take it back, enter the opposite."),
        callback_id=FORM,
        submit="Save",
        metadata=f"{form.nonce} {form.whose.member_id} {form.day_minutes}",
    )


def read_form(view: View) -> tuple[UUID, UUID, str, Entry | None, dict[str, str]]:
    """The nonce, whose balance, the ledger, what is to be entered, and what is wrong at which field."""
    nonce, member_id, day_minutes = view["private_metadata"].split()
    said = entered(view)
    on, expires = (date.fromisoformat(said[name]) if said[name] else None for name in (ON, EXPIRES))
    minutes = read_leave(said[BY] or "", int(day_minutes))
    reason = (said[REASON] or "").strip()
    wrong = {} if minutes else {BY: "Write days and hours, such as +1 d, -4 h or 1 d 30 min."}
    wrong |= {} if reason else {REASON: MISSING}
    wrong |= {} if on else {ON: MISSING}
    if on and expires and expires < on:
        wrong |= {EXPIRES: "That is before the day from which it can be taken."}
    entry = Entry(on, minutes, expires, reason) if on and minutes and not wrong else None
    return UUID(nonce), UUID(member_id), said[LEDGER], entry, wrong


def not_yet() -> dict[str, str]:
    """A day to come, at its field."""
    return {ON: "Choose today, or a day that is past."}


def gone() -> dict[str, str]:
    """The ledger was taken away meanwhile, at its field."""
    return {LEDGER: "No kind of leave is taken from this balance any more. Choose another one."}


def saved(shown: AdjustedShown, formats: Formats) -> View:
    """What holds now."""
    ledger = escape(shorten(shown.ledger, _NAME))
    day = shown.day_minutes
    text = (
        f"Saved. {person(shown.whose)}, {ledger}: {signed(shown.minutes, day)} on "
        f"{formats.day(shown.on, date.min)}, which makes *{leave_words(shown.after, day)}* today."
    )
    return modal(TITLE, section(text), close="Close")


def own_balance() -> Message:
    """A coordinator wants to put their own right."""
    text = "Nobody puts their own balance right. Ask another coordinator or a manager."
    return message(text, section(text))
