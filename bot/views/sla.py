"""The clocks of a case in words."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric
from bot.domain.sla_shown import ClockShown, WaitShown
from bot.views.formats import Formats, duration, escape, shorten

METRICS = {
    Metric.FIRST_REPLY: "First reply",
    Metric.NEXT_REPLY: "Next reply",
    Metric.RESOLUTION: "Resolution",
}
_HELPDESKS = {"zendesk": "Zendesk", "freshdesk": "Freshdesk", "jira": "Jira"}
_NAME = 80
_A_MINUTE = timedelta(minutes=1)
_SOON = 75  # percent: from when on its owner is told


def clock_words(shown: ClockShown, formats: Formats) -> str:
    """A clock explained: "Resolution: 4 h 10 min used of 8 h; paused 2 h 5 min; due Thu, Nov 26, 11:40"."""
    return f"{METRICS[shown.metric]}: {'; '.join(_parts(shown, formats))}"


def clocks_words(shown: Sequence[ClockShown], formats: Formats) -> list[str]:
    """Every clock in a line of its own, those that count first, with a mark where it is late or soon will be."""
    ordered = sorted(shown, key=lambda each: each.stopped_at is not None)
    return [f"{_mark(each)} {clock_words(each, formats)}" for each in ordered]


def wait_words(shown: WaitShown) -> str:
    """How long a case waited for a department: "Billing has had it for 12 h of working time"."""
    department = escape(shorten(shown.department, _NAME))
    long = f"{duration(shown.waited)} of working time" if shown.waited >= _A_MINUTE else ""
    if shown.still:
        return f"{department} has had it for {long}" if long else f"{department} has it now"
    return f"{department} had it for {long or 'less than a minute'}"


def _mark(shown: ClockShown) -> str:
    if shown.stopped_at:
        return "•"
    if shown.breached_at:
        return "🔴"
    return "🟠" if shown.mode is Mode.RUNNING and (shown.percent or 0) >= _SOON else "•"


def _parts(shown: ClockShown, formats: Formats) -> Iterator[str]:
    if shown.target:
        yield f"{duration(shown.used)} used of {duration(shown.target)}"
    if shown.paused >= _A_MINUTE:
        yield f"paused {duration(shown.paused)}"
    if shown.mode is Mode.MET and shown.stopped_at:
        yield f"in time, {formats.moment(shown.stopped_at)}"
    elif shown.mode is Mode.MISSED and shown.stopped_at:
        due = f" (due {formats.moment(shown.due_at)})" if shown.due_at else ""
        yield f"late, {formats.moment(shown.stopped_at)}{due}"
    elif shown.act_by and shown.breached_at:
        yield f"breached at {formats.moment(shown.breached_at)} by re-prioritisation"
        yield f"act by {formats.moment(shown.act_by)}"
    elif shown.breached_at:
        yield f"breached, was due {formats.moment(shown.breached_at)}"
    elif shown.due_at:
        yield f"due {formats.moment(shown.due_at)}"
    else:
        yield "paused now, so not due" if shown.helpdesk is None else "no deadline now"
    if shown.helpdesk:
        yield f"as {_HELPDESKS.get(shown.helpdesk, shown.helpdesk)} says"
