"""How reliable departments were in a week: value, n, period and how it is counted."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.reliability import LEAST, Reliability
from bot.views.blocks import Message, context, message, paragraphs
from bot.views.fitting import fitting
from bot.views.formats import Formats, amount, duration, escape, shorten
from bot.views.requests import zone_line

_NAME, _MOST, _LONGEST = 60, 40, 9000
_DAYS = timedelta(days=6)


def report(
    week: date, rows: Sequence[tuple[str | None, Reliability]], total: Reliability | None, formats: Formats
) -> Message:
    """A line of each department, the least reliable first, and all together where there are several."""
    period = formats.days(week, week + _DAYS)
    ordered = sorted(rows, key=lambda each: (each[1].rate is None, each[1].rate or 0, each[0] or ""))
    lines = [f"• *{_name(name)}*: {words(each)}" for name, each in ordered]
    lines = fitting(lines, _MOST, _LONGEST, "departments")
    lines += [f"*All together*: {words(total)}"] if total else []
    text = f"Answers of {_name(rows[0][0])}" if len(rows) == 1 else "Answers of other departments"
    return message(
        f"{text}, {period}: {'; '.join(lines).replace('*', '').replace('• ', '')}",
        *paragraphs([f"*{text}* · {period}", *lines]),
        context(
            "Kept: answered by the promised time, of all that fell due in the week; what was moved before it was "
            "due counts neither way. Time to an answer: in the department's own hours, the one in the middle."
        ),
        zone_line(formats, "From Floorwalker's own records"),
    )


def words(each: Reliability) -> str:
    """Whether it kept what it promised, and how long answers took."""
    return f"{_kept(each)} · {_took(each)}"


def _kept(each: Reliability) -> str:
    moved = f", {each.moved} moved" if each.moved else ""
    if not each.due:
        return f"no promised time fell due{moved}"
    counts = f"{each.kept} of {each.due} promised times kept, {each.missed} missed{moved}"
    if each.rate is None:
        return f"{counts} (too few for a rate: at least {LEAST})"
    return f"{amount(f'{each.rate * 100:.0f}', '%')}: {counts}"


def _took(each: Reliability) -> str:
    if not each.answered:
        return "nothing answered"
    if each.median is None:
        return f"{each.answered} answered (too few for a time: at least {LEAST})"
    return f"median time to an answer {duration(each.median)} (n {each.answered})"


def _name(name: str | None) -> str:
    return escape(shorten(name, _NAME)) if name else "a department that is gone"
