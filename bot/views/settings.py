"""The settings as people read and change them, group by group."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.domain.rules import RuleId
from bot.domain.settings_shown import Scope, SettingsShown
from bot.domain.zones import zone_words
from bot.views.announced import LABELS as NEWS
from bot.views.announced import place_fields, read_places, usual_place
from bot.views.blocks import Block, button, context, section
from bot.views.formats import escape, plain, shorten
from bot.views.forms import (
    MOST_OPTIONS,
    View,
    changed,
    entered,
    field,
    grouped_select,
    modal,
    number_input,
    option,
    paragraph_input,
    searching_select,
    select,
    several,
)
from bot.views.regions import REGION, region_option
from bot.views.settings_words import CHOICES, LABELS, RULES, value_words
from bot.views.zones import ZONE

OVERVIEW = "settings.overview"
SCOPE = "settings.scope"
CHANGE = "settings.change"
FORM = "settings.form"
SKILLS_AS = f"{FORM}.skills_as"
TITLE = "Settings"
USUAL = "usual"
KINDS = "kinds"  # of leave, which have a list of their own
_THESE = "these"
_RULE = "rules, "
_NAME, _VALUE = 60, 150

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "general": (
        "General",
        ("time_zone", "holidays", "own_holidays", "locale", "date_order", "first_weekday", "hour_cycle"),
    ),
    "swaps": ("Swaps", ("auto_approve", "swap_expiry_hours", "jurisdiction")),
    "covers": ("Covers", ("cover_wave_size", "cover_wave_minutes", "cover_least_minutes", "cover_asked")),
    "attendance": ("Attendance", ("attendance", "no_show_minutes")),
    "timeoff": (
        "Time off",
        (
            "leave_weeks",
            "leave_most_days",
            "leave_year_starts",
            "leave_granted",
            "leave_held_days",
            "leave_carried_days",
            "leave_carried_months",
            "leave_notice_days",
            "leave_warning_days",
            "leave_wait_hours",
            "leave_reminder_hours",
            "leave_next_level_hours",
            "leave_expiry_days",
        ),
    ),
    "staffing": (
        "Staffing",
        (
            "channel",
            "service_level_percent",
            "service_level_seconds",
            "occupancy_percent",
            "patience_seconds",
            "concurrency",
            "deadline_hours",
            "handle_seconds",
            "shrinkage_planned_percent",
            "shrinkage_unplanned_percent",
        ),
    ),
    "coverage": (
        "Coverage",
        (
            "interval_minutes",
            "gap_least_heads",
            "gap_least_minutes",
            "gap_warning_hours",
            "deviation_percent",
            "deviation_intervals",
            "surplus_least_heads",
            "surplus_least_minutes",
            "standup_at",
            "ramp",
            "special_days",
            "responsible",
        ),
    ),
    "help": ("Live help and exceptions", ("hand_up_minutes", "exception_limits", "exception_hours")),
    "knowledge": ("Knowledge", ("review_days", "review_overdue_days", "sop_approval", "kb_search_days")),
    "reports": ("Reports", ("digest_weekday", "digest_at", "kpi_fcr_days")),
    "queue": ("Work", ("required_skills", "minimum_heads", "plan")),
    "news": ("News", tuple(NEWS)),
    "cases": ("Cases", ("business_hours", "sla", "sla_pauses")),
    "figures": ("Key figures", ("service_level_formula", "kpi_least_n", "kpi_targets")),
}
_MENUS = {ZONE: "time_zone", REGION: "holidays"}  # in which is searched
_NUMBERS = {
    "swap_expiry_hours": (0, 24 * 60),
    "no_show_minutes": (1, 240),
    "cover_wave_size": (1, 50),
    "cover_wave_minutes": (1, 24 * 60),
    "cover_least_minutes": (15, 24 * 60),
    "minimum_heads": (0, 1000),
    "service_level_percent": (1, 99),
    "service_level_seconds": (0, 24 * 60 * 60),
    "occupancy_percent": (10, 100),
    "patience_seconds": (1, 24 * 60 * 60),
    "concurrency": (1, 20),
    "deadline_hours": (1, 24 * 30),
    "handle_seconds": (1, 8 * 60 * 60),
    "shrinkage_planned_percent": (0, 49),
    "shrinkage_unplanned_percent": (0, 49),
    "gap_least_heads": (0.1, 100),
    "gap_least_minutes": (15, 24 * 60),
    "deviation_percent": (5, 500),
    "deviation_intervals": (1, 48),
    "surplus_least_heads": (0.1, 100),
    "surplus_least_minutes": (15, 24 * 60),
    "leave_weeks": (0, 52),
    "leave_most_days": (1, 366),
    "leave_held_days": (1, 1000),
    "leave_carried_days": (0, 1000),
    "leave_carried_months": (0, 120),
    "leave_notice_days": (0, 366),
    "leave_warning_days": (0, 366),
    "leave_wait_hours": (1, 24 * 14),
    "leave_reminder_hours": (1, 24 * 60),
    "leave_next_level_hours": (1, 24 * 60),
    "leave_expiry_days": (1, 366),
    "hand_up_minutes": (1, 60),
    "exception_hours": (1, 24 * 14),
    "kpi_least_n": (1, 1000),
    "kpi_fcr_days": (1, 60),
    "review_days": (1, 1000),
    "review_overdue_days": (1, 366),
    "kb_search_days": (1, 1000),
}
_HINTS = {"leave_year_starts": "Balances that are kept already go on with the year that they began with."}
_FRACTIONS = ("leave_weeks", "gap_least_heads", "surplus_least_heads")
# What is written in lines, with how.
_LINES = {
    "plan": "Lines such as mon-fri 09:00-17:00 8; what a file says comes first.",
    "gap_warning_hours": "Such as 168, 48, 4.",
    "standup_at": "Such as 06:50, on days with shifts; off for none.",
    "digest_at": "Such as 08:00, by the clocks of the workspace.",
    "ramp": "Percents such as 30, 60, 80: of the first four weeks, the next four, and so on.",
    "responsible": "Lines such as mon-fri 09:00-17:00 ana@example.com; asked where no lead of the team is on.",
    "own_holidays": "Such as 2026-12-24 half Christmas Eve, 2026-05-01 none Worked, 2027-02-08 in DE-NW Carnival.",
    "business_hours": (
        "Lines such as mon-fri 09:00-12:00, 13:00-17:00; a line such as in Europe/Berlin says by which clocks. "
        "On public holidays nobody works. Or always, on holidays too."
    ),
    "sla": (
        "Lines such as urgent: first reply 1h, next reply 2h, resolution 8h; for a tier of customers gold: or "
        "gold urgent:, for everybody all:. The most precise line holds; none instead of a time for no clock."
    ),
    "exception_limits": (
        "Lines such as lead 100 EUR, coordinator 1000 EUR; agent 20 EUR: up to which nobody has to be asked. "
        "Managers approve everything, and so do coordinators as long as no line speaks of them."
    ),
    "kpi_targets": "Lines such as csat 90%, aht 5 min, backlog 50; a queue's own come before these.",
    "sla_pauses": "Lines such as pending, for every clock, or on hold: resolution; none where nothing pauses one.",
    "special_days": "Lines such as 2026-11-27 release; only days of the same kind say what to expect of them.",
}
_LONGEST_LINES = 2000
_NOT_LEGAL_ADVICE = (
    "Limits of the law come with their source and can only be made stricter. This is no legal advice."
)


def overview(shown: SettingsShown, rules: Iterable[str]) -> View:
    """What holds in a scope; ``rules`` are those that are said there, in words."""
    blocks = [_scope_menu(shown)]
    for name in groups_of(shown.scope):
        title, keys = GROUPS[name]
        blocks.append(_group(name, title, [f"{LABELS[key]}: {_said(shown, key)}" for key in keys]))
        if name == "timeoff":
            blocks.append(_group(KINDS, LABELS["leave_kinds"], [_said(shown, "leave_kinds")]))
    if shown.scope.kind != "queue":
        usual = "As in the workspace." if shown.inherits else "As the law asks, and the usual ones of a floor."
        blocks.append(_group("rules", "Rules of who may work what", [*rules] or [usual]))
        blocks.append(context(_NOT_LEGAL_ADVICE))
    return modal(TITLE, *blocks, callback_id=OVERVIEW, close="Close", metadata=shown.scope.id)


def groups_of(scope: Scope) -> tuple[str, ...]:
    """The groups of fields that a scope has, the rules apart."""
    if scope.kind == "queue":
        return "queue", "staffing", "cases", "figures"
    common = "general", "swaps", "covers", "attendance", "timeoff", "help", "news"
    return (
        common
        if scope.kind == "team"
        else (*common, "staffing", "coverage", "cases", "knowledge", "reports", "figures")
    )


def settings_form(shown: SettingsShown, group: str) -> View:
    """One group to change."""
    title, keys = GROUPS[group]
    blocks = [block for key in keys for block in fields(shown, key)]
    head = context(f"{title} · {whose(shown.scope)}")
    return modal(TITLE, head, *blocks, callback_id=FORM, submit="Save", metadata=f"{shown.scope.id} {group}")


def fields(shown: SettingsShown, key: str) -> list[Block]:
    """The field, or the two, in which a setting is changed."""
    if key == "required_skills":
        return _skills(shown)
    if key == "time_zone":
        held = _held(shown, key)
        chosen = as_workspace() if held == USUAL else option(zone_words(held), held)
        return [field(LABELS[key], ZONE, searching_select(chosen), hint="Type a city, such as Lisbon.")]
    if key == "holidays":
        region = shown.own.get(key) if shown.inherits else shown.values[key]
        chosen = region_option(region) if region else as_workspace() if shown.inherits else no_region()
        return [field(LABELS[key], REGION, searching_select(chosen), hint="Type a country, or a region of one.")]
    name = f"{FORM}.{key}"
    if key in NEWS:
        usual_option = usual_place(str(shown.usual[key]), USUAL) if shown.inherits else None
        return place_fields(key, name, _held(shown, key), usual_option)
    if key in _NUMBERS:
        usual = value_words(key, shown.usual[key])
        own = shown.own.get(key) if shown.inherits else shown.values[key]
        least, most = _NUMBERS[key]
        whole = key not in _FRACTIONS
        number = number_input(own, least=least, most=most, whole=whole, usual=usual)
        whence = "as in the workspace" if shown.inherits else "as usual"
        return [field(LABELS[key], name, number, optional=True, hint=f"Left empty: {usual}, {whence}")]
    if key in _LINES:
        said = shown.own.get(key) if shown.inherits else shown.values[key]
        lines = paragraph_input(said or "", longest=_LONGEST_LINES)
        return [field(LABELS[key], name, lines, optional=True, hint=_LINES[key])]
    menu = select(_options(shown, key), _held(shown, key))
    return [field(LABELS[key], name, menu, hint=_HINTS.get(key, ""))]


def as_workspace() -> Block:
    """The option of a team that keeps what holds in the workspace."""
    return option("As the workspace", USUAL)


def no_region() -> Block:
    """The option of a workspace in which no public holidays hold."""
    return option(value_words("holidays", None).capitalize(), USUAL)


def whose(scope: Scope) -> str:
    """Whose settings they are."""
    return (
        "the workspace" if scope.kind == "workspace" else f"the {scope.kind} {escape(shorten(scope.name, _NAME))}"
    )


def read_settings(view: View, *, everything: bool = False) -> dict[str, Any]:
    """What was changed, or everything that stands there; an empty value is as usual."""
    said = entered(view) if everything else changed(view)
    values = {name.removeprefix(f"{FORM}."): value for name, value in said.items()}
    values = {_MENUS.get(name, name): value for name, value in values.items()}
    values = read_places(values, {key.removeprefix(f"{FORM}."): value for key, value in entered(view).items()})
    if values.keys() & {"skills_as", "required_skills"}:
        whole = entered(view)
        these = whole.get(f"{FORM}.required_skills", []) if whole[SKILLS_AS] == _THESE else USUAL
        values = {key: value for key, value in values.items() if key != "skills_as"} | {"required_skills": these}
    return {key: "" if value in (USUAL, None) else value for key, value in values.items()}


def offers_usual(view: View) -> bool:
    """Whether what is not said in the form is as in the workspace."""
    return view["callback_id"] == FORM and not view["private_metadata"].startswith("workspace ")


def read_scope(view: View) -> tuple[str, str]:
    """The scope and the group of a form."""
    scope, _, group = view["private_metadata"].partition(" ")
    return scope, group


def errors(problems: Mapping[str, str], view: View) -> dict[str, str]:
    """What is wrong, by setting, at its field; of a rule, which has none, at the law's or the first."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    otherwise = next((name for name in fields if name == f"{FORM}.jurisdiction"), fields[0])
    found: dict[str, str] = {}
    for key, words in problems.items():
        name = next((menu for menu, each in _MENUS.items() if each == key), f"{FORM}.{key}")
        if name in fields:
            found[name] = words
        else:
            about = RULES.get(RuleId(key.removeprefix(_RULE)), key) if key.startswith(_RULE) else key
            found.setdefault(otherwise, f"{about}: {words}. Change that first, below “Rules”.")
    return found


