"""How many may be away at once: coordinators say so, whoever asks reads it, and free places are offered."""

import pytest

from bot.actions.timeoff_waitlist import turn
from bot.actions.timeoff_waitlist_look import PLACE
from bot.sandbox import Modal
from jobs.timeoff_waitlist import TURN
from tests.scenarios.asking_off import OPS, TimeOff
from tests.scenarios.on_leave import goes_on_leave
from tests.scenarios.swapping import BOT, Floor
from tests.scenarios.test_do_not_disturb import held
from tests.workplace import until

LIMITS = "Limits of time off"
NO_LIMIT = "There is no limit yet: whoever approves time off decides alone."


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> TimeOff:
    return TimeOff(floor_everywhere)


@pytest.fixture
def off(floor: Floor) -> TimeOff:
    return TimeOff(floor)


def lists(off: TimeOff) -> Modal:
    """The limits, as a coordinator opens them."""
    off.work.person("cora").types("/timeoff limits")
    return off.work.person("cora").sees_modal(LIMITS)


def adds(off: TimeOff, button: str, **fields: object) -> Modal:
    """Fills in the form for a new limit; the list afterwards, or the form where something is wrong."""
    cora = off.work.person("cora")
    if cora.modal is None:
        lists(off)
    cora.presses(button)
    for label, value in fields.items():
        fills(off, label.replace("_", " "), value)
    cora.submits()
    return cora.sees_modal()


def fills(off: TimeOff, label: str, value: object) -> None:
    cora, modal = off.work.person("cora"), off.work.person("cora").sees_modal()
    if isinstance(value, str) and label in ("Name", "How many may be away at once", "Only in"):
        cora.fills(label, value)
    else:
        assert label in modal.labels, modal
        cora.picks(label, value)


def caps(off: TimeOff, most: str = "1", whom: str = "Mail", **fields: object) -> None:
    """At most so many of a team may be away at once."""
    adds(off, "Add a cap", For=whom, How_many_may_be_away_at_once=most, **fields)
    off.work.person("cora").closes(everything=True)


def rows(modal: Modal) -> list[str]:
    """What the list says of each limit."""
    return modal.text.splitlines()


def offer_to(off: TimeOff, who: str) -> list[str]:
    """What somebody reads of places that came free."""
    off.floor.settles()
    seen = off.work.person(who).sees(BOT)
    return [each.text.splitlines()[0] for each in seen if "come free" in each.text or "came free" in each.text]


def test_a_cap_is_said_met_waited_for_and_offered_in_order_of_asking(everywhere: TimeOff) -> None:
    off, work = everywhere, everywhere.work
    assert rows(lists(off))[0] == NO_LIMIT
    work.person("cora").closes()
    caps(off)
    assert rows(lists(off))[:2] == ["At most 1 of Mail away at once", "Leave that breaks it cannot be asked for."]
    work.person("cora").closes()
    off.asks("ana", "dec 21 to dec 22")
    assert off.card("ana").text.startswith("Time off 1 is waiting for approval.")

    blocked = off.types("ben", "dec 22 to dec 23")
    assert blocked.text.splitlines() == [
        "Tue, Dec 22: 1 of Mail is away already or asked first, and at most 1 may be. It cannot be asked for.",
        "Nothing was sent.",
    ]
    assert "Ana" not in blocked.text
    assert blocked.buttons == ["Wait for a place"]
    waits = work.presses("ben", "Wait for a place", blocked)
    assert waits.text.splitlines() == [
        "You are on the waiting list for Tue, Dec 22 – Wed, Dec 23. Nobody else waits before you.",
        "As soon as a place comes free I ask, in order of asking; there is nothing else to do.",
    ]
    assert offer_to(off, "ben") == []

    off.presses("ana", "Withdraw")
    assert offer_to(off, "ben") == ["A place has come free for Tue, Dec 22 – Wed, Dec 23."]
    held = off.types("ana", "dec 22")
    assert "1 of Mail is away already or asked first" in held.text
    assert work.presses("ana", "Wait for a place", held).text.startswith(
        "You are on the waiting list for Tue, Dec 22"
    )

    ben = work.person("ben")
    card = ben.sees(BOT)[-1]
    assert card.buttons == ["Ask for it", "No longer"]
    ben.presses("Ask for it", card)
    said = ben.sees(BOT)[-1]
    assert said.only_you
    assert said.text.splitlines()[0] == "Paid leave: Tue, Dec 22 – Wed, Dec 23, 2 d"
    assert work.presses("ben", "Send", said).text.startswith("Time off 2 is sent.")
    off.floor.settles()
    assert ben.refreshed(card).text == (
        "You have asked for Tue, Dec 22 – Wed, Dec 23, so you do not wait for that any more."
    )
    off.presses("cora", "Decline…", OPS)
    off.writes("cora", "Too many contacts.")
    assert offer_to(off, "ana") == ["A place has come free for Tue, Dec 22."]


