"""Shifts as people read them: a person's days, and who is on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import groupby

from bot.domain.shifts import FloorList, ShiftList, Somebody, WorkedShift
from bot.domain.shifts_edit import Listing
from bot.domain.wallclock import local_date, week_start
from bot.domain.when import Ambiguous, NotUnderstood
from bot.views.absences import away_line
from bot.views.asked import Asked
from bot.views.blocks import Block, Message, button, buttons, context, header, message, paragraphs, section
from bot.views.formats import Formats, duration, escape, person, plain, shorten
from bot.views.shifts_edit import OPEN, listing_value

SHOW = "shifts.show"
START = "swap.start"
GIVE = "cover.start"
NEW = "new"  # of START: whichever shift
# Lines of one page: readable in one go, and each may need a paragraph of its own, or has a row of buttons
# as well.
PAGE, OWN_PAGE = 25, 20
# Characters; of what people typed, in one line. Escaped they take up to five times as many.
_NAME, _SKILLS, _NOTE, _REST = 80, 200, 120, 200
_MOST_NAMES = 20
_WORKER = 40  # of a name on a button


def shift_list(shown: ShiftList, formats: Formats, asked: Asked) -> Message:
    """Somebody's shifts, by week with the hours of each."""
    today = local_date(asked.at, formats.zone)
    when = formats.when(shown.when, today)
    if not shown.shifts:
        nobody = "You have" if shown.worker is None else f"{person(shown.worker)} has"
        hint = _hint(_over(shown, formats, today) or f"Another time: `{asked.command} next month`", shown.zone.key)
        heading = section(f"*{nobody} no shifts* · {when}")
        return message(f"{nobody} no shifts, {when}.", heading, *_editable(shown), hint)
    whose = "Your shifts" if shown.worker is None else f"Shifts of {person(shown.worker)}"
    portion, pager = _page(shown.shifts, asked, OWN_PAGE)
    blocks = [section(f"*{whose}* · {when}")]
    for week, shifts in groupby(portion, key=lambda each: _week(each, formats)):
        title = f"*Week of {formats.day(week, today)}* · {duration(shown.weeks[week])}"
        if shown.may_swap:
            blocks += _swappable(title, shifts, formats, asked, shown.worker)
        else:
            blocks += paragraphs([title, *(day_line(each, formats, today) for each in shifts)])
    first = day_line(portion[0], formats, today)
    return message(
        f"{whose}, {when}: {_count(len(shown.shifts), 'shift')}, the first {first}",
        *blocks,
        *pager,
        *_editable(shown),
        _hint(f"More: `{asked.command} help`", shown.zone.key),
    )


def floor_list(shown: FloorList, formats: Formats, asked: Asked) -> Message:
    """Who is on, by queue, with their skills."""
    today = local_date(asked.at, formats.zone)
    when = formats.when(shown.when, today)
    what = f" for {_name(shown.name)}" if shown.name else ""
    if not shown.shifts:
        another = f"Another time: `{asked.command} who tomorrow 9am`"
        hint = _hint(_over(shown, formats, today) or another, shown.zone.key)
        heading = section(f"*Nobody is on{what}* · {when}")
        return message(f"Nobody is on{what}, {when}.", heading, *_away(shown, formats, asked), hint)
    on = len({each.worker.member_id for each in shown.shifts if each.worker})
    opened = sum(each.worker is None for each in shown.shifts)
    summary = f"{on} on" + (f", {_count(opened, 'open shift')}" if opened else "")
    portion, pager = _page(shown.shifts, asked)
    blocks = [section(f"*Who is on{what}* · {when} · {summary}")]
    dated = shown.when.first != shown.when.last
    for queue, shifts in groupby(portion, key=lambda each: each.queue):
        title = f"*{_name(queue or 'No queue')}*"
        blocks += paragraphs([title, *(_worker_line(each, formats, today, dated=dated) for each in shifts)])
    return message(
        f"Who is on{what}, {when}: {summary}",
        *blocks,
        *_away(shown, formats, asked),
        *pager,
        _hint(f"More: `{asked.command} help`", shown.zone.key),
    )


def _away(shown: FloorList, formats: Formats, asked: Asked) -> Iterator[Block]:
    if shown.away:
        yield section(away_line(shown.away, formats, asked.at))


