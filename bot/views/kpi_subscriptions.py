"""Subscriptions to reports of key figures: the list, the form, and what came of a change."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from uuid import UUID

from bot.domain.channels import BadChannels
from bot.domain.kpi import DEFINITIONS, Figure
from bot.domain.kpi_digests import NoSuchSubscription
from bot.domain.kpi_periods import Cadence
from bot.domain.kpi_subscriptions import Choices, NotAReader, NoTeam, SubscriptionShown, Wanted
from bot.domain.limits import WEEKDAYS
from bot.views import channels
from bot.views.blocks import Block, button, buttons, context, section
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    channel_select,
    entered,
    field,
    modal,
    option,
    person_select,
    select,
    several,
    time_picker,
)

TITLE = "Reports of key figures"
ADD, DO, UNDO, TURN = (f"kpi.digest.{name}" for name in ("add", "do", "undo", "turn"))
FORM = "kpi.digest.form"
CHANGE, PAUSE, RESUME, TRY, DELETE = "change", "pause", "resume", "try", "delete"
PAGE = 10
_CADENCE, _CHANNEL, _PERSON, _TEAM, _QUEUE, _FIGURES, _WEEKDAY, _AT = (
    f"{FORM}.{name}" for name in ("cadence", "channel", "person", "team", "queue", "figures", "weekday", "at")
)
_ANY, _NAME = "any", 60
_NONE = (
    "There is no report yet that you may change. The coordinators get a weekly one, "
    "from the morning after the first figures on."
)
_CADENCES = {Cadence.DAILY: "Each day", Cadence.WEEKLY: "Each week", Cadence.MONTHLY: "Each month"}
_DOES = {
    CHANGE: "Change…",
    TRY: "Try now",
    PAUSE: "Pause",
    RESUME: "Resume",
    DELETE: "Delete",
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; ``wanted`` None where something is ``wrong``, by its field."""

    nonce: UUID
    subscription_id: UUID | None
    wanted: Wanted | None
    wrong: dict[str, str]


