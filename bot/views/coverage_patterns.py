"""The proposal to change the plan for hours that are short week after week."""

from collections.abc import Iterator
from uuid import UUID

from bot.domain.coverage_patterns_life import State
from bot.domain.coverage_patterns_shown import PatternShown
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs
from bot.views.coverage import heads, post_name
from bot.views.formats import Formats, person
from bot.views.forms import option

ADD, MOVE, ACCEPT = "pattern.add", "pattern.move", "pattern.accept"
NOT_OPEN = "These hours are not short any more. Nothing was changed."
MAY_NOT = "Leads, coordinators and managers open shifts and accept that somebody is missing. Nothing was changed."
MAY_NOT_EDIT = "Coordinators and managers move shifts. Nothing was changed."
_WEEKS = (4, 8, 13, 26)
_MOST_POSTS, _MOST_DAYS = 4, 4


def pattern_card(shown: PatternShown, formats: Formats) -> Message:
    """Which hours are short how often, and what can be done about it."""
    words = _words(shown, formats)
    zone = context(f"Times in {shown.zone.key.replace('_', ' ')}")
    if shown.state is State.OVER:
        text = f"Not short any more week after week: {words}."
        return message(text, *paragraphs([text]), zone)
    text = f"Short week after week: {words}"
    said = [f"*Short week after week:* {words}", _evidence(shown, formats), *_accepted(shown, formats)]
    return message(text, *paragraphs(said), buttons(*_buttons(shown, words)), zone)


def read_pattern(value: str) -> UUID:
    """Which hours a button is about."""
    return UUID(value)


def read_accept(value: str) -> tuple[UUID, int]:
    """Which hours, and for how many weeks."""
    pattern_id, weeks = value.split()
    return UUID(pattern_id), int(weeks)


def _words(shown: PatternShown, formats: Formats) -> str:
    found = shown.found
    posts = [post_name(each) for each in sorted(found.posts)]
    posts[_MOST_POSTS:] = [f"{len(posts) - _MOST_POSTS} more"] if len(posts) > _MOST_POSTS else []
    weekday = formats.weekday(found.evidence[0][0])
    hours = f"{formats.wall(found.start)}–{formats.wall(found.end)}"
    return f"{weekday}, {hours} · {' and '.join(posts)} −{heads(found.heads)}"


def _evidence(shown: PatternShown, formats: Formats) -> str:
    evidence = shown.found.evidence[-_MOST_DAYS:]
    listed = ", ".join(f"{formats.day(day)} −{heads(missing)}" for day, missing in evidence)
    return f"In {len(shown.found.evidence)} of the last 4 weeks: {listed}"


def _accepted(shown: PatternShown, formats: Formats) -> Iterator[str]:
    if shown.state is State.ACCEPTED and shown.until and shown.by:
        yield f"Accepted by {person(shown.by)} until {formats.day(shown.until)}"


def _buttons(shown: PatternShown, words: str) -> Iterator[Block]:
    value = str(shown.id)
    yield button("Add shifts…", ADD, value, f"Add shifts, {words}")
    yield button("Move a shift…", MOVE, value, f"Move a shift, {words}")
    if shown.state is State.PROPOSED:
        yield {
            "type": "static_select",
            "action_id": ACCEPT,
            "placeholder": {"type": "plain_text", "text": "Accept it for…"},
            "options": [option(f"{each} weeks", f"{value} {each}") for each in _WEEKS],
        }
