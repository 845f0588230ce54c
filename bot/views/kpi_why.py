"""Why a service level was not what was planned, in words."""

from collections.abc import Callable, Iterator, Sequence

from bot.domain.kpi import Figure
from bot.domain.kpi_periods import Span, day_of
from bot.domain.kpi_why import Cause, Conditions
from bot.domain.kpi_why_shown import Lack, Late, QueueWhy, WhyShown
from bot.domain.wallclock import local_date
from bot.views.blocks import Message, context, message, paragraphs, section
from bot.views.coverage import heads, name
from bot.views.coverage_measured import measured_words
from bot.views.formats import Formats, amount
from bot.views.kpi_words import span_words, value_words

_MOST_QUEUES = 10
_HOW = (
    "Reckoned from what came and who was there, by Erlang; each cause has what it changes on average over all "
    "orders in which they could have come, so that they add up to the difference."
)
_LACKS = {
    Lack.NO_CONTACTS: "nothing says how many contacts came: import contact volumes",
    Lack.NONE_CAME: "no contacts came",
    Lack.NONE_EXPECTED: "all contacts came when none were expected",
    Lack.NO_FORECAST: "nothing says how many contacts were expected: a forecast needs volumes of the weeks before",
    Lack.NO_HEADS: "nothing says how many people were needed: import a plan, or say it in the queue's settings",
    Lack.NOT_WAITING: "it is worked off as a backlog, in which nobody waits to be answered",
    Lack.HANDLE_TIME: "Of some contacts nobody knows how long they took; they are taken to be as long as planned",
    Lack.STAFF: "No shift is known of these days, so as many people are taken to be there as were needed",
}


def why(shown: WhyShown, formats: Formats, command: str) -> Message:
    """Each queue: planned, reckoned, and what share of the difference each cause has."""
    title = f"*Why?* · {span_words(shown.span, formats)}"
    if not shown.queues:
        text = f"{title}\nNothing is known of what came, or of what was expected, in this time."
        return message(text, section(text), context(f"More: `{command} help`"))
    parts = [line for each in shown.queues[:_MOST_QUEUES] for line in _queue(each, shown.span, formats)]
    if len(shown.queues) > _MOST_QUEUES:
        parts.append(f"and {len(shown.queues) - _MOST_QUEUES} more: name a queue")
    said = next((line for line in parts if "planned" in line), parts[0])
    notes = [_HOW] if any(each.why for each in shown.queues) else []
    return message(
        f"Why, {span_words(shown.span, formats)}: {said}",
        *paragraphs([title, *parts]),
        context("\n".join([*notes, f"More: `{command} help`"])),
    )


def only_queues(names: Sequence[str], command: str) -> Message:
    """For who asks why of something else."""
    text = f"I can say why the service level of a queue was as it was, such as `{command} why thu`."
    queues = ", ".join(name(each) for each in names[:_MOST_QUEUES])
    return message(text, section(text), *([context(f"Queues are {queues}")] if queues else []))


def _queue(of: QueueWhy, span: Span, formats: Formats) -> Iterator[str]:
    if of.why is None or of.planned is None or of.actual is None:
        yield f"*{name(of.queue)}*: {'; '.join(_LACKS[each] for each in of.lacks)}"
        return
    found = of.why
    yield (
        f"*{name(of.queue)}*: service level {_percent(found.actual)}, planned were {_percent(found.planned)} "
        f"({_points(found.actual - found.planned)})"
    )
    for cause, part in sorted(found.parts.items(), key=lambda each: each[1]):
        yield f"• {_cause(cause, of.planned, of.actual, formats)}{_otherwise(cause, part, of)}: {_points(part)}"
    yield (
        f"• One more head all along: {_percent(found.one_more)}; as many as planned: {_percent(found.as_staffed)}"
    )
    if of.worst:
        yield f"• Most waited too long at {', '.join(_late(each, span, formats) for each in of.worst)}"
    if of.measured and of.measured.share is not None:
        yield f"• Measured: {measured_words(of.measured).partition(': ')[2]}"
    if of.unplanned >= 1:
        yield f"• {of.unplanned:,.0f} more contacts came when none were expected; they are left out"
    yield from (f"• {_LACKS[each]}" for each in of.lacks)


def _cause(cause: Cause, planned: Conditions, actual: Conditions, formats: Formats) -> str:
    match cause:
        case Cause.CONTACTS:
            return _compared("Contacts", planned.contacts, actual.contacts, lambda each: f"{each:,.0f}")
        case Cause.HANDLE_TIME:
            return _compared(
                "Handle time", planned.aht, actual.aht, lambda each: value_words(Figure.AHT, each, formats)
            )
        case Cause.STAFF:
            return _compared("Heads on contacts", planned.heads, actual.heads, heads)


def _otherwise(cause: Cause, part: float, of: QueueWhy) -> str:
    """What explains that it was no more in all and did harm, or no less and helped."""
    if of.planned is None or of.actual is None:
        return ""
    match cause:
        case Cause.CONTACTS:
            more = of.actual.contacts - of.planned.contacts
        case Cause.STAFF:
            more = of.planned.heads - of.actual.heads
        case _:
            return ""
    return ", at other times" if part * more > 0 else ""


def _compared(what: str, planned: float, actual: float, words: Callable[[float], str]) -> str:
    was, wanted = words(actual), words(planned)
    return f"{what}, {was} as planned" if was == wanted else f"{what}, {was} instead of {wanted}"


def _late(late: Late, span: Span, formats: Formats) -> str:
    day = local_date(late.interval.start, formats.zone)
    named = "" if span == day_of(day) else f"{formats.day(day)}, "
    return f"{named}{formats.hours(late.interval)} ({late.late:.0f} of {late.contacts:.0f})"


def _percent(share: float) -> str:
    return amount(f"{100 * share:.1f}", "%")


def _points(share: float) -> str:
    points = round(100 * share, 1)
    return amount(f"{points:+.1f}".replace("-", "−") if points else "±0", "points")


def may_not() -> Message:
    """For who leads nobody."""
    text = "Leads, coordinators and managers see why a day was as it was. Ask one of them."
    return message(text, section(text))