def test_who_does_not_answer_in_time_is_passed_over_and_who_says_no_makes_room(off: TimeOff) -> None:
    caps(off, most="0", whom="Everybody")
    for who in ("ana", "ben", "dev"):
        off.work.presses(who, "Wait for a place", off.types(who, "dec 21"))
    cora = off.work.person("cora")
    lists(off)
    cora.chooses("⋯", "Change…", beside="At most 0")
    fills(off, "How many may be away at once", "1")
    cora.submits()
    assert rows(cora.sees_modal(LIMITS))[0] == "Saved: At most 1 person away at once"
    cora.closes()
    assert [len(offer_to(off, who)) for who in ("ana", "ben", "dev")] == [1, 0, 0]

    lists(off)
    cora.chooses("⋯", "Remove", beside="At most 1")
    assert [len(offer_to(off, who)) for who in ("ana", "ben", "dev")] == [1, 1, 1], "there is room for all"
    cora.presses("Undo")
    assert [len(offer_to(off, who)) for who in ("ana", "ben", "dev")] == [1, 0, 0]
    cora.closes(everything=True)
    for who in ("ben", "dev"):
        assert off.work.person(who).sees(BOT)[-1].text == (
            "The place for Mon, Dec 21 is not free any more, because a limit has changed. You go on waiting."
        )

    off.work.at("2026-11-03 12:05")
    off.floor.runs(TURN)
    assert off.work.person("ana").sees(BOT)[-1].text.splitlines()[0] == (
        "A place was free for Mon, Dec 21. You did not answer in time, so it is not kept for you any more."
    )
    assert [len(offer_to(off, who)) for who in ("ben", "dev")] == [1, 0]

    ben = off.work.person("ben")
    ben.presses("No longer", ben.sees(BOT)[-1])
    assert [len(offer_to(off, who)) for who in ("ben", "dev")] == [0, 1]
    assert ben.sees(BOT)[-1].text == "You are off the waiting list for Mon, Dec 21."


def test_who_is_on_leave_when_a_place_comes_free_has_time_to_answer_once_they_are_back(off: TimeOff) -> None:
    caps(off)
    off.asks("ana", "dec 21")
    off.work.presses("ben", "Wait for a place", off.types("ben", "dec 21"))
    goes_on_leave(off.floor, "ben", "paid leave", "2026-11-03", "2026-11-07")
    off.work.at("2026-11-03 12:00")
    off.work.person("ana").presses("Withdraw", off.card("ana"))
    until(lambda: [each.card for each in held(off.floor, "ben")] == [PLACE])
    off.work.at("2026-11-07 12:00")
    turn(off.work.deps, off.work.sandbox.team_id)
    off.work.at("2026-11-08 08:00")
    assert offer_to(off, "ben") == ["A place has come free for Mon, Dec 21."]


def test_days_that_are_not_approved_or_are_cancelled_come_free(off: TimeOff) -> None:
    caps(off)
    off.asks("ana", "dec 21 to dec 22")
    for who, day in (("ben", "dec 22"), ("ben", "dec 21")):
        off.work.presses(who, "Wait for a place", off.types(who, day))
    off.presses("cora", "Approve part…", OPS)
    cora = off.work.person("cora")
    cora.sees_modal("Approve part")
    cora.picks("Days", ["Mon, Dec 21 · 8\N{NO-BREAK SPACE}h"])
    cora.submits()
    assert offer_to(off, "ben") == ["A place has come free for Tue, Dec 22."]
    ana = off.work.person("ana")
    ana.presses("Cancel it", off.card("ana"), confirm=True)
    assert offer_to(off, "ben") == [f"A place has come free for {day}." for day in ("Tue, Dec 22", "Mon, Dec 21")]
    assert off.work.presses("ben", "Send", off.types("ben", "dec 21 to dec 22")).text.startswith(
        "Time off 2 is sent."
    )
    assert offer_to(off, "ben") == []


def test_days_that_come_free_before_somebody_waits_for_them_are_asked_for_at_once(off: TimeOff) -> None:
    caps(off)
    off.asks("ana", "dec 21")
    blocked = off.types("ben", "dec 21")
    off.presses("ana", "Withdraw")
    said = off.work.presses("ben", "Wait for a place", blocked)
    assert off.work.presses("ben", "Send", said).text.startswith("Time off 2 is sent.")


