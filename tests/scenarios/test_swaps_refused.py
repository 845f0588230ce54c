"""What people get wrong, or may not do, when they swap; and what is said of it."""

import pytest

from tests.scenarios.swapping import ANA_FRI, BEN_SAT, BOT, CONTACTS, Floor
from tests.workplace import PEOPLE


def opens(floor: Floor, text: str, who: str = "ana") -> str:
    """What stands in the form after this was typed."""
    floor.work.person(who).types(f"/swap {text}".strip())
    return floor.work.person(who).sees_modal("Swap a shift").text


@pytest.mark.parametrize(
    ("typed", "mine", "theirs"),
    [
        ("", None, None),
        ("fri", None, None),  # two Fridays: which one is asked for only where it is not this week's
        (
            "2026-11-13 for 2026-11-14 with @ben",
            "Fri, Nov 13, 09:00–17:00 · mail",
            "Sat, Nov 14, 10:00–18:00 · mail",
        ),
        ("with @ben nov 6 for nov 7", ANA_FRI, BEN_SAT),
        ("nov 6 @ben", ANA_FRI, None),
        ("nov 6 for nov 7", ANA_FRI, None),
    ],
)
def test_what_was_typed_stands_in_the_form(floor: Floor, typed: str, mine: str | None, theirs: str | None) -> None:
    opens(floor, typed)
    fields = floor.work.person("ana").sees_modal().fields
    assert fields["Your shift"] == (ANA_FRI if typed == "fri" else mine)
    assert fields["For their shift"] == theirs


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("blah with @ben", "I did not understand “blah”."),
        ("feb 30 with @ben", "There is no “feb 30”: February has at most 29 days."),
        ("31.11.2026 with @ben", "There is no “31.11.2026”: November 2026 has only 30 days."),
        ("nov 2 2026 to nov 2 2028 9-17 with @ben", "“nov 2 2026 to nov 2 2028 9-17” is too long a time."),
        (
            "nov 6 with @cora",
            "This person has no shift ahead of them, so there is none to get. Pick somebody else.",
        ),
        ("nov 9 with @ben", "“nov 9”: you have no shift then that you could swap."),
        ("this month with @ben", "“this month”: you have 2 shifts then, pick one."),
        ("nov 6 for nov 9 with @ben", "“nov 9”: your colleague has no shift then that you could get for yours."),
        ("nov 6 with @nobody", "I cannot tell who @nobody is. Pick them below."),
        ("nov 6 with @ben @dev", "One colleague at a time: I have taken the first."),
        ("nov 6 with @ana", "That is you. Pick a colleague."),
        (
            "nov 6 with @zoe",
            "This person is not on the roster, so they have no shifts here. Pick somebody else.",
        ),
    ],
)
def test_what_was_not_understood_is_said_in_the_form(floor: Floor, typed: str, said: str) -> None:
    floor.work.sandbox.invite("zoe", real_name="Zoe")
    assert said in opens(floor, typed)


def test_help_lists_every_form(floor: Floor) -> None:
    answer = floor.work.asks("ana", "/swap help").text
    assert "/swap fri with @colleague" in answer


def test_who_has_no_shift_or_works_none_is_told_so(floor: Floor) -> None:
    nothing = "You have no shift ahead of you that you could swap."
    assert floor.work.asks("cora", "/swap").text == f"{nothing}\nFor somebody else: /swap for @colleague"
    floor.work.people(f"{PEOPLE}fred@example.com,Fred,agent,Mail,,\n")
    floor.work.sandbox.invite("fred", real_name="Fred")
    assert (
        floor.work.asks("fred", "/swap").text
        == f"{nothing}\nAs soon as a shift is planned for you, you can offer it here."
    )
    assert floor.work.asks("carl", "/swap").text == CONTACTS


def test_each_shift_of_ones_own_has_a_button_and_nobody_elses(floor: Floor) -> None:
    mine = floor.work.asks("ana", "/shifts")
    assert mine.buttons == ["Swap…", "Give away…"] * 2
    rows = [block["elements"] for block in mine.blocks if block["type"] == "actions"]
    assert [each["accessibility_label"] for row in rows for each in row] == [
        f"{label} {when}"
        for when in ("Fri, Nov 6, 09:00–17:00", "Fri, Nov 13, 09:00–17:00")
        for label in ("Swap…", "Give away…")
    ]
    assert floor.work.asks("ana", "/shifts @ben").buttons == []
    ana = floor.work.person("ana")
    ana.presses("Swap…", mine, beside="Nov 13")
    assert ana.sees_modal().fields["Your shift"] == "Fri, Nov 13, 09:00–17:00 · mail"
    ana.picks("With", "@ben")
    assert "2 of @Ben Okafor's shifts can be swapped for this one." in ana.sees_modal().text
    assert ana.searches("For their shift", "nov 7") == [BEN_SAT]


