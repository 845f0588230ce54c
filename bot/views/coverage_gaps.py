"""A gap in every state it can be in, what is said of it, and the form that lives with it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_gaps_shown import Filling, GapCard, GapRef, Risk, Way
from bot.domain.coverage_levels import Level
from bot.domain.coverage_watch import LIVE, Said, State
from bot.domain.covers import State as CoverState
from bot.domain.covers_shown import CoverShown
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, buttons, message, paragraphs, section
from bot.views.coverage import as_many_as_fit, heads, level_words, name, post_name
from bot.views.coverage_buttons import gap_buttons, read_ref
from bot.views.covers_words import state_words, title
from bot.views.formats import Formats, amount, escape, person, shorten
from bot.views.forms import View, entered, field, modal, option, paragraph_input, select
from bot.views.ladder_button import ladder_button
from bot.views.requests import work_words, zone_line

_HEADLINES = {
    State.OPEN: "People are missing:",
    State.ACCEPTED: "Risk accepted:",
    State.FILLED: "Filled:",
    State.OVER: "Over:",
    State.MERGED: "A part of a longer gap now:",
}
FORM, REASON, UNTIL = "gap.form", "gap.form.reason", "gap.form.until"
TITLE = "Accept the risk"
MAY_NOT = "Leads, coordinators and managers see to gaps. Nothing was changed."
NOT_THERE = "This gap is filled or over by now. Nothing was changed."
TOO_LATE = "Too little of it is left for others to be asked. Nothing was changed."
NOBODY_NEAR = "Nobody whose shift touches it can work longer by the rules. Nothing was changed; try Find cover."
LONGEST_REASON = 500
_MOST_POSTS, _MOST_COVERS, _MOST_LISTED, _SAID = 4, 8, 20, 300
_TO_ITS_END = "end"
_BEFORE = (timedelta(days=2), timedelta(days=1), timedelta(hours=4), timedelta(hours=1))


def gap_card(shown: GapCard, formats: Formats, command: str = "/cover") -> Message:
    """When people are missing, how many and what that does, with what can be done about it.

    ``command`` shows an open shift that nobody is needed for any more.
    """
    offered = list(_offered(shown.covers, formats))
    if shown.state not in LIVE:
        text = f"{_HEADLINES[shown.state]} {span_words(shown.gap, formats)}."
        return message(text, *paragraphs([text, *offered, *_left_over(shown, command)]), zone_line(formats))
    words = short_words(shown.gap, shown.levels, shown.wanted, formats)
    risk = [risk_words(shown.risk, formats)] if shown.risk else []
    row = list(gap_buttons(str(shown.id), span_words(shown.gap, formats), accepted=shown.state is State.ACCEPTED))
    if shown.near:
        row.insert(0, ladder_button(shown.gap.interval, min(shown.gap.worst.posts).queue))
    return message(
        f"{_HEADLINES[shown.state]} {words}",
        *paragraphs([f"*{_HEADLINES[shown.state]}* {words}", *risk, *offered]),
        buttons(*row),
        zone_line(formats),
    )


def many_gaps(shown: Sequence[GapCard], command: str, formats: Formats) -> Message:
    """Many that were found at once and are far off."""
    short = sum(each.state in LIVE for each in shown)
    text = f"{len(shown)} gaps were found in the days ahead" + (
        f", {short} are left." if short else "; none is left."
    )
    lines = [f"• {_line(each, formats)}" for each in shown]
    note = f"Each gets a message of its own as it comes nearer. What can be done now: `{command}`"
    return message(
        text, *paragraphs([f"*{text}*", *as_many_as_fit(lines, _MOST_LISTED)]), zone_line(formats, note)
    )


def gap_news(shown: GapCard, said: Said, formats: Formats) -> Message:
    """What is said beside the card."""
    words = short_words(shown.gap, shown.levels, shown.wanted, formats)
    match said:
        case Said.GROWN:
            return message(f"This has become worse. {words}")
        case Said.AGAIN:
            return message(f"The risk was accepted up to now, and people are still missing. {words}")
    return message(f"Still nobody fills this. {words}")


def short_words(gap: Gap, levels: Mapping[str, Level], wanted: Mapping[str, int], formats: Formats) -> str:
    """When, where and by how much people are missing, and the service level to be expected."""
    worst = gap.worst
    same = len({each.short for each in gap.parts}) == 1
    there = f"{heads(worst.there)} of {heads(worst.required)} there"
    at = there if same else f"worst {formats.time(worst.interval.start)}: {there}"
    return f"{span_words(gap, formats)}: {heads(worst.short)} short ({at}){''.join(_levels(levels, wanted))}"


def span_words(gap: Gap, formats: Formats) -> str:
    """The day, the hours and the queues."""
    day = formats.day(local_date(gap.interval.start, formats.zone))
    named = [post_name(each) for each in sorted(gap.posts)]
    named[_MOST_POSTS:] = [f"{len(named) - _MOST_POSTS} more"] if len(named) > _MOST_POSTS else []
    return f"{day}, {formats.hours(gap.interval)} · {' and '.join(named)}"


def risk_words(risk: Risk, formats: Formats) -> str:
    """Who lives with it, until when, and why; without a reason they left open what somebody away would work."""
    until = f" until {formats.moment(risk.until)}" if risk.until else ""
    why = f": “{escape(shorten(risk.reason, _SAID))}”" if risk.reason else ", with the absence that leaves it"
    return f"By {person(risk.by)}{until}{why}"


def filling(done: Filling, way: Way) -> Message:
    """What the card does not say of an offer: how many people hear of it now."""
    shifts = "one open shift" if done.shifts == 1 else f"{done.shifts} open shifts"
    if done.asked:
        people = "One person is" if done.asked == 1 else f"{done.asked} people are"
        longer = " whether they can work longer" if way is Way.OVERTIME else ""
        return message(f"{people} asked now{longer}: {shifts}.")
    if done.new:
        return message(f"Offered as {shifts}, but nobody can be asked now. Whoever can take it later will be.")
    return message(f"All that is missing is offered already: {shifts}.")


def accept_form(ref: str, nonce: UUID, gap: Gap, at: datetime, formats: Formats) -> View:
    """Asks why somebody lives with it, and until when."""
    moments = [gap.interval.start - each for each in _BEFORE]
    options = [
        option("Only if it gets worse", _TO_ITS_END),
        *(option(formats.moment(each), each.isoformat()) for each in moments if each > at),
    ]
    return modal(
        TITLE,
        section(f"{span_words(gap, formats)}. Nobody is warned of it any more, unless it gets worse."),
        field("Why it can stay so", REASON, paragraph_input(longest=LONGEST_REASON)),
        field("Warn again", UNTIL, select(options, _TO_ITS_END)),
        zone_line(formats),
        callback_id=FORM,
        submit="Accept",
        metadata=json.dumps({"gap": ref, "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[UUID | GapRef, UUID, str, datetime | None]:
    """The gap, the nonce, the reason, and until when."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    until = said[UNTIL]
    at = None if until in (None, _TO_ITS_END) else datetime.fromisoformat(until)
    return read_ref(kept["gap"]), UUID(kept["nonce"]), said[REASON] or "", at


