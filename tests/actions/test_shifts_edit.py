"""Edits by hand as they are stored: once, as they were looked at, with what stands on the shift."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.imports import undo_import
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.actions.shifts_edit import ChangedMeanwhile, OtherOutlook, ShiftIsGone, Wanted, outlook_of, save
from bot.actions.shifts_edit_form import shifts_to_edit
from bot.actions.swaps import accept
from bot.deps import new_id
from bot.domain.permissions import OPERATOR, NotPermitted
from bot.domain.rules import RuleId
from bot.domain.shifts_edit import Cut, Draft, Edit, Listing, Removal, ShiftToEdit
from bot.domain.uploads import What
from storage.imports import shift_changes
from storage.tables import Audit, Import
from tests.cover_desk import CoverDesk
from tests.races import at_once
from tests.swap_desk import NAMES

LATER, EARLIER = (time(12), time(20)), (time(7), time(15))


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[CoverDesk]:
    desk = CoverDesk(database_url, tmp_path)
    yield desk
    desk.close()


def shift_of(desk: CoverDesk, day: int = 6) -> ShiftToEdit:
    """The shift of a day as it is listed."""
    on = date(2026, 11, day)
    [found] = shifts_to_edit(desk.deps, desk.caller("cora"), Listing(None, on, on)).shifts
    return found


def wanted(desk: CoverDesk, edit: Edit, day: int = 6) -> Wanted:
    """An edit of the shift of a day, once it was looked at."""
    shift = shift_of(desk, day)
    asked = Wanted(new_id(), shift.id, shift.version, edit)
    return replace(asked, seen=outlook_of(desk.deps, desk.caller("cora"), asked).digest)


def draft(desk: CoverDesk, hours: tuple[time, time] = LATER, owner: str = "ana", day: int = 6) -> Draft:
    return Draft(desk.desk.member(owner).id, date(2026, 11, day), *hours, "mail", None)


def saves(desk: CoverDesk, asked: Wanted, name: str = "cora") -> int:
    return save(desk.deps, desk.caller(name), asked).number


def imports(desk: CoverDesk) -> list[Import]:
    with desk.deps.sessions.read("T1") as session:
        return list(session.scalars(select(Import).where(Import.workspace_id == "T1").order_by(Import.number)))


def undo(desk: CoverDesk, number: int) -> None:
    undo_import(desk.deps, "T1", OPERATOR, number)


def test_what_is_sent_twice_is_done_once(desk: CoverDesk) -> None:
    asked = wanted(desk, draft(desk))
    assert saves(desk, asked) == saves(desk, asked) == 3
    assert [each.kind for each in imports(desk)] == ["people", "shifts", "edit"]
    assert desk.works(6) == [("ana", 12, 20)]


def test_of_two_at_once_one_is_done_and_the_other_hears_how_it_is_now(desk: CoverDesk) -> None:
    both = [wanted(desk, draft(desk, hours)) for hours in (LATER, EARLIER)]
    found = at_once(lambda: saves(desk, both[0]), lambda: saves(desk, both[1], "carla"))
    [done] = [each for each in found if isinstance(each, int)]
    [refused] = [each for each in found if isinstance(each, ChangedMeanwhile)]
    assert (done, len(imports(desk))) == (3, 3)
    assert desk.works(6) == [("ana", refused.now.start_local.hour, refused.now.end_local.hour)]


def test_the_same_form_twice_at_once_is_one_edit(desk: CoverDesk) -> None:
    asked = wanted(desk, Removal())
    assert at_once(lambda: saves(desk, asked), lambda: saves(desk, asked)) == [3, 3]
    assert desk.works(6) == []


def test_nothing_is_saved_that_was_not_looked_at(desk: CoverDesk) -> None:
    asked = replace(wanted(desk, Removal()), seen=None)
    with pytest.raises(OtherOutlook) as other:
        saves(desk, asked)
    assert saves(desk, replace(asked, seen=other.value.outlook.digest)) == 3


def test_what_is_gone_is_not_edited(desk: CoverDesk) -> None:
    first, second = (wanted(desk, Removal()) for _ in range(2))
    saves(desk, first)
    with pytest.raises(ShiftIsGone):
        saves(desk, second)


@pytest.mark.parametrize("name", ["ana", "ben"])
def test_only_who_runs_the_desk_may(desk: CoverDesk, name: str) -> None:
    asked = wanted(desk, Removal())
    for deed in (lambda: saves(desk, asked, name), lambda: outlook_of(desk.deps, desk.caller(name), asked)):
        with pytest.raises(NotPermitted):
            deed()
    with pytest.raises(NotPermitted):
        shifts_to_edit(desk.deps, desk.caller(name), Listing(None, date(2026, 11, 6), date(2026, 11, 6)))


def test_who_and_whose_shifts_stand_in_the_audit_and_no_text_does(desk: CoverDesk) -> None:
    saves(desk, wanted(desk, replace(draft(desk), note="not for the audit")))
    with desk.deps.sessions.read("T1") as session:
        [line] = session.scalars(select(Audit).where(Audit.workspace_id == "T1", Audit.action == "import.edit"))
    assert (line.actor_id, line.number) == (desk.desk.member("cora").id, 3)
    assert line.after == {"files": "", "shifts": {str(desk.desk.member("ana").id): 1}}


def test_a_new_owner_is_one_change_of_one_shift(desk: CoverDesk) -> None:
    shift_id = shift_of(desk).id
    saves(desk, wanted(desk, draft(desk, (time(9), time(17)), "dev")))
    with desk.deps.sessions.read("T1") as session:
        [line] = session.scalars(select(Audit).where(Audit.workspace_id == "T1", Audit.action == "import.edit"))
        changes = shift_changes(session, [line.subject_id] if line.subject_id else [])
    assert [(change.subject_id, change.before is None) for change in changes] == [(shift_id, False)]
    assert line.after
    assert line.after["shifts"] == {str(desk.desk.member(name).id): 1 for name in ("ana", "dev")}
    assert (shift_of(desk).id, desk.works(6)) == (shift_id, [("dev", 9, 17)])
    undo(desk, 3)
    assert (shift_of(desk).id, desk.works(6)) == (shift_id, [("ana", 9, 17)])


def test_a_new_owner_of_what_has_begun_is_undone_beside_the_swap_by_which_it_was_worked(desk: CoverDesk) -> None:
    swap = desk.proposes("ana", "ben")
    accept(desk.deps, desk.caller("ben"), swap)
    desk.now += timedelta(days=10)
    saves(desk, wanted(desk, draft(desk, (time(7), time(15)), "dev")))
    assert (desk.works(6), desk.state(swap)) == ([("dev", 7, 15)], "approved")
    undo(desk, 3)
    assert (desk.works(6), desk.state(swap)) == ([("ben", 9, 17)], "approved")


def test_what_begins_at_this_very_moment_is_edited_and_undone(desk: CoverDesk) -> None:
    desk.now = datetime(2026, 11, 6, 7, tzinfo=UTC)
    saves(desk, wanted(desk, draft(desk, EARLIER)))
    undo(desk, 3)
    assert desk.works(6) == [("ana", 9, 17)]


def law(desk: CoverDesk) -> None:
    """Rest is eleven hours by law."""
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"jurisdiction": "eu"})


def broken(desk: CoverDesk, edit: Edit, day: int = 6) -> list[tuple[RuleId, str]]:
    """The rules that an edit of the shift of a day would break, and for whom."""
    names = {desk.desk.member(name).id: name for name in NAMES}
    shift = shift_of(desk, day)
    found = outlook_of(desk.deps, desk.caller("cora"), Wanted(new_id(), shift.id, shift.version, edit))
    return [(each.rule, names[each.whom] if each.whom else "") for each in found.review.findings]


def test_rest_is_that_between_all_that_somebody_works_and_not_only_what_is_planned_for_them(
    desk: CoverDesk,
) -> None:
    law(desk)
    assert broken(desk, draft(desk, (time(15), time(23)))) == []
    desk.takes("ana", desk.offers("ben", 7))
    assert broken(desk, draft(desk, (time(15), time(23)))) == [(RuleId.DAILY_REST, "ana")]
    assert broken(desk, draft(desk, (time(15), time(22)))) == []
    asked = wanted(desk, draft(desk, (time(15), time(23))))
    assert desk.works(6) == [("ana", 9, 17)]
    saves(desk, asked)
    assert desk.works(6) == [("ana", 15, 23)]
    with desk.deps.sessions.read("T1") as session:
        [line] = session.scalars(select(Audit).where(Audit.workspace_id == "T1", Audit.action == "import.edit"))
    assert line.after
    assert line.after["broken"] == ["daily_rest"]


def test_whoever_gets_something_back_by_it_is_looked_at_too(desk: CoverDesk) -> None:
    law(desk)
    accept(desk.deps, desk.caller("ben"), desk.proposes("ana", "ben"))
    desk.desk.shifts("ben@example.com,2026-11-08,01:00,09:00,UTC,mail")
    assert broken(desk, Removal()) == [(RuleId.DAILY_REST, "ben")]


def test_too_few_on_a_queue_is_named_as_long_as_it_is_not_over(desk: CoverDesk) -> None:
    assert broken(desk, Removal()) == []
    with desk.deps.sessions.read("T1") as session:
        scope = scope_of(session, None, "mail")
    change_settings(desk.deps, "T1", OPERATOR, scope, {"minimum_heads": "1"})
    assert broken(desk, Removal()) == broken(desk, draft(desk, LATER)) == [(RuleId.COVERAGE, "")]
    assert broken(desk, Cut(time(12))) == []
    assert broken(desk, draft(desk, (time(9), time(17)), "dev")) == []
    desk.now += timedelta(days=7)
    assert broken(desk, Removal()) == []


def test_a_rule_that_comes_in_the_way_after_the_look_has_it_looked_at_again(desk: CoverDesk) -> None:
    law(desk)
    asked = wanted(desk, draft(desk, (time(15), time(23))))
    desk.takes("ana", desk.offers("ben", 7))
    with pytest.raises(OtherOutlook) as other:
        saves(desk, asked)
    assert [each.rule for each in other.value.outlook.review.denials] == [RuleId.DAILY_REST]
    assert desk.works(6) == [("ana", 9, 17)]


def test_only_the_hours_that_change_hands_are_asked_about(desk: CoverDesk) -> None:
    """Ana may not work evenings, and her shift is made longer in the morning."""
    explained = '{"no evenings": {"windows": [{"from": "16:00", "to": "20:00"}]}}'
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"limits": explained})
    desk.desk.people("email,name,limits\nana@example.com,Ana,no evenings\n")
    assert broken(desk, draft(desk, (time(8), time(17)))) == []
    assert broken(desk, draft(desk, (time(9), time(18)))) == [(RuleId.ACCOMMODATION, "ana")]


def outlook(desk: CoverDesk, edit: Edit) -> dict[str, list[str]]:
    """What an edit of the 6th would do to what stands on it, by what becomes of it; and what is left waiting."""
    shift = shift_of(desk)
    found = outlook_of(desk.deps, desk.caller("cora"), Wanted(new_id(), shift.id, shift.version, edit))
    said = {
        str(what): [f"{each.kind} {each.number}" for each in found.preview.entries if each.what is what]  # type: ignore[union-attr]
        for what in (What.HELD, What.ENDED)
    }
    return said | {"waiting": list(found.waiting)}


def taken(desk: CoverDesk, start: int, end: int) -> UUID:
    """Ben has taken over some hours of Ana's 6th."""
    cover = desk.offers("ana", 6, start, end)
    desk.takes("ben", cover)
    return cover


