"""``/cover open``: shifts that nobody works yet are opened and offered, once they were said back."""

import re

from slack_bolt import Ack, App

from bot.actions.covers_look import look_at_covers
from bot.actions.covers_open import Opening, open_shifts
from bot.actions.covers_propose import BadOffer
from bot.actions.shifts import Names, known_names
from bot.connectors.slack import as_typed
from bot.domain.covers_shown import Wrong
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.windows import windows
from bot.views import covers_help as words
from bot.views import covers_open as views
from bot.views import swaps_hints as hints
from bot.views.blocks import Message
from bot.views.covers_form import WRONG
from bot.views.covers_words import title
from handlers.covers_typed import meant
from handlers.visit import Visit, shown

_TIMES = re.compile(r"(?:^|\s)(?:x\s*(\d{1,9})|(\d{1,9})\s*x)(?=\s|$)", re.IGNORECASE)


def register(app: App) -> None:
    """The buttons below what was said back, the one on Home, and the form."""
    app.action(re.compile(rf"^({re.escape(views.OPEN)}|{re.escape(views.CHANGE)})$"))(confirm)
    app.action(views.BEGIN)(start_opening)
    app.view(views.FORM)(submit)


def begin_opening(ack: Ack, visit: Visit, text: str) -> None:
    """Says back what was typed, or opens the form for the rest."""
    if visit.caller.actor.reach(Deed.OPEN_SHIFT) is Reach.NOBODY:
        ack(**words.may_not_open())
        return
    queues = known_names(visit.deps, visit.caller).queues
    wanted, said = _read(visit, as_typed(text), queues)
    if wanted.interval and not said and (wanted.queue or not queues):
        ack(**views.echo(wanted, wanted.interval, visit.caller.formats))
    else:
        visit.opens(views.open_form(wanted, queues, visit.caller.formats, said))
        ack()


def start_opening(ack: Ack, visit: Visit) -> None:
    """Opens the form with nothing in it."""
    if visit.caller.actor.reach(Deed.OPEN_SHIFT) is Reach.NOBODY:
        visit.reply(words.may_not_open())
    else:
        wanted = views.Wanted(visit.deps.new_id())
        visit.opens(views.open_form(wanted, known_names(visit.deps, visit.caller).queues, visit.caller.formats))
    ack()


def confirm(ack: Ack, visit: Visit) -> None:
    """That is what was meant, or it is to be changed."""
    wanted = views.read_value(visit.value)
    if visit.name == views.CHANGE:
        visit.opens(views.open_form(wanted, known_names(visit.deps, visit.caller).queues, visit.caller.formats))
    else:
        visit.replace(_opened(visit, wanted))
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Opens the shifts, or says at each field what is wrong."""
    wanted, missing = views.read_form(visit.view, visit.caller.formats)
    if missing or wanted.interval is None:
        ack(response_action="errors", errors=missing)
        return
    try:
        answer = views.opened(_open(visit, wanted, wanted.interval))
    except BadOffer as bad:
        ack(response_action="errors", errors=views.errors(bad.wrong))
    except NotPermitted:
        ack(response_action="update", view=shown(words.may_not_open(), views.TITLE))
    else:
        ack(response_action="update", view=shown(answer, views.TITLE))


def _opened(visit: Visit, wanted: views.Wanted) -> Message:
    try:
        return views.opened(_open(visit, wanted, wanted.interval)) if wanted.interval else views.opened([])
    except BadOffer as bad:
        return views.not_opened(bad.wrong)
    except NotPermitted:
        return words.may_not_open()


def _open(visit: Visit, wanted: views.Wanted, interval: Interval) -> list[str]:
    """What the open shifts are called. Raises ``BadOffer`` and ``NotPermitted``."""
    opening = Opening(wanted.nonce, wanted.queue, interval.start, interval.end, wanted.number, wanted.note)
    opened = open_shifts(visit.deps, visit.caller, opening)
    return [title(each) for each in look_at_covers(visit.deps, visit.caller, opened)]


def _read(visit: Visit, text: str, queues: tuple[str, ...]) -> tuple[views.Wanted, list[str]]:
    """What was typed, and what of it is unclear or cannot be."""
    times = _TIMES.search(text)
    typed = int(times[1] or times[2]) if times else 1
    number = max(1, min(typed, views.MOST))
    queue, rest = Names(queues, (), ()).cut(_TIMES.sub(" ", text))
    choices, said = meant(visit, rest)
    said += [views.NO_QUEUE] if said and queues and not queue else []
    said += [views.too_many(typed)] if typed != number else []
    if not choices:
        return views.Wanted(visit.deps.new_id(), queue, None, None, number), said
    when = choices[0]
    found = windows(when, visit.caller.zone) if when.start and when.end and when.first == when.last else ()
    interval = found[0] if len(found) == 1 else None
    said += [hints.check(rest)] if len(choices) > 1 else []
    said += [hints.one_day(rest)] if when.first != when.last else []
    said += [WRONG[Wrong.SHIFT_BEGUN]] if interval and interval.start <= visit.deps.clock() else []
    return views.Wanted(visit.deps.new_id(), queue, when.first, interval, number), said
