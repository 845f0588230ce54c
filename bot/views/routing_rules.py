"""The rules that say where cases belong: the list with how often each was wrong, and the form of one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.domain.cases import Priority
from bot.domain.routing import Field, Rule, Score, Wants, read_values
from bot.domain.routing_shown import RoutingShown, RuleShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import amount, escape, plain, shorten
from bot.views.forms import (
    MISSING,
    MOST_OPTIONS,
    View,
    confirmation,
    entered,
    field,
    modal,
    number_input,
    option,
    select,
    text_input,
)
from bot.views.routing import FIELDS

ADD, EDIT, END, TURN = "routing.add", "routing.edit", "routing.end", "routing.turn"
FORM, NAME, QUEUE, PRIORITY, PLACE = (
    "routing.form",
    "routing.name",
    "routing.queue",
    "routing.priority",
    "routing.place",
)
_WANTS = {each: f"routing.wants.{each.value}" for each in Field}
_LABELS = {
    Field.CATEGORY: "Category is one of",
    Field.TAG: "A tag is one of",
    Field.CHANNEL: "Channel is one of",
    Field.LANGUAGE: "Language is one of",
    Field.TIER: "Tier is one of",
    Field.WORDS: "Title has one of",
}
TITLE = "A routing rule"
NO_QUEUES = "There is no queue yet that a rule could name. Queues come with the schedule."
NAME_TAKEN = "Another rule is called so. Choose another name, or change that one."
GONE = "This rule is ended by now. Nothing was changed."
_AS_IT_IS = "as it is"
_PAGE, _NAME, _LONGEST, _MOST_PLACES = 10, 60, 300, 500


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody entered of a rule."""

    rule_id: UUID | None
    nonce: UUID
    name: str
    queue_id: UUID
    wants: Wants
    priority: Priority | None
    place: int | None


def rule_list(shown: RoutingShown, command: str, page: int = 0) -> Message:
    """The rules in the order in which they are asked, with how often each was wrong in 90 days."""
    last = max(len(shown.rules) - 1, 0) // _PAGE
    page = min(page, last)
    begin = page * _PAGE
    number = len(shown.rules)
    text = f"Routing: {'one rule' if number == 1 else f'{number} rules' if number else 'no rule yet'}"
    turns = [("Previous", page - 1)] if page else []
    turns += [("Next", page + 1)] if page < last else []
    row = [button("Add a rule…", ADD, "add")]
    row += [button(label, f"{TURN}.{label.lower()}", str(to)) for label, to in turns]
    blocks: list[Block] = []
    for place, each in enumerate(shown.rules[begin : begin + _PAGE], begin + 1):
        blocks += [section(_lines(place, each)), buttons(*_buttons(each.rule))]
    hint = (
        "A new case without a queue goes where the first rule says that fits it. Shares are of the last 90 days."
    )
    left = f" · in no queue: {shown.unplaced} (`{command} queue`)" if shown.unplaced else ""
    return message(text, header(text), *blocks, buttons(*row), context(f"{hint}{left}"))


def rule_form(shown: RoutingShown, nonce: UUID, rule_id: UUID | None = None) -> View:
    """A new rule, or one as it is; several values have commas between."""
    place, rule = next(
        ((place, each.rule) for place, each in enumerate(shown.rules, 1) if each.rule.id == rule_id), (None, None)
    )
    queues = [option(plain(shorten(name, _NAME)), str(key)) for key, name in shown.queues.items()][:MOST_OPTIONS]
    priorities = [
        option("Leave it as it is", _AS_IT_IS),
        *(option(each.capitalize(), each.value) for each in Priority),
    ]
    wants = rule.wants if rule else {}
    asked = [
        field(_LABELS[each], name, text_input(", ".join(wants.get(each, ())), longest=_LONGEST), optional=True)
        for each, name in _WANTS.items()
    ]
    last = len(shown.rules) + (rule is None)
    return modal(
        TITLE,
        field("Name", NAME, text_input(rule.name if rule else "", longest=_NAME)),
        field("Puts cases into", QUEUE, select(queues, str(rule.queue_id) if rule else None)),
        context("Cases that have one of the values of every field that is filled in. With commas between."),
        *asked,
        field("And gives them the priority", PRIORITY, select(priorities, _priority(rule))),
        field(
            "Place in the order",
            PLACE,
            number_input(place or last, least=1, most=_MOST_PLACES),
            hint="The first rule that fits is the one.",
        ),
        callback_id=FORM,
        submit="Save",
        metadata=json.dumps({"rule": str(rule_id) if rule_id else None, "nonce": str(nonce)}),
    )


def read_form(view: View) -> tuple[Entered | None, dict[str, str]]:
    """What was entered, or what is wrong at which field."""
    kept, said = json.loads(view["private_metadata"]), entered(view)
    wrong = {name: MISSING for name in (NAME, QUEUE) if not (said.get(name) or "").strip()}
    if wrong:
        return None, wrong
    priority = said.get(PRIORITY)
    return Entered(
        UUID(kept["rule"]) if kept["rule"] else None,
        UUID(kept["nonce"]),
        " ".join(said[NAME].split()),
        UUID(said[QUEUE]),
        {each: values for each, name in _WANTS.items() if (values := read_values(said.get(name) or ""))},
        Priority(priority) if priority not in (None, _AS_IT_IS) else None,
        int(said[PLACE]) if said.get(PLACE) else None,
    ), {}


def score_words(score: Score) -> str:
    """How often a rule was wrong; of few cases no share."""
    if not score.routed:
        return "no case yet"
    number = "one case" if score.routed == 1 else f"{score.routed} cases"
    share = f" ({amount(str(score.percent), '%')})" if score.percent is not None else ", too few for a share"
    return f"{number}, {score.misrouted or 'none'} misrouted{share}"


def wants_words(wants: Mapping[Field, tuple[str, ...]]) -> str:
    """What a rule asks for."""
    said = [f"{FIELDS[each]} {' or '.join(map(_short, wants[each]))}" for each in Field if wants.get(each)]
    return " and ".join(said) or "every case"


def _lines(place: int, each: RuleShown) -> str:
    gives = f", priority {each.rule.priority}" if each.rule.priority else ""
    head = f"*{place}. {_short(each.rule.name)}* → {_short(each.queue)}{gives}"
    return "\n".join([head, shorten(wants_words(each.rule.wants), 2000), score_words(each.score)])


def _buttons(rule: Rule) -> list[Block]:
    name = plain(shorten(rule.name, _NAME))
    asks = confirmation(
        "End this rule?", "Cases stay where they are; new ones are not put anywhere by it.", "End it", "Keep it"
    )
    return [
        button("Edit…", EDIT, str(rule.id), f"Edit {name}"),
        button("End", END, str(rule.id), f"End {name}") | {"confirm": asks},
    ]


def _priority(rule: Rule | None) -> str:
    return rule.priority.value if rule and rule.priority else _AS_IT_IS


def _short(text: str) -> str:
    return escape(shorten(text, _NAME))
