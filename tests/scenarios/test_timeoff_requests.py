"""Somebody asks for time off: they read what it costs, somebody decides, and the floor follows."""

import pytest

from tests.scenarios.asking_off import OPS, TimeOff
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import Floor


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> TimeOff:
    return TimeOff(floor_everywhere)


@pytest.fixture
def off(floor: Floor) -> TimeOff:
    return TimeOff(floor)


def test_somebody_asks_and_it_is_approved_and_taken_and_nobody_works_it(everywhere: TimeOff) -> None:
    off = everywhere
    off.floor.needs("mail", minimum_heads="1")
    said = off.types("ana", "fri")
    assert said.text.splitlines() == [
        "Paid leave: Fri, Nov 6, 1 d",
        "Balance: paid leave on Fri, Nov 6: 28 d, with this 27 d",
        "It goes to whoever approves it · times in Europe/Berlin",
    ]
    assert said.buttons == ["Send", "Change…", "Cancel"]
    answer = off.work.presses("ana", "Send", said)
    assert answer.text == "Time off 1 is sent. What comes of it is told in a direct message."
    off.floor.settles()
    card = off.card("ana")
    assert card.text.splitlines() == [
        "Time off 1 is waiting for approval.",
        "Fri, Nov 6, 1 d · paid leave",
        "Expires Fri, Nov 6, 09:00 if nobody decides · times in Europe/Berlin",
    ]
    assert card.buttons == ["Withdraw", "Change…"]
    deciding = off.card("cora", OPS)
    assert deciding.text.splitlines() == [
        "Time off 1 of @Ana Ruiz is waiting for approval.",
        "Fri, Nov 6, 1 d · paid leave",
        "Balance",
        "• paid leave on Fri, Nov 6: 28 d, with this 27 d",
        "Coverage",
        "• Fri, Nov 6, 09:00–17:00 · mail 1 → 0 of 1 needed",
        "Expires Fri, Nov 6, 09:00 if nobody decides · times in Europe/Berlin",
    ]
    assert deciding.buttons == ["Approve anyway", "Decline…", "Ask…"]
    after = off.presses("cora", "Approve anyway", OPS)
    assert after.text.splitlines()[0] == "Time off 1 of @Ana Ruiz is approved by @Cora Lind."
    assert after.buttons == []
    assert off.card("ana").buttons == ["Cancel it", "Change…"]
    assert off.told("ana") == ["Time off 1 is approved by @Cora Lind: Fri, Nov 6."]
    assert (off.states(), off.absences()) == (["approved"], [("time off", "in force")])
    assert off.floor.works("ana") == ["Nov 13"]
    assert off.days("ana") == 27
    hole = off.work.person("cora").sees(OPS)[-1]
    assert hole.text.startswith("@Ana Ruiz is away Fri, Nov 6. One shift is")
    assert hole.buttons[0].startswith("Offer to ")

    person = off.work.person("ana")
    person.presses("Cancel it", off.card("ana"), confirm=True)
    off.floor.settles()
    assert (off.states(), off.absences()) == (["cancelled"], [("time off", "taken back")])
    assert off.floor.works("ana") == ["Nov 6", "Nov 13"]
    assert off.days("ana") == 28
    assert off.told("cora", OPS)[-1] == "Time off 1 of @Ana Ruiz was cancelled by @Ana Ruiz."
    assert off.work.person("cora").refreshed(hole).text.startswith("@Ana Ruiz is not away after all.")


def test_where_enough_people_are_left_nobody_is_asked_to_step_in(off: TimeOff) -> None:
    off.asks("ana", "fri")
    off.presses("cora", "Approve", OPS)
    assert off.floor.works("ana") == ["Nov 13"]
    assert [each.text.splitlines()[0] for each in off.work.person("cora").sees(OPS)] == [
        "Time off 1 of @Ana Ruiz is approved by @Cora Lind.",
    ]
    opens(off.floor, "cora")
    assert "mail" not in home(off.floor, "cora").text