def test_whoever_leaves_waits_no_longer(off: TimeOff) -> None:
    caps(off, whom="Everybody")
    off.asks("ana", "dec 21")
    for who in ("ben", "dev"):
        off.work.presses(who, "Wait for a place", off.types(who, "dec 21"))
    off.work.changes("ben", deleted=True)
    off.presses("ana", "Withdraw")
    assert offer_to(off, "dev") == ["A place has come free for Mon, Dec 21."]


def test_who_waits_in_vain_reads_so_when_the_day_has_come(off: TimeOff) -> None:
    caps(off)
    off.asks("ben", "dec 23")
    ana = off.work.person("ana")
    ana.types("/timeoff")
    ana.sees_modal("Time off")
    ana.picks("From", "2026-12-23")
    ana.picks("To", "2026-12-23")
    ana.submits()
    assert "1 of Mail is away already or asked first" in ana.sees_modal("Time off").text
    ana.presses("Wait for a place")
    assert ana.sees_modal("Time off").text.startswith("You are on the waiting list for Wed, Dec 23.")
    ana.closes()
    calendar = off.types("ana", "calendar dec")
    assert "Waiting for Wed, Dec 23 · Nobody else waits before you." in calendar.text
    assert calendar.buttons[0] == "No longer"
    for local in ("2026-12-22 23:55", "2026-12-23 00:00"):
        off.work.at(local)
        off.floor.runs(TURN)
    assert off.work.person("ana").sees(BOT)[-1].text == "Nothing came free for Wed, Dec 23 in time."
    off.work.at("2026-12-23 00:05")
    off.floor.runs(TURN)
    assert len([each for each in off.work.person("ana").sees(BOT) if "came free" in each.text]) == 1


def test_blackouts_and_people_apart_say_what_stands_in_the_way_and_name_nobody(off: TimeOff) -> None:
    adds(off, "Add a blackout", Name="Peak <!channel>", From="2026-12-24", Until="2026-12-31", For=["Team Mail"])
    adds(off, "Keep people apart", Never_away_together=["@ana", "@dev"])
    shown = off.work.person("cora").sees_modal(LIMITS)
    assert [line for line in rows(shown) if "·" in line or "together" in line] == [
        "Saved: Never away together: @Ana Ruiz, @Dev Rao",
        "Peak <!channel>: nobody of Mail takes time off · Thu, Dec 24 – Thu, Dec 31",
        "Never away together: @Ana Ruiz, @Dev Rao",
    ]
    off.work.person("cora").closes()
    closed = off.types("ana", "dec 23 to dec 24")
    assert closed.text.splitlines()[0] == (
        "Thu, Dec 24: Peak <!channel>, when nobody of Mail takes time off. It cannot be asked for."
    )
    assert closed.buttons == []
    assert off.types("dev", "dec 24").buttons[0] == "Send"
    off.asks("dev", "dec 22")
    apart = off.types("ana", "dec 22").text
    assert apart.splitlines()[0] == (
        "Tue, Dec 22: a colleague who is to be there when you are not is away. It cannot be asked for."
    )
    assert "Dev" not in apart


def test_a_limit_that_only_warns_lets_it_be_sent_and_approvers_read_who_is_away(off: TimeOff) -> None:
    caps(off, Leave_that_breaks_it="is only warned of")
    off.asks("ben", "dec 21")
    off.presses("cora", "Approve", OPS)
    said = off.types("ana", "dec 21")
    assert "Mon, Dec 21: 1 of Mail is away already, and at most 1 may be." in said.text
    assert said.buttons[0] == "Send"
    off.work.presses("ana", "Send", said)
    off.floor.settles()
    card = off.card("cora", OPS).text
    assert "Mon, Dec 21: 1 of Mail is away already (@Ben Okafor), and at most 1 may be." in card


def test_approvers_of_what_was_asked_for_before_a_limit_read_of_it_but_not_that_it_cannot_be(off: TimeOff) -> None:
    off.asks("ana", "dec 22")
    adds(off, "Add a blackout", Name="Peak", From="2026-12-21", Until="2026-12-31")
    assert off.work.asks("cora", "/timeoff 1").text.count("Peak") == 1
    assert "cannot be asked for" not in off.work.asks("cora", "/timeoff 1").text


def test_what_was_approved_is_kept_whatever_is_closed_later(off: TimeOff) -> None:
    off.asks("ana", "dec 21 to dec 22")
    off.presses("cora", "Approve", OPS)
    adds(off, "Add a blackout", Name="Peak", From="2026-12-21", Until="2026-12-31")
    off.work.person("cora").closes()
    assert off.states() == ["approved"]
    ana = off.work.person("ana")
    ana.presses("Change…", off.card("ana"))
    ana.sees_modal("Time off")
    ana.picks("To", "2026-12-21")
    ana.submits()
    assert "akes the place of time off 1" in ana.sees_modal("Time off").text
    ana.submits()
    ana.closes()
    assert "Peak" in off.types("ben", "dec 21").text