def accepted() -> Message:
    """Nobody is warned any more."""
    return message("The risk is accepted. I warn again when it gets worse, or when that time is over.")


def _line(shown: GapCard, formats: Formats) -> str:
    if shown.state is State.OPEN:
        return short_words(shown.gap, shown.levels, {}, formats)
    return f"{_HEADLINES[shown.state]} {span_words(shown.gap, formats)}"


def _levels(levels: Mapping[str, Level], wanted: Mapping[str, int]) -> Iterator[str]:
    for queue, level in list(levels.items())[:_MOST_POSTS]:
        whose = f"{name(queue)}: " if len(levels) > 1 else ""
        asked = f", {amount(str(wanted[queue]), '%')} wanted" if queue in wanted else ""
        words = level_words(level).replace("service level ", "service level about ")
        yield f" · {whose}{words}{asked if level.service_level is not None else ''}"


def _left_over(shown: GapCard, command: str) -> Iterator[str]:
    """What is offered for a gap that was filled otherwise."""
    still = next((each for each in shown.covers if each.open_parts), None)
    if shown.state is State.FILLED and still:
        yield f"Still offered. Where it is not needed any more, withdraw it: `{command} {still.number}`"


def _offered(covers: Sequence[CoverShown], formats: Formats) -> Iterator[str]:
    """How what is offered stands: how many were asked, and who has taken it, but of what became void untaken."""
    told = [each for each in covers if each.state is not CoverState.SUPERSEDED or each.held]
    for each in told[:_MOST_COVERS]:
        number = len(each.asked)
        asked = f"{number} asked" if number else "nobody could be asked yet"
        last = "; nobody else can be asked" if each.open_parts and number and each.next_wave_at is None else ""
        work = work_words(each.interval, None, formats)
        yield f"• {title(each)}, {work}, is {state_words(each)} · {asked}{last}"
    if len(told) > _MOST_COVERS:
        yield f"• and {len(told) - _MOST_COVERS} more open shifts"
