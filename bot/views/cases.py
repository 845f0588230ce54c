"""The card of a case in every state that it can be in."""

from collections.abc import Iterator, Sequence

from bot.domain.cases_shown import CaseShown, Why
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs
from bot.views.cases_assign import ASSIGN
from bot.views.cases_log import LOG, log_line
from bot.views.cases_named import case_spoken, case_words
from bot.views.cases_words import clock_lines, due_words, record_line, stands_line
from bot.views.escalations import START as ESCALATE
from bot.views.exceptions import START as EXCEPTION
from bot.views.formats import Formats
from bot.views.handup import RAISE as HAND_UP
from bot.views.kb_canned import FROM_CASE as RESPOND
from bot.views.menus import more_menu
from bot.views.promises import NEW as FOLLOW_UP
from bot.views.requests import zone_line
from bot.views.routing import REROUTE

WORKING, WAIT, CLOSE, REOPEN, NOTE, EDIT = (
    "case.working",
    "case.wait",
    "case.close",
    "case.reopen",
    "case.note",
    "case.edit",
)
REPLIED, WROTE, SHOW, UNDO = "case.replied", "case.wrote", "case.show", "case.undo"
# A case that lives here is replied to here; of one that a helpdesk has, somebody says that they are at it.
_DAILY = (WAIT, ASSIGN, ESCALATE, CLOSE, REOPEN)
_SELDOM = (WORKING, WROTE, RESPOND, NOTE, FOLLOW_UP, HAND_UP, EXCEPTION, REROUTE, EDIT, LOG)
_WHY = {Why.OPENED: "Opened for you:", Why.GIVEN: "Yours now:"}


def case_card(
    shown: CaseShown,
    formats: Formats,
    said: Sequence[str] = (),
    more: Sequence[Block] = (),
    why: Why | None = None,
) -> Message:
    """How it stands, its clocks explained, what happened last, and what can be done.

    ``said`` and ``more`` are the lines and the buttons of other capabilities.
    """
    words = case_words(shown.named)
    headline = f"{_WHY[why]} {words}" if why in _WHY else f"{words[:1].upper()}{words[1:]}"
    lines = [f"*{headline}*", stands_line(shown, formats), *clock_lines(shown, formats), *said]
    record = record_line(shown)
    log = "\n".join(log_line(each, formats) for each in shown.log)
    return message(
        f"{headline} · {due_words(shown.due_at, formats, shown.now)}" if shown.live else headline,
        *paragraphs(lines),
        *([context(record)] if record else []),
        *([context(log)] if log else []),
        *_rows(shown, more),
        zone_line(formats),
    )


def show_button(case_id: str, spoken: str) -> Block:
    """Shows the card of a case beside a list."""
    return button("Show", SHOW, case_id, f"Show {spoken}")


def _rows(shown: CaseShown, more: Sequence[Block]) -> Iterator[Block]:
    """What it waits for just now, then what is needed daily, with all else in a menu."""
    offered = [*_own(shown), *more]
    daily = (WORKING if shown.mirrored else REPLIED, *_DAILY)
    row, seldom = _those(offered, daily), _those(offered, [each for each in _SELDOM if each not in daily])
    now = [each for each in offered if each not in (*row, *seldom)]
    row += [more_menu(shown.id, seldom)] if len(seldom) > 1 else seldom
    yield from (buttons(*each) for each in (now, row) if each)


def _those(offered: Sequence[Block], names: Sequence[str]) -> list[Block]:
    return [each for name in names for each in offered if each["action_id"] == name]


def _own(shown: CaseShown) -> Iterator[Block]:
    if shown.live:
        yield from (_button(shown, *each) for each in (("Working", WORKING), ("Wait…", WAIT), ("Close…", CLOSE)))
        if not shown.mirrored:
            yield _button(shown, "I replied…", REPLIED)
            yield _button(shown, "Customer wrote", WROTE)
        yield _button(shown, "Note…", NOTE)
        yield _button(shown, "Edit…", EDIT)
    elif not shown.over:
        yield _button(shown, "Reopen…", REOPEN)
    if shown.events > len(shown.log):
        yield _button(shown, "Log", LOG)


def _button(shown: CaseShown, label: str, action: str) -> Block:
    return button(label, action, str(shown.id), f"{label} {case_spoken(shown.named)}")