def test_it_is_declined_for_a_reason_after_a_question_and_an_answer(off: TimeOff) -> None:
    off.asks("ana", "fri")
    off.presses("cora", "Ask…", OPS)
    off.writes("cora", "Could you come in the morning?")
    assert off.told("ana") == ["There is a question about Time off 1: “Could you come in the morning?”"]
    off.presses("ana", "Answer…")
    off.writes("ana", "The train leaves at 8.")
    assert off.told("cora", OPS) == ["Time off 1 of @Ana Ruiz has an answer: “The train leaves at 8.”"]
    assert "@Cora Lind: “Could you come in the morning?”" in off.card("cora", OPS).text
    off.presses("cora", "Decline…", OPS)
    off.writes("cora", "Nobody else is there.")
    assert off.told("ana")[-1] == (
        "Time off 1, Fri, Nov 6, was declined by @Cora Lind. “Nobody else is there.” "
        "Ask for other days, or talk to them."
    )
    assert (off.states(), off.days("ana"), off.absences()) == (["declined"], 28, [])


def test_some_days_of_it_are_approved(off: TimeOff) -> None:
    off.asks("ana", "dec 21 to dec 23")
    assert off.days("ana") == 25, "what waits is reserved"
    off.presses("cora", "Approve part…", OPS)
    person = off.work.person("cora")
    person.sees_modal("Approve part")
    person.picks("Days", ["Mon, Dec 21 · 8\xa0h", "Tue, Dec 22 · 8\xa0h"])
    person.submits()
    assert person.modal is None
    off.floor.settles()
    assert off.card("ana").text.splitlines()[:4] == [
        "Time off 1 is approved in part by @Cora Lind.",
        "Mon, Dec 21 – Tue, Dec 22, 2 d · paid leave",
        "• Mon, Dec 21 – Tue, Dec 22: 8 h a day",
        "Not approved: Wed, Dec 23",
    ]
    assert (off.states(), off.days("ana")) == (["partly approved"], 26)


def test_it_expires_loudly_after_reminders_and_the_next_level(off: TimeOff) -> None:
    off.asks("ana", "dec 21")
    off.passes("2026-11-03 12:00")
    off.passes("2026-11-03 12:05")
    waits = "Time off 1 of @Ana Ruiz, Mon, Dec 21, still waits. It expires Wed, Dec 2, 12:00."
    assert off.told("cora", OPS) == [waits], "once for each time"
    off.passes("2026-12-02 12:05")
    assert off.told("cora", OPS)[-1] == (
        "Time off 1 of @Ana Ruiz, Mon, Dec 21, is over: nobody decided in time. @Ana Ruiz reads so, too."
    )
    assert off.told("ana")[-1].startswith("Time off 1, Mon, Dec 21, is over: nobody decided in time")
    assert (off.states(), off.days("ana")) == (["expired"], 28)


def test_a_change_takes_the_place_of_what_was_approved_only_when_it_is_approved_itself(off: TimeOff) -> None:
    off.asks("ana", "fri")
    off.presses("cora", "Approve", OPS)
    assert off.floor.works("ana") == ["Nov 13"]
    person = off.work.person("ana")
    person.presses("Change…", off.card("ana"))
    person.sees_modal("Time off")
    person.picks("From", "2026-11-13")
    person.submits()
    said = person.sees_modal("Time off").text
    assert "Takes the place of time off 1, which stands until this is approved." in said
    assert "28 d, with this 27 d" in said
    person.submits()
    person.closes()
    off.floor.settles()
    assert off.states() == ["approved", "needs approval"]
    assert (off.floor.works("ana"), off.days("ana")) == (["Nov 13"], 26)
    assert off.work.asks("ana", "/timeoff 1").buttons == ["Cancel it"]
    off.presses("cora", "Approve", OPS)
    assert off.states() == ["changed", "approved"]
    assert (off.floor.works("ana"), off.days("ana")) == (["Nov 6"], 27)
    assert off.absences() == [("time off", "taken back"), ("time off", "in force")]


def test_a_lead_enters_it_for_somebody_who_may_withdraw_it_and_the_lead_does_not_decide(off: TimeOff) -> None:
    answer = off.asks("cora", "@ana dec 21")
    assert answer.text == "Time off 1 of @Ana Ruiz is sent. What comes of it is told in a direct message."
    assert off.told("ana") == [
        "Time off 1, Mon, Dec 21, was entered for you by @Cora Lind. If you do not want it, withdraw it."
    ]
    off.presses("cora", "Approve", OPS)
    assert off.floor.only_to("cora", OPS).startswith(
        "Nobody decides time off that they entered for somebody else."
    )
    off.presses("ana", "Withdraw")
    assert (off.states(), off.days("ana")) == (["withdrawn"], 28)
    assert off.told("cora", OPS) == ["Time off 1 of @Ana Ruiz, Mon, Dec 21, was withdrawn by @Ana Ruiz."]
    assert "enter time off for @Ana Ruiz" in off.types("ben", "@ana dec 21").text


