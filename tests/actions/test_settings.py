import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.actions.settings import Preferences, preferences
from bot.actions.settings_change import BadSetting, change_settings
from bot.actions.settings_scopes import UnknownScope, scope_of
from bot.actions.workspace import channel_name, find_channel, meet_workspace
from bot.app import build_deps
from bot.deps import Deps
from bot.domain.permissions import OPERATOR, Actor, Grant, NotPermitted, Role
from bot.domain.rules import RuleId
from bot.domain.sla_policy import USUAL_SLA
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage.settings import add_setting
from storage.tables import Audit, Setting, Workspace
from tests.actions.desk import Desk


def change(desk: Desk, scope: str = "workspace", /, **values: str) -> Preferences:
    return change_settings(desk.deps, "T1", OPERATOR, scope, values)


def now(desk: Desk, scope: str = "workspace") -> Preferences:
    with desk.deps.sessions.read("T1") as session:
        return preferences(session, scope)


def scope(desk: Desk, team: str | None = None, queue: str | None = None) -> str:
    with desk.deps.sessions.read("T1") as session:
        return scope_of(session, team, queue)


def refused(desk: Desk, **values: str) -> list[tuple[str, str, str]]:
    before = desk.everything()
    with pytest.raises(BadSetting) as refusal:
        change(desk, **values)
    assert desk.everything() == before
    return [(each.key, each.found, each.expected) for each in refusal.value.problems]


def versions(desk: Desk) -> list[tuple[str, int, dict[str, Any]]]:
    statement = select(Setting).where(Setting.workspace_id == "T1").order_by(Setting.scope, Setting.version)
    with desk.deps.sessions.read("T1") as session:
        return [(row.scope, row.version, row.document) for row in session.scalars(statement)]


@pytest.mark.parametrize(
    ("key", "usual", "value", "stored"),
    [
        ("ops_channel", None, "C012AB3CD", "C012AB3CD"),
        ("floor_channel", None, "G012AB3CD", "G012AB3CD"),
        ("time_zone", "UTC", "Europe/Berlin", "Europe/Berlin"),
        ("date_order", "DMY", "MDY", "MDY"),
        ("first_weekday", "monday", "sunday", "sunday"),
        ("hour_cycle", "24", "12", "12"),
        ("locale", "en", "de-AT", "de_AT"),
        ("jurisdiction", "none", "eu", "eu"),
        ("holidays", None, "de-by", "DE-BY"),
        ("rules", {}, '{"daily_rest": {"limit": 12}}', {"daily_rest": {"limit": 12}}),
        ("limits", {}, '{"no chat": {"queues": ["chat"]}}', {"no chat": {"queues": ["chat"]}}),
        ("auto_approve", True, "false", False),
        ("swap_expiry_hours", 24, "48", 48),
        ("attendance", "off", "here", "here"),
        ("no_show_minutes", 10, "5", 5),
        ("cover_wave_size", 5, "3", 3),
        ("cover_wave_minutes", 30, "15", 15),
        ("cover_least_minutes", 60, "120", 120),
        ("cover_asked", True, "false", False),
        ("required_skills", None, "billing; german", ["billing", "german"]),
        ("minimum_heads", 0, "2", 2),
        ("channel", "calls", "chats", "chats"),
        ("interval_minutes", "30", "15", "15"),
        ("service_level_percent", 80, "90", 90),
        ("service_level_seconds", 20, "30", 30),
        ("occupancy_percent", 85, "80", 80),
        ("patience_seconds", None, "120", 120),
        ("concurrency", 1, "2", 2),
        ("deadline_hours", 24, "8", 8),
        ("handle_seconds", None, "190", 190),
        ("shrinkage_planned_percent", 12, "10", 10),
        ("shrinkage_unplanned_percent", 18, "20", 20),
        ("plan", None, "mon-fri 09:00-17:00 8; sat 10-14 3", "mon-fri 09:00-17:00 8; sat 10-14 3"),
        ("ramp", None, "30, 60, 80", "30, 60, 80"),
        ("gap_least_heads", 0.5, "1", 1.0),
        ("gap_least_minutes", 30, "60", 60),
        ("gap_warning_hours", "168, 48, 4", "72, 8", "72, 8"),
        ("deviation_percent", 20, "30", 30),
        ("deviation_intervals", 3, "2", 2),
        ("surplus_least_heads", 1.0, "2", 2.0),
        ("surplus_least_minutes", 60, "90", 90),
        ("standup_at", "06:50", "7:30", "7:30"),
        ("special_days", None, "2026-11-27 release", "2026-11-27 release"),
        ("responsible", None, "mon-fri 9-17 ana@example.com", "mon-fri 9-17 ana@example.com"),
        ("leave_kinds", {}, '{"marriage": {"approval": false}}', {"marriage": {"approval": False}}),
        ("leave_weeks", None, "5.6", 5.6),
        ("leave_most_days", None, "28", 28),
        ("leave_granted", "at once", "monthly", "monthly"),
        ("leave_year_starts", "01-01", "04-06", "04-06"),
        ("leave_held_days", None, "40", 40),
        ("leave_carried_days", 0, "5", 5),
        ("leave_carried_months", 3, "0", 0),
        ("leave_notice_days", None, "30", 30),
        ("leave_warning_days", 60, "90", 90),
        ("leave_wait_hours", 24, "48", 48),
        ("leave_reminder_hours", 24, "8", 8),
        ("leave_next_level_hours", 72, "48", 48),
        ("leave_expiry_days", 30, "14", 14),
        ("business_hours", "mon-fri 09:00-17:00", "always", "always"),
        ("sla", USUAL_SLA, "all: resolution 8h", "all: resolution 8h"),
        ("sla_pauses", "pending", "none", "none"),
        ("hand_up_minutes", 3, "5", 5),
        ("exception_limits", None, "lead 100 EUR", "lead 100 EUR"),
        ("exception_hours", 24, "8", 8),
        ("announced_swap", "team", "nowhere", "nowhere"),
        ("announced_cover", "team", "floor", "floor"),
        ("announced_schedule", "team", "C012AB3CD", "C012AB3CD"),
        ("announced_sop", "team", "nowhere", "nowhere"),
        ("kpi_least_n", 30, "10", 10),
        ("kpi_fcr_days", 7, "5", 5),
        ("kpi_targets", None, "csat 90%", "csat 90%"),
        ("service_level_formula", "offered", "answered", "answered"),
        ("review_days", 90, "30", 30),
        ("review_overdue_days", 14, "7", 7),
        ("sop_approval", False, "true", True),
        ("kb_search_days", 60, "30", 30),
        ("digest_weekday", "monday", "friday", "friday"),
        ("digest_at", "08:00", "09:15", "09:15"),
        ("own_holidays", None, "2026-12-24 half Christmas Eve", "2026-12-24 half Christmas Eve"),
    ],
)
def test_each_setting_has_a_usual_value_and_takes_another(
    desk: Desk, key: str, usual: object, value: str, stored: object
) -> None:
    assert getattr(now(desk), key) == usual
    assert getattr(change(desk, **{key: value}), key) == stored
    assert getattr(now(desk), key) == stored
    assert getattr(change(desk, **{key: ""}), key) == usual