def ask_back(
    meaning: Ambiguous | NotUnderstood, formats: Formats, asked: Asked, subject: str, names: Sequence[str]
) -> Message:
    """Asks which time was meant; ``subject`` was typed beside it, and ``names`` are what can be."""
    if isinstance(meaning, NotUnderstood):
        return _not_understood(meaning, formats, asked.command, names, edits=subject.startswith("edit"))
    return _which_one(meaning, formats, asked, subject)


def _which_one(ambiguous: Ambiguous, formats: Formats, asked: Asked, subject: str) -> Message:
    """Each button repeats the command with one of the readings."""
    today = local_date(asked.at, formats.zone)
    text = "Which one do you mean?" if len(ambiguous.choices) > 1 else "Is this what you mean?"
    offered = [
        button(
            shorten(formats.when(choice, today), 75),
            f"{SHOW}.{number}",
            _value(replace(asked, text=f"{subject} {choice.typed}".strip())),
        )
        for number, choice in enumerate(ambiguous.choices)
    ]
    return message(text, section(text), buttons(*offered))


def _not_understood(
    what: NotUnderstood, formats: Formats, command: str, names: Sequence[str], *, edits: bool
) -> Message:
    """Says what made sense and what did not, and what would."""
    rest = f"“{escape(shorten(what.rest, _REST))}”"
    if what.short:
        text = f"There is no {rest}: {formats.short_month(what.short)}."
    elif what.understood:
        text = f"I understood “{escape(shorten(what.understood, _REST))}”, but not {rest}."
    else:
        text = f"I did not understand {rest}."
    examples = f"`{command} next week` or `{command} who tomorrow 9am`"
    hint = f"Try {f'`{command} edit @colleague fri`' if edits else examples}. All forms: `{command} help`"
    if names:
        more = ", …" if len(names) > _MOST_NAMES else ""
        hint = f"You can ask for {', '.join(map(_name, names[:_MOST_NAMES]))}{more}. All forms: `{command} help`"
    return message(text, section(text), context(hint))


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so I know no shifts of theirs."
    return message(text, section(text), context(f"Who is on now: `{command} who`"))


def names_wanted(name: str, command: str) -> Message:
    """A name was typed that Slack did not turn into a person."""
    text = f"I cannot tell who {_name(name)} is. Pick them from the list that Slack offers after `@`."
    return message(text, section(text), context(f"Who is on now: `{command} who`"))


def one_at_a_time(command: str) -> Message:
    """Several people were named."""
    text = "I can show the shifts of one person at a time."
    return message(text, section(text), context(f"Who is on now, everybody: `{command} who`"))


def too_many_days(most: int) -> Message:
    """The range is longer than anybody reads."""
    text = f"That is more than {most} days. Ask for a shorter time, such as `next month`."
    return message(text, section(text))


def may_not_see(command: str) -> Message:
    """A department contact asked for a person's shifts."""
    text = "You can see who is on, but not one person's shifts."
    return message(text, section(text), context(f"Who is on now: `{command} who`"))


