"""Coordinators edit what is planned, shift by shift: looked at first, then told, numbered and to be undone."""

from datetime import date

import pytest

from bot.sandbox import Modal, Shown
from tests.scenarios.swapping import BOT, SHIFTS, Floor
from tests.workplace import PEOPLE, Workplace

FRI, SAT = "Fri, Nov 6", "Sat, Nov 7"
ANA_FRI = "Fri, Nov 6, 09:00–17:00 · mail"
NOT_DESK = "Only coordinators and managers edit shifts by hand."


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and five shifts."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(*SHIFTS)


def lists(work: Workplace, text: str = "@ana fri", name: str = "cora") -> Modal:
    """The list that somebody opens."""
    work.person(name).types(f"/shifts edit {text}")
    return work.person(name).sees_modal("Edit shifts")


def does(work: Workplace, what: str, beside: str = FRI, name: str = "cora") -> Modal:
    """The form that somebody opens beside a shift of the list."""
    work.person(name).chooses("⋯", what, beside=beside)
    return work.person(name).sees_modal(what.rstrip("…"))


def looks(work: Workplace, name: str = "cora") -> Modal:
    """The form once what it does was asked for."""
    work.person(name).submits()
    return work.person(name).sees_modal()


def saves(work: Workplace, name: str = "cora") -> Modal:
    """The list after the edit that was looked at is done."""
    looks(work, name)
    work.person(name).submits()
    return work.person(name).sees_modal("Edit shifts")


def undoes(work: Workplace, number: int) -> Shown:
    """The register after an edit was taken back."""
    cora, shown = work.person("cora"), work.asks("cora", "/floor imports")
    cora.presses("Undo…", shown, beside=f"Edit {number}", confirm=True)
    return cora.refreshed(shown)


def planned(work: Workplace, text: str = "fri") -> list[str]:
    """The list that is there, without its heading."""
    lines = lists(work, text).text.splitlines()[1:]
    work.person("cora").closes(everything=True)
    return lines


def planned_of(name: str, work: Workplace) -> list[str]:
    """What somebody reads of their Friday, without how long it is."""
    lines = work.asks(name, "/shifts fri").text.splitlines()
    return [line.rpartition(" · ")[0] for line in lines if line.startswith("Fri, Nov 6, ")]


def told(floor: Floor, name: str) -> list[str]:
    """What somebody reads of their planned shifts."""
    floor.settles()
    return [shown.text for shown in floor.work.person(name).sees(BOT) if "planned shift" in shown.text]


def test_a_change_is_looked_at_saved_told_recorded_and_undone(floor_everywhere: Floor) -> None:
    floor, work = floor_everywhere, floor_everywhere.work
    assert lists(work).text.splitlines() == ["Shifts of @Ana Ruiz · Fri, Nov 6", f"{ANA_FRI} · 8 h"]
    form = does(work, "Change…")
    assert form.fields == {
        "Whose shift": "Ana Ruiz · ana@example.com",
        "Day": "2026-11-06",
        "Start": "09:00",
        "End": "17:00",
        "Queue": "mail",
        "Note": None,
    }
    assert form.submit_label == "Preview"
    cora = work.person("cora")
    cora.picks("Start", "10:00")
    cora.fills("Note", "Bring the <keys>")
    form = looks(work)
    assert "Nothing is changed yet." in form.text
    assert f"• Move @Ana Ruiz, {ANA_FRI} → Fri, Nov 6, 10:00–17:00, another note" in form.text
    assert (form.submit_label, form.fields["Start"]) == ("Save", "10:00")
    assert planned_of("ana", work) == [ANA_FRI]
    cora.submits()
    assert cora.sees_modal("Edit shifts").text.splitlines()[::2] == [
        "Saved as edit 3: undo it in /floor imports.",
        "Fri, Nov 6, 10:00–17:00 · mail · 7 h · “Bring the <keys>”",
    ]
    assert told(floor, "ana") == [
        "One of your planned shifts has changed.\n"
        "• Fri, Nov 6, 09:00–17:00 · mail → Fri, Nov 6, 10:00–17:00 · mail\n"
        "Times in Europe/Berlin"
    ]
    edited = f"edited shifts by hand, import 3 · @Ana Ruiz: {ANA_FRI} → Fri, Nov 6, 10:00–17:00 · mail"
    for name, asked in (("cora", "/floor audit import 3"), ("ana", "/floor audit me")):
        assert edited in work.asks(name, asked).text
    assert "Import 3 is undone: 1 shift as before." in undoes(work, 3).text
    assert planned_of("ana", work) == [ANA_FRI]
    assert len(told(floor, "ana")) == 2