def test_no_setting_is_left_out_above() -> None:
    assert set(Preferences.model_fields) == {
        "ops_channel",
        "floor_channel",
        "time_zone",
        "date_order",
        "first_weekday",
        "hour_cycle",
        "locale",
        "jurisdiction",
        "holidays",
        "rules",
        "limits",
        "auto_approve",
        "swap_expiry_hours",
        "attendance",
        "no_show_minutes",
        "cover_wave_size",
        "cover_wave_minutes",
        "cover_least_minutes",
        "cover_asked",
        "required_skills",
        "minimum_heads",
        "channel",
        "interval_minutes",
        "service_level_percent",
        "service_level_seconds",
        "occupancy_percent",
        "patience_seconds",
        "concurrency",
        "deadline_hours",
        "handle_seconds",
        "shrinkage_planned_percent",
        "shrinkage_unplanned_percent",
        "plan",
        "ramp",
        "gap_least_heads",
        "gap_least_minutes",
        "gap_warning_hours",
        "deviation_percent",
        "deviation_intervals",
        "surplus_least_heads",
        "surplus_least_minutes",
        "standup_at",
        "special_days",
        "responsible",
        "leave_kinds",
        "leave_weeks",
        "leave_most_days",
        "leave_granted",
        "leave_year_starts",
        "leave_held_days",
        "leave_carried_days",
        "leave_carried_months",
        "leave_notice_days",
        "leave_warning_days",
        "leave_wait_hours",
        "leave_reminder_hours",
        "leave_next_level_hours",
        "leave_expiry_days",
        "business_hours",
        "sla",
        "sla_pauses",
        "hand_up_minutes",
        "exception_limits",
        "exception_hours",
        "announced_swap",
        "announced_cover",
        "announced_schedule",
        "announced_sop",
        "kpi_least_n",
        "kpi_fcr_days",
        "kpi_targets",
        "service_level_formula",
        "own_holidays",
        "review_days",
        "review_overdue_days",
        "sop_approval",
        "kb_search_days",
        "digest_weekday",
        "digest_at",
    }


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("ops_channel", "#ops", "a channel, as #name or as its id"),
        ("floor_channel", "U012AB3CD", "a channel, as #name or as its id"),
        ("time_zone", "Berlin", "a time zone such as Europe/Berlin"),
        ("date_order", "dmy", "DMY, MDY or YMD"),
        ("first_weekday", "day one", "monday, tuesday, wednesday, thursday, friday, saturday or sunday"),
        ("hour_cycle", "13", "12 or 24"),
        ("locale", "klingon", "a locale such as en, en_GB or de"),
        ("jurisdiction", "mars", "none, eu, uk or us"),
        ("rules", "{", 'JSON such as {"daily_rest": {"limit": 12}}'),
        ("rules", "[]", 'JSON such as {"daily_rest": {"limit": 12}}'),
        ("auto_approve", "maybe", "true or false"),
        ("cover_wave_size", "0", "a number of at least 1"),
        ("swap_expiry_hours", "-3", "a number of at least 0"),
        ("swap_expiry_hours", "9999", "a number of at most 1440"),
        ("minimum_heads", "some", "a whole number"),
        ("limits", "{", 'JSON such as {"no early": {"windows": [{"from": "00:00", "to": "08:00"}]}}'),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(desk: Desk, key: str, value: str, expected: str) -> None:
    assert refused(desk, **{key: value}) == [(key, value, expected)]


