"""Ill during leave: the answer of who is asked, and that of a coordinator who has seen a certificate."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.approvers import REFUSALS
from bot.actions.timeoff_ill import Decided, Ill, KnownAlready, certify, report_ill, what_ill
from bot.actions.timeoff_requests import UnknownRequest
from bot.domain.permissions import NotPermitted
from bot.domain.when import When
from bot.views import timeoff_ill as views
from bot.views.blocks import Message, message
from handlers.visit import Visit
from storage.tables import Member


def register(app: App) -> None:
    """The buttons of the question and of the card."""
    app.action(views.YES)(confirm)
    app.action(views.FIRST_ONLY)(confirm)
    app.action(views.NO)(leave)
    app.action(views.CERTIFIED)(decide)
    app.action(views.NOT_CERTIFIED)(decide)


def ask_ill(visit: Visit, whom: Member | None, when: When | None) -> Message | None:
    """What somebody is asked who says that they are ill and is on leave then; None where they are not.

    Raises ``NotPermitted``.
    """
    try:
        asked = what_ill(visit.deps, visit.caller, whom, when)
    except KnownAlready:
        return message(views.KNOWN)
    return views.ask(asked, visit.deps.new_id(), visit.caller.formats) if asked else None


def confirm(ack: Ack, visit: Visit) -> None:
    """It is meant."""
    nonce, request_id, first, last = views.read_value(visit.value)
    try:
        report_ill(visit.deps, visit.caller, Ill(nonce, request_id, first, last))
        answer = views.noted(first, last, visit.caller.formats)
    except (KnownAlready, UnknownRequest):
        answer = message(views.KNOWN)
    except NotPermitted:
        answer = message(views.MAY_NOT)
    visit.replace(answer)
    ack()


def leave(ack: Ack, visit: Visit) -> None:
    """It was not meant."""
    visit.replace(message(views.NOTHING_CHANGED))
    ack()


def decide(ack: Ack, visit: Visit) -> None:
    """A coordinator says whether it is certified; the card then shows it."""
    try:
        certify(visit.deps, visit.caller, UUID(visit.value), certified=visit.name == views.CERTIFIED)
    except Decided:
        visit.reply(message(views.DECIDED))
    except UnknownRequest:
        visit.reply(message(views.GONE))
    except REFUSALS as refusal:
        words = views.MAY_NOT_CERTIFY if isinstance(refusal, NotPermitted) else views.NOT_YOURS
        visit.reply(message(words))
    ack()