def test_another_owner_gets_the_shift_and_both_read_that_it_changed_hands(floor: Floor) -> None:
    lists(floor.work)
    does(floor.work, "Change…")
    floor.work.person("cora").picks("Whose shift", "Ben Okafor · ben@example.com")
    assert f"• Move @Ana Ruiz, {ANA_FRI} → @Ben Okafor" in looks(floor.work).text
    floor.work.person("cora").submits()
    modal = floor.work.person("cora").sees_modal("Edit shifts")
    assert "It is not in this list: /shifts edit nov 6 shows it." in modal.text
    assert "Nothing is planned." in modal.text
    floor.work.person("cora").closes()
    for name, when in (("ana", ANA_FRI), ("ben", "Fri, Nov 6, 08:00–16:00 · mail")):
        [text] = told(floor, name)
        assert f"A planned shift has changed hands.\n• {when}: @Ana Ruiz → @Ben Okafor\n" in text
        assert f"{when}: @Ana Ruiz → @Ben Okafor" in floor.work.asks(name, "/floor audit me").text
    assert floor.works("ana") == ["Nov 13"]
    assert floor.works("ben") == ["Nov 6", "Nov 7", "Nov 14"]
    assert f"{ANA_FRI}: @Ana Ruiz → @Ben Okafor" in floor.work.asks("cora", "/floor imports").text
    undoes(floor.work, 3)
    assert f"• {ANA_FRI}: @Ben Okafor → @Ana Ruiz" in told(floor, "ana")[1]
    assert "@Ben Okafor → @Ana Ruiz" in told(floor, "ben")[1]
    assert floor.works("ben") == ["Nov 7", "Nov 14"]


