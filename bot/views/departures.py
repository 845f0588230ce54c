"""Shifts that need an owner because theirs has left: the card, and the form that gives one to somebody."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.covers_shown import Wrong
from bot.domain.departures import Choice, DepartureShown, Owned, Unowned
from bot.domain.ranking import Place
from bot.domain.shifts import Somebody
from bot.views.blocks import Block, Message, button, buttons, message, paragraphs, section
from bot.views.covers_words import reasons
from bot.views.formats import Formats, person, plain, shorten
from bot.views.forms import MOST_OPTIONS, View, entered, field, modal, option, plain_text, select
from bot.views.requests import work_words, zone_line

OFFER_ALL, OFFER, GIVE = "departure.offer_all", "departure.offer", "departure.give"
FORM = "departure.form"
TAKER = f"{FORM}.taker"
TITLE = "Give to somebody"
MAY_NOT = "Leads, coordinators and managers find an owner for a shift. Nothing was changed."
ALL_OFFERED = "All of it is offered already, or somebody works it. Nothing was changed."
NOT_YOUR_TEAM = "You can do this for people of your team only. Nothing was changed; pick somebody else."
TAKEN = "Somebody was quicker and took it. The card says who."
WRONG = {
    Wrong.SHIFT_CHANGED: "This shift has changed, or somebody works it by now. Nothing was changed.",
    Wrong.SHIFT_BEGUN: "This shift has begun already. To change who works it, edit it.",
    Wrong.OFFERED_ALREADY: "This is offered to others already. Nothing was changed.",
}
_MOST_OWNED, _NAME, _WHY = 10, 60, 75


def departure_card(shown: DepartureShown, formats: Formats) -> Message:
    """Who has left, what of theirs needs an owner with who could be asked first, and what has one."""
    text = _headline(shown)
    blocks = [section(text)]
    for each in shown.unowned:
        blocks.append(section("\n".join(_unowned_lines(each, formats, shown.at))))
        if pressable := list(_buttons(each, formats)):
            blocks.append(buttons(*pressable))
    if shown.more:
        blocks.append(section(f"… and {shown.more} more, which show here as soon as one of these has an owner."))
    blocks += paragraphs(_owned_lines(shown.owned, formats))
    if shown.to_offer > 1:
        blocks.append(buttons(button("Offer all to others", OFFER_ALL, str(shown.id))))
    return message(text, *blocks, zone_line(formats))


def back(shown: DepartureShown, given: int, *, to_themselves: bool) -> Message:
    """Somebody is back, and so many shifts are theirs again."""
    again = f"{_shifts(given)} {'is' if given == 1 else 'are'}" if given else "no shift is"
    if to_themselves:
        return message(f"You are back, and {again} yours again.")
    text = f"{person(shown.member)} is back: {again} theirs again."
    if others := len(shown.owned):
        stay = "stays" if others == 1 else "stay"
        text = f"{text} {_shifts(others).capitalize()} {stay} with who took over."
    return message(text)


def give_form(assignment_id: UUID, nonce: UUID, found: Choice, formats: Formats, now: datetime) -> View:
    """To whom it is given: those whom the rules let work it, the first of the ranking first."""
    said = section(f"{work_words(found.interval, found.queue, formats)}. Nobody works it.")
    if not found.people:
        nobody = section("The rules let nobody work all of it. Offer it: others can take parts of it.")
        return modal(TITLE, said, nobody, zone_line(formats), close="Close")
    options = [_option(*each, number, now) for number, each in enumerate(found.people[:MOST_OPTIONS], 1)]
    return modal(
        TITLE,
        said,
        field("Who works it", TAKER, select(options), hint="They are told that it was you."),
        zone_line(formats),
        callback_id=FORM,
        submit="Give it to them",
        metadata=json.dumps({"assignment": str(assignment_id), "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID, UUID, str | None]:
    """The assignment, the nonce, and the Slack account of who was chosen."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["assignment"]), UUID(kept["nonce"]), entered(view).get(TAKER)


def offered(number: int) -> str:
    """What the card does not say of an offer: that others hear of it."""
    verb = "is" if number == 1 else "are"
    return f"{_shifts(number).capitalize()} {verb} offered to others now, a few at a time."


def _option(who: Somebody, place: Place, number: int, now: datetime) -> Block:
    why = plain_text(shorten(", ".join(reasons(place, now)), _WHY))
    return {**option(f"{number}. {plain(shorten(who.name, _NAME))}", who.slack_id or ""), "description": why}


def _headline(shown: DepartureShown) -> str:
    head = f"{person(shown.member)} {'had left and is back' if shown.back else 'has left'}."
    number = len(shown.unowned) + shown.more
    if not number:
        return f"{head} Nothing needs an owner any more."
    return f"{head} *{'One shift needs' if number == 1 else f'{number} shifts need'} an owner*"


def _unowned_lines(each: Unowned, formats: Formats, at: datetime) -> Iterator[str]:
    offered_as = f" · offered as open shift {each.number}" if each.number is not None else ""
    yield f"*{work_words(each.interval, each.queue, formats)}*{offered_as}"
    if each.waits:
        yield f"{person(each.waits)} took it, and it waits for approval"
    elif not each.first:
        yield "Nobody can work all of it by the rules; others may take parts of it"
    for number, (who, place) in enumerate(each.first, 1):
        yield f"{number}. {person(who)}: {', '.join(reasons(place, at))}"


def _buttons(each: Unowned, formats: Formats) -> Iterator[Block]:
    """Nothing where somebody waits for it; a screen reader says of which shift they are."""
    if each.waits:
        return
    work = work_words(each.interval, None, formats)
    if each.number is None:
        yield button("Offer to others", OFFER, str(each.id), f"Offer to others, {work}")
    yield button("Give to…", GIVE, str(each.id), f"Give to…, {work}")


def _owned_lines(owned: Sequence[Owned], formats: Formats) -> Iterator[str]:
    if owned:
        yield "*Has an owner*"
    for each in owned[:_MOST_OWNED]:
        yield f"• {work_words(each.interval, each.queue, formats)} · {person(each.worker)}"
    if len(owned) > _MOST_OWNED:
        yield f"… and {len(owned) - _MOST_OWNED} more"


def _shifts(number: int) -> str:
    return "one shift" if number == 1 else f"{number} shifts"