@pytest.mark.parametrize(
    ("edit", "becomes", "works"),
    [
        ((time(8), time(17)), "held", [("ana", 8, 13), ("ben", 13, 15), ("ana", 15, 17)]),
        ((time(14), time(17)), "ended", [("ana", 14, 17)]),
        (Cut(time(12)), "ended", [("ana", 9, 12), ("ana", 12, 17)]),
        (Cut(time(16)), "held", [("ana", 9, 13), ("ben", 13, 15), ("ana", 15, 16), ("ana", 16, 17)]),
        (Removal(), "ended", []),
    ],
)
def test_a_part_that_was_taken_over_holds_where_there_is_room_and_is_back_after_an_undo(
    desk: CoverDesk, edit: Edit | tuple[time, time], becomes: str, works: list[tuple[str, int, int]]
) -> None:
    taken(desk, 13, 15)
    before = desk.works(6)
    wish = draft(desk, edit) if isinstance(edit, tuple) else edit
    other = {"held": "ended", "ended": "held"}[becomes]
    assert outlook(desk, wish) == {becomes: ["cover 1"], other: [], "waiting": []}
    saves(desk, wanted(desk, wish))
    assert desk.works(6) == works
    undo(desk, 3)
    assert desk.works(6) == before == [("ana", 9, 13), ("ben", 13, 15), ("ana", 15, 17)]


