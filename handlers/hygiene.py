"""Records of cases that somebody should put right: ``/case check``, and the buttons of the list."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.hygiene import done, hygiene, hygiene_page
from bot.domain.cases_typed import Typed
from bot.domain.permissions import NotPermitted
from bot.views import hygiene as views
from bot.views.blocks import Message
from bot.views.cases_lists import may_not
from handlers.visit import Visit

_COMMAND = "case"


def register(app: App) -> None:
    """Every button in these lists."""
    app.action(re.compile(rf"^{re.escape(views.OPEN)}\."))(open_list)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.action(views.DONE)(take_off)


def answer_check(visit: Visit, _typed: Typed) -> Message:
    """How much there is to put right."""
    try:
        return views.hygiene_list(hygiene(visit.deps, visit.caller), f"{visit.command(_COMMAND)} check")
    except NotPermitted:
        return may_not(visit.command(_COMMAND))


def open_list(ack: Ack, visit: Visit) -> None:
    """The cases that one thing seems wrong with, beside the post that others read, too."""
    visit.reply(_page(visit, visit.value))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of them."""
    visit.replace(_page(visit, visit.value))
    ack()


def take_off(ack: Ack, visit: Visit) -> None:
    """One is done, and leaves the list."""
    page, _, case_id = visit.value.rpartition(" ")
    try:
        done(visit.deps, visit.caller, UUID(case_id), views.read_value(page)[0])
        answer = _page(visit, page)
    except NotPermitted:
        answer = may_not(visit.command(_COMMAND))
    visit.replace(answer)
    ack()


def _page(visit: Visit, value: str) -> Message:
    try:
        return views.hygiene_page(hygiene_page(visit.deps, visit.caller, *views.read_value(value)))
    except NotPermitted:
        return may_not(visit.command(_COMMAND))