def test_what_cannot_be_asked_for_says_why_and_what_to_do(off: TimeOff) -> None:
    off.work.prefers(leave_weeks="0.4")
    assert off.types("ana", "dec 21 to dec 23").text == (
        "There is too little paid leave: 2 d on Wed, Dec 23, so 1 d are missing. Nothing was sent."
    )
    off.work.prefers(leave_weeks="5.6")
    off.asks("ana", "dec 21")
    assert off.types("ana", "dec 20 to dec 23").text == (
        "Time off 1 (Mon, Dec 21) waits for approval and is for some of that time. Change that one. "
        "Nothing was sent."
    )
    assert off.types("ana", "sat").text == (
        "Sat, Nov 7: you would not work then, so there is nothing to take. Nothing was sent."
    )
    assert off.types("ana", "2026-10-30").text.startswith("Fri, Oct 30: that lies before today. Your lead or a")
    unclear = off.types("ana", "sabbatical").text
    assert unclear.startswith(
        "I did not understand “sabbatical”.\nName the days, such as /timeoff dec 24 to jan 2"
    )
    assert "is taken in whole days" in off.types("ana", "parental half day 2027-03-01").text


def test_half_a_day_and_hours_cost_what_they_last(off: TimeOff) -> None:
    off.work.prefers(leave_weeks="5.6")
    halves = off.types("ana", "half day fri")
    assert halves.buttons == ["The first half", "The second half"]
    second = off.work.presses("ana", "The second half", halves)
    assert second.text.splitlines()[:3] == [
        "Paid leave: Fri, Nov 6, 4 h",
        "• Fri, Nov 6: 4 h, 13:00–17:00",
        "Balance: paid leave on Fri, Nov 6: 28 d, with this 27 d 4 h",
    ]
    off.work.presses("ana", "Send", second)
    off.floor.settles()
    off.presses("cora", "Approve", OPS)
    assert off.absences() == [("time off", "in force")]
    assert off.work.asks("ana", "/shifts fri").text.count("09:00–13:00") == 1
    hours = off.types("ana", "13-15 2026-11-13")
    assert hours.text.splitlines()[:2] == ["Paid leave: Fri, Nov 13, 2 h", "• Fri, Nov 13: 2 h, 13:00–15:00"]
    unpaid = off.types("ana", "unpaid 2026-11-13")
    assert unpaid.text.splitlines()[0] == "Unpaid leave: Fri, Nov 13, 1 d"
    assert "Balance" not in unpaid.text


def test_a_night_that_ends_on_the_first_day_is_asked_about(off: TimeOff) -> None:
    off.work.shifts(
        "dev@example.com,2026-12-23,22:00,06:00,Asia/Kolkata,mail",
        "dev@example.com,2026-12-24,22:00,06:00,Asia/Kolkata,mail",
    )
    asked = off.types("dev", "dec 24")
    assert asked.text.splitlines()[-1] == (
        "The work of Wed, Dec 23, 22:00–06:00 (Thu), ends Thu, Dec 24, 06:00. Is it meant, too?"
    )
    assert asked.buttons == ["Yes, that too", "No"]
    both = off.work.presses("dev", "Yes, that too", asked)
    assert both.text.splitlines()[:3] == [
        "Paid leave: Wed, Dec 23 – Thu, Dec 24, 2 d",
        "• Wed, Dec 23: 8 h, 22:00–06:00 (Thu)",
        "• Thu, Dec 24: 8 h",
    ]
    one = off.work.presses("dev", "No", off.types("dev", "dec 24"))
    assert one.text.splitlines()[0] == "Paid leave: Thu, Dec 24, 1 d"


def test_sick_leave_needs_nobodys_approval_and_others_do_not_read_what_it_is(off: TimeOff) -> None:
    said = off.types("ana", "sick leave fri")
    assert said.text.splitlines()[-1] == "It needs no approval · times in Europe/Berlin"
    answer = off.work.presses("ana", "Send", said)
    assert answer.text == "Time off 1 is approved."
    off.floor.settles()
    assert (off.states(), off.floor.works("ana")) == (["approved"], ["Nov 13"])
    assert not [each for each in off.work.person("cora").sees(OPS) if "sick" in each.text]


