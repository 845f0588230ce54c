"""A procedure that was published: what is different, and who has to acknowledge it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.kb_upkeep_shown import ArticleNamed, SopChange
from bot.views.blocks import Message, button, buttons, context, message, paragraphs, section
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    people_select,
    several,
)
from bot.views.kb_article import open_button
from bot.views.kb_diff import LEGEND, brief_difference, size_words
from bot.views.kb_upkeep import name
from bot.views.kb_versions import DIFFERENCE, to_value
from bot.views.requests import said

ASK = "kb.sop.ask"
FORM = "kb.sop.form"
TITLE = "Who acknowledges it"
_TEAMS, _SKILLS, _PEOPLE, _DUE = (f"{FORM}.{each}" for each in ("teams", "skills", "people", "due"))
# Characters of a difference, in a card and in what is announced.
_ROOM = 1800
MAY_NOT = "Its owner asks, or a lead or a coordinator. Nobody was asked."
BEYOND_TEAM = "You ask your own team, or people of it; a lead or a coordinator asks others."
NOBODY = "Nobody but you fits all of this."
UNKNOWN_PERSON = "Somebody of these is not on the roster: leave them out, or ask a coordinator to add them."


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the form."""

    nonce: UUID
    article_id: UUID
    teams: tuple[UUID, ...]
    skills: tuple[UUID, ...]
    people: tuple[str, ...]
    due_on: date | None


def sop_card(shown: SopChange, command: str) -> Message:
    """For whoever published it; ``command`` shows an announcement."""
    new = "" if shown.before else "new and "
    text = f"Procedure {name(shown.article)} is {new}published."
    text += f" Who has acknowledged it: {_numbers(shown, command)}" if shown.asked else " Who acknowledges it?"
    changed = [] if shown.before is None else [size_words(shown.changes), brief_difference(shown.changes, _ROOM)]
    value, number = to_value(shown.article.id, shown.version), shown.article.number
    label = "Ask others, too…" if shown.asked else "Ask people to acknowledge…"
    row = [button(label, ASK, str(shown.article.id), f"Who acknowledges {number}")]
    if shown.before:
        row.append(
            button("What differs", DIFFERENCE, value, f"What differs in version {shown.version} of {number}")
        )
    return message(
        text,
        section(f"*{text}*"),
        *paragraphs(filter(None, changed)),
        buttons(*row, open_button(shown.article.id)),
        *([context(LEGEND)] if shown.before else ()),
    )


def _numbers(shown: SopChange, command: str) -> str:
    return ", ".join(f"`{command} {each}`" for each in shown.asked)


def replaced() -> Message:
    """A newer version has been published since."""
    return message("A newer version of this procedure was published since, so the question is about that one.")


def announced_words(shown: SopChange) -> str:
    """What is announced of it: why, and what is different."""
    lines = [f"Why:{said(shown.reason)}"] if shown.reason else []
    if shown.before is None:
        lines.append("It is new.")
    elif shown.changes:
        lines += [brief_difference(shown.changes, _ROOM), LEGEND]
    return "\n".join(lines) or "Please read it once more."


def sop_form(
    nonce: UUID,
    article: ArticleNamed,
    teams: Sequence[tuple[UUID, str]],
    skills: Sequence[tuple[UUID, str]],
    own_team: UUID | None,
) -> View:
    """Asks who, and by when."""
    blocks = [section(f"Procedure {name(article)}")]
    if own_team is None:
        blocks.append(context("Leave all of this empty to ask everybody."))
    for label, key, options in (("Teams", _TEAMS, teams), ("With one of these skills", _SKILLS, skills)):
        if options:
            offered = [option(each, str(one)) for one, each in options[:MOST_OPTIONS]]
            blocks.append(field(label, key, several(offered, [str(own_team)]), optional=True))
    blocks.append(field("Also these people", _PEOPLE, people_select(), optional=True))
    blocks.append(field("By the end of", _DUE, date_picker(None), optional=True))
    blocks.append(context("Whoever has not acknowledged it is reminded when their next shift begins."))
    return modal(
        TITLE,
        *blocks,
        callback_id=FORM,
        submit="Ask them",
        metadata=json.dumps({"nonce": str(nonce), "article": str(article.id)}),
    )


def read_form(view: View) -> Asked:
    """What was filled in."""
    kept, filled = json.loads(view["private_metadata"]), entered(view)
    due = filled.get(_DUE)
    return Asked(
        UUID(kept["nonce"]),
        UUID(kept["article"]),
        tuple(UUID(each) for each in filled.get(_TEAMS) or ()),
        tuple(UUID(each) for each in filled.get(_SKILLS) or ()),
        tuple(filled.get(_PEOPLE) or ()),
        date.fromisoformat(due) if due else None,
    )


def wrong_people(words: str) -> dict[str, str]:
    """At the field."""
    return {_PEOPLE: words}


def wrong_day() -> dict[str, str]:
    """At the field."""
    return {_DUE: "Choose a day that is not over."}


def asked(number: int, people: int, command: str) -> Message:
    """The answer to the form: so many people are asked, in an announcement of that number."""
    who = "One person is" if people == 1 else f"{people:,} people are"
    return message(f"{who} asked now. Who has acknowledged it: `{command} {number}`")