def test_a_legal_limit_is_not_weakened_by_a_setting(desk: Desk) -> None:
    change(desk, jurisdiction="eu")
    [(key, _, words)] = refused(desk, rules='{"daily_rest": {"limit": 8}}')
    assert key == "rules, daily_rest"
    assert "can only be made stricter, except where your country's law" in words


def test_a_law_that_comes_later_holds_over_what_was_said_before(desk: Desk) -> None:
    change(desk, rules='{"daily_rest": {"limit": 8}, "hours_per_day": {"limit": 10}}')
    with desk.deps.sessions.write("T1") as session:
        document = {"jurisdiction": "eu", "rules": {"daily_rest": {"limit": 8}, "hours_per_day": {"limit": 10}}}
        add_setting(session, "workspace", document, desk.deps.clock())
    settings = now(desk).policy.settings
    assert (settings[RuleId.DAILY_REST].limit, settings[RuleId.HOURS_PER_DAY].limit) == (11, 10)


def test_a_team_says_single_rules_over_those_of_the_workspace(desk: Desk) -> None:
    desk.people()
    change(desk, rules='{"hours_per_day": {"limit": 10}, "consecutive_days": {"limit": 6}}')
    change(desk, scope(desk, team="Mail"), rules='{"hours_per_day": {"limit": 9}}')
    assert now(desk, scope(desk, team="Mail")).rules == {
        "hours_per_day": {"limit": 9},
        "consecutive_days": {"limit": 6},
    }


def test_a_value_of_no_survives_the_next_change(desk: Desk) -> None:
    change(desk, auto_approve="no")
    change(desk, locale="de")
    assert now(desk).auto_approve is False


@pytest.mark.parametrize("value", ["", "x"])
def test_an_unknown_setting_is_named_even_with_nothing_in_it(desk: Desk, value: str) -> None:
    [(key, found, expected)] = refused(desk, colour=value)
    assert (key, found) == ("colour", "")
    assert expected.startswith("there is no such setting, only ops_channel, floor_channel, ")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_changed(desk: Desk) -> None:
    wrong = refused(desk, time_zone="Mars", locale="de", colour="", hour_cycle="13")
    assert [key for key, _, _ in wrong] == ["time_zone", "hour_cycle", "colour"]


def test_each_change_is_a_version_that_stays_readable(desk: Desk) -> None:
    change(desk, locale="de")
    change(desk, time_zone="Europe/Berlin")
    change(desk, locale="")
    assert versions(desk) == [
        ("workspace", 1, {"locale": "de"}),
        ("workspace", 2, {"locale": "de", "time_zone": "Europe/Berlin"}),
        ("workspace", 3, {"time_zone": "Europe/Berlin"}),
    ]


def test_what_changes_nothing_is_no_version(desk: Desk) -> None:
    change(desk, locale="de-DE")
    change(desk, locale="de_DE", time_zone="")
    assert [version for _, version, _ in versions(desk)] == [1]


def test_a_change_leaves_an_audit_line_with_what_was_there_and_what_is(desk: Desk) -> None:
    change(desk, locale="de-DE")
    change(desk, locale="", time_zone="Europe/Berlin")
    with desk.deps.sessions.read("T1") as session:
        lines = session.scalars(select(Audit).where(Audit.workspace_id == "T1").order_by(Audit.id)).all()
    assert [(line.action, line.actor, line.before, line.after) for line in lines] == [
        ("settings.change", "operator", {"locale": None}, {"locale": "de_DE", "scope": "workspace"}),
        (
            "settings.change",
            "operator",
            {"locale": "de_DE", "time_zone": None},
            {"locale": None, "time_zone": "Europe/Berlin", "scope": "workspace"},
        ),
    ]