def subscription_list(
    shown: Sequence[SubscriptionShown], formats: Formats, page: int = 0, result: Sequence[Block] = ()
) -> View:
    """Each with what can be done; ``result`` is what was just done."""
    page = max(0, min(page, (len(shown) - 1) // PAGE))
    rows = [_row(each, formats) for each in shown[page * PAGE : (page + 1) * PAGE]]
    return modal(
        TITLE,
        *result,
        *(rows or [section(_NONE)]),
        *_pager(page, len(shown)),
        buttons(button("New report…", ADD, "add")),
        context("A report says what holds then, how it changed, and in the next one what came too late for it."),
        close="Close",
        metadata=str(page),
    )


def subscription_form(choices: Choices, nonce: UUID) -> View:
    """What is asked of a report."""
    before = choices.before
    wanted = before.wanted if before else None
    lane = wanted.lane if wanted else None
    person = lane if lane and lane[0] in "UW" else None
    teams = [*([option("All teams", _ANY)] if choices.any_team else []), *_named(choices.teams)]
    queues = [option("All queues", _ANY), *_named(choices.queues)]
    figures = [option(definition.name, figure.value) for figure, definition in DEFINITIONS.items()]
    weekdays = [option("As in the workspace", _ANY), *(option(day.title(), day) for day in WEEKDAYS)]
    day = WEEKDAYS[wanted.weekday] if wanted and wanted.weekday is not None else _ANY
    return modal(
        TITLE,
        field(
            "How often",
            _CADENCE,
            select(
                [option(words, each) for each, words in _CADENCES.items()],
                wanted.cadence if wanted else Cadence.WEEKLY,
            ),
        ),
        field(
            "To a channel",
            _CHANNEL,
            channel_select(None if person else lane),
            optional=True,
            hint="Invite me to a private one first. Everybody in it reads the figures; "
            "names of people only in the coordinators' channel.",
        ),
        field("Or to somebody directly", _PERSON, person_select(person), optional=True),
        field(
            "Of the team", _TEAM, select(teams[:MOST_OPTIONS], _chosen(wanted.team_id if wanted else None, teams))
        ),
        field(
            "Of the queue",
            _QUEUE,
            select(queues[:MOST_OPTIONS], _chosen(wanted.queue_id if wanted else None, queues)),
        ),
        field(
            "Figures",
            _FIGURES,
            several(figures, [each.value for each in wanted.figures] if wanted else []),
            optional=True,
            hint="Left empty: the usual ones, as far as they are known.",
        ),
        field("On the weekday", _WEEKDAY, select(weekdays, day), hint="For weekly reports."),
        field(
            "At",
            _AT,
            time_picker(wanted.at if wanted else None),
            optional=True,
            hint="By the clocks of the workspace. Left empty: as in the workspace.",
        ),
        callback_id=FORM,
        submit="Save",
        metadata=json.dumps({"nonce": str(nonce), "id": str(before.id) if before else None}),
    )


def read_subscription(view: View) -> Filled:
    """What stands in the form."""
    kept, values = json.loads(view["private_metadata"]), entered(view)
    channel, person = values[_CHANNEL], values[_PERSON]
    wrong: dict[str, str] = {}
    if bool(channel) == bool(person):
        wrong[_PERSON if channel else _CHANNEL] = "Choose a channel or a person: one of the two."
    weekday, at = values[_WEEKDAY], values[_AT]
    wanted = Wanted(
        Cadence(values[_CADENCE]),
        channel or person or "",
        _id(values[_TEAM]),
        _id(values[_QUEUE]),
        tuple(map(Figure, values[_FIGURES] or ())),
        None if weekday == _ANY else WEEKDAYS.index(weekday),
        time.fromisoformat(at) if at else None,
    )
    subscription = UUID(kept["id"]) if kept["id"] else None
    return Filled(UUID(kept["nonce"]), subscription, None if wrong else wanted, wrong)


def field_errors(refusal: Exception) -> dict[str, str] | None:
    """What is wrong at a field; None where it is not about one."""
    match refusal:
        case NotAReader():
            return {_PERSON: "They may not read these figures. Choose a lead, a coordinator or a manager."}
        case NoTeam():
            return {_TEAM: "Choose a team that you lead."}
        case BadChannels(troubles=troubles):
            return {_CHANNEL: " ".join(channels.errors(troubles).values())}
    return None


def saved(shown: SubscriptionShown, formats: Formats) -> list[Block]:
    """It is as it was wanted."""
    return [section(f"Saved: {_words(shown)}.{_next(shown, formats)}")]


def done(verb: str, shown: SubscriptionShown, formats: Formats) -> list[Block]:
    """What was done about a subscription."""
    match verb:
        case "pause":
            return [section(f"Paused: {_words(shown)}. Nothing is sent until it is resumed.")]
        case "try":
            return [section("On its way: you get it as a direct message, and nobody else does.")]
        case "delete":
            undo = button("Undo", UNDO, str(shown.id), f"Undo: bring back report {shown.number}")
            return [{**section(f"Deleted: {_words(shown)}."), "accessory": undo}]
    return [section(f"It goes on: {_words(shown)}.{_next(shown, formats)}")]


def refused(refusal: Exception) -> list[Block]:
    """Why nothing was done, and what to do."""
    if isinstance(refusal, NoSuchSubscription):
        return [section("That report has been deleted meanwhile. Below is what there is now.")]
    return [section("You may not change this report. Its team's lead, a coordinator or a manager may.")]


def _row(shown: SubscriptionShown, formats: Formats) -> Block:
    state = _next(shown, formats) or " *Paused.*"
    verbs = (CHANGE, TRY, PAUSE if shown.next_at else RESUME, DELETE)
    options = [option(_DOES[verb], f"{verb} {shown.id}") for verb in verbs]
    menu = {"type": "overflow", "action_id": DO, "options": options}
    return {**section(f"*{shown.number}* · {_words(shown)}.{state}"), "accessory": menu}


def _words(shown: SubscriptionShown) -> str:
    wanted = shown.wanted
    where = f"<@{wanted.lane}>" if wanted.lane[0] in "UW" else f"<#{wanted.lane}>"
    of = f" of {escape(shorten(shown.whose, _NAME))}" if shown.whose else ""
    figures = ", ".join(DEFINITIONS[each].name for each in wanted.figures) or "the usual figures"
    return f"{_CADENCES[wanted.cadence].lower()} to {where}: {figures}{of}"


def _next(shown: SubscriptionShown, formats: Formats) -> str:
    return f" Next on {formats.moment(shown.next_at)}." if shown.next_at else ""


def _pager(page: int, total: int) -> Iterator[Block]:
    turns = [("Previous", page - 1)] if page else []
    turns += [("Next", page + 1)] if (page + 1) * PAGE < total else []
    if turns:
        yield buttons(*(button(label, f"{TURN}.{to}", str(to)) for label, to in turns))


def _named(names: dict[UUID, str]) -> list[Block]:
    return [option(plain(shorten(name, _NAME)), str(which)) for which, name in names.items()]


def _chosen(which: UUID | None, options: Sequence[Block]) -> str | None:
    """What a menu begins with: what was chosen, else all, where there is such a choice."""
    first = options[0]["value"] if options else None
    return str(which) if which else first


def _id(value: str | None) -> UUID | None:
    return None if value in (None, _ANY) else UUID(value)
