"""Settings of the workspace, a team and a queue, changed in Slack, with each mistake at its field."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.actions.settings import Preferences, preferences
from bot.actions.settings_scopes import scope_of
from bot.sandbox import Modal, Person
from storage.tables import Setting
from tests.workplace import Workplace

SHIFT = "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail"
REST = "Daily rest: at least, in hours"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and a queue."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)


def opens(work: Workplace, group: str, scope: str = "") -> Person:
    """Whoever coordinates, before the form of one group."""
    cora = work.person("cora")
    cora.types("/floor settings")
    cora.sees_modal("Settings")
    if scope:
        cora.picks("Settings of", scope)
    cora.presses("Change…", beside=group)
    cora.sees_modal("Settings")
    assert cora.modal
    assert cora.modal.depth == 2
    return cora


def below(person: Person) -> Modal:
    """The overview, once the form on it was taken."""
    modal = person.sees_modal("Settings")
    assert modal.depth == 1, modal
    return modal


def holds(work: Workplace, team: str | None = None, queue: str | None = None) -> Preferences:
    """What is in force."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return preferences(session, scope_of(session, team, queue))


def versions(work: Workplace) -> int:
    """How many versions of settings were stored."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        return session.scalar(select(func.count()).where(Setting.workspace_id == session.workspace_id)) or 0


def changes(work: Workplace) -> list[str]:
    """What the audit says of settings, without the time."""
    lines = work.asks("cora", "/floor audit").text.splitlines()
    return [line.split(" · ", 2)[2] for line in lines if "changed the settings" in line]


def test_general_settings_are_changed_shown_and_audited(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = opens(everywhere, "General")
    cora.picks("Time zone of people who have none of their own", "Europe/Lisbon (UTC)")
    cora.picks("Dates are written as in", "Deutsch")
    cora.picks("The clock shows", "2:30 PM")
    cora.submits()
    said = below(cora).text
    assert "Time zone of people who have none of their own: Europe/Lisbon" in said
    assert "Dates are written as in: Deutsch" in said
    cora.closes()
    assert holds(everywhere).time_zone == "Europe/Lisbon"
    assert holds(everywhere).locale == "de"
    assert "first_weekday" not in holds(everywhere).model_fields_set
    everywhere.prefers(locale="en", hour_cycle="24")
    assert changes(everywhere)[0] == (
        "changed the settings of the workspace · "
        "The clock shows: as usual → 2:30 PM; Dates are written as in: as usual → Deutsch; "
        "Time zone of people who have none of their own: as usual → Europe/Lisbon"
    )


def test_what_was_not_touched_stays_as_somebody_else_has_set_it_meanwhile(desk: Workplace) -> None:
    cora = opens(desk, "Swaps")
    desk.prefers(swap_expiry_hours="48")
    cora.picks("A swap that breaks no rule", "needs approval")
    cora.submits()
    below(cora)
    assert (holds(desk).auto_approve, holds(desk).swap_expiry_hours) == (False, 48)


def test_nothing_changed_is_no_new_version(desk: Workplace) -> None:
    before = versions(desk)
    cora = opens(desk, "Swaps")
    cora.submits()
    below(cora)
    assert versions(desk) == before


def test_a_number_out_of_bounds_is_said_at_its_field(desk: Workplace) -> None:
    cora = opens(desk, "Swaps")
    label = "Hours before its first shift at which an unsettled swap ends"
    cora.fills(label, "9999")
    cora.submits()
    assert list(cora.sees_modal().errors) == [label]
    cora.fills(label, "")
    cora.submits()
    below(cora)
    assert holds(desk).swap_expiry_hours == 24


def test_a_team_has_its_own_or_goes_by_the_workspace(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = opens(everywhere, "General", scope="Phones")
    assert cora.sees_modal().fields["The clock shows"] == "As the workspace: 14:30"
    assert cora.searches("Time zone of people who have none of their own", "lisbon") == [
        "As the workspace",
        "Europe/Lisbon (UTC)",
    ]
    cora.picks("The clock shows", "2:30 PM")
    cora.submits()
    assert "The clock shows: 2:30 PM\n" in below(cora).text
    assert "The week begins on: Monday (as everywhere)" in below(cora).text
    assert (holds(everywhere, team="Phones").hour_cycle, holds(everywhere).hour_cycle) == ("12", "24")
    cora.presses("Change…", beside="General")
    cora.picks("The clock shows", "As the workspace: 14:30")
    cora.submits()
    assert "The clock shows: 14:30 (as everywhere)" in below(cora).text
    assert "hour_cycle" not in holds(everywhere, team="Phones").model_fields_set


def test_a_queue_takes_skills_and_a_fewest_number_and_the_audit_names_them(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = opens(everywhere, "Work", scope="mail")
    cora.picks("Skills that its shifts need", "Those that I choose here, or none")
    cora.picks("Skills", ["german", "refunds"])
    cora.fills("Fewest people on at any time", "2")
    cora.submits()
    assert "Skills that its shifts need: german, refunds" in below(cora).text
    cora.closes()
    found = holds(everywhere, queue="mail")
    assert (found.required_skills, found.minimum_heads) == (["german", "refunds"], 2)
    assert changes(everywhere) == [
        "changed the settings of the queue mail · "
        "Fewest people on at any time: as usual → 2; Skills that its shifts need: as usual → german, refunds"
    ]


def test_a_queue_may_take_no_skill_at_all_and_go_back_to_what_is_usual(desk: Workplace) -> None:
    cora = opens(desk, "Work", scope="mail")
    cora.picks("Skills that its shifts need", "Those that I choose here, or none")
    cora.submits()
    assert "Skills that its shifts need: none" in below(cora).text
    assert holds(desk, queue="mail").required_skills == []
    cora.presses("Change…", beside="Work")
    cora.picks("Skills that its shifts need", "As usual: the one called like the queue, if there is one")
    cora.submits()
    below(cora)
    assert holds(desk, queue="mail").required_skills is None


def test_a_rule_is_made_stricter_and_said_with_what_is_usual(everywhere: Workplace) -> None:
    prepare(everywhere)
    everywhere.prefers(jurisdiction="eu")
    cora = opens(everywhere, "Rules")
    form = cora.sees_modal()
    hints = [block["hint"]["text"] for block in form.blocks if "hint" in block]
    assert "As usual: at least 11 hours, otherwise not possible (Directive 2003/88/EC, article 3)" in hints
    cora.fills(REST, "12.5")
    cora.fills("Days in a row: at most, in days", "6")
    cora.picks("Too many days in a row are", "Needs approval")
    cora.submits()
    said = below(cora).text
    assert "Daily rest: at least 12.5 hours" in said
    assert "Days in a row: at most 6 days, otherwise needs approval" in said
    cora.closes()
    assert holds(everywhere).rules == {
        "daily_rest": {"limit": 12.5},
        "consecutive_days": {"effect": "review", "limit": 6},
    }
    assert changes(everywhere)[-1].endswith(
        "Days in a row: as usual → at most 6 days, otherwise needs approval; "
        "Daily rest: as usual → at least 12.5 hours"
    )


@pytest.mark.parametrize(
    ("fields", "label", "words"),
    [
        (
            {REST: "10"},
            REST,
            "The legal limit of 11 hours (Directive 2003/88/EC, article 3) can only be made",
        ),
        (
            {"Too little daily rest is": "Allowed"},
            "Too little daily rest is",
            "What the law forbids (Directive 2003/88/EC, article 3) stays",
        ),
        (
            {"Too many hours in a day are": "Not possible"},
            "Hours in a day: at most, in hours",
            "Needs a limit in hours.",
        ),
    ],
)
def test_a_rule_that_cannot_hold_is_refused_at_its_field_and_nothing_is_lost(
    desk: Workplace, fields: dict[str, Any], label: str, words: str
) -> None:
    desk.prefers(jurisdiction="eu")
    before = versions(desk)
    cora = opens(desk, "Rules")
    cora.fills("Notice: at least, in hours", "48")
    for field, value in fields.items():
        (cora.fills if value[0].isdigit() else cora.picks)(field, value)
    cora.submits()
    modal = cora.sees_modal()
    assert list(modal.errors) == [label]
    assert modal.errors[label].startswith(words)
    assert modal.fields["Notice: at least, in hours"] == "48"
    assert versions(desk) == before


def test_an_agreement_sets_a_legal_limit_aside_and_what_the_form_does_not_show_stays(desk: Workplace) -> None:
    desk.prefers(jurisdiction="eu", rules='{"hours_rolling": {"weeks": 12}}')
    cora = opens(desk, "Rules")
    cora.fills(REST, "9")
    cora.fills("Daily rest: agreement that sets the law's limit aside", "Works council 2026")
    cora.submits()
    assert "Daily rest: at least 9 hours, set aside by Works council 2026" in below(cora).text
    assert holds(desk).rules == {
        "hours_rolling": {"weeks": 12},
        "daily_rest": {"limit": 9, "derogated": "Works council 2026"},
    }


def test_a_rule_goes_back_to_what_is_usual(desk: Workplace) -> None:
    desk.prefers(rules='{"minimum_notice": {"limit": 24}}')
    cora = opens(desk, "Rules")
    assert cora.sees_modal().fields["Notice: at least, in hours"] == "24"
    cora.fills("Notice: at least, in hours", "")
    cora.submits()
    assert "As the law asks" in below(cora).text
    assert holds(desk).rules == {}


def test_a_team_sees_the_rules_of_the_workspace_as_the_usual_ones(desk: Workplace) -> None:
    desk.prefers(rules='{"minimum_notice": {"limit": 24}}')
    cora = opens(desk, "Rules", scope="Mail")
    hints = [block["hint"]["text"] for block in cora.sees_modal().blocks if "hint" in block]
    assert "As usual: at least 24 hours, otherwise not possible (Set by the workspace)" in hints


@pytest.mark.parametrize(
    ("typed", "whose", "label"),
    [
        ("swaps", "Swaps · the workspace", "A swap that breaks no rule"),
        ("time zone", "General · the workspace", "The clock shows"),
        ("rules", "Rules · the workspace", REST),
        ("daily rest", "Rules · the workspace", REST),
        ("Phones general", "General · the team Phones", "The clock shows"),
        ("team MAIL rules", "Rules · the team Mail", REST),
        ("queue mail work", "Work · the queue mail", "Fewest people on at any time"),
        ("minimum_heads", "", ""),
    ],
)
def test_a_section_is_opened_by_its_name(desk: Workplace, typed: str, whose: str, label: str) -> None:
    if not whose:
        assert "There are no settings called" in desk.asks("cora", f"/floor settings {typed}").text
        return
    cora = desk.person("cora")
    cora.types(f"/floor settings {typed}")
    modal = cora.sees_modal("Settings")
    assert modal.text.startswith(whose)
    assert label in modal.fields
    assert modal.depth == 1


def test_a_team_or_a_queue_is_opened_by_its_name(desk: Workplace) -> None:
    cora = desk.person("cora")
    for typed, name in (
        ("phones", "Phones"),
        ("queue mail", "mail"),
        ("workspace", "The workspace"),
        ("", "The workspace"),
    ):
        cora.types(f"/floor settings {typed}")
        assert cora.sees_modal("Settings").fields["Settings of"] == name
        cora.closes()


def test_a_section_that_was_opened_alone_is_followed_by_the_overview(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = everywhere.person("cora")
    cora.types("/floor settings swaps")
    cora.picks("A swap that breaks no rule", "needs approval")
    cora.submits()
    assert "A swap that breaks no rule: needs approval" in below(cora).text
    assert not holds(everywhere).auto_approve


def test_settings_that_there_are_none_of_are_answered_with_those_that_there_are(desk: Workplace) -> None:
    answer = desk.asks("cora", "/floor settings foo & bar").text
    assert answer.splitlines()[0] == (
        "There are no settings called “foo & bar”. "
        "Sections are general, swaps, covers, attendance, time off, kinds of leave, staffing, coverage, cases, "
        "live help and exceptions, news, knowledge, reports, key figures, and rules. "
        "A team or a queue has its own, by its name: mail, Phones."
    )


def test_the_clocks_of_cases_are_a_section_and_a_queue_has_its_own(desk: Workplace) -> None:
    cora = desk.person("cora")
    cora.types("/floor settings cases")
    cora.fills("How long each clock may take", "urgent: first reply soon")
    cora.submits()
    assert "urgent: first reply soon" in cora.sees_modal("Settings").errors["How long each clock may take"]
    cora.fills("How long each clock may take", "urgent: first reply 1h\ngold: resolution 4h")
    cora.fills("Hours in which the clocks of cases run", "mon-fri 09:00-12:00, 13:00-17:00\nin Europe/Berlin")
    cora.submits()
    overview = below(cora).text
    assert "How long each clock may take: urgent: first reply 1h; gold: resolution 4h" in overview
    cora.closes()
    cora.types("/floor settings queue mail cases")
    cora.fills("States in which clocks stand", "pending; on hold: resolution")
    cora.submits()
    assert "States in which clocks stand: pending; on hold: resolution" in below(cora).text
    assert "mon-fri 09:00-12:00, 13:00-17:00; in Europe/Berlin (as everywhere)" in below(cora).text


def test_who_runs_no_desk_reads_who_does(desk: Workplace) -> None:
    for name in ("ana", "cleo", "carl"):
        assert desk.asks(name, "/floor settings").text.startswith("Only coordinators and managers change settings")


def test_who_has_lost_the_role_meanwhile_changes_nothing(desk: Workplace) -> None:
    cora = opens(desk, "Swaps")
    cora.picks("A swap that breaks no rule", "needs approval")
    desk.people("email,name,role\ncora@example.com,Cora Lind,agent\n")
    cora.submits()
    assert "Only coordinators and managers change settings" in cora.sees_modal().text
    assert holds(desk).auto_approve


def test_rules_that_two_people_change_at_once_are_all_changed(desk: Workplace) -> None:
    cora = opens(desk, "Rules")
    desk.prefers(rules='{"minimum_notice": {"limit": 24}}')
    cora.fills("Days in a row: at most, in days", "6")
    cora.submits()
    below(cora)
    assert holds(desk).rules == {"minimum_notice": {"limit": 24}, "consecutive_days": {"limit": 6}}


def test_a_rule_that_no_law_bears_any_more_is_named_in_the_form_that_takes_the_law_away(desk: Workplace) -> None:
    desk.prefers(jurisdiction="eu", rules='{"daily_rest": {"limit": 9, "derogated": "Works council 2026"}}')
    cora = opens(desk, "Swaps")
    cora.picks("Law on working time", "None (only the floor's own rules)")
    cora.submits()
    assert cora.sees_modal().errors == {
        "Law on working time": "Daily rest: no limit of the law is in force here that an agreement could set "
        "aside: take the agreement out. Change that first, below “Rules”."
    }


def test_the_country_of_the_public_holidays_is_searched_and_a_team_has_its_own(desk: Workplace) -> None:
    label = "Public holidays are those of"
    cora = desk.person("cora")
    cora.types("/floor settings general")
    assert cora.sees_modal("Settings").fields[label] == "No country"
    assert cora.searches(label, "bayern") == ["No country", "Germany: Bayern"]
    cora.picks(label, "Germany: Bayern")
    cora.submits()
    assert f"{label}: Germany: Bayern" in cora.sees_modal("Settings").text
    cora.closes(everything=True)
    cora.types("/floor settings mail general")
    assert cora.sees_modal("Settings").fields[label] == "As the workspace"
    cora.picks(label, "Germany")
    cora.submits()
    assert f"{label}: Germany\n" in cora.sees_modal("Settings").text