def test_a_removed_limit_holds_no_longer_and_comes_back_by_undo(off: TimeOff) -> None:
    caps(off, most="0")
    cora = off.work.person("cora")
    lists(off)
    cora.chooses("⋯", "Remove", beside="At most 0 of Mail")
    shown = cora.sees_modal(LIMITS)
    assert rows(shown)[:2] == ["Removed: At most 0 of Mail away at once", NO_LIMIT]
    assert off.types("ana", "dec 21").buttons[0] == "Send"
    cora.presses("Undo")
    assert rows(cora.sees_modal(LIMITS))[:2] == [
        "Back again: At most 0 of Mail away at once",
        "At most 0 of Mail away at once",
    ]
    assert off.types("ana", "dec 21").text.startswith(
        "Mon, Dec 21: nobody of Mail is away yet, and at most 0 may be."
    )
    cora.closes()
    audit = off.work.asks("cora", "/floor audit").text
    assert "made the limit of time off · cap, at most 0, block" in audit
    assert "removed the limit of time off · cap, at most 0, block" in audit
    assert "brought the limit of time off back" in audit


def test_own_public_holidays_cost_no_leave_and_can_be_taken_away(off: TimeOff) -> None:
    off.work.prefers(holidays="DE")
    adds(
        off,
        "Add a public holiday",
        Day="2026-12-24",
        Name="Christmas Eve",
        How_much_of_it="Its second half is free",
    )
    adds(off, "Add a public holiday", Day="2026-12-25", Name="Worked", How_much_of_it="It is no holiday here")
    shown = off.work.person("cora").sees_modal(LIMITS)
    assert rows(shown)[:3] == [
        "Saved: Fri, Dec 25: Worked, no holiday here",
        "Public holiday · Thu, Dec 24: Christmas Eve, free from midday on",
        "Public holiday · Fri, Dec 25: Worked, no holiday here",
    ]
    off.work.person("cora").closes()
    said = off.types("ana", "dec 24 to dec 25").text
    assert said.splitlines()[0] == "Paid leave: Thu, Dec 24 – Fri, Dec 25, 1 d 4 h"
    assert (
        "Our own public holidays: as usual → 2026-12-24 half Christmas Eve"
        in off.work.asks("cora", "/floor audit").text
    )
    cora = off.work.person("cora")
    lists(off)
    cora.chooses("⋯", "Remove", beside="Dec 25: Worked")
    assert rows(cora.sees_modal(LIMITS))[0] == "Removed: Fri, Dec 25: Worked, no holiday here"
    assert off.types("ana", "dec 24 to dec 25").text.splitlines()[0] == "Paid leave: Thu, Dec 24, 4 h"
    cora.presses("Undo")
    assert rows(cora.sees_modal(LIMITS))[0] == "Back again: Fri, Dec 25: Worked, no holiday here"


def test_a_form_says_at_the_field_what_is_wrong(off: TimeOff) -> None:
    cora = off.work.person("cora")
    wrong = adds(off, "Add a blackout", Name=" ", From="2026-12-24", Until="2026-12-20")
    assert wrong.errors == {"Name": "Please fill this in.", "Until": "That is before the first day."}
    cora.closes()
    assert adds(off, "Keep people apart", Never_away_together=["@ana"]).errors == {
        "Never away together": "Choose at least two people."
    }
    cora.closes()
    assert adds(off, "Add a cap", How_many_may_be_away_at_once="120", Counted_in="percent of them").errors == {
        "How many may be away at once": "At most 100 percent."
    }
    cora.closes()
    assert adds(off, "Add a public holiday", Day="2026-12-24", Name="Eve", Only_in="Bavaria").errors == {
        "Only in": "Write a country, or a region of one, such as DE, DE-BY or GB-SCT."
    }
    cora.fills("Only in", "")
    cora.fills("Name", "half term")
    cora.submits()
    assert cora.sees_modal().errors == {
        "Name": "Begin it with another word; how much of the day it is stands below."
    }
    cora.closes(everything=True)


def test_a_share_is_of_those_who_work_on_the_floor_and_not_of_other_departments(off: TimeOff) -> None:
    shown = adds(
        off,
        "Add a cap",
        For="Everybody",
        How_many_may_be_away_at_once="40",
        Counted_in="percent of them",
    )
    assert rows(shown)[0] == "Saved: At most 40 % of everybody (2 of 5) away at once"


def test_only_coordinators_and_managers_set_limits(off: TimeOff) -> None:
    for name in ("ana", "cleo"):
        assert off.types(name, "limits").text.startswith(
            "Coordinators and managers say how many may be away at once"
        )