def _scope_menu(shown: SettingsShown) -> Block:
    kinds = {"workspace": "Everybody", "team": "A team", "queue": "A queue"}
    groups = {
        label: [option(plain(each.name), each.id) for each in shown.scopes if each.kind == kind]
        for kind, label in kinds.items()
    }
    menu = grouped_select(groups, shown.scope.id)
    return {**section("Settings of"), "accessory": {**menu, "action_id": SCOPE}}


def _group(name: str, title: str, lines: list[str]) -> Block:
    text = "\n".join([f"*{title}*", *(f"• {line}" for line in lines)])
    return {
        **section(shorten(text, 3000)),
        "accessory": button("Change…", f"{CHANGE}.{name}", name, f"Change… {title}"),
    }


def _said(shown: SettingsShown, key: str) -> str:
    words = value_words(key, shown.values[key])
    return f"*{words}*" if key in shown.own or not shown.inherits else f"{words} (as everywhere)"


def _held(shown: SettingsShown, key: str) -> str:
    """What the menu of a setting begins with."""
    value = shown.own.get(key, USUAL) if shown.inherits else shown.values[key]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _options(shown: SettingsShown, key: str) -> list[Block]:
    held, words = _held(shown, key), CHOICES[key][1]
    usual = [option(f"As the workspace: {value_words(key, shown.usual[key])}", USUAL)] if shown.inherits else []
    other = [option(held, held)] if held not in words and held != USUAL else []
    return [*usual, *(option(text, value) for value, text in words.items()), *other]


def _skills(shown: SettingsShown) -> list[Block]:
    """Whether it is as usual, and which skills otherwise."""
    own = shown.own.get("required_skills")
    ways = [
        option(f"As usual: {value_words('required_skills', None)}", USUAL),
        option("Those that I choose here, or none", _THESE),
    ]
    how = {"type": "radio_buttons", "options": ways, "initial_option": ways[0 if own is None else 1]}
    blocks = [field(LABELS["required_skills"], SKILLS_AS, how)]
    names = [
        option(plain(name), name) for name in dict.fromkeys([*(own or ()), *shown.skills]) if len(name) <= _VALUE
    ]
    if names:
        name = f"{FORM}.required_skills"
        blocks.append(field("Skills", name, several(names[:MOST_OPTIONS], own or ()), optional=True))
    return blocks
