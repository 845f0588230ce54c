"""The kinds of leave as a coordinator reads and changes them: a list, and a form with a field for each rule."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.limits import folded
from bot.domain.settings_shown import KindsShown, Scope
from bot.domain.timeoff_kinds import (
    LONGEST_NAME,
    MOST_HOURS,
    Contact,
    CountedIn,
    Kind,
    Privacy,
    PublicHolidays,
    Wrong,
    wrong_with,
)
from bot.views.blocks import Block, button, buttons, context, section
from bot.views.formats import escape, plain, shorten
from bot.views.forms import View, entered, field, modal, number_input, option, select, text_input
from bot.views.settings import whose

TITLE = "Kinds of leave"
LIST, FORM = "timeoff.kinds", "timeoff.kind"
ADD, CHANGE, RETIRE, REVIVE, FORGET = (
    f"{LIST}.{deed}" for deed in ("add", "change", "retire", "revive", "forget")
)
GONE = "This kind of leave is gone. Close the form and look at the list again."
IN_USE = "Somebody has asked for this kind of leave, so it cannot be removed. Retire it instead."
# Each with two blocks, a modal has a hundred.
_MOST = 45
_NAME, _SPOKEN = 80, 40
_OPTIONAL = ("ledger", "negative_hours")
_YES_NO = {"yes": "Yes", "no": "No"}
_CONTACT = {
    Contact.USUAL: "messages reach them as at work",
    Contact.WAITS: "messages wait until they are back, and nobody asks them to work",
    Contact.NONE: "no messages; others do their duties; back, they read what still matters",
}
_PRIVACY = {
    Privacy.APPROVERS: "those who approve it",
    Privacy.MANAGERS: "coordinators and managers only",
}
_COUNTED = {
    CountedIn.DAYS: "whole days",
    CountedIn.HALF_DAYS: "days and half days",
    CountedIn.HOURS: "days, half days and hours",
}
_HOLIDAYS = {
    PublicHolidays.FREE: "are not deducted",
    PublicHolidays.IN_POOL: "are taken from the balance, which includes them (as the UK’s 5.6 weeks do)",
}
_CHOICES: Mapping[str, Mapping[Any, str]] = {
    "contact": _CONTACT,
    "privacy": _PRIVACY,
    "counted_in": _COUNTED,
    "public_holidays": _HOLIDAYS,
}
# The fields, by the name of the rule.
_LABELS = {
    "name": "Name",
    "paid": "Paid",
    "approval": "Needs approval",
    "ledger": "Taken from the balance called",
    "negative_hours": "Hours by which that may go below zero",
    "counted_in": "Can be asked for in",
    "public_holidays": "Public holidays within it",
    "privacy": "Which kind it is, is read by",
    "contact": "While they are away",
    "back_when_ill": "Days on which they were ill, by certificate, are given back",
}
_HINTS = {
    "ledger": "Several kinds may share one. Left empty, it is only counted.",
    "privacy": "All others read “away”.",
}
_WRONG = {
    Wrong.NO_NAME: f"Write a name of at most {LONGEST_NAME} characters, without a semicolon.",
    Wrong.TAKEN: "There is a kind of that name already.",
    Wrong.NEGATIVE_OF_NOTHING: "Name the balance that it is taken from, or leave this empty.",
    Wrong.ILL_BY_LEAVE: "Nobody is asked whether they may be ill.",
    Wrong.ALWAYS_ILL: "Nobody chooses when they are ill, so sick leave stays.",
}


def kinds_list(shown: KindsShown, note: str = "") -> View:
    """Every kind with what holds for it; ``note`` is what could not be done."""
    head = f"{TITLE} · {whose(shown.scope)}. What was asked for stays as it is; changes hold for what comes."
    blocks = [context(head), *([section(f"*{note}*")] if note else []), buttons(button("Add a kind…", ADD, "add"))]
    for kind in shown.kinds[:_MOST]:
        retired = " (retired: nobody asks for it any more)" if kind.retired else ""
        blocks.append(section(f"*{_said(kind.name)}*{retired}\n{kind_words(kind)}"))
        blocks.append(buttons(*_deeds(kind, shown)))
    if more := len(shown.kinds[_MOST:]):
        blocks.append(context(f"… and {more} more, which the command line shows."))
    return modal(TITLE, *blocks, callback_id=LIST, close="Back", metadata=shown.scope.id)


def kind_form(scope: Scope, kind: Kind | None) -> View:
    """A kind to change, or a new one."""
    shown = kind or Kind("")
    title = f"{_said(kind.name)} · {whose(scope)}" if kind else f"A new kind of leave · {whose(scope)}"
    names = [each for each in _LABELS if each != "name" or kind is None]
    fields = [field(_LABELS[each], _id(each), _element(each, shown), **_how(each)) for each in names]
    metadata = f"{scope.id} {kind.name if kind else ''}"
    return modal("Kind of leave", context(title), *fields, callback_id=FORM, submit="Save", metadata=metadata)


def read_form(view: View) -> tuple[str, str, Kind]:
    """The scope, the name of the kind that is changed (empty: a new one), and what it is to be.

    Whether it is retired stands elsewhere.
    """
    scope_id, _, name = view["private_metadata"].partition(" ")
    said = {key.removeprefix(f"{FORM}."): value for key, value in entered(view).items()}
    ledger = (said["ledger"] or "").strip()
    kind = Kind(
        name or (said.get("name") or "").strip(),
        approval=said["approval"] == "yes",
        ledger=ledger or None,
        negative_minutes=round(float(said["negative_hours"] or 0) * 60),
        privacy=Privacy(said["privacy"]),
        contact=Contact(said["contact"]),
        counted_in=CountedIn(said["counted_in"]),
        public_holidays=PublicHolidays(said["public_holidays"]),
        back_when_ill=said["back_when_ill"] == "yes",
        paid=said["paid"] == "yes",
    )
    return scope_id, name, kind


def errors(wrong: Mapping[str, Wrong]) -> dict[str, str]:
    """What is wrong, at its field."""
    return {_id(name): _WRONG[why] for name, why in wrong.items()}


def gone() -> dict[str, str]:
    """The kind is no longer there."""
    return {_id("paid"): GONE}


def kind_words(kind: Kind) -> str:
    """What holds for a kind, in a few short lines."""
    taken = f"taken from “{_said(kind.ledger)}”" if kind.ledger else "only counted"
    below = f", down to −{kind.negative_minutes / 60:g} h" if kind.negative_minutes else ""
    facts = [
        "paid" if kind.paid else "unpaid",
        "needs approval" if kind.approval else "needs no approval",
        f"{taken}{below}",
        f"in {_COUNTED[kind.counted_in]}",
    ]
    if kind.ledger:
        facts.append(f"public holidays {_HOLIDAYS[kind.public_holidays].partition(' (')[0]}")
    facts += ["given back when ill"] if kind.back_when_ill else []
    reach = f"Read by {_PRIVACY[kind.privacy]}. While they are away: {_CONTACT[kind.contact]}."
    text = ", ".join(facts)
    return f"{text[0].upper()}{text[1:]}. {reach}"


def _deeds(kind: Kind, shown: KindsShown) -> Iterator[Block]:
    value, name, spoken = kind.name, folded(kind.name), plain(shorten(kind.name, _SPOKEN))
    yield button("Change…", CHANGE, value, f"Change {spoken}")
    if kind.retired:
        yield button("Offer again", REVIVE, value, f"Offer {spoken} again")
    elif "retired" not in wrong_with(replace(kind, retired=True)):
        yield button("Retire", RETIRE, value, f"Retire {spoken}")
    if name in shown.removable:
        yield button("Remove", FORGET, value, f"Remove {spoken}")
    elif name in shown.changed:
        yield button("As usual", FORGET, value, f"{spoken} as usual")


def _element(name: str, kind: Kind) -> Block:
    match name:
        case "name":
            return text_input("", longest=LONGEST_NAME)
        case "ledger":
            return text_input(kind.ledger or "", longest=LONGEST_NAME)
        case "negative_hours":
            below = kind.negative_minutes / 60
            return number_input(below or None, least=0, most=MOST_HOURS, whole=False, usual="0")
        case _ if name in _CHOICES:
            options = [option(words, each.value) for each, words in _CHOICES[name].items()]
            return select(options, getattr(kind, name).value)
    options = [option(words, value) for value, words in _YES_NO.items()]
    return select(options, "yes" if getattr(kind, name) else "no")


def _how(name: str) -> dict[str, Any]:
    return {"optional": name in _OPTIONAL, "hint": _HINTS.get(name, "")}


def _id(name: str) -> str:
    return f"{FORM}.{name}"


def _said(name: str) -> str:
    return escape(shorten(name, _NAME))