def test_only_legal_returns_are_offered_and_nobody_reads_the_colleagues_rules(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    # With Ana's Friday and his own Saturday Ben would rest eight hours: so only the Saturday can be given for it.
    floor.work.shifts("ben@example.com,2026-11-07,00:00,08:00,Europe/London,mail")
    said = opens(floor, "nov 6 with @ben")
    assert "None" not in said
    assert floor.work.person("ana").searches("For their shift", "") == ["Sat, Nov 7, 01:00–09:00 · mail"]
    assert "rest" not in said


def test_where_nothing_can_be_offered_the_form_says_so_without_the_reason(floor: Floor) -> None:
    queue = {"required_skills": "german"}
    floor.needs("mail", **queue)
    said = opens(floor, "nov 6 with @ben")
    assert "None of @Ben Okafor's shifts can be swapped for this one." in said
    assert "german" not in said
    assert floor.work.person("ana").searches("For their shift", "") == []


def test_what_is_left_out_for_ones_own_rules_says_which_and_only_to_oneself(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    night = "ana@example.com,2026-11-07,{},Europe/Berlin,mail"
    floor.work.shifts(
        night.format("22:00,06:00"),  # four hours after Ben's Saturday as Ana reads it
        "ben@example.com,2026-11-08,05:00,13:00,Europe/London,mail",
        "ben@example.com,2026-11-13,05:00,13:00,Europe/London,mail",
        "ben@example.com,2026-11-14,09:00,17:00,Europe/London,mail",
    )
    said = opens(floor, "nov 6 with @ben")
    law = "law · Directive 2003/88/EC, article 3"
    assert [line for line in said.splitlines() if line.startswith(("Left out", "•"))] == [
        "Left out on your part:",
        f"• Sat, Nov 7, 10:00–18:00 · mail: daily rest 4 h, at least 11 h · Sat, Nov 7, 18:00–22:00 · {law}",
        f"• Sun, Nov 8, 06:00–14:00 · mail: daily rest 8 h, at least 11 h · Sun, Nov 8, 14:00–22:00 · {law}",
    ]
    assert "You work yourself" not in said
    floor.work.person("ana").closes(everything=True)
    entered = opens(floor, "for @ana nov 6 with @ben", "cora")
    assert "@Ben Okafor's shifts can be swapped for this one." in entered
    assert "Left out" not in entered
    assert "rest" not in entered


def test_who_works_whenever_the_colleague_does_is_told_so(floor: Floor) -> None:
    shifts = (f"ben@example.com,2026-11-{day:02},08:00,16:00,Europe/London,mail" for day in (7, 14))
    floor.work.shifts("ana@example.com,2026-11-07,09:00,17:00,Europe/Berlin,mail", *shifts)
    said = opens(floor, "nov 13 with @ben")
    assert "One of @Ben Okafor's shifts can be swapped for this one." in said
    assert "yourself" not in said
    floor.work.person("ana").closes(everything=True)
    floor.work.shifts("ana@example.com,2026-11-14,09:00,17:00,Europe/Berlin,mail")
    assert "You work yourself during 2 of them." in opens(floor, "nov 13 with @ben")


def test_what_became_impossible_is_said_at_the_field_and_approvers_rules_stay_theirs(floor: Floor) -> None:
    ana = floor.work.person("ana")
    opens(floor, "nov 6 with @ben")
    ana.picks("For their shift", BEN_SAT)
    floor.needs("mail", required_skills="german")
    ana.submits()
    assert ana.sees_modal().errors == {"For their shift": "Not possible with them."}
    assert floor.states() == []


def test_a_shift_that_changed_since_the_form_was_opened_is_said_at_its_field(floor: Floor) -> None:
    ana = floor.work.person("ana")
    opens(floor, "nov 6 with @ben")
    ana.picks("For their shift", BEN_SAT)
    floor.work.shifts(
        "ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,mail",
        "ben@example.com,2026-11-07,10:00,18:00,Europe/London,mail",
    )
    ana.submits()
    assert ana.sees_modal().errors == {
        "Your shift": "This shift has changed since you opened the form. Close it and start again.",
        "For their shift": "This shift has changed since it was offered, or is not theirs. Pick another.",
    }


def test_a_shift_that_began_meanwhile_and_a_colleague_who_left_are_said_at_once(floor: Floor) -> None:
    ana = floor.work.person("ana")
    opens(floor, "nov 6 with @ben")
    ana.picks("For their shift", BEN_SAT)
    floor.work.at("2026-11-06 09:00")
    floor.work.changes("ben", deleted=True)
    ana.submits()
    assert ana.sees_modal().errors == {
        "Your shift": "This shift has begun already. Pick another.",
        "With": "This person has left, so they cannot swap any more. Pick somebody else.",
    }


def test_the_same_swap_is_not_proposed_twice(floor: Floor) -> None:
    floor.proposes()
    ana = floor.work.person("ana")
    opens(floor, "nov 6 with @ben")
    ana.picks("For their shift", BEN_SAT)
    ana.submits()
    assert ana.sees_modal().errors == {
        "For their shift": "Swap 1 takes one of these shifts already. Pick another, or wait until it is over."
    }


def test_a_stranger_changes_nothing_by_pressing(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    # Ana is in the channel of those who decide, and is one of the two.
    floor.taps("ana", "Approve", "#ops")
    assert floor.only_to("ana", "#ops") == "This is not for you to decide. Nothing was changed."
    floor.taps("cleo", "Approve", "#ops")
    assert floor.only_to("cleo", "#ops") == "This is not for you to decide. Nothing was changed."
    assert floor.states() == ["needs approval"]


def test_what_only_policy_denies_is_approved_anyway_with_a_reason(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.needs("mail", required_skills="german")
    floor.taps("cora", "Approve", "#ops")
    assert floor.only_to("cora", "#ops").splitlines() == [
        "Swap 1 has changed since the card was drawn:",
        "• @Ben Okafor: lacks a skill (german) · Fri, Nov 6, 09:00–17:00 · denied by policy",
        "Please look again.",
    ]
    floor.settles()
    card = floor.card("cora", "#ops", "Denied by policy")
    assert card.buttons == ["Approve anyway…", "Decline…"]
    floor.work.person("cora").presses("Approve anyway…", card)
    floor.says_why("cora", "month end <!here>")
    assert floor.states() == ["approved"]
    assert floor.works("ben") == ["Nov 6", "Nov 14"]
    assert "approved swap 1 anyway" in floor.work.asks("cora", "/floor audit swap 1").text


def test_the_law_cannot_be_approved_away(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.work.prefers(jurisdiction="eu")
    floor.work.shifts("ben@example.com,2026-11-05,20:00,23:30,Europe/London,mail")
    floor.taps("cora", "Approve", "#ops")
    floor.settles()
    card = floor.card("cora", "#ops", "Not possible, and nobody may approve it")
    assert "@Ben Okafor: daily rest 8.5 h, at least 11 h" in card.text
    assert "Directive 2003/88/EC, article 3" in card.text
    assert card.buttons == ["Decline…"]
    assert "rest" not in floor.card("ana", BOT).text


def test_who_accepts_reads_what_stands_in_their_own_way(floor: Floor) -> None:
    floor.work.prefers(jurisdiction="eu")
    floor.proposes()
    floor.work.shifts("ben@example.com,2026-11-05,20:00,23:30,Europe/London,mail")
    floor.taps("ben", "Accept")
    said = floor.only_to("ben")
    assert "For you: daily rest 8.5 h, at least 11 h" in said
    assert "New since it was proposed:" in said
    assert floor.states() == ["open"]


@pytest.mark.parametrize(("ends", "offered"), [("15:00", ["Fri, Nov 6, 09:00–16:00 · mail"]), ("16:00", [])])
def test_a_shift_of_the_same_hours_and_queue_is_not_offered(floor: Floor, ends: str, offered: list[str]) -> None:
    floor.work.shifts(f"ben@example.com,2026-11-06,08:00,{ends},Europe/London,mail")
    opens(floor, "fri with @ben")
    assert floor.work.person("ana").searches("For their shift", "") == offered
