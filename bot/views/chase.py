"""What the chase says: asks in the department's thread, the daily list of a contact, and what goes up."""

from dataclasses import replace
from datetime import date, datetime

from bot.domain.chase_shown import DailyList, Open, SaidOf, WentUp, Why
from bot.domain.escalations import WAITING, State
from bot.domain.matrix import Rung
from bot.views.blocks import Block, Message, button, buttons, message, section
from bot.views.chase_words import (
    CHASE,
    RUNGS,
    department_buttons,
    in_short,
    late_words,
    next_words,
    promise_words,
    title_words,
)
from bot.views.escalations import ELSEWHERE, ETA, OWN
from bot.views.escalations_list import OPEN as SEE_ALL
from bot.views.formats import Formats, person
from bot.views.requests import zone_line

_MOST = 10


def ask(shown: Open, said: SaidOf, by: str | None, formats: Formats) -> Message:
    """Asks the department, in its thread, whether what it promised holds or, without, for a time.

    ``by`` is the Slack account of who has it asked; None: the clock. Once they have said more it has no buttons.
    """
    hello = f"{person(said.whom)}, " if said.whom else ""
    asks = f" <@{by}> asks." if by else ""
    if said.eta:
        text = f"{hello}you promised an answer by {formats.moment(said.eta)}. Is that still so?{asks}"
    elif said.owned:
        text = f"{hello}by when will there be an answer?{asks}"
    else:
        text = f"{hello}who takes this on, and by when will there be an answer?{asks}"
    promised = None if shown.eta_missed else shown.eta_at
    return message(text, section(text), *_row(shown, said, waits=promised == said.eta), zone_line(formats))


def missed(shown: Open, said: SaidOf, formats: Formats, *, department: bool) -> Message:
    """A promised time went by: said to the department, which is asked for another, and to whoever waits for it."""
    when = formats.moment(said.eta) if said.eta else ""
    if not department:
        title = title_words(replace(shown, department=said.department))
        text = f"{title}: they promised an answer by {when}, and it is not there. They are asked again."
        return message(text.replace("*", ""))
    whom = f"{person(said.whom)}, " if said.owned and said.whom else ""
    text = f"{whom}the answer promised for {when} is not there. By when will it be?"
    return message(text, section(text), *_row(shown, said, waits=shown.eta_at == said.eta), zone_line(formats))


def went_up(said: SaidOf, rung: Rung) -> Message:
    """Said in the department's thread: somebody above has heard of it."""
    owner = f"{person(said.whom)}: " if said.owned and said.whom else ""
    whom = "your lead" if rung is Rung.LEAD else RUNGS[rung]
    return message(f"{owner}nothing was heard of this for too long, so {whom} {_has(rung)} been told of it.")


def daily_list(shown: DailyList, day: date, formats: Formats) -> Message:
    """All that waits for one contact, told once on a day."""
    rows = shown.every
    if not rows:
        return message(f"{formats.day(day)}: nothing of support waits for you any more.")
    text = f"{formats.day(day)}: {_count(len(rows))} of support for you"
    blocks: list[Block] = [section(f"*{text}*\nSay of each whether its time still holds, or give another one.")]
    for each in rows[:_MOST]:
        blocks += [section(in_short(each, lambda one: _brief(one, formats))), buttons(*department_buttons(each))]
    if len(rows) > _MOST:
        blocks.append(buttons(button(f"See all {len(rows)}", SEE_ALL, "mine")))
    return message(text, *blocks, zone_line(formats))


def up_line(shown: WentUp, formats: Formats) -> str:
    """The line of a nudge: why it needs whoever reads it."""
    each = shown.open
    who = ""
    if each.state in WAITING:
        who = f" {person(each.owner)} owns it." if each.owner else " Nobody owns it."
    if shown.why is Why.MISSED:
        last = f", the last on {formats.moment(shown.eta)}" if shown.eta else ""
        return f"{title_words(each)}: {shown.misses} promised times went by{last}.{who}"
    return f"{title_words(each)}: nobody has said a word for too long, {promise_words(each, formats)}.{who}"


def up_buttons(shown: WentUp, _formats: Formats) -> list[Block]:
    """What whoever it went up to does about it: a department's lead answers, others chase or send it elsewhere."""
    value, spoken = str(shown.open.id), f"escalation {shown.open.number}"
    if shown.rung is Rung.LEAD:
        return [
            button("Own", OWN, value, f"Own {spoken}"),
            button("Give ETA…", ETA, value, f"Give a time for {spoken}"),
        ]
    return [
        button("Chase", CHASE, value, f"Chase {spoken}"),
        button("Send elsewhere…", ELSEWHERE, value, f"Send {spoken} elsewhere"),
    ]


def chased(shown: Open, formats: Formats) -> Message:
    """Whoever pressed Chase reads that they are asked."""
    return message(f"They are asked now, in their thread. {next_words(shown, formats)}")


def chased_lately(at: datetime, formats: Formats) -> Message:
    """They were asked only just now."""
    return message(f"They were asked {formats.moment(at)}. Give them a quarter of an hour before asking again.")


def on_time(shown: Open, formats: Formats) -> Message:
    """Whoever pressed Still on time reads what is expected."""
    when = f" by {formats.moment(shown.eta_at)}" if shown.eta_at else ""
    return message(f"Thank you. The answer is expected{when}.")


def not_waiting(state: State) -> Message:
    """Nothing can be asked of the department now."""
    if state is State.NEEDS_INFO:
        return message("The department waits for us: answer what it needs to know first. Nobody was asked.")
    return message("It is answered or closed by now. Nobody was asked.")


def no_promise() -> Message:
    """There is no promised time that could still hold."""
    return message("No promised time runs any more. Give a new one with Change ETA…, or answer it.")


def gone(command: str) -> Message:
    """There is no such escalation."""
    return message(f"This escalation is not there any more. `{command} list` shows those that are.")


def may_not() -> Message:
    """Who may not do that here."""
    return message(
        "Leads, coordinators and managers chase; the department's own contacts answer for it. Nothing was changed."
    )


def _row(shown: Open, said: SaidOf, *, waits: bool) -> list[Block]:
    waits = waits and said.stands and shown.state in WAITING
    return [buttons(*department_buttons(shown))] if waits else []


def _brief(shown: Open, formats: Formats) -> str:
    title = f"{late_words(shown)}{title_words(shown)}"
    return f"{title}\n{promise_words(shown, formats)} · asked by {person(shown.asked_by)}"


def _has(rung: Rung) -> str:
    return "has" if rung in (Rung.CONTACT, Rung.LEAD) else "have"


def _count(number: int) -> str:
    return "1 question" if number == 1 else f"{number} questions"