def test_with_another_owner_what_was_taken_over_ends_and_is_back_after_an_undo(desk: CoverDesk) -> None:
    taken(desk, 13, 15)
    hand_on = draft(desk, (time(9), time(17)), "dev")
    assert outlook(desk, hand_on) == {"held": [], "ended": ["cover 1"], "waiting": []}
    saves(desk, wanted(desk, hand_on))
    assert desk.works(6) == [("dev", 9, 17)]
    undo(desk, 3)
    assert desk.works(6) == [("ana", 9, 13), ("ben", 13, 15), ("ana", 15, 17)]


def test_what_waits_is_named_and_ends(desk: CoverDesk) -> None:
    cover, swap = desk.offers("ana", 6, 13, 15), desk.proposes("ana", "dev")
    assert outlook(desk, draft(desk)) == {"held": [], "ended": [], "waiting": ["swap 1", "cover 1"]}
    saves(desk, wanted(desk, draft(desk)))
    assert (desk.cover(cover).state, desk.state(swap)) == ("superseded", "superseded")


def test_a_request_for_what_comes_back_by_it_is_named_and_ends_too(desk: CoverDesk) -> None:
    swap = desk.proposes("ana", "ben")
    accept(desk.deps, desk.caller("ben"), swap)
    cover = desk.offers("ana", 7, 9, 12)
    assert outlook(desk, Removal()) == {"held": [], "ended": ["swap 1"], "waiting": ["cover 1"]}
    saves(desk, wanted(desk, Removal()))
    assert (desk.works(7), desk.cover(cover).state) == ([("ben", 9, 17)], "superseded")


def test_a_swap_settled_after_it_was_looked_at_has_it_looked_at_again(desk: CoverDesk) -> None:
    asked = wanted(desk, Removal())
    taken(desk, 13, 15)
    with pytest.raises(OtherOutlook):
        saves(desk, asked)
    assert len(desk.works(6)) == 3


def test_an_undo_waits_until_nothing_depends_on_the_edit(desk: CoverDesk) -> None:
    saves(desk, wanted(desk, draft(desk)))
    saves(desk, wanted(desk, draft(desk, EARLIER)))
    undo(desk, 4)
    assert desk.works(6) == [("ana", 12, 20)]
    undo(desk, 3)
    assert desk.works(6) == [("ana", 9, 17)]
