"""Whoever is on leave is left alone as its kind says, and back they read only what still matters."""

from bot.actions.people import recognise
from bot.actions.timeoff_end import cancel
from bot.sandbox import Modal, Shown
from jobs import absences, contact
from tests.scenarios.on_leave import goes_on_leave
from tests.scenarios.swapping import BOT, Floor
from tests.scenarios.test_do_not_disturb import held
from tests.workplace import until

LATER = (
    *(f"ben@example.com,2026-11-{day:02},09:00,17:00,Europe/London,mail" for day in range(9, 14)),
    "ana@example.com,2026-11-20,09:00,17:00,Europe/Berlin,mail",
    "ana@example.com,2026-11-27,09:00,17:00,Europe/Berlin,mail",
    "ben@example.com,2026-11-21,09:00,17:00,Europe/London,mail",
    "ben@example.com,2026-11-28,09:00,17:00,Europe/London,mail",
)


def direct(floor: Floor, name: str) -> list[Shown]:
    """What the bot has sent somebody."""
    return floor.work.person(name).sees(BOT)


def proposes(floor: Floor, day: str, returned: str) -> None:
    """Ana asks Ben to swap."""
    ana = floor.work.person("ana")
    ana.types(f"/swap {day} with @ben")
    ana.sees_modal("Swap a shift")
    ana.picks("For their shift", returned)
    ana.submits()
    assert ana.modal is None, ana.modal


def comes_to_them(floor: Floor) -> None:
    """While Ben is away he is asked for two swaps, one is off again, and somebody adjusts his leave."""
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    proposes(floor, "2026-11-27", "Sat, Nov 28, 10:00–18:00 · mail")
    until(lambda: len([each for each in direct(floor, "ana") if "Swap" in each.text]) == 2)
    floor.work.presses("ana", "Withdraw", direct(floor, "ana")[-1])
    cora = floor.work.person("cora")
    cora.presses("Adjust…", floor.work.asks("cora", "/timeoff balance @ben"))
    cora.fills("More or less by", "+1 d")
    cora.fills("Reason", "Sunday")
    cora.submits()
    until(lambda: len(held(floor, "ben")) == 3)


