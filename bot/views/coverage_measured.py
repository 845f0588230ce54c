"""Coverage of days that are over: the service level that was measured."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.coverage_measured import Measured
from bot.domain.coverage_shown import CoverageShown
from bot.views.blocks import Message, buttons, context, message, paragraphs, section
from bot.views.coverage import Request, as_many_as_fit, look_further, name, percent_met
from bot.views.formats import Formats, amount, duration

_MOST = 30
_MINUTE = timedelta(minutes=1)
_COLUMNS = "contact volumes with the columns `offered` and `answered_in_target`"


def over(shown: CoverageShown, formats: Formats, asked: Request, command: str, today: date) -> Message:
    """What was measured on days that are over, or how it would be known."""
    when = formats.days(shown.first, shown.last, today)
    title = f"*Coverage* · {when}{f' · {name(shown.queue)}' if shown.queue else ''} · over"
    lines = [f"• {measured_words(each)}" for each in shown.measured]
    said = "Measured:" if lines else f"Nothing says what was measured then. I learn it from {_COLUMNS}."
    return message(
        f"Coverage, {when}: {said}" + (f" {lines[0].removeprefix('• ')}" if lines else ""),
        section(f"{title}\n{said}"),
        *paragraphs(as_many_as_fit(lines, _MOST)),
        buttons(*look_further(asked, pictured=shown.is_known)),
        context("\n".join(_notes(shown, command))),
    )


def measured_words(measured: Measured) -> str:
    """How many contacts of a queue were answered in time, and whether that is as many as are wanted."""
    counts = measured.counts
    contacts = f"{counts.offered:,} {'contact' if counts.offered == 1 else 'contacts'}"
    if measured.share is None:
        said = [f"too few to say, {contacts}"]
    else:
        share = amount(f"{percent_met(measured.share)}", "%")
        said = [f"{share} of {contacts} answered within {_soon(measured.target)}"]
        if measured.wanted is not None:
            wanted = amount(f"{measured.wanted}", "%")
            said.append(f"{wanted} wanted ({'met' if measured.is_met else 'missed'})")
    if counts.unknown:
        said.append(f"not known of {counts.unknown:,} more")
    if measured.of_partner:
        said.append("all by a partner")
    return f"{name(measured.queue)}: {', '.join(said)}"


def _notes(shown: CoverageShown, command: str) -> Iterator[str]:
    if shown.measured:
        yield "Of all contacts offered, those who gave up among them; counted by the files of contact volumes"
    yield f"More: `{command} help`"


def _soon(target: timedelta) -> str:
    """Seconds, as targets are named, unless it is whole minutes of which there are some."""
    if target >= 2 * _MINUTE and not target % _MINUTE:
        return duration(target)
    return amount(f"{target // timedelta(seconds=1)}", "s")
