"""Somebody's own cases as they stand on their Home: what is due first."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.cases import Priority
from bot.domain.home_cases import CaseSeen, OwnCases
from bot.domain.permissions import Actor, Deed
from bot.views.blocks import Block, button, buttons, header, section
from bot.views.cases import show_button
from bot.views.cases_named import case_spoken, case_words
from bot.views.cases_words import due_words, state_words
from bot.views.formats import Formats

MINE, NEW, AGING = "home.cases", "home.case", "home.aging"


def case_doors(actor: Actor) -> Iterator[Block]:
    """What can be done without any case to begin with."""
    if actor.may(Deed.WORK_CASES):
        yield button("New case…", NEW, "new")
    if actor.may(Deed.CHASE):
        yield button("Aging cases", AGING, "all")


def the_cases(cases: OwnCases, now: datetime, formats: Formats) -> Iterator[Block]:
    """The first of them, each with a button that shows it, and a door to all; nothing where there is none."""
    if not cases.total:
        return
    yield header(f"My cases · {cases.total}")
    for each in cases.first:
        yield {
            **section("\n".join(_lines(each, now, formats))),
            "accessory": show_button(str(each.named.id), case_spoken(each.named)),
        }
    if cases.total > len(cases.first):
        yield buttons(button("All my cases", MINE, "mine"))


def _lines(seen: CaseSeen, now: datetime, formats: Formats) -> Iterator[str]:
    words = case_words(seen.named)
    yield f"*{words[:1].upper()}{words[1:]}*"
    urgent = f"{seen.priority} · " if seen.priority is not Priority.NORMAL else ""
    yield f"{urgent}{state_words(seen.state, seen.waits_on)} · {due_words(seen.due_at, formats, now)}"
