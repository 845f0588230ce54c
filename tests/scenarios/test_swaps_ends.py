"""Every way in which a swap ends, and what each of those concerned reads of it."""

from datetime import timedelta

from jobs.swaps import EXPIRE
from tests.scenarios.swapping import BOT, Floor


def test_a_colleague_declines_with_a_note_that_the_asker_reads(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Decline…")
    floor.says_why("ben", "I am <!channel> away & so on")
    assert floor.card("ana").text.startswith("Swap 1 is declined by @Ben Okafor.")
    assert floor.card("ana").buttons == floor.card("ben").buttons == []
    assert floor.told("ana") == [
        "Swap 1 was declined by @Ben Okafor. “I am <!channel> away & so on” Nothing changes."
    ]
    assert "<!channel>" not in str(floor.card("ana").blocks)
    assert floor.works("ana") == ["Nov 6", "Nov 13"]
    assert floor.announcements() == 0


def test_a_colleague_needs_no_note_to_decline(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Decline…")
    floor.says_why("ben", "")
    assert floor.told("ana") == ["Swap 1 was declined by @Ben Okafor. Nothing changes."]


def test_the_asker_withdraws_and_the_colleague_hears_of_it(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ana", "Withdraw")
    assert floor.card("ben").text.startswith("Swap 1 is withdrawn by @Ana Ruiz.")
    assert floor.told("ben") == ["Swap 1 was withdrawn by @Ana Ruiz. Nothing changes."]
    assert floor.states() == ["withdrawn"]


def test_who_presses_on_a_card_that_is_behind_reads_who_was_quicker(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.falls_silent()
    floor.taps("ana", "Withdraw")
    floor.taps("cora", "Approve", "#ops")
    floor.taps("ben", "Decline after all…")
    for name, where in (("cora", "#ops"), ("ben", BOT)):
        assert floor.only_to(name, where) == "Swap 1 is withdrawn by @Ana Ruiz. Nothing was changed."
    assert floor.states() == ["withdrawn"]
    assert floor.works("ana") == ["Nov 6", "Nov 13"]


def test_a_swap_that_nobody_settles_is_over_a_day_before_the_first_shift(floor: Floor) -> None:
    floor.proposes()
    floor.work.at("2026-11-05 08:59")
    floor.runs(EXPIRE)
    assert floor.states() == ["open"]
    floor.work.at("2026-11-05 09:00")
    floor.runs(EXPIRE)
    assert floor.states() == ["expired"]
    for name in ("ana", "ben"):
        assert floor.told(name) == ["Swap 1 is over: it was not settled in time. Nothing changes."]
        assert floor.card(name).buttons == []


def test_whoever_accepts_after_the_time_but_before_the_job_is_too_late(floor: Floor) -> None:
    floor.proposes()
    floor.work.at("2026-11-05 09:00")
    floor.presses("ben", "Accept")
    assert floor.only_to("ben") == "Swap 1 is over: nobody settled it in time. Nothing was changed."
    assert floor.works("ana") == ["Nov 6", "Nov 13"]


def test_the_hours_before_a_swap_is_over_are_a_setting(floor: Floor) -> None:
    floor.work.prefers(swap_expiry_hours="2")
    floor.proposes()
    assert "Open until Fri, Nov 6, 07:00" in floor.card("ana").text


def test_a_swap_at_short_notice_is_open_until_the_first_shift_begins(floor: Floor) -> None:
    floor.work.at("2026-11-05 20:00")
    floor.proposes()
    assert "Open until Fri, Nov 6, 09:00" in floor.card("ana").text


def test_a_shift_that_an_import_moves_ends_the_swap(floor: Floor) -> None:
    floor.proposes()
    floor.work.shifts("ana@example.com,2026-11-06,10:00,18:00,Europe/Berlin,mail")
    floor.settles()
    assert floor.states() == ["superseded"]
    for name in ("ana", "ben"):
        assert floor.card(name).text.startswith("Swap 1 is void, because one of its shifts has changed.")
        assert floor.card(name).buttons == []
        assert floor.told(name)[-1].startswith("Swap 1 is void")
    assert "closed swap 1" in floor.work.asks("cora", "/floor audit swap 1").text


def test_of_two_who_are_asked_the_first_to_accept_has_it_and_the_other_reads_who(floor: Floor) -> None:
    floor.proposes()
    floor.proposes(text="fri with @dev", returned="Tue, Nov 10, 04:30–12:30 · mail")
    floor.presses("ben", "Accept")
    assert floor.states() == ["approved", "superseded"]
    assert floor.card("dev").text.startswith("Swap 2 is void: @Ana Ruiz and @Ben Okafor have swapped one of its")
    assert floor.card("dev").buttons == []
    assert floor.works("dev") == ["Nov 10"]


def test_a_shift_that_waits_for_approval_is_not_offered_to_another(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    ana = floor.work.person("ana")
    ana.types("/swap fri with @dev")
    ana.picks("For their shift", "Tue, Nov 10, 04:30–12:30 · mail")
    ana.submits()
    assert ana.sees_modal().errors == {
        "For their shift": "Swap 1 takes one of these shifts already. Pick another, or wait until it is over."
    }


def test_a_coordinator_declines_with_a_reason_that_both_read(floor: Floor) -> None:
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("cora", "Decline…", "#ops")
    floor.says_why("cora", "month end")
    assert floor.states() == ["declined"]
    for name in ("ana", "ben"):
        assert floor.told(name)[-1] == "Swap 1 was not approved by @Cora Lind. “month end” Nothing changes."
    assert "Cora Lind: “month end”" in floor.card("cora", "#ops").text


def test_after_ten_minutes_it_takes_both_to_undo(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.work.sandbox.clock.move(timedelta(minutes=10))
    card = floor.presses("ana", "Undo")
    assert floor.only_to("ana") == ("Swap 1 is undone as soon as @Ben Okafor agrees. Until then nothing changes.")
    assert "@Ana Ruiz wants to undo it; it takes both" in card.text
    assert card.buttons == []
    assert floor.states() == ["approved"]
    assert floor.works("ana") == ["Nov 7", "Nov 13"]
    assert "if you agree: @Ana Ruiz asks for it" in floor.told("ben")[-1]

    floor.presses("ben", "Agree to undo")
    assert floor.states() == ["undone"]
    assert floor.works("ana") == ["Nov 6", "Nov 13"]
    assert floor.announcements() == 1
    assert floor.announced()[0].replies == 1


def test_what_was_undone_can_be_swapped_again_and_is_announced_again(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("ben", "Undo")
    floor.proposes()
    floor.presses("ben", "Accept")
    assert floor.states() == ["undone", "approved"]
    assert floor.announcements() == 2
    assert floor.works("ana") == ["Nov 7", "Nov 13"]


def test_a_swap_that_was_swapped_on_cannot_be_undone(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.proposes("ben", "fri with @dev", "Tue, Nov 10, 03:30–11:30 · mail")
    floor.presses("dev", "Accept")
    first = next(shown for shown in floor.work.person("ana").sees("@floorwalker") if "Swap 1 is" in shown.text)
    floor.work.person("ana").presses("Undo", first)
    assert floor.only_to("ana").startswith("Swap 1 is void, because one of its shifts has changed.")
    assert floor.works("dev") == ["Nov 6"]


def test_without_a_coordinators_channel_the_coordinators_are_asked_one_by_one(floor: Floor) -> None:
    floor.work.prefers(ops_channel="", floor_channel="")
    floor.review()
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.presses("cora", "Approve")
    assert floor.states() == ["approved"]
    assert floor.announcements() == 0


def test_what_has_begun_is_not_undone(floor: Floor) -> None:
    floor.proposes()
    floor.presses("ben", "Accept")
    floor.work.at("2026-11-06 10:00")
    floor.taps("ana", "Undo")
    assert "For you: the shift has begun" in floor.only_to("ana")
    assert floor.states() == ["approved"]
