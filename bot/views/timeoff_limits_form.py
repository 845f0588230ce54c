"""The forms in which coordinators say how time off is limited, and what is a public holiday."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bot.domain.limits import WEEKDAYS
from bot.domain.timeoff_holidays import LONGEST_NAME, Extent, OwnHoliday
from bot.domain.timeoff_limits import EVERY_DAY, Limit, LimitKind, Policy
from bot.domain.timeoff_limits_shown import LimitChoices
from bot.views.blocks import Block, context
from bot.views.formats import plain
from bot.views.forms import (
    MISSING,
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    grouped_select,
    modal,
    number_input,
    option,
    people_select,
    select,
    several,
    text_input,
)
from bot.views.timeoff_limits_list import HOLIDAY, POLICIES

FORM, HOLIDAY_FORM = "timeoff_limit.form", "timeoff_limit.holiday"
WHOM, MOST, UNIT, NAME, PEOPLE, FIRST, LAST, DAYS, POLICY = (
    f"{FORM}.{name}" for name in ("whom", "most", "unit", "name", "people", "first", "last", "days", "policy")
)
DAY, CALLED, EXTENT, REGION = (f"{HOLIDAY_FORM}.{name}" for name in ("day", "name", "extent", "region"))
TITLES: Mapping[str, str] = {
    LimitKind.CAP.value: "Cap",
    LimitKind.BLACKOUT.value: "Blackout",
    LimitKind.APART.value: "Keep people apart",
    HOLIDAY: "Public holiday",
}
_EVERYBODY, _PEOPLE, _PERCENT = "everybody", "people", "percent"
_TEAM, _SKILL = "team", "skill"
_EXTENTS: Mapping[Extent, str] = {
    Extent.WHOLE: "The whole day is free",
    Extent.HALF: "Its second half is free",
    Extent.NONE: "It is no holiday here",
}
_MOST_PEOPLE = 1000


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form says: a limit, whether it is ``new``, the accounts of ``people``, and what is ``wrong``."""

    limit: Limit
    new: bool
    people: tuple[str, ...]
    wrong: dict[str, str]


def limit_form(kind: LimitKind, choices: LimitChoices) -> View:
    """A new limit of a kind, or one to be changed."""
    limit = choices.limit.limit if choices.limit else None
    match kind:
        case LimitKind.CAP:
            fields = [*_cap(choices, limit), *_span(limit), _weekdays(limit)]
        case LimitKind.BLACKOUT:
            fields = [*_blackout(choices, limit), *_span(limit, needed=True)]
        case LimitKind.APART:
            fields = [_apart(choices)]
    policies = [option(words, policy.value) for policy, words in POLICIES.items()]
    chosen = limit.policy if limit else Policy.BLOCK
    state = "old" if limit else "new"
    return modal(
        TITLES[kind],
        *fields,
        field("Leave that breaks it", POLICY, select(policies, chosen)),
        context("Whoever has leave already keeps it."),
        callback_id=FORM,
        submit="Save",
        metadata=f"{kind} {limit.id if limit else choices.new_id} {state}",
    )


def holiday_form(holiday: OwnHoliday | None) -> View:
    """A public holiday of the workspace's own, new or to be changed."""
    extents = [option(words, extent.value) for extent, words in _EXTENTS.items()]
    return modal(
        TITLES[HOLIDAY],
        field("Day", DAY, date_picker(holiday.day if holiday else None)),
        field("Name", CALLED, text_input(holiday.name if holiday else "", longest=LONGEST_NAME)),
        field("How much of it", EXTENT, select(extents, holiday.extent if holiday else Extent.WHOLE)),
        field(
            "Only in",
            REGION,
            text_input((holiday.region or "") if holiday else "", longest=10),
            optional=True,
            hint="A country, or a region of one, such as DE or DE-NW. Left empty: everywhere.",
        ),
        context("A holiday costs no leave, except to those who are rostered on it."),
        callback_id=HOLIDAY_FORM,
        submit="Save",
        metadata=holiday.line if holiday else "",
    )


def read_limit(view: View) -> Filled:
    """What stands in the form, and what is wrong at which field."""
    said = entered(view)
    kind, limit_id, state = view["private_metadata"].split()
    first, last = (date.fromisoformat(said[name]) if said.get(name) else None for name in (FIRST, LAST))
    whom = said.get(WHOM) or []
    chosen = [each.partition(":") for each in ([whom] if isinstance(whom, str) else whom)]
    limit = Limit(
        UUID(limit_id),
        LimitKind(kind),
        Policy(said[POLICY]),
        (said.get(NAME) or "").strip(),
        {UUID(key): "" for sort, _, key in chosen if sort == _TEAM},
        {UUID(key): "" for sort, _, key in chosen if sort == _SKILL},
        frozenset(),
        first,
        last,
        frozenset(map(WEEKDAYS.index, said.get(DAYS) or ())) or EVERY_DAY,
        int(said.get(MOST) or 0),
        said.get(UNIT) == _PERCENT,
    )
    people = tuple(said.get(PEOPLE) or ())
    return Filled(limit, state == "new", people, _wrong(limit, people))


