"""Whether somebody is there when their shift begins: by a sign of theirs, and by nothing else."""

import pytest

from bot.sandbox import Shown
from jobs import absences, attendance
from tests.scenarios.desks import home, opens, presses
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"
NO_SIGN = "No sign of @Ana Ruiz since 09:00."


class Attending:
    """A floor that asks for a sign; Ana works on Friday from 09:00 on, in a team without a lead."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(time_zone="Europe/Berlin", attendance="here")

    def passes(self, local: str, zone: str = "Europe/Berlin") -> None:
        """The clock goes on to then."""
        self.work.at(local, zone)
        self.floor.runs(absences.TURN)
        self.floor.runs(attendance.TURN)

    def misses(self) -> None:
        """Ana is reminded, asked, and then the coordinators are."""
        for time in ("08:55", "09:10", "09:20"):
            self.passes(f"2026-11-06 {time}")

    def reads(self, text: str, who: str = "ana", where: str = BOT) -> Shown:
        """The newest message with this text."""
        return self.work.person(who).reads(text, where)

    def does(self, label: str, text: str, who: str = "ana", where: str = BOT) -> Shown:
        """Somebody presses a button of a card; the card afterwards."""
        card, person = self.reads(text, who, where), self.work.person(who)
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(card)


@pytest.fixture
def everywhere(floor_everywhere: Floor) -> Attending:
    return Attending(floor_everywhere)


@pytest.fixture
def attending(floor: Floor) -> Attending:
    return Attending(floor)


def test_who_gives_no_sign_is_asked_then_the_desk_and_who_comes_later_has_the_shift_again(
    everywhere: Attending,
) -> None:
    attending = everywhere
    attending.passes("2026-11-06 08:55")
    assert attending.reads("Your shift begins at 09:00.").buttons == ["I'm here"]
    attending.passes("2026-11-06 09:10")
    asked = attending.reads("Your shift began at 09:00. Are you there?")
    assert asked.buttons == ["I'm here", "I come later…", "I am away…"]
    attending.passes("2026-11-06 09:20")
    card = attending.reads(NO_SIGN, "cora", OPS)
    assert card.text.splitlines() == [
        f"{NO_SIGN} They were asked and have not answered.",
        "Their shift: Fri, Nov 6, 09:00–17:00",
        "Only a sign counts, and none is kept after today · times in Europe/Berlin",
    ]
    assert card.buttons == ["Release shift", "They are here", "Wait 15 min"]
    assert attending.floor.works("ana") == ["Nov 6", "Nov 13"]
    after = attending.does("Release shift", NO_SIGN, "cora", OPS)
    assert after.text == "@Cora Lind released the shift of @Ana Ruiz: others find somebody for it."
    assert attending.floor.works("ana") == ["Nov 13"]
    hole = attending.reads("is away until", "cora", OPS)
    assert "Fri, Nov 6, 09:00–17:00 · mail" in hole.text
    assert {"What helps now", "Give to…"} <= set(hole.buttons)
    for reader in ("cora", "ben", "dev"):
        read = " ".join(each.text for each in attending.work.person(reader).sees(OPS if reader == "cora" else BOT))
        assert "no show" not in read.lower()

    attending.work.at("2026-11-06 10:00")
    attending.does("I'm here", "is left to others, because there was no sign of you")
    back = attending.floor.only_to("ana")
    assert back == "You are back. One shift is yours again; whatever others took stays with them."
    assert attending.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_one_press_is_a_sign_and_nobody_is_asked(attending: Attending) -> None:
    attending.passes("2026-11-06 08:55")
    card = attending.does("I'm here", "Your shift begins at 09:00.")
    assert card.text == "You are here for your shift of 09:00."
    attending.passes("2026-11-06 09:30")
    assert not any("Are you there?" in each.text for each in attending.work.person("ana").sees(BOT))


def test_so_is_the_command_from_an_hour_before_on(attending: Attending) -> None:
    attending.work.at("2026-11-06 07:30")
    answer = attending.work.asks("ana", "/here")
    assert answer.text.splitlines() == [
        "Your next shift begins Fri, Nov 6, 09:00.",
        "/here counts from an hour before on.",
    ]
    attending.work.at("2026-11-06 08:15")
    answer = attending.work.asks("ana", "/here")
    assert answer.text == "Noted: you are here. Your shift: Fri, Nov 6, 09:00–17:00."
    attending.misses()
    assert not any("Your shift be" in each.text for each in attending.work.person("ana").sees(BOT))


def test_home_has_the_button_until_it_is_pressed(attending: Attending) -> None:
    attending.work.at("2026-11-06 08:56")
    opens(attending.floor, "ana")
    assert "Your shift begins at 09:00." in home(attending.floor, "ana").text
    presses(attending.floor, "ana", "I'm here")
    assert "Your shift begins at" not in home(attending.floor, "ana").text


def test_of_work_that_had_begun_before_signs_were_asked_for_home_says_nothing(attending: Attending) -> None:
    attending.work.at("2026-11-06 11:00")
    opens(attending.floor, "ana")
    assert "Your shift began at" not in home(attending.floor, "ana").text


def test_who_is_asked_can_say_that_they_are_late_or_away(attending: Attending) -> None:
    for time in ("08:55", "09:10"):
        attending.passes(f"2026-11-06 {time}")
    ana = attending.work.person("ana")
    ana.presses("I am away…", attending.reads("Are you there?"))
    asked = ana.reads("Away Fri, Nov 6, 09:10–17:00?", BOT)
    ana.presses("No", asked)
    ana.presses("I come later…", attending.reads("Are you there?"))
    ana.sees_modal("I come later")
    ana.picks("How much later than your shift begins", "45\u00a0min")
    ana.submits()
    ana.presses("Yes")
    attending.passes("2026-11-06 09:12")
    assert "You are not waited for at 09:00 any more." in [each.text for each in ana.sees(BOT)]
    attending.passes("2026-11-06 09:45")
    attending.passes("2026-11-06 09:54")
    assert not any("since 09:" in each.text for each in attending.work.person("cora").sees(OPS))
    attending.passes("2026-11-06 09:55")
    assert "Your shift began at 09:45. Are you there?" in attending.reads("Are you there?").text


def test_the_lead_of_the_team_is_asked_in_their_own_zone_and_waits(attending: Attending) -> None:
    attending.work.prefers(attendance="")
    attending.work.prefers("Phones", attendance="here", no_show_minutes="5")
    for time in ("08:55", "09:05", "09:10"):
        attending.passes(f"2026-11-10 {time}", "Asia/Kolkata")
    card = attending.reads("No sign of @Dev Rao since 22:30.", "cleo")
    assert "Their shift: Mon, Nov 9, 22:30–06:30 (Tue)" in card.text
    assert not any("No sign" in each.text for each in attending.work.person("cora").sees(OPS))
    waiting = attending.does("Wait 15 min", "No sign of @Dev Rao", "cleo")
    assert "@Cleo Hart waits until 22:55." in waiting.text
    attending.passes("2026-11-10 09:25", "Asia/Kolkata")
    beside = [each.text for each in attending.work.person("cleo").thread(waiting)[1:]]
    assert beside == ["Still no sign of @Dev Rao, whose shift began at Mon, Nov 9, 22:30."]
    attending.does("I'm here", "Are you there?", "dev")
    assert attending.work.person("cleo").refreshed(waiting).text == "@Dev Rao is here."
    assert attending.work.asks("cleo", "/here").text.startswith("You have no shift now")


def test_whoever_may_not_decide_reads_who_does(attending: Attending) -> None:
    attending.misses()
    attending.does("Release shift", NO_SIGN, "ana", OPS)
    assert attending.floor.only_to("ana", OPS).startswith("The leads of the team, coordinators and who is named")
    assert attending.floor.works("ana") == ["Nov 6", "Nov 13"]


def test_where_nobody_asks_the_command_says_so(attending: Attending) -> None:
    attending.work.prefers(attendance="off")
    attending.misses()
    answer = attending.work.asks("ana", "/here")
    assert answer.text == "Nobody asks for a sign when your shifts begin, so there is nothing to do."
    assert not any("Your shift be" in each.text for each in attending.work.person("ana").sees(BOT))