def test_who_is_not_to_be_contacted_reads_once_on_return_what_still_waits(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.work.shifts(*LATER)
    floor.work.prefers(leave_weeks="5")
    goes_on_leave(floor, "ben", "parental leave", "2026-11-09", "2026-11-13")
    before = len(direct(floor, "ben"))
    floor.work.at("2026-11-10 12:00")
    comes_to_them(floor)
    assert len(direct(floor, "ben")) == before
    # He works on Saturday from 09:00 where he is, and reads it then.
    floor.work.at("2026-11-14 08:59", "Europe/London")
    until(lambda: [each.card for each in held(floor, "ben") if each.state == "open"] == ["contact.back"])
    assert len(direct(floor, "ben")) == before
    floor.work.at("2026-11-14 09:00", "Europe/London")
    floor.settles()
    [back] = direct(floor, "ben")[before:]
    assert back.text.splitlines()[:3] == [
        "Welcome back. This came while you were away, and still waits for you:",
        "• Swap 1 is waiting for your answer: @Ana Ruiz gives Fri, Nov 20, 08:00–16:00 · mail for "
        "Sat, Nov 21, 09:00–17:00 · mail of @Ben Okafor",
        "You work next on Sat, Nov 14, 09:00–17:00.",
    ]
    assert floor.work.asks("ben", "/swap 1").buttons == ["Accept", "Decline…"]


def test_what_settles_itself_after_the_return_is_taken_off_the_message(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    goes_on_leave(floor, "ben", "parental leave", "2026-11-09", "2026-11-13")
    floor.work.at("2026-11-10 12:00")
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    until(lambda: len(held(floor, "ben")) == 1)
    floor.work.presses("ana", "Withdraw", floor.work.person("ana").reads("Swap 1 is waiting", BOT))
    floor.work.at("2026-11-14 09:00", "Europe/London")
    floor.settles()
    assert not any("Welcome back" in each.text for each in direct(floor, "ben"))


def test_on_paid_leave_it_waits_and_is_all_there_afterwards(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    goes_on_leave(floor, "ben", "paid leave", "2026-11-09", "2026-11-13")
    before = len(direct(floor, "ben"))
    floor.work.at("2026-11-10 12:00")
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    until(lambda: len(held(floor, "ben")) == 1)
    assert len(direct(floor, "ben")) == before
    floor.work.at("2026-11-14 00:00", "Europe/London")
    floor.settles()
    assert [each.text.partition(".")[0] for each in direct(floor, "ben")[before:]] == [
        "Swap 1 is waiting for your answer"
    ]


def test_at_a_training_somebody_is_contacted_as_at_work(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    goes_on_leave(floor, "ben", "training", "2026-11-09", "2026-11-13")
    floor.work.at("2026-11-10 12:00")
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    floor.settles()
    assert "Swap 1 is waiting for your answer" in direct(floor, "ben")[-1].text


def test_nobody_on_leave_is_asked_to_cover(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    goes_on_leave(floor, "ben", "paid leave", "2026-11-09", "2026-11-13")
    floor.work.at("2026-11-10 12:00")
    ana = floor.work.person("ana")
    ana.types("/cover 2026-11-13")
    ana.sees_modal("Give a shift away")
    ana.submits()
    floor.settles()
    assert not any("cover" in each.text.lower() for each in direct(floor, "ben"))


def test_leave_that_is_cancelled_gives_back_what_was_kept(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    request_id = goes_on_leave(floor, "ben", "parental leave", "2026-11-09", "2026-11-19")
    floor.work.at("2026-11-11 12:00")
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    until(lambda: len(held(floor, "ben")) == 1)
    ben = recognise(floor.work.deps, floor.work.sandbox.team_id, floor.work.sandbox.user_id("ben"))
    cancel(floor.work.deps, ben, request_id)
    floor.work.at("2026-11-14 09:00", "Europe/London")
    floor.settles()
    assert "Welcome back" in direct(floor, "ben")[-1].text


def test_who_is_ill_is_left_alone_until_they_are_back(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    floor.work.at("2026-11-06 08:00")
    floor.work.presses("ana", "Yes", floor.work.asks("ana", "/sick"))
    floor.work.at("2026-11-06 08:03")
    floor.runs(absences.TURN)
    before = len(direct(floor, "ana"))
    ben = floor.work.person("ben")
    ben.types("/swap 2026-11-21 with @ana")
    ben.sees_modal("Swap a shift")
    ben.picks("For their shift", "Fri, Nov 20, 08:00–16:00 · mail")
    ben.submits()
    until(lambda: len(held(floor, "ana")) == 1)
    assert len(direct(floor, "ana")) == before
    floor.work.at("2026-11-06 10:00")
    floor.work.asks("ana", "/sick back")
    floor.settles()
    assert "Welcome back" in direct(floor, "ana")[-1].text


def test_a_team_may_have_it_otherwise(floor: Floor) -> None:
    floor.work.shifts(*LATER)
    floor.work.prefers(team="Mail", leave_kinds='{"paid leave": {"contact": "usual"}}')
    goes_on_leave(floor, "ben", "paid leave", "2026-11-09", "2026-11-13")
    floor.work.at("2026-11-10 12:00")
    proposes(floor, "2026-11-20", "Sat, Nov 21, 10:00–18:00 · mail")
    floor.settles()
    assert "Swap 1 is waiting for your answer" in direct(floor, "ben")[-1].text


def card(floor: Floor) -> Shown:
    """The card of duties in the coordinators' channel."""
    found = [each for each in floor.work.person("cora").sees("#ops") if each.text.startswith("Duties of")]
    assert len(found) == 1, found
    return found[0]


def gives(floor: Floor, who: str, whom: str) -> Modal | None:
    """Somebody gives the duty on the card to somebody; the form, where that has stayed open."""
    person = floor.work.person(who)
    person.presses("Give to… Lead of Phones", card(floor))
    person.picks("Who", f"@{whom}")
    person.submits()
    floor.settles()
    return person.modal


def test_duties_are_done_by_others_meanwhile_and_go_back_by_themselves(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    floor.work.shifts(*(f"cleo@example.com,2026-11-{day:02},09:00,17:00,,voice" for day in range(16, 21)))
    goes_on_leave(floor, "cleo", "parental leave", "2026-11-16", "2026-11-20")
    floor.runs(contact.TURN)
    assert not [each for each in floor.work.person("cora").sees("#ops") if each.text.startswith("Duties of")]
    floor.work.at("2026-11-10 12:00")
    floor.runs(contact.TURN)
    assert card(floor).text.splitlines() == [
        "Duties of @Cleo Hart, who is away Mon, Nov 16 – Fri, Nov 20 and gets no messages",
        "Lead of Phones: nobody else",
        "Whoever gets a duty has it until the leave is over; then it goes back by itself.",
    ]
    wrong = gives(floor, "cora", "cleo")
    assert wrong is not None
    assert wrong.errors == {"Who": "They have this duty already."}
    floor.work.person("cora").closes()
    assert gives(floor, "cora", "dev") is None
    assert "Lead of Phones: @Dev Rao meanwhile" in card(floor).text
    assert "lead of Phones" in direct(floor, "dev")[-1].text
    # He may now do what a lead does.
    assert "Leave of @Cleo Hart" in floor.work.asks("dev", "/timeoff balance @cleo").text
    floor.work.at("2026-11-21 12:00")
    floor.runs(contact.TURN)
    again = [each.text for each in floor.work.person("cora").sees("#ops") if "there again" in each.text]
    assert again == ["@Cleo Hart is there again: what others did for them is theirs again."]
    assert direct(floor, "dev")[-1].text.startswith("Your roles here have changed. You are now: agent.")
    assert "Only their lead" in floor.work.asks("dev", "/timeoff balance @cleo").text


def test_who_gives_no_roles_gives_no_duties(floor: Floor) -> None:
    floor.work.shifts(*(f"cleo@example.com,2026-11-{day:02},09:00,17:00,,voice" for day in range(9, 14)))
    goes_on_leave(floor, "cleo", "parental leave", "2026-11-09", "2026-11-13")
    floor.runs(contact.TURN)
    shown = floor.work.person("ana").reads("Duties of", "#ops")
    floor.work.person("ana").presses("Give to… Lead of Phones", shown)
    assert floor.only_to("ana", "#ops") == "Coordinators and managers give duties to others. Nothing was changed."
