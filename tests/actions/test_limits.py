"""Limits come with the people file, go with its undoing, and are named to as few as possible."""

import pytest
from sqlalchemy import select

from bot.actions.settings_change import BadSetting, change_settings
from bot.cli.reports import people_report
from bot.domain.imports import BadFile
from bot.domain.permissions import OPERATOR
from storage.tables import Audit
from tests.actions.desk import Desk

EARLY = '{"no early": {"windows": [{"from": "00:00", "to": "08:00"}]}}'
KNOWN = "one of the limits no nights, no weekends, no Mail, no german, no refunds"


def limited(limits: str) -> str:
    return f"email,name,limits\nana@example.com,Ana Ruiz,{limits}\n"


def explain(desk: Desk, limits: str) -> None:
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"limits": limits})


def audit(desk: Desk) -> str:
    with desk.deps.sessions.read("T1") as session:
        rows = list(session.scalars(select(Audit).where(Audit.workspace_id == "T1")))
    assert rows
    return str([(row.action, row.before, row.after) for row in rows])


def test_limits_are_stored_as_they_are_spelled_where_they_are_explained(desk: Desk) -> None:
    desk.people()
    desk.shifts("ana@example.com,2026-10-05,09:00,17:00,,Mail")
    explain(desk, EARLY)
    desk.people(limited("NO  NIGHTS; no mail ;no Early;"))
    assert desk.member("ana").limits == ["no Mail", "no early", "no nights"]
    assert desk.member("ben").limits == []
    assert desk.people(limited("no early;no mail;no nights")).number is None


def test_a_file_without_the_column_keeps_limits_and_an_empty_cell_clears_them(desk: Desk) -> None:
    desk.people(limited("no nights"))
    desk.people("email,name\nana@example.com,Ana\n")
    assert desk.member("ana").limits == ["no nights"]
    desk.people(limited(""))
    assert desk.member("ana").limits == []


def test_a_skill_that_comes_with_the_same_file_can_be_a_limit(desk: Desk) -> None:
    desk.people("email,name,skills,limits\nana@example.com,Ana,,no phone\nben@example.com,Ben,phone,\n")
    assert desk.member("ana").limits == ["no phone"]


def test_an_unknown_limit_is_named_at_its_place_with_those_that_are_known(desk: Desk) -> None:
    desk.people()
    desk.shifts("ana@example.com,2026-10-05,09:00,17:00,,Mail")
    before = desk.everything()
    with pytest.raises(BadFile) as refusal:
        desk.people(limited("no nights; no early; back pain"))
    assert [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems] == [
        (2, "limits", "no early", KNOWN),
        (2, "limits", "back pain", KNOWN),
    ]
    assert desk.everything() == before


def test_undoing_an_import_brings_the_limits_before_it_back(desk: Desk) -> None:
    desk.people(limited("no nights"))
    before = desk.tables()
    done = desk.people(limited("no weekends"))
    assert desk.member("ana").limits == ["no weekends"]
    desk.undo(done.number)
    assert desk.tables() == before
    assert desk.member("ana").limits == ["no nights"]


def test_neither_the_report_nor_the_audit_says_which_limit_it_is(desk: Desk) -> None:
    desk.people()
    preview = desk.people(limited("no nights"), dry_run=True)
    desk.people(limited("no nights"))
    lines = list(people_report(preview, full=True, several=False))
    assert lines == ["  changed   line 2  Ana Ruiz: limits changed", "0 added, 1 changed, 0 unchanged"]
    assert "nights" not in audit(desk)


def test_a_limit_stays_explained_as_long_as_somebody_has_it(desk: Desk) -> None:
    explain(desk, EARLY)
    desk.people(limited("no early"))
    with pytest.raises(BadSetting) as refusal:
        explain(desk, "")
    assert [each.words for each in refusal.value.problems] == [
        "limits, no early: must stay explained as long as somebody on the roster has it"
    ]
    desk.people(limited(""))
    explain(desk, "")


def test_a_setting_that_explains_nothing_is_refused(desk: Desk) -> None:
    for limits in ("no nights", '{"no early": {"reason": "x"}}'):
        with pytest.raises(BadSetting):
            explain(desk, limits)
