"""``/sick``, ``/late`` and what is said in a direct message: somebody is away, and comes back."""

import re
from datetime import timedelta
from typing import Any

from slack_bolt import Ack, App

from bot.actions.absences import AlreadyAway, OverAlready, Report, come_back, come_back_now, report
from bot.actions.absences_ask import NotOneStretch, NoWork, WholeShift, ask_in_message, what_late, what_sick
from bot.actions.people import FromOutside, NotOnRoster, UnknownPerson, find_person, recognise
from bot.actions.timeoff_ill import ask_ill_in_message
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.absences import Kind, NotAway
from bot.domain.absences_said import read_length, read_said
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.when import Understood, When
from bot.domain.windows import TooManyDays
from bot.views import absences as views
from bot.views.blocks import Message, message
from handlers.timeoff_ill import ask_ill
from handlers.visit import Visit, shown
from storage.tables import Member

SICK, LATE = "sick", "late"
_BACK = re.compile(r"(?:^|\s)back(?=\s|$)", re.IGNORECASE)


def register(app: App, prefix: str = "") -> None:
    """The commands, the buttons in their answers, and those on Home."""
    app.command(f"/{prefix}{SICK}")(say_sick)
    app.command(f"/{prefix}{LATE}")(say_late)
    app.action(views.START)(start)
    app.action(views.START_LATE)(ask_how_late)
    app.view(views.LATE_FORM)(submit_late)
    app.action(views.YES)(confirm)
    app.action(views.NO)(leave)
    app.action(views.BACK)(take_back)


def say_sick(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Asks whether this is meant, or says that they are back."""
    ack(**_sick(visit, command["command"], command["text"].strip()))


def start(ack: Ack, visit: Visit) -> None:
    """The same from a button on Home."""
    visit.reply(_sick(visit, visit.command(SICK), ""))
    ack()


def say_late(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Asks whether this is meant."""
    text = as_typed(command["text"])
    late = read_length(text if not text.strip().isdecimal() else f"{text.strip()}m")
    ack(**(_late(visit, late) if late else views.late_help(command["command"])))


def ask_how_late(ack: Ack, visit: Visit) -> None:
    """The same from a button on Home."""
    visit.opens(views.late_form())
    ack()


def submit_late(ack: Ack, visit: Visit) -> None:
    """How late is said: asks whether this is meant."""
    answer = _late(visit, views.read_late_form(visit.view))
    ack(response_action="update", view=shown(answer, views.LATE_TITLE))


def hear_away(deps: Deps, workspace_id: str, slack_id: str, event_id: str, text: str) -> bool:
    """Whether somebody says in a direct message that they are away; then they are asked whether it is meant."""
    said = read_said(as_typed(text) if "<@" not in text else text)
    if said is None:
        return False
    try:
        caller = recognise(deps, workspace_id, slack_id)
        if not ask_ill_in_message(deps, caller, event_id, said):
            ask_in_message(deps, caller, event_id, said)
    except (AlreadyAway, FromOutside, NotOneStretch, NotOnRoster, NotPermitted, TooManyDays, WholeShift):
        return False
    return True


def confirm(ack: Ack, visit: Visit) -> None:
    """It is meant."""
    nonce, kind, interval, whom, account = views.read_value(visit.value)
    try:
        absence_id = report(visit.deps, visit.caller, Report(nonce, kind, interval, whom))
        answer = views.done(absence_id, visit.command(SICK), f"<@{account}>" if account else "")
        if kind is Kind.LATE:
            answer = views.done_late(absence_id, visit.command(SICK))
    except OverAlready:
        answer = message(views.OVER)
    except AlreadyAway as known:
        answer = views.already(known.until, visit.command(SICK), visit.caller.formats)
    except NotPermitted:
        answer = views.may_not(account or None)
    visit.replace(answer)
    ack()


def leave(ack: Ack, visit: Visit) -> None:
    """It was not meant."""
    visit.replace(message(views.NOTHING_CHANGED))
    ack()


def take_back(ack: Ack, visit: Visit) -> None:
    """They are back, or never were away."""
    absence_id, themselves = views.read_back(visit.value)
    try:
        returned = come_back(visit.deps, visit.caller, absence_id)
        answer = views.back(returned.given, before=returned.before, themselves=themselves)
    except NotAway:
        answer = message(views.NOT_AWAY if themselves else views.THEY_ARE_NOT_AWAY)
    except NotPermitted:
        answer = views.may_not(None)
    if "view" in visit.body:
        visit.reply(answer)
    else:
        visit.replace(answer)
    ack()


def _sick(visit: Visit, command: str, text: str) -> Message:
    reach = visit.caller.actor.reach(Deed.REPORT_ABSENCE)
    mentions = MENTION.findall(text)
    typed = as_typed(MENTION.sub(" ", text)).strip()
    named = mentions[0] if mentions and mentions[0] != visit.caller.slack_id else None
    if typed.lower() == "help" or len(mentions) > 1 or "@" in typed:
        return views.sick_help(command, others=reach > Reach.OWN)
    try:
        whom = find_person(visit.deps, visit.caller.workspace_id, named) if named else None
        if _BACK.search(typed):
            return _back(visit, whom)
        when = _when(visit, typed)
        if on_leave := ask_ill(visit, whom, when):
            return on_leave
        asked = what_sick(visit.deps, visit.caller, whom, when)
    except UnknownPerson:
        return views.not_on_roster(str(named))
    except NotPermitted:
        return views.may_not(named)
    except NoWork:
        return views.no_work(command, named)
    except AlreadyAway as known:
        return views.already(known.until, command, visit.caller.formats)
    except (NotOneStretch, TooManyDays):
        return message(views.ONE_STRETCH)
    return views.ask(asked, visit.deps.new_id(), visit.caller.formats)


def _late(visit: Visit, late: timedelta) -> Message:
    try:
        return views.ask(what_late(visit.deps, visit.caller, late), visit.deps.new_id(), visit.caller.formats)
    except NoWork:
        return views.no_shift_begins()
    except WholeShift:
        return views.whole_shift(visit.command(SICK))
    except NotPermitted:
        return views.may_not(None)


def _back(visit: Visit, whom: Member | None) -> Message:
    try:
        returned = come_back_now(visit.deps, visit.caller, whom.id if whom else None)
    except NotAway:
        return message(views.THEY_ARE_NOT_AWAY if whom else views.NOT_AWAY)
    return views.back(returned.given, before=returned.before, themselves=whom is None)


def _when(visit: Visit, typed: str) -> When | None:
    """Raises ``NotOneStretch`` for what is not understood."""
    if not typed:
        return None
    meaning = read_typed(visit.caller, typed, visit.deps.clock())
    if not isinstance(meaning, Understood):
        raise NotOneStretch
    return meaning.when