def test_the_new_owner_of_a_swapped_shift_is_told_too(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    lists(floor.work)
    does(floor.work, "Change…")
    floor.work.person("cora").picks("Whose shift", "Dev Rao · dev@example.com")
    assert "• Swap 1 of @Ana Ruiz and @Ben Okafor ends: " in looks(floor.work).text
    floor.work.person("cora").submits()
    assert "@Ana Ruiz → @Dev Rao" in told(floor, "dev")[0]
    assert "@Ana Ruiz → @Dev Rao" in told(floor, "ana")[0]
    assert "Swap 1 has ended" in floor.told("ben")[-1]
    assert (floor.works("dev"), floor.works("ben")) == (["Nov 6", "Nov 10"], ["Nov 7", "Nov 14"])
    undoes(floor.work, 3)
    assert "@Dev Rao → @Ana Ruiz" in told(floor, "dev")[1]
    assert (floor.states(), floor.works("dev")) == (["approved"], ["Nov 10"])


def test_rules_that_it_breaks_are_named_first_and_kept_with_who_saved_it_anyway(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    lists(floor.work, "@ben sat")
    does(floor.work, "Change…", SAT)
    cora = floor.work.person("cora")
    for label, value in (("Whose shift", "Ana Ruiz · ana@example.com"), ("Start", "00:00"), ("End", "10:00")):
        cora.picks(label, value)
    form = looks(floor.work)
    rest = "daily rest 8 h, at least 11 h · Fri, Nov 6, 17:00–01:00 (Sat) · law · Directive 2003/88/EC, article 3"
    assert f"Goes against the law, or cannot be\n• @Ana Ruiz: {rest}" in form.text
    assert "• @Ana Ruiz: week of Mon, Nov 2: 8 h → 18 h" in form.text
    assert form.submit_label == "Save anyway"
    cora.submits()
    cora.sees_modal("Edit shifts")
    cora.closes()
    assert "; saved anyway: daily rest" in floor.work.asks("cora", "/floor audit import 3").text
    own = floor.work.asks("ana", "/floor audit me").text
    assert "edited shifts by hand, import 3" in own
    assert "anyway" not in own


def test_what_breaks_no_rule_says_so_and_is_saved_plainly(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    desk.person("cora").picks("End", "16:00")
    form = looks(desk)
    assert "No rule is broken." in form.text
    assert "• @Ana Ruiz: week of Mon, Nov 2: 8 h → 7 h" in form.text
    assert form.submit_label == "Save"


def test_another_note_is_no_matter_of_rules(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    desk.person("cora").fills("Note", "Side door")
    form = looks(desk)
    assert ("rule" in form.text, "Hours" in form.text) == (False, False)


def test_an_open_shift_is_offered_from_the_list_in_which_it_is_not(floor: Floor) -> None:
    lists(floor.work, "@ana fri")
    cora = floor.work.person("cora")
    cora.presses("Add a shift…")
    for label, value in (("Whose shift", "Nobody: an open shift"), ("Start", "18:00"), ("End", "20:00")):
        cora.picks(label, value)
    modal = saves(floor.work)
    assert "It is not in this list: /shifts edit nov 6 shows it. 1 shift has no owner yet." in modal.text
    cora.presses("Offer them…")
    cora.sees_modal("Offer open shifts")
    cora.submits()
    assert "Open shift 1 is offered to others now" in cora.sees_modal().text
    cora.closes(everything=True)
    assert "Open shift · Fri, Nov 6, 18:00–20:00 (UTC) · 2 h" in planned(floor.work, "nov 6")


def test_nobody_owns_a_shift_that_is_left_open(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    desk.person("cora").picks("Whose shift", "Nobody: an open shift")
    saves(desk)
    desk.person("cora").closes()
    assert planned(desk) == [f"Open shift · {ANA_FRI} · 8 h"]
    assert "1 open shift" in desk.asks("cora", "/shifts who fri 10:00").text


def test_who_is_searched_for_comes_up_by_name_or_address(desk: Workplace) -> None:
    desk.changes("ben", deleted=True)
    lists(desk)
    does(desk, "Change…")
    cora = desk.person("cora")
    assert cora.searches("Whose shift", "ORA") == ["Cora Lind · cora@example.com"]
    assert cora.searches("Whose shift", "example.com")[0] == "Ana Ruiz · ana@example.com"
    assert cora.searches("Whose shift", "ben@") == []


def test_a_shift_is_split_in_two(floor: Floor) -> None:
    lists(floor.work)
    does(floor.work, "Split…")
    floor.work.person("cora").picks("Split at", "12:30")
    form = looks(floor.work)
    assert f"• Move @Ana Ruiz, {ANA_FRI} → Fri, Nov 6, 09:00–12:30" in form.text
    assert "• Add @Ana Ruiz, Fri, Nov 6, 12:30–17:00 · mail" in form.text
    floor.work.person("cora").submits()
    assert floor.work.person("cora").sees_modal("Edit shifts").text.splitlines()[2:] == [
        "Fri, Nov 6, 09:00–12:30 · mail · 3 h 30 min",
        "Fri, Nov 6, 12:30–17:00 · mail · 4 h 30 min",
    ]
    assert "2 of your planned shifts have changed." in told(floor, "ana")[0]
    undoes(floor.work, 3)
    assert planned(floor.work) == [f"@Ana Ruiz · {ANA_FRI} · 8 h"]


def test_a_night_is_split_after_midnight_and_nothing_but_within(desk: Workplace) -> None:
    desk.shifts("ana@example.com,2026-11-09,22:00,06:00,Europe/Berlin,mail")
    lists(desk, "@ana nov 9")
    does(desk, "Split…", "Mon, Nov 9")
    cora = desk.person("cora")
    cora.picks("Split at", "06:00")
    error = "Choose a time within Mon, Nov 9, 22:00–06:00 (Tue)."
    assert looks(desk).errors == {"Split at": error}
    cora.picks("Split at", "02:00")
    assert (
        saves(desk).text.splitlines()[2:]
        == [
            "Mon, Nov 9, 22:00–02:00 (Tue) · mail · 4 h",
            "Tue, Nov 10, 02:00–06:00 · mail · 4 h",
        ][:1]
    )


def test_a_shift_is_deleted_once_it_was_looked_at(floor: Floor) -> None:
    lists(floor.work)
    form = does(floor.work, "Delete…")
    assert (f"• Remove @Ana Ruiz, {ANA_FRI}" in form.text, form.submit_label) == (True, "Delete")
    floor.work.person("cora").closes()
    assert planned_of("ana", floor.work) == [ANA_FRI]
    does(floor.work, "Delete…")
    floor.work.person("cora").submits()
    assert "Nothing is planned." in floor.work.person("cora").sees_modal("Edit shifts").text
    assert "→ no longer planned" in told(floor, "ana")[0]
    assert planned_of("ana", floor.work) == []


def test_a_shift_is_added_in_its_owners_zone(floor: Floor) -> None:
    lists(floor.work, "@ben nov 9")
    cora = floor.work.person("cora")
    cora.presses("Add a shift…")
    form = cora.sees_modal("Add a shift")
    assert (form.fields["Whose shift"], form.fields["Day"]) == ("Ben Okafor · ben@example.com", "2026-11-09")
    for label, value in (("Start", "22:00"), ("End", "06:00"), ("Queue", "mail")):
        cora.picks(label, value)
    assert "• Add @Ben Okafor, Mon, Nov 9, 22:00–06:00 (Tue) (Europe/London) · mail" in looks(floor.work).text
    cora.submits()
    assert "Mon, Nov 9, 22:00–06:00 (Tue) (Europe/London) · mail · 8 h" in cora.sees_modal("Edit shifts").text
    assert "• not planned → Mon, Nov 9, 22:00–06:00 (Tue) · mail" in told(floor, "ben")[0]


def test_what_cannot_be_planned_is_said_at_its_field_and_nothing_is_lost(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    cora = desk.person("cora")
    assert looks(desk).errors == {"Start": "It is like this already. Change something, or go back."}
    cora.picks("Day", "2026-11-13")
    said = "They have a shift then: Fri, Nov 13, 09:00–17:00. Change that one first."
    assert looks(desk).errors == {"Start": said}
    cora.picks("Day", "9999-12-31")
    assert looks(desk).errors == {"Day": "Choose a day from 1900 to 2099."}
    for label, value in (("Day", "2027-03-28"), ("Start", "02:10"), ("End", "02:50")):
        cora.picks(label, value)
    form = looks(desk)
    assert form.errors == {"Start": "Clocks of Europe/Berlin skip this time on that day. Choose another one."}
    assert form.fields["End"] == "02:50"
    assert planned_of("ana", desk) == [ANA_FRI]


def test_who_has_left_meanwhile_gets_no_shift(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    desk.person("cora").picks("Whose shift", "Ben Okafor · ben@example.com")
    desk.changes("ben", deleted=True)
    assert looks(desk).errors == {"Whose shift": "They have left. Choose somebody else, or nobody."}


def test_a_swap_that_holds_is_named_before_and_stays(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    assert "\nWorked by @Ben Okafor" in lists(floor.work).text
    does(floor.work, "Change…")
    floor.work.person("cora").picks("Start", "10:00")
    form = looks(floor.work)
    assert "• Swap 1 holds: @Ben Okafor works Fri, Nov 6, 10:00–17:00 · mail" in form.text
    floor.work.person("cora").submits()
    floor.settles()
    assert "Swap 1 holds on a new schedule, with a shift moved." in floor.told("ben")[-1]
    assert floor.works("ben") == ["Nov 6", "Nov 14"]


def test_what_somebody_works_by_a_swap_stands_in_their_list_too(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    listed = lists(floor.work, "@ben fri").text.splitlines()[1:]
    assert listed == [f"@Ana Ruiz · {ANA_FRI} · 8 h", "Worked by @Ben Okafor"]


def test_a_swap_that_ends_is_named_before_and_all_who_knew_of_it_are_told(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    lists(floor.work)
    form = does(floor.work, "Delete…")
    assert "• Swap 1 of @Ana Ruiz and @Ben Okafor ends: " in form.text
    assert "@Ben Okafor works Sat, Nov 7" in form.text
    floor.work.person("cora").submits()
    floor.settles()
    assert floor.card("ana").text.startswith("Swap 1 is void")
    assert "Swap 1 has ended: a new schedule leaves no room for it." in floor.told("ben")[-1]
    assert "Swap 1 has ended" in floor.work.person("cora").thread(floor.card("cora", "#ops"))[-1].text
    undoes(floor.work, 3)
    floor.settles()
    assert floor.states() == ["approved"]


def test_a_swap_that_waits_is_named_before_and_ends(floor: Floor) -> None:
    floor.proposes()
    lists(floor.work)
    form = does(floor.work, "Delete…")
    assert "• Swap 1, which nobody has settled yet, ends" in form.text
    floor.work.person("cora").submits()
    floor.settles()
    assert floor.states() == ["superseded"]
    assert floor.card("ben").text.startswith("Swap 1 is void")


def test_who_comes_second_reads_what_has_changed_and_saves_nothing(desk: Workplace) -> None:
    desk.people(
        PEOPLE.replace("cleo@example.com,Cleo Hart,lead,Phones", "cleo@example.com,Cleo Hart,coordinator,")
    )
    for name in ("cora", "cleo"):
        lists(desk, name=name)
        does(desk, "Change…", name=name)
    for name, start in (("cora", "10:00"), ("cleo", "11:00")):
        desk.person(name).picks("Start", start)
        looks(desk, name)
    assert "Saved as edit 4: " in saved_by(desk, "cora")
    said = saved_by(desk, "cleo")
    assert said.startswith("Nothing was saved, because this shift has changed since you opened it. Now it is:\n")
    assert "ana@example.com · Fri, Nov 6, 10:00–17:00 (Europe/Berlin) · mail" in said
    desk.person("cleo").closes()
    assert "10:00–17:00" in desk.person("cleo").sees_modal("Edit shifts").text
    assert planned_of("ana", desk) == ["Fri, Nov 6, 10:00–17:00 · mail"]


def saved_by(work: Workplace, name: str) -> str:
    """What somebody reads after they pressed Save."""
    work.person(name).submits()
    return work.person(name).sees_modal("Edit shifts").text


def test_a_shift_that_is_gone_is_not_edited(desk: Workplace) -> None:
    lists(desk)
    desk.shifts(replaced=(date(2026, 11, 6), date(2026, 11, 6)))
    cora = desk.person("cora")
    cora.chooses("⋯", "Split…", beside=FRI)
    assert "This shift is not planned any more" in cora.sees_modal().text
    cora.closes()
    assert "Nothing is planned." in cora.sees_modal("Edit shifts").text


def test_what_it_does_is_looked_at_again_where_a_swap_was_settled_meanwhile(floor: Floor) -> None:
    lists(floor.work)
    does(floor.work, "Delete…")
    floor.proposes()
    floor.presses("ben", "Accept")
    cora = floor.work.person("cora")
    cora.submits()
    form = cora.sees_modal("Delete a shift")
    assert "This is something else than you looked at before, so nothing was changed." in form.text
    assert "• Swap 1 of @Ana Ruiz and @Ben Okafor ends: " in form.text
    assert floor.works("ben") == ["Nov 6", "Nov 14"]
    cora.submits()
    assert "Saved as edit 3: " in cora.sees_modal("Edit shifts").text
    floor.settles()
    assert floor.states() == ["superseded"]


def test_what_was_changed_after_the_preview_is_looked_at_first(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    cora = desk.person("cora")
    cora.picks("Start", "10:00")
    looks(desk)
    cora.picks("Start", "11:00")
    form = looks(desk)
    assert "This is something else than you looked at before" in form.text
    assert "→ Fri, Nov 6, 11:00–17:00" in form.text
    assert planned_of("ana", desk) == [ANA_FRI]
    assert "Saved as edit 3: " in saved_by(desk, "cora")


def test_work_that_has_begun_is_said_to_have(desk: Workplace) -> None:
    desk.at("2026-11-06 12:00")
    lists(desk)
    does(desk, "Change…")
    desk.person("cora").picks("End", "13:00")
    assert "This work has begun: you change what stands as worked." in looks(desk).text
    assert "09:00–13:00 · mail · 4 h" in saved_by(desk, "cora")


@pytest.mark.parametrize("name", ["ana", "cleo", "carl"])
def test_who_runs_no_desk_edits_nothing(desk: Workplace, name: str) -> None:
    assert NOT_DESK in desk.asks(name, "/shifts edit @ana fri").text
    assert desk.person(name).modal is None
    assert "Edit…" not in desk.asks("cleo", "/shifts @ana").buttons


def test_who_runs_the_desk_no_longer_saves_nothing(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Delete…")
    desk.people(PEOPLE.replace("coordinator", "agent"))
    assert NOT_DESK in looks(desk).text
    assert planned_of("ana", desk) == [ANA_FRI]


@pytest.mark.parametrize("pressed", ["Change…", "Split…", "Delete…", "Add a shift…", "More", "Edit…"])
def test_who_runs_the_desk_no_longer_gets_nowhere_by_any_button(desk: Workplace, pressed: str) -> None:
    hours = [
        (f"{each // 2:02}:{each % 2 * 30:02}", f"{each // 2:02}:{each % 2 * 30 + 29:02}") for each in range(30)
    ]
    desk.shifts(*(f"dev@example.com,2026-11-11,{start},{end},Europe/Berlin,mail" for start, end in hours))
    below, cora = desk.asks("cora", "/shifts @dev nov 11"), desk.person("cora")
    if pressed != "Edit…":
        lists(desk, "@dev nov 11")
    desk.people(PEOPLE.replace("coordinator", "agent"))
    if pressed.rstrip("…") in ("Change", "Split", "Delete"):
        cora.chooses("⋯", pressed, beside="00:00–00:29")
    else:
        cora.presses(pressed, below if pressed == "Edit…" else None)
    assert NOT_DESK in cora.reads(NOT_DESK, "#general" if pressed == "Edit…" else BOT).text
    assert cora.modal is None or "Edit shifts" in cora.modal.title


def test_who_runs_the_desk_no_longer_is_offered_nobody(desk: Workplace) -> None:
    lists(desk)
    does(desk, "Change…")
    desk.people(PEOPLE.replace("coordinator", "agent"))
    assert desk.person("cora").searches("Whose shift", "ana") == []


def test_the_button_below_a_colleagues_shifts_opens_their_list(desk: Workplace) -> None:
    shown = desk.asks("cora", "/shifts @ana next week")
    desk.person("cora").presses("Edit…", shown)
    modal = desk.person("cora").sees_modal("Edit shifts")
    assert modal.text.splitlines() == [
        "Shifts of @Ana Ruiz · Mon, Nov 9 – Sun, Nov 15",
        "Fri, Nov 13, 09:00–17:00 · mail · 8 h",
    ]


def test_without_a_name_everybodys_shifts_of_the_day_are_listed(desk: Workplace) -> None:
    desk.shifts(
        "dev@example.com,2026-11-07,09:00,17:00,Asia/Kolkata,", ",2026-11-07,12:00,15:00,Europe/Berlin,mail"
    )
    assert planned(desk, "sat") == [
        "@Dev Rao · Sat, Nov 7, 09:00–17:00 (Asia/Kolkata) · 8 h",
        "@Ben Okafor · Sat, Nov 7, 09:00–17:00 (Europe/London) · mail · 8 h",
        "Open shift · Sat, Nov 7, 12:00–15:00 · mail · 3 h",
    ]
    assert planned(desk, "") == ["Nothing is planned."]


def test_more_than_a_page_is_turned_and_stays_turned(desk: Workplace) -> None:
    hours = [
        (f"{each // 2:02}:{each % 2 * 30:02}", f"{(each + 1) // 2:02}:{(each + 1) % 2 * 30:02}")
        for each in range(30)
    ]
    desk.shifts(*(f"dev@example.com,2026-11-11,{start},{end},Europe/Berlin,mail" for start, end in hours))
    assert lists(desk, "@dev nov 11").buttons == ["Add a shift…", "More"]
    desk.person("cora").presses("More")
    modal = desk.person("cora").sees_modal()
    assert (len(modal.text.splitlines()), modal.buttons) == (6, ["Add a shift…", "Earlier"])
    does(desk, "Delete…", "14:30–15:00")
    desk.person("cora").submits()
    modal = desk.person("cora").sees_modal("Edit shifts")
    assert (len(modal.text.splitlines()), modal.buttons) == (6, ["Add a shift…", "Earlier"])


def test_a_day_that_may_be_two_is_asked_about_and_the_press_opens_its_list(desk: Workplace) -> None:
    question = desk.asks("cora", "/shifts edit @ana next friday")
    assert question.text == "Which one do you mean?"
    desk.person("cora").presses("Fri, Nov 13", question)
    assert "Fri, Nov 13, 09:00–17:00" in desk.person("cora").sees_modal("Edit shifts").text


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("@ana blurb", "I did not understand “blurb”."),
        ("@nora fri", "I cannot tell who @nora is."),
        ("@ana @ben", "I can show the shifts of one person at a time."),
        ("@ana dec 1 to feb 1", "That is more than 31 days."),
        ("@zoe fri", "@Zoe Berg is not on the roster, so they have no shifts to edit."),
    ],
)
def test_what_names_no_list_is_said_and_opens_none(desk: Workplace, typed: str, answer: str) -> None:
    desk.sandbox.invite("zoe", real_name="Zoe Berg")
    assert desk.asks("cora", f"/shifts edit {typed}").text.startswith(answer)
    assert desk.person("cora").modal is None