def test_the_form_says_what_it_costs_before_it_sends(off: TimeOff) -> None:
    person = off.work.person("ana")
    person.types("/timeoff")
    person.sees_modal("Time off")
    person.picks("Kind", "Unpaid leave")
    person.picks("From", "2026-12-21")
    person.picks("To", "2026-12-20")
    person.submits()
    assert person.sees_modal().errors == {"To": "That is before the first day."}
    person.picks("To", "2026-12-22")
    person.fills("Note", "A wedding")
    person.submits()
    review = person.sees_modal("Time off")
    assert review.text.splitlines()[:2] == [
        "Unpaid leave: Mon, Dec 21 – Tue, Dec 22, 2 d",
        "• Mon, Dec 21 – Tue, Dec 22: 8 h a day",
    ]
    person.submits()
    assert "Time off 1 is sent." in person.sees_modal().text
    person.closes()
    off.floor.settles()
    assert "@Ana Ruiz: “A wedding”" in off.card("cora", OPS).text


def test_home_shows_what_is_asked_for_and_what_waits_for_a_decision(off: TimeOff) -> None:
    opens(off.floor, "ana", "cora")
    off.asks("ana", "fri")
    assert (
        "Your time off\nTime off 1 is waiting for approval.\nFri, Nov 6, 1 d · paid leave"
        in home(off.floor, "ana").text
    )
    assert (
        "Time off to decide · 1\nTime off 1 of @Ana Ruiz is waiting for approval." in home(off.floor, "cora").text
    )
    cora = off.work.person("cora")
    cora.presses("Show", home(off.floor, "cora"), beside="Time off 1 of")
    assert cora.sees_modal().text.splitlines()[0] == "Time off 1 of @Ana Ruiz is waiting for approval."
    cora.presses("Approve")
    off.floor.settles()
    assert cora.sees_modal().text.splitlines()[0] == "Time off 1 of @Ana Ruiz is approved by @Cora Lind."
    assert "Time off to decide" not in home(off.floor, "cora").text
    assert "Time off 1 is approved by @Cora Lind." in home(off.floor, "ana").text