def read_holiday(view: View) -> tuple[OwnHoliday, str | None]:
    """What stands in the form, with the region as it was typed, and the line that it takes the place of."""
    said = entered(view)
    name = " ".join(said[CALLED].replace(";", " ").split())
    region = (said[REGION] or "").strip() or None
    holiday = OwnHoliday(date.fromisoformat(said[DAY]), name, Extent(said[EXTENT]), region)
    return holiday, view["private_metadata"] or None


def holiday_errors(holiday: OwnHoliday, *, known: bool) -> dict[str, str]:
    """What is wrong with a holiday, at its field; ``known``: its region is one."""
    if not known:
        return {REGION: "Write a country, or a region of one, such as DE, DE-BY or GB-SCT."}
    if not holiday.name:
        return {CALLED: MISSING}
    return (
        {} if holiday.is_sound else {CALLED: "Begin it with another word; how much of the day it is stands below."}
    )


def strangers() -> dict[str, str]:
    """Somebody is named who is not on the roster, at the field."""
    return {PEOPLE: "Choose people who are on the roster."}


def _wrong(limit: Limit, people: tuple[str, ...]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if limit.kind is LimitKind.CAP and limit.in_percent and not limit.most <= 100:
        wrong[MOST] = "At most 100 percent."
    if limit.kind is LimitKind.BLACKOUT and not limit.name:
        wrong[NAME] = MISSING
    if limit.kind is LimitKind.APART and len(set(people)) < 2:
        wrong[PEOPLE] = "Choose at least two people."
    if limit.first and limit.last and limit.last < limit.first:
        wrong[LAST] = "That is before the first day."
    return wrong


def _cap(choices: LimitChoices, limit: Limit | None) -> list[Block]:
    groups = {
        "All": [option("Everybody", _EVERYBODY)],
        "Teams": [option(plain(name), f"{_TEAM}:{key}") for key, name in choices.teams.items()],
        "Skills": [option(plain(name), f"{_SKILL}:{key}") for key, name in choices.skills.items()],
    }
    units = [option("people", _PEOPLE), option("percent of them", _PERCENT)]
    most = limit.most if limit else None
    return [
        field("For", WHOM, grouped_select(groups, next(iter(_chosen(limit)), _EVERYBODY))),
        field("How many may be away at once", MOST, number_input(most, least=0, most=_MOST_PEOPLE)),
        field(
            "Counted in",
            UNIT,
            select(units, _PERCENT if limit and limit.in_percent else _PEOPLE),
            hint="A share is rounded down, but lets one person go.",
        ),
    ]


def _blackout(choices: LimitChoices, limit: Limit | None) -> list[Block]:
    options = [option(f"Team {plain(name)}", f"{_TEAM}:{key}") for key, name in choices.teams.items()]
    options += [option(f"Skill {plain(name)}", f"{_SKILL}:{key}") for key, name in choices.skills.items()]
    chosen = _chosen(limit)
    options.sort(key=lambda each: each["value"] not in chosen)  # what is chosen is offered in any case
    whom = [
        field(
            "For", WHOM, several(options[:MOST_OPTIONS], chosen), optional=True, hint="Left empty: for everybody."
        )
    ]
    name = text_input(limit.name if limit else "", longest=LONGEST_NAME)
    return [field("Name", NAME, name, hint="Whoever asks for these days reads it."), *(whom if options else [])]


def _apart(choices: LimitChoices) -> Block:
    held = choices.limit.people if choices.limit else ()
    accounts = [each.slack_id for each in held if each.slack_id]
    menu = people_select() | ({"initial_users": accounts} if accounts else {})
    return field("Never away together", PEOPLE, menu, hint="They do not read who the others are.")


def _span(limit: Limit | None, *, needed: bool = False) -> list[Block]:
    first, last = (limit.first, limit.last) if limit else (None, None)
    since, until = ("", "") if needed else ("Left empty: from now on.", "Left empty: without end.")
    return [
        field("From", FIRST, date_picker(first), optional=not needed, hint=since),
        field("Until", LAST, date_picker(last), optional=not needed, hint=until),
    ]


def _weekdays(limit: Limit | None) -> Block:
    options = [option(day.capitalize(), day) for day in WEEKDAYS]
    some = limit.weekdays if limit and limit.weekdays != EVERY_DAY else ()
    chosen = [WEEKDAYS[day] for day in sorted(some)]
    return field("Only on", DAYS, several(options, chosen), optional=True, hint="Left empty: on all weekdays.")


def _chosen(limit: Limit | None) -> list[str]:
    if limit is None:
        return []
    return [*(f"{_TEAM}:{key}" for key in limit.teams), *(f"{_SKILL}:{key}" for key in limit.skills)]
