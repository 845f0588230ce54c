"""Asking people to acknowledge a procedure that was published."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_sop import ask_readers, sop_form
from bot.actions.people import UnknownPerson
from bot.domain.announcements import BadAnnouncement
from bot.domain.kb import UnknownArticle
from bot.domain.kb_upkeep import BeyondTeam, NobodyToAsk
from bot.domain.permissions import NotPermitted
from bot.views import kb_sop as views
from bot.views.blocks import Message, message
from bot.views.kb_upkeep import GONE
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, UnknownArticle)


def register(app: App) -> None:
    """The button and the form."""
    app.action(views.ASK)(open_form)
    app.view(views.FORM)(submit_form)


def open_form(ack: Ack, visit: Visit) -> None:
    """Asks who, and by when."""
    try:
        form = sop_form(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(views.sop_form(visit.deps.new_id(), form.article, form.teams, form.skills, form.own_team))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Asks them, or says at the field what is wrong."""
    filled = views.read_form(visit.view)
    try:
        number, people = ask_readers(
            visit.deps,
            visit.caller,
            filled.nonce,
            filled.article_id,
            filled.teams,
            filled.skills,
            filled.people,
            filled.due_on,
        )
        answer = views.asked(number, people, visit.command("announce"))
    except (BadAnnouncement, BeyondTeam, NobodyToAsk, UnknownPerson) as wrong:
        ack(response_action="errors", errors=_wrong(wrong))
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.TITLE))


def _wrong(wrong: Exception) -> dict[str, str]:
    """At the field; of an announcement nothing can be wrong here but the day."""
    match wrong:
        case BeyondTeam():
            return views.wrong_people(views.BEYOND_TEAM)
        case NobodyToAsk():
            return views.wrong_people(views.NOBODY)
        case UnknownPerson():
            return views.wrong_people(views.UNKNOWN_PERSON)
    return views.wrong_day()


def _words(refusal: Exception) -> Message:
    return message(GONE if isinstance(refusal, UnknownArticle) else views.MAY_NOT)