def test_what_looks_worse_than_on_the_card_is_said_before_it_is_approved(off: TimeOff) -> None:
    off.floor.needs("mail", minimum_heads="1")
    off.work.shifts("ben@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    off.asks("ana", "fri")
    assert off.card("cora", OPS).buttons[0] == "Approve"
    off.asks("ben", "fri")
    off.presses("cora", "Approve", OPS)
    assert off.states() == ["needs approval", "approved"]
    person = off.work.person("cora")
    first = next(each for each in person.sees(OPS) if each.text.startswith("Time off 1 "))
    person.presses(first.buttons[0], first)
    off.floor.settles()
    assert off.floor.only_to("cora", OPS).splitlines() == [
        "Time off 1 looks worse than the card said:",
        "• More of the team are away, or ask to be",
        "• Fewer people are left than it said",
        "Look again, then decide.",
    ]
    assert off.states() == ["needs approval", "approved"]
    again = person.refreshed(first)
    assert again.buttons[0] == "Approve anyway"
    person.presses("Approve anyway", again)
    off.floor.settles()
    assert off.states() == ["approved", "approved"]


def test_what_leaves_no_gap_by_the_settings_is_approved_and_nobody_else_is_asked(off: TimeOff) -> None:
    off.floor.needs("mail", minimum_heads="1")
    off.work.prefers(gap_least_heads="1.5")
    off.asks("ana", "fri")
    card = off.card("cora", OPS)
    assert "• Fri, Nov 6, 09:00–17:00 · mail 1 → 0 of 1 needed" in card.text.splitlines()
    assert card.buttons[0] == "Approve"
    off.presses("cora", "Approve", OPS)
    assert off.states() == ["approved"]
    assert not [each for each in off.work.person("cora").sees(OPS) if "is open" in each.text]


def test_one_request_is_cancelled_or_changed_by_a_word_and_several_by_their_number(off: TimeOff) -> None:
    assert off.types("ana", "cancel").text.startswith("Your time off: nothing is asked for or ahead.")
    off.asks("ana", "dec 21")
    card = off.types("ana", "cancel")
    assert card.buttons == ["Withdraw", "Change…"]
    person = off.work.person("ana")
    person.types("/timeoff change")
    person.sees_modal("Time off")
    assert person.sees_modal().text.splitlines()[0] == (
        "You change time off 1. What was approved stands until this is approved."
    )
    person.closes()
    off.asks("ana", "dec 22")
    assert off.types("ana", "cancel").text.startswith("Your time off: 2")
    off.work.presses("ana", "Withdraw", off.types("ana", "cancel 2"))
    off.floor.settles()
    assert off.states() == ["needs approval", "withdrawn"]
    assert (
        off.types("ana", "change 2").text == "The request that you want to change is withdrawn. Nothing was sent."
    )
    assert off.types("ana", "change 9").text.startswith("There is no time off 9.")
    assert off.types("ben", "1").text.startswith("You can look at your own time off")


def test_of_a_longer_leave_only_what_leaves_too_few_is_offered(off: TimeOff) -> None:
    off.floor.needs("mail", minimum_heads="1")
    off.work.shifts(
        "ana@example.com,2026-11-12,09:00,17:00,Europe/Berlin,mail",
        "ben@example.com,2026-11-12,09:00,17:00,Europe/Berlin,mail",
    )
    off.asks("ana", "nov 12 to nov 13")
    off.presses("cora", "Approve anyway", OPS)
    hole = off.work.person("cora").sees(OPS)[-1].text
    assert "One shift is open" in hole
    assert "\nFri, Nov 13, 09:00–17:00 · mail\n" in hole
    assert off.floor.works("ana") == ["Nov 6"]


def test_over_the_end_of_a_year_the_balance_is_told_for_each_year(off: TimeOff) -> None:
    off.work.prefers(leave_carried_days="5")
    whole = "Balance: paid leave on Thu, Dec 31: 28 d, with this 24 d; on Tue, Jan 5, 2027: 33 d, with this 30 d"
    assert whole in off.types("ana", "dec 28 to jan 5").text
    off.asks("ana", "dec 28 to jan 5")
    assert whole.removeprefix("Balance: ") in off.card("cora", OPS).text
    off.work.prefers(leave_weeks="0.4")
    assert (
        "There is too little paid leave: 2 d on Wed, Dec 23, so 1 d are missing."
        in off.types("ben", "dec 21 to dec 23").text
    )


def test_who_enters_or_cancels_it_for_others_reads_whose_it_is(off: TimeOff) -> None:
    off.asks("cora", "@ana dec 21")
    off.asks("cora", "dec 22")
    assert off.types("cora", "list").text.splitlines()[:5] == [
        "Your time off: 2",
        "Time off 2 is waiting for approval.",
        "Tue, Dec 22, 1 d · paid leave",
        "Time off 1 of @Ana Ruiz is waiting for approval.",
        "Mon, Dec 21, 1 d · paid leave",
    ]
    assert off.types("ana", "list").text.splitlines()[0] == "Your time off: 1"
    assert off.types("cora", "@ana sat").text.startswith("Sat, Nov 7: they would not work then")
    assert off.types("cora", "@ana @ben dec 23").text.startswith("One person at a time, please.")
    off.work.presses("cora", "Send", off.types("cora", "@ana sick leave fri"))
    off.floor.settles()
    off.work.person("cora").presses("Cancel it", off.types("cora", "3"), confirm=True)
    off.floor.settles()
    assert off.floor.only_to("cora", "#general").endswith("Time off 3 is cancelled. One shift is theirs again.")


def test_who_was_slower_reads_in_the_form_what_it_is_and_no_mention(off: TimeOff) -> None:
    off.asks("ana", "dec 21")
    off.presses("cora", "Decline…", OPS)
    off.presses("ana", "Withdraw")
    person = off.work.person("cora")
    person.fills(person.sees_modal().labels[0], "No")
    person.submits()
    assert list(person.sees_modal().errors.values()) == ["That request is withdrawn. Nothing was changed."]


def test_what_is_cancelled_from_home_is_so_on_the_card_beneath_what_is_said(off: TimeOff) -> None:
    off.asks("ana", "dec 21")
    off.presses("cora", "Approve", OPS)
    opens(off.floor, "ana")
    ana = off.work.person("ana")
    ana.presses("Show", home(off.floor, "ana"), beside="Time off 1")
    ana.presses("Cancel it", confirm=True)
    off.floor.settles()
    assert ana.sees_modal().text == "Time off 1 is cancelled."
    ana.closes()
    assert ana.sees_modal().text.startswith("Time off 1 is cancelled by @Ana Ruiz.")


def test_nothing_is_entered_for_who_has_left(off: TimeOff) -> None:
    off.work.changes("ana", deleted=True)
    off.floor.settles()
    assert off.types("cora", "@ana dec 21").text.startswith(
        "@Ana Ruiz does not work here any more. Nothing was sent."
    )