def help_message(command: str, queue: str | None, *, may_edit: bool) -> Message:
    """Every form of the command for the reader; ``queue`` is one that there is, for the example."""
    name = escape(shorten(queue, _NAME)).replace("`", "'") if queue else ""
    forms = {
        "": "your next 14 days",
        " next week": "your shifts then; also `fri`, `tomorrow`, `dec 24 to jan 2`, `next month`",
        " @colleague": "a colleague's next 14 days; add a time as above",
        " who": "who is on now, with their skills",
        f" who {f'{name} ' if name else ''}3pm": "who is on then, for a queue, team or skill; also `who fri 9-5`",
        **({" edit @colleague fri": "change, split, delete or add shifts; also `edit fri`"} if may_edit else {}),
        " calendar": "your shifts in your own calendar, with an address to subscribe to",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    return message(
        f"What {command} can do",
        header("Shifts"),
        section("\n".join(lines)),
        context("Only you see the answers. Times are in your own time zone."),
    )


def _page(
    shifts: Sequence[WorkedShift], asked: Asked, size: int = PAGE
) -> tuple[Sequence[WorkedShift], list[Block]]:
    last = (len(shifts) - 1) // size
    page = max(0, min(asked.page, last))
    portion = shifts[page * size : (page + 1) * size]
    if last == 0:
        return portion, []
    turns = [("Earlier", page - 1)] if page > 0 else []
    turns += [("More", page + 1)] if page < last else []
    shown = f"{page * size + 1}–{page * size + len(portion)} of {len(shifts)}"
    offered = [button(label, f"{SHOW}.{label.lower()}", _value(replace(asked, page=to))) for label, to in turns]
    return portion, [context(shown), buttons(*offered)]


def _value(asked: Asked) -> str:
    """A button repeats what was asked when it was asked: "next week" stays that week, and pages fit together."""
    return f"{asked.page} {asked.at.timestamp():.0f} {asked.text}"


def read_value(command: str, value: str) -> Asked:
    """What a button stands for."""
    page, at, text = value.split(" ", 2)
    return Asked(command, text, datetime.fromtimestamp(int(at), UTC), int(page))


def _over(shown: ShiftList | FloorList, formats: Formats, today: date) -> str:
    """Where there are no shifts because nobody has planned that far yet."""
    last = shown.planned_until
    return f"Nothing is planned yet after {formats.day(last, today)}" if last else ""


def _week(shift: WorkedShift, formats: Formats) -> date:
    return week_start(local_date(shift.interval.start, formats.zone), formats.first_weekday)


def day_line(shift: WorkedShift, formats: Formats, today: date) -> str:
    """A shift of somebody: day and hours, queue, length, and the note to whoever works it."""
    return _line(shift, _day_and_hours(shift, formats, today))


def _line(shift: WorkedShift, when: str) -> str:
    parts = [when, _name(shift.queue or ""), duration(shift.interval.length)]
    parts.append(f"“{escape(shorten(shift.note, _NOTE))}”" if shift.note else "")
    return " · ".join(part for part in parts if part)


def read_start(value: str) -> tuple[str, str | None]:
    """Which assignment is to be swapped or given away, and for whom, by their Slack account; None: the reader."""
    assignment, _, whom = value.partition(" ")
    return assignment, whom or None


def _swappable(
    title: str, shifts: Iterable[WorkedShift], formats: Formats, asked: Asked, worker: Somebody | None
) -> Iterator[Block]:
    """A paragraph for each shift, the first with the title of the week; what has not begun can be given away."""
    today = local_date(asked.at, formats.zone)
    whose = f" for {plain(shorten(worker.name, _WORKER))}" if worker else ""
    whom = worker.slack_id if worker else ""
    for number, each in enumerate(shifts):
        when = _day_and_hours(each, formats, today)
        line = _line(each, when)
        yield section(line if number else f"{title}\n{line}")
        if each.id and each.interval.start > asked.at and whom is not None:
            value = f"{each.id} {whom}".strip()
            offered = ((f"Swap{whose}…", START), (f"Give away{whose}…", GIVE))
            yield buttons(*(button(label, action, value, f"{label} {when}") for label, action in offered))


def _editable(shown: ShiftList) -> Iterator[Block]:
    """What is planned of a colleague's can be edited by who runs the desk."""
    if shown.may_edit and shown.worker:
        listing = Listing(shown.worker.slack_id, shown.when.first, shown.when.last)
        yield buttons(button("Edit…", OPEN, listing_value(listing), f"Edit… {plain(shown.worker.name)}"))


def _worker_line(shift: WorkedShift, formats: Formats, today: date, *, dated: bool) -> str:
    hours = _day_and_hours(shift, formats, today) if dated else formats.hours(shift.interval)
    if shift.worker is None:
        return f"• {hours} · open shift"
    parts = [f"• {hours}", person(shift.worker), escape(shorten(", ".join(shift.worker.skills), _SKILLS))]
    parts.append("has left Slack" if shift.worker.left else "")
    return " · ".join(part for part in parts if part)


def _day_and_hours(shift: WorkedShift, formats: Formats, today: date) -> str:
    return f"{formats.day(local_date(shift.interval.start, formats.zone), today)}, {formats.hours(shift.interval)}"


def _name(text: str) -> str:
    return escape(shorten(text, _NAME))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _hint(text: str, zone: str) -> Block:
    return context(f"{text} · times in {zone.replace('_', ' ')}")
