"""Every form of the front desk, with the longest names and the most of everything, is one that Slack takes."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from bot.actions.settings import Preferences
from bot.domain.channels import ChannelsShown, TeamChannel, Trouble
from bot.domain.health import Check
from bot.domain.imports import Dependents, Numbers, Undone
from bot.domain.imports_list import PAGE, ImportPage, ImportShown, Shelf
from bot.domain.jurisdictions import PRESETS, Jurisdiction
from bot.domain.limits import folded
from bot.domain.permissions import Grant, Role
from bot.domain.roles import PersonRoles, RolesShown
from bot.domain.settings_shown import KindsShown, Scope, SettingsShown
from bot.domain.setup import SetupShown, Step
from bot.domain.shifts import Somebody
from bot.domain.timeoff_kinds import BUILT_IN, Kind
from bot.sandbox.blocks import check_view
from bot.sandbox.blocks.views import check_options
from bot.views import (
    channels,
    floor_help,
    imports,
    own,
    roles,
    settings,
    settings_rules,
    setup,
    setup_sample,
    timeoff_kinds,
    zones,
)
from bot.views.formats import Formats
from bot.views.roles import ROLE_WORDS
from tests.views.test_shifts import BERLIN, NOW, RTL, WORST, readable

FORMATS = Formats(BERLIN)
NAMES = [WORST, RTL, "<!channel>", "line\nline", "Mail"]
ANA = Somebody(UUID(int=1), WORST, "U012AB3CD")
LEFT = Somebody(UUID(int=2), RTL, None, left=True)
TEAMS = {uuid4(): f"{name}{number}" for number in range(30) for name in NAMES}
EVERYTHING = frozenset({*(Grant(role) for role in ROLE_WORDS), *(Grant(Role.LEAD, team) for team in TEAMS)})
ROLES = RolesShown(
    tuple(PersonRoles(Somebody(uuid4(), name, None), name, EVERYTHING) for name in NAMES * 40), TEAMS
)


def fits(view: dict[str, Any]) -> dict[str, Any]:
    """The view, which Slack takes."""
    assert check_view(view) is None, check_view(view)
    return view


def shown_settings(scope: Scope, law: Jurisdiction, own_values: dict[str, Any]) -> SettingsShown:
    """The settings of a scope among very many."""
    scopes = [Scope("workspace", "The workspace")]
    scopes += [Scope(f"team:{uuid4()}", name) for name in TEAMS.values()]
    scopes += [Scope(f"queue:{uuid4()}", name) for name in TEAMS.values()]
    values = Preferences().model_dump() | own_values
    skills = tuple(f"{name}{number}" for number in range(50) for name in ("skill", WORST, RTL))
    return SettingsShown(
        scope, (scope, *scopes), own_values, Preferences().model_dump(), values, PRESETS[law], skills
    )


SCOPES = [
    Scope("workspace", "The workspace"),
    Scope(f"team:{UUID(int=3)}", WORST),
    Scope(f"queue:{UUID(int=4)}", RTL),
]
OWN_VALUES: list[dict[str, Any]] = [
    {},
    {
        "locale": "de_AT",
        "time_zone": "America/Argentina/Buenos_Aires",
        "auto_approve": False,
        "jurisdiction": "eu",
        "required_skills": [WORST, "x" * 200, "german"],
        "minimum_heads": 3,
        "swap_expiry_hours": 48,
        "rules": {
            "daily_rest": {"limit": 9.5, "derogated": WORST * 3, "effect": "allow"},
            "hours_rolling": {"weeks": 4},
            "minimum_notice": {"limit": 48},
        },
    },
]


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("law", list(Jurisdiction))
@pytest.mark.parametrize("own_values", OWN_VALUES)
def test_settings_of_any_scope_can_be_shown_and_changed(
    scope: Scope, law: Jurisdiction, own_values: dict[str, Any]
) -> None:
    shown = shown_settings(scope, law, own_values)
    fits(settings.overview(shown, settings_rules.own_rules(shown)))
    for group in settings.groups_of(scope):
        fits(settings.settings_form(shown, group))
    fits(settings_rules.rules_form(shown))


@pytest.mark.parametrize("scope", SCOPES[:2])
def test_many_kinds_of_leave_with_long_names_can_be_shown_and_changed(scope: Scope) -> None:
    many = [Kind(f"{number} {WORST}"[:80], ledger=WORST, retired=number % 2 == 0) for number in range(60)]
    names = frozenset(folded(each.name) for each in many)
    fits(timeoff_kinds.kinds_list(KindsShown(scope, (*BUILT_IN.values(), *many), names, names)))
    for kind in (None, *BUILT_IN.values(), many[0]):
        form = timeoff_kinds.kind_form(scope, kind)
        fits(form)
        if kind:
            _, _, read = timeoff_kinds.read_form(begun(form))
            assert read == replace(kind, retired=False)


def test_what_a_form_began_with_is_read_as_no_change() -> None:
    shown = shown_settings(SCOPES[0], Jurisdiction.EU, OWN_VALUES[1])
    for view in (settings.settings_form(shown, "general"), settings.settings_form(shown, "swaps")):
        assert settings.read_settings(begun(view)) == {}
    rules = shown.own["rules"]
    assert settings_rules.read_rules(begun(settings_rules.rules_form(shown)), rules) == rules


def begun(view: dict[str, Any]) -> dict[str, Any]:
    """The form as Slack sends it when nobody has touched it."""
    names = {"option": "selected_option", "options": "selected_options", "value": "value"}
    values: dict[str, dict[str, Any]] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            held = {
                names[key.removeprefix("initial_")]: each for key, each in element.items() if "initial_" in key
            }
            values[block["block_id"]] = {
                element["action_id"]: {"type": element["type"], **(held or {"value": None})}
            }
    return {**view, "state": {"values": values}}


@pytest.mark.parametrize("typed", ["", "a", "nowhere", "utc+5"])
def test_no_more_zones_are_offered_than_slack_takes(typed: str) -> None:
    assert check_options({"options": zones.zone_options(typed, NOW, own.as_slack())}) is None


def test_channels_of_a_hundred_teams_fit() -> None:
    teams = tuple(TeamChannel(uuid4(), name, None) for name in TEAMS.values())
    fits(channels.channels_form(ChannelsShown("C012AB3CD", None, teams)))
    fits(channels.saved({"ops_channel": "C012AB3CD", "floor_channel": None}))
    assert len(channels.errors(dict.fromkeys(("ops_channel", "floor_channel"), Trouble.HIDDEN))) == 2


@pytest.mark.parametrize("manager", [True, False])
def test_roles_of_very_many_can_be_listed_and_changed(manager: bool) -> None:
    for page in (0, 3, 99):
        readable(roles.role_list(ROLES, page))
    fits(roles.role_form(ROLES, None, manager=manager))
    fits(roles.role_form(ROLES, ROLES.people[0], manager=manager))
    fits(roles.role_form(RolesShown(ROLES.people[:1], {}), ROLES.people[0], manager=manager))
    for told in (True, False):
        fits(roles.changed(ROLES.people[0], TEAMS, told=told))
    readable(roles.roles_changed(EVERYTHING, TEAMS, "U012AB3CD"))
    readable(roles.roles_changed((), {}, None))
    assert check_options({"options": roles.person_options(ROLES, "")}) is None


def states() -> Iterator[SetupShown]:
    """Nothing set up, everything, and very much."""
    yield SetupShown(None, None, None, None, 1, (), (ANA,), 0)
    yield SetupShown("C012AB3CD", "C012AB3CE", "Europe/Berlin", "eu", 150, (ANA,), (LEFT,), 6000)
    yield SetupShown("C012AB3CD", None, None, "none", 2, (LEFT,) * 50, (ANA,) * 50, 1)


@pytest.mark.parametrize("state", list(states()))
@pytest.mark.parametrize(
    "said",
    ["", setup.WELCOME, setup.coordinators_named([f"U{n:010}" for n in range(500)]), setup_sample.SENDING],
)
def test_every_step_of_the_set_up_fits(state: SetupShown, said: str) -> None:
    fits(setup.channels_step(state, ChannelsShown(state.ops, state.floor), said))
    fits(setup.conventions_step(state, shown_settings(SCOPES[0], Jurisdiction.EU, {}), said))
    fits(setup.people_step(state, said))
    fits(setup.roles_step(state, said))
    fits(setup.schedule_step(state, said))
    fits(setup.checklist(state, said))
    fits(setup.working("a-prefix-of-16ch-"))
    assert state.missing is next((step for step in Step if not state.is_done(step)), None)


def test_the_checklist_counts_and_names_the_command_as_it_is_called_here() -> None:
    state = SetupShown("C012AB3CD", "C012AB3CE", "Europe/Berlin", "eu", 2, (ANA,), (ANA,), 1)
    text = str(setup.checklist(state, prefix="cs-"))
    assert "Everybody can type `/cs-floor` now." in text
    assert "1 shift ahead" in text


def test_any_import_can_be_listed_and_refused() -> None:
    counts = {"added": 10**6, "changed": 1, "removed": 2}
    listed = [ImportShown(n, "shifts", WORST * 5, NOW, by, undone, counts) for n, by, undone in IMPORTS]
    used = {
        (table, by): 10**6
        for table in ("member", "shift", "team")
        for by in ("shift", "swap", "cover", "unheard_of")
    }
    refused = Dependents(
        {"member": 1, "assignment": 2}, used, 3, 4, list(range(60)), Numbers(tuple(range(60)), (7,))
    )
    for result in (
        "",
        imports.undone_words(Undone(3, {"shift": 1}, {})),
        imports.being_undone(3),
        imports.in_the_way(3, refused),
    ):
        pages = [ImportPage(shelf, tuple(listed[:PAGE]), page, 10**6) for shelf in Shelf for page in (0, 9)]
        readable(imports.import_list(pages, FORMATS, NOW, result))
    readable(imports.import_list([ImportPage(each, (), 0, 0) for each in Shelf], FORMATS, NOW))


IMPORTS = [(number, by, undone) for number in range(1, 6) for by, undone in ((ANA, None), (None, NOW))]


def test_health_fits_however_much_is_wrong() -> None:
    checks = [Check(WORST, ok, WORST * 20, WORST * 20) for ok in (True, False, None)] * 15
    readable(floor_help.health_message(checks))
    readable(floor_help.health_message([]))
    readable(floor_help.looking())
