"""Illness during leave: the question to who is ill, the coordinators' card, and what becomes of it."""

import json
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from bot.domain.timeoff_ill import IllAsked, IllnessShown
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, amount, person
from bot.views.timeoff_words import leave_words

YES, FIRST_ONLY, NO = "timeoff.ill.yes", "timeoff.ill.first", "timeoff.ill.no"
CERTIFIED, NOT_CERTIFIED = "timeoff.ill.certified", "timeoff.ill.not_certified"
NOTHING_CHANGED = "Nothing was changed."
KNOWN = "That is known already, or these days take no leave. Nothing was changed."
MAY_NOT = "Only a coordinator, a manager or the lead of their team says that. Nothing was changed."
MAY_NOT_CERTIFY = "Coordinators and managers say whether it is certified. Nothing was changed."
NOT_YOURS = "Somebody else says whether it is certified, as you are concerned in it. Nothing was changed."
DECIDED = "Somebody has said so already. The card shows what."
GONE = "This is no longer there."
_PRIVATE = "Kept are the days only: no words, and no document."
_BEYOND = "For the days after the leave, say so once more."


def ask(asked: IllAsked, nonce: UUID, formats: Formats) -> Message:
    """Whether days of leave are to be counted as ill instead, before anything is noted."""
    who = f"{person(asked.whose)} is" if asked.whose else "You are"
    leave = f"{who} on leave until {formats.day(asked.last)}."
    days = formats.days(asked.days[0], asked.days[-1])
    whose = "their" if asked.whose else "your"
    text = f"{leave} Count {days} as ill instead? {_days(len(asked.days))} back to {whose} balance once certified."
    hint = f"{_PRIVATE} {_BEYOND}" if asked.beyond else _PRIVATE
    return message(text, section(f"*{text}*"), buttons(*_answers(asked, nonce, formats)), context(hint))


def noted(first: date, last: date, formats: Formats) -> Message:
    """It is noted."""
    days = formats.days(first, last)
    text = f"Noted: ill {days}. Show a coordinator the certificate; they say here that they have seen it."
    return message(text, section(text), context(_PRIVATE))


def illness_card(shown: IllnessShown, formats: Formats) -> Message:
    """For the coordinators: whether it is certified."""
    days = formats.days(shown.first, shown.last)
    text = f"{person(shown.whose)} was ill on {_count(shown.days)} of leave: {days}."
    if shown.certified is None:
        back = _amount(shown, "gets")
        wanted = f"{text} Certified? With “Yes” {back}." if back else f"{text} Certified?"
        value, spoken = str(shown.id), f"{shown.whose.name}, {days}"
        yes = {**button("Yes", CERTIFIED, value, f"Certified: {spoken}"), "style": "primary"}
        no = button("No", NOT_CERTIFIED, value, f"Not certified: {spoken}")
        hint = "Look at the certificate and give it back: nothing of it belongs here."
        return message(wanted, section(wanted), buttons(yes, no), context(hint))
    by = f" by {person(shown.decided_by)}" if shown.decided_by else ""
    if shown.certified:
        back = _amount(shown, "got")
        return message(f"{text} Certified{by}{f': {back}' if back else ''}.")
    return message(f"{text} Not certified{by}: it stays leave.")


def told(shown: IllnessShown, formats: Formats) -> Message:
    """For who was ill."""
    days = formats.days(shown.first, shown.last)
    if not shown.certified:
        return message(
            f"Your illness {days} is not certified, so these days stay leave. Ask a coordinator if that is wrong."
        )
    back = leave_words(shown.minutes, shown.day_minutes)
    more = f" Your balance got *{back}* back." if shown.is_kept else ""
    text = f"Your illness {days} is certified.{more}"
    return message(text.replace("*", ""), section(text))


def read_value(value: str) -> tuple[UUID, UUID, date, date]:
    """The nonce, the leave, and from which day to which."""
    said = json.loads(value)
    first, last = (date.fromisoformat(said[key]) for key in ("first", "last"))
    return UUID(said["nonce"]), UUID(said["leave"]), first, last


def _answers(asked: IllAsked, nonce: UUID, formats: Formats) -> Iterator[Block]:
    first, last = asked.days[0], asked.days[-1]
    if asked.is_open:
        yield button(f"Only {formats.day(first)}", FIRST_ONLY, _value(asked, nonce, first, first))
        yield button(f"Until {formats.day(last)}", YES, _value(asked, nonce, first, last))
    else:
        yield button("Yes", YES, _value(asked, nonce, first, last))
    yield button("No", NO, "no")


def _value(asked: IllAsked, nonce: UUID, first: date, last: date) -> str:
    return json.dumps(
        {
            "nonce": str(nonce),
            "leave": str(asked.request_id),
            "first": first.isoformat(),
            "last": last.isoformat(),
        }
    )


def _days(number: int) -> str:
    return "It goes" if number == 1 else "They go"


def _count(number: int) -> str:
    return amount(f"{number}", "day" if number == 1 else "days")


def _amount(shown: IllnessShown, gets: str) -> str:
    """What goes back; nothing where no balance is kept."""
    return f"their balance {gets} {leave_words(shown.minutes, shown.day_minutes)} back" if shown.is_kept else ""