def test_a_team_and_a_queue_override_what_holds_in_the_workspace(desk: Desk) -> None:
    desk.people()
    desk.shifts(",2026-10-05,09:00,17:00,,Chat")
    change(desk, locale="de", time_zone="Europe/Berlin")
    team, queue = scope(desk, team="mail"), scope(desk, queue="CHAT")
    assert change(desk, team, time_zone="Asia/Tokyo").locale == "de"
    change(desk, queue, locale="fr")
    assert (now(desk, team).time_zone, now(desk, team).locale) == ("Asia/Tokyo", "de")
    assert (now(desk, queue).time_zone, now(desk, queue).locale) == ("Europe/Berlin", "fr")
    assert (now(desk).time_zone, now(desk).locale) == ("Europe/Berlin", "de")
    assert change(desk, team, time_zone="").time_zone == "Europe/Berlin"


def test_an_unknown_team_or_queue_is_named(desk: Desk) -> None:
    with pytest.raises(UnknownScope, match="There is no team “Chat”"):
        scope(desk, team="Chat")
    with pytest.raises(UnknownScope, match="There is no queue “Chat”"):
        scope(desk, queue="Chat")


def test_who_may_not_change_settings_is_refused(desk: Desk) -> None:
    lead = Actor(desk.deps.new_id(), (Grant(Role.LEAD),))
    with pytest.raises(NotPermitted):
        change_settings(desk.deps, "T1", lead, "workspace", {"locale": "de"})
    assert versions(desk) == []


def test_changes_of_different_settings_at_once_lose_none(desk: Desk) -> None:
    values = {"locale": "de", "time_zone": "Europe/Berlin", "hour_cycle": "12", "date_order": "MDY"}
    threads = [threading.Thread(target=change, args=(desk,), kwargs={key: value}) for key, value in values.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert now(desk).model_dump(include=set(values)) == values
    assert [version for _, version, _ in versions(desk)] == [1, 2, 3, 4]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(rates="off") as sandbox:
        sandbox.invite("ana")
        yield sandbox


@pytest.fixture
def deps(sandbox: Sandbox, sqlite_url: str) -> Iterator[Deps]:
    settings = Settings(
        _env_file=None,
        SLACK_BOT_TOKEN=sandbox.bot_token,
        SLACK_API_URL=sandbox.api_url,
        FLOORWALKER_DATABASE_URL=sqlite_url,
    )
    deps = build_deps(settings)
    yield deps
    deps.sessions.close()


def test_a_channel_is_found_by_name_and_by_id_and_shown_by_name(deps: Deps, sandbox: Sandbox) -> None:
    public = sandbox.channel("floor", members=["ana"])
    assert [find_channel(deps, name) for name in ("#floor", "floor", public)] == [public] * 3
    assert channel_name(deps, public) == "#floor"


def test_a_private_channel_is_found_only_where_the_bot_is_in_it(deps: Deps, sandbox: Sandbox) -> None:
    sandbox.channel("secrets", private=True, members=["ana"])
    desk = sandbox.channel("coordinators", private=True, members=["ana"], bot=True)
    assert (find_channel(deps, "#secrets"), find_channel(deps, "#coordinators")) == (None, desk)


def test_channels_are_looked_for_on_every_page(deps: Deps, sandbox: Sandbox) -> None:
    ids = [sandbox.channel(f"room-{number}") for number in range(205)]
    assert find_channel(deps, "#room-204") == ids[-1]


def test_the_workspace_is_that_of_the_token_and_its_name_is_noted(deps: Deps, sandbox: Sandbox) -> None:
    assert meet_workspace(deps) == meet_workspace(deps) == sandbox.team_id
    with deps.sessions.read(sandbox.team_id) as session:
        workspace = session.get(Workspace, sandbox.team_id)
    assert workspace
    assert workspace.name


@pytest.mark.parametrize(
    ("key", "value", "bad"),
    [
        ("plan", "mon-fri 9-17 8; sometimes 3", "sometimes 3"),
        ("plan", "mon-fri 9-17", "mon-fri 9-17"),
        ("ramp", "30, lots", "lots"),
        ("gap_warning_hours", "48, 0", "0"),
        ("standup_at", "25:00", "25:00"),
        ("special_days", "2026-11-27", "2026-11-27"),
        ("special_days", "27.11. release", "27.11. release"),
        ("own_holidays", "2026-12-24", "2026-12-24"),
        ("own_holidays", "2026-12-24 half", "2026-12-24 half"),
    ],
)
def test_a_line_that_makes_no_sense_is_named_beside_one_that_does(
    desk: Desk, key: str, value: str, bad: str
) -> None:
    ((_, found, expected),) = refused(desk, **{key: value})
    assert found == bad
    assert expected.startswith("a line such as ")
