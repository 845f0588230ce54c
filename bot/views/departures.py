"""Shifts that need an owner because theirs has left: the card, and the form that gives one to somebody."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.covers import PartState
from bot.domain.covers_shown import CoverShown, PartShown, Wrong
from bot.domain.departures import DepartureShown, Owned
from bot.domain.unowned import Choice, Unowned
from bot.views.blocks import Block, Message, button, buttons, message, paragraphs, section
from bot.views.covers_words import names, reasons
from bot.views.formats import Formats, person
from bot.views.forms import View, entered, modal, plain_text
from bot.views.give import nobody_words, taker_field
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
_MOST_OWNED = 10


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
    blocks += paragraphs(owned_lines(shown.owned, formats))
    if shown.to_offer > 1:
        blocks.append(buttons(_offer_all(shown)))
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


def needed(shown: DepartureShown, number: int) -> Message:
    """A new schedule has put so many shifts on the card."""
    needs = "needs" if number == 1 else "need"
    planned = f"{_shifts(number)} planned for {person(shown.member)}, who has left, {needs} an owner"
    return message(f"The schedule has changed: {planned}.")


def declined(shown: CoverShown, part: PartShown, formats: Formats) -> Message:
    """Whoever it was given to does not work it."""
    how = "was not approved" if part.state is PartState.DECLINED else "has left" if part.taker.left else "declined"
    work = work_words(part.interval, shown.queue, formats)
    return message(f"{person(part.taker)} {how}: {work} needs an owner again. Nobody else is asked.")


def give_form(
    assignment_id: UUID,
    nonce: UUID,
    found: Choice,
    formats: Formats,
    means: Sequence[str] = (),
    taker: Block | None = None,
) -> View:
    """To whom it is given: those whom the rules let work it; what it ``means`` for the ``taker`` chosen."""
    said = section(f"{work_words(found.interval, found.queue, formats)}. Nobody works it.")
    if nobody := nobody_words(found.people):
        return modal(TITLE, said, section(nobody), zone_line(formats), close="Close")
    return modal(
        TITLE,
        said,
        taker_field("Who works it", TAKER, taker, tells=True),
        *(paragraphs(["*For them*", *means]) if means else ()),
        zone_line(formats),
        callback_id=FORM,
        submit="Give it to them",
        metadata=json.dumps({"assignment": str(assignment_id), "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID, UUID, str | None]:
    """The assignment, the nonce, and the Slack account of who was chosen."""
    kept = json.loads(view["private_metadata"])
    return UUID(kept["assignment"]), UUID(kept["nonce"]), entered(view).get(TAKER)


def chosen(view: View) -> Block | None:
    """Who was chosen, as they were offered."""
    states = view["state"]["values"].get(TAKER, {})
    option: Block | None = states.get(TAKER, {}).get("selected_option")
    return option


def unowned_lines(each: Unowned, formats: Formats) -> Iterator[str]:
    """What nobody works, whose it was who has left, and how far it is."""
    left = f" · of {person(each.left)}, who has left" if each.left else ""
    left += f" · of {person(each.away)}, who is away" if each.away else ""
    offered_as = f" · offered as open shift {each.number}" if each.number is not None else ""
    yield f"*{work_words(each.interval, each.queue, formats)}*{left}{offered_as}"
    if each.waits:
        yield f"{person(each.waits)} took it, and it waits for approval"


def give_button(each: Unowned, formats: Formats) -> Block:
    """Opens the form that gives it to somebody; a screen reader says what."""
    return button("Give to…", GIVE, str(each.id), f"Give to…, {work_words(each.interval, None, formats)}")


def offered(number: int) -> str:
    """What the card does not say of an offer: that others hear of it."""
    verb = "is" if number == 1 else "are"
    return f"{_shifts(number).capitalize()} {verb} offered to others now, a few at a time."


def _headline(shown: DepartureShown) -> str:
    head = f"{person(shown.member)} {'had left and is back' if shown.back else 'has left'}."
    number = len(shown.unowned) + shown.more
    if not number:
        return f"{head} Nothing needs an owner any more."
    return f"{head} *{'One shift needs' if number == 1 else f'{number} shifts need'} an owner*"


def _unowned_lines(each: Unowned, formats: Formats, at: datetime) -> Iterator[str]:
    yield f"*{work_words(each.interval, each.queue, formats)}*{_offered(each)}"
    if each.declined:
        yield f"Declined by {names(each.declined)}"
    if each.refused:
        yield f"Not approved: {names(each.refused)}"
    if each.waits:
        yield f"{person(each.waits)} took it, and it waits for approval"
    elif not each.first:
        yield "Nobody can work all of it by the rules; others may take parts of it"
    for number, (who, place) in enumerate(each.first, 1):
        yield f"{number}. {person(who)}: {', '.join(reasons(place, at))}"


def _offered(each: Unowned) -> str:
    """As what others read of it, unless it was given to somebody."""
    if each.number is None:
        return ""
    return f" · {'open shift' if each.waits else 'offered as open shift'} {each.number}"


def _offer_all(shown: DepartureShown) -> Block:
    """Asks first: whoever can work several of them is asked for each."""
    words = {
        "title": f"Offer {shown.to_offer} shifts?",
        "text": "Whoever can work then is asked, a few people for each shift and nobody for many at once.",
        "confirm": f"Offer {shown.to_offer} shifts",
        "deny": "Cancel",
    }
    asking = {key: plain_text(each) for key, each in words.items()}
    return button("Offer all to others", OFFER_ALL, str(shown.id)) | {"confirm": asking}


def _buttons(each: Unowned, formats: Formats) -> Iterator[Block]:
    """Nothing where somebody waits for it; a screen reader says of which shift they are."""
    if each.waits:
        return
    if each.number is None:
        work = work_words(each.interval, None, formats)
        yield button("Offer to others", OFFER, str(each.id), f"Offer to others, {work}")
    yield give_button(each, formats)


def owned_lines(owned: Sequence[Owned], formats: Formats) -> Iterator[str]:
    """What others work by now of what was somebody's."""
    if owned:
        yield "*Has an owner*"
    for each in owned[:_MOST_OWNED]:
        yield f"• {work_words(each.interval, each.queue, formats)} · {person(each.worker)}"
    if len(owned) > _MOST_OWNED:
        yield f"… and {len(owned) - _MOST_OWNED} more"


def _shifts(number: int) -> str:
    return "one shift" if number == 1 else f"{number} shifts"
