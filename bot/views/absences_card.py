"""The card of an absence for whoever finds somebody to step in, and the form that offers its work in two parts."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.absences import AbsenceShown, Hole, State
from bot.domain.cases_handover_shown import GivenBack
from bot.domain.covers_shown import Wrong
from bot.domain.intervals import Interval
from bot.domain.wallclock import local_date
from bot.views.absences import away_words
from bot.views.blocks import Block, Message, button, buttons, message, paragraphs, section
from bot.views.cases_handover import back_words, cases_blocks
from bot.views.coverage_effect import change_words
from bot.views.covers_words import names, reasons
from bot.views.departures import give_button, owned_lines
from bot.views.formats import Formats, person
from bot.views.forms import View, entered, field, modal, option, select
from bot.views.ladder_button import ladder_button
from bot.views.requests import work_words, zone_line

OFFER, SPLIT, ACCEPT = "absence.offer", "absence.split", "absence.accept"
FORM, CUT = "absence.split.form", "absence.cut"
SPLIT_TITLE = "Offer it in two parts"
MAY_NOT = "Leads, coordinators and managers find somebody to step in. Nothing was changed."
TOO_SHORT = "That is too short to be offered in two parts. Offer it whole."
WRONG = {
    Wrong.SHIFT_CHANGED: "This shift has changed, or somebody works it by now. Nothing was changed.",
    Wrong.SHIFT_BEGUN: "Too little of it is left for others to be asked. Nothing was changed.",
    Wrong.OFFERED_ALREADY: "This is offered to others already. Nothing was changed.",
    Wrong.TOO_SHORT: TOO_SHORT,
}
_STEP = timedelta(minutes=30)
_MOST_STEPS, _MOST_EFFECTS = 100, 3


def absence_card(shown: AbsenceShown, formats: Formats, command: str = "/floor") -> Message:
    """Who is away, and what nobody works because of it, with what to do about each; of who is spared, only that.

    ``command`` is where people say that they may be asked at any hour.
    """
    if shown.is_spared:
        text = _late_words(shown, formats)
        return message(text, section(text), *_cases(shown, formats), zone_line(formats))
    text = _headline(shown, formats)
    blocks = [section(text)]
    for each in shown.holes:
        blocks.append(section("\n".join(_lines(each, formats, shown.at, command))))
        if pressable := list(_buttons(shown.id, each, formats)):
            blocks.append(buttons(*pressable))
    if shown.more:
        blocks.append(section(f"… and {shown.more} more, which show here as soon as one of these is settled."))
    blocks += paragraphs(owned_lines(shown.owned, formats))
    return message(text, *blocks, *_cases(shown, formats), zone_line(formats))


def back(shown: AbsenceShown, given: int, cases: GivenBack | None = None) -> Message:
    """Somebody is back, and so many shifts and cases are theirs again."""
    again = "nothing was left to give back" if not given else f"{_shifts(given)} theirs again"
    return message(f"{person(shown.member)} is back: {again}.{back_words(cases) if cases else ''}")


def last_call(shown: AbsenceShown, hole: Hole, formats: Formats) -> Message:
    """It begins soon, and nobody works it."""
    work = work_words(hole.open.interval, hole.open.queue, formats)
    text = f"Still nobody works {work}, which begins soon. {person(shown.member)} is away."
    helps = ladder_button(hole.open.interval, hole.open.queue, f"What helps now, {work}")
    return message(text, section("\n".join([text, *_effects(hole, formats)])), buttons(helps))


def offered(number: int) -> str:
    """What the card does not say of an offer: that others hear of it."""
    if not number:
        return "Nobody can be asked now. Give it to somebody, with the button Give to…"
    return f"{'One person is' if number == 1 else f'{number} people are'} asked now."


def split_form(assignment_id: UUID, nonce: UUID, left: Interval, formats: Formats) -> View | None:
    """Asks where to cut it; None where it is too short."""
    times = list(_times(left))
    if not times:
        return None
    options = [option(formats.moment(each), each.isoformat()) for each in times]
    middle = times[(len(times) - 1) // 2].isoformat()
    return modal(
        SPLIT_TITLE,
        section(f"{work_words(left, None, formats)}. Each part is offered by itself."),
        field("The second part begins", CUT, select(options, middle)),
        zone_line(formats),
        callback_id=FORM,
        submit="Offer both",
        metadata=json.dumps({"assignment": str(assignment_id), "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID, UUID, datetime | None]:
    """The assignment, the nonce, and where to cut."""
    kept, cut = json.loads(view["private_metadata"]), entered(view).get(CUT)
    return UUID(kept["assignment"]), UUID(kept["nonce"]), datetime.fromisoformat(cut) if cut else None


def read_value(value: str) -> tuple[UUID, UUID]:
    """The absence and the assignment of a button."""
    absence_id, assignment_id = value.split()
    return UUID(absence_id), UUID(assignment_id)


def _cases(shown: AbsenceShown, formats: Formats) -> Iterator[Block]:
    return cases_blocks(shown.cases, shown.id, formats, shown.at)


def _headline(shown: AbsenceShown, formats: Formats) -> str:
    if shown.state is State.TAKEN_BACK:
        return f"{person(shown.member)} is not away after all."
    if shown.state is State.ENDED:
        return f"{person(shown.member)} was away and is back."
    away = f"{person(shown.member)} is away {away_words(shown.interval, formats, shown.at)}."
    number = sum(each.accepted is None for each in shown.holes) + shown.more
    if not number:
        return away if shown.cases.number else f"{away} Nothing needs anybody any more."
    return f"{away} *{'One shift is' if number == 1 else f'{number} shifts are'} open*"


def _late_words(shown: AbsenceShown, formats: Formats) -> str:
    end = shown.interval.end
    when = f"{formats.day(local_date(end, formats.zone))}: at {formats.time(end)}"
    return f"{person(shown.member)} comes later on {when}. Enough people are there until then."


def _lines(hole: Hole, formats: Formats, at: datetime, command: str) -> Iterator[str]:
    open_ = hole.open
    offered_as = f" · offered as open shift {open_.number}" if open_.number is not None else ""
    yield f"*{work_words(open_.interval, open_.queue, formats)}*{offered_as}"
    if hole.accepted:
        yield f"Left open by {person(hole.accepted)}"
        return
    yield from _effects(hole, formats)
    if open_.declined:
        yield f"Declined by {names(open_.declined)}"
    if open_.refused:
        yield f"Not approved: {names(open_.refused)}"
    if open_.waits:
        yield f"{person(open_.waits)} took it, and it waits for approval"
    elif hole.left is None:
        yield "Too little of it is left for others to be asked"
    elif not hole.able:
        yield "Nobody can work all of it by the rules; others may take parts of it"
    if _is_out_of_reach(hole):
        yield f"Nobody who can work it has said that they may be asked at any hour (`{command} me`)"
    for number, (who, place) in enumerate(open_.first, 1):
        yield f"{number}. {person(who)}: {', '.join(reasons(place, at))}"


def _effects(hole: Hole, formats: Formats) -> Iterator[str]:
    return (f"While nobody works it: {change_words(each, formats)}" for each in hole.effect[:_MOST_EFFECTS])


def _buttons(absence_id: UUID, hole: Hole, formats: Formats) -> Iterator[Block]:
    """Nothing where somebody waits for it or it stays so; a screen reader says of which shift they are."""
    if hole.accepted or hole.open.waits:
        return
    work, value = work_words(hole.open.interval, None, formats), f"{absence_id} {hole.open.id}"
    if hole.hurried:
        yield ladder_button(hole.open.interval, hole.open.queue, f"What helps now, {work}")
    if hole.left and hole.open.number is None and not _is_out_of_reach(hole):
        yield from _offers(hole, value, work)
    if hole.left:
        yield give_button(hole.open, formats)
    yield button("Accept risk", ACCEPT, value, f"Accept risk, {work}")


def _offers(hole: Hole, value: str, work: str) -> Iterator[Block]:
    """Within the hour there is no time for turns: all are asked at once who may be asked at any hour."""
    label = f"Offer to {hole.able}" if hole.able else "Offer in parts"
    label = "Ask the emergency list" if hole.hurried else label
    yield button(label, OFFER, value, f"{label}, {work}")
    if hole.left and not hole.hurried and list(_times(hole.left)):
        yield button("Split…", SPLIT, value, f"Split, {work}")


def _is_out_of_reach(hole: Hole) -> bool:
    """Whether nobody would hear of it: there is no time for turns, and nobody may be asked at any hour."""
    offered = hole.open.number is not None or hole.open.waits is not None
    return hole.hurried and hole.left is not None and not hole.reachable and not offered


def _times(left: Interval) -> Iterator[datetime]:
    """Every half hour at which both parts are worth offering."""
    for number in range(2, _MOST_STEPS):
        at = left.start + number * _STEP
        if left.end - at < 2 * _STEP:
            return
        yield at


def _shifts(number: int) -> str:
    return "one shift is" if number == 1 else f"{number} shifts are"
